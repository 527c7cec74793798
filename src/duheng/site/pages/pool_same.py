"""Projects that may be one under two names: side by side with the reasons, merged or kept apart."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.errors import DuhengError
from duheng.site import access
from duheng.site.actions import pool_merging
from duheng.site.pages import answers, pool_columns
from duheng.site.pages.request import Request
from duheng.site.queries import pool_pairs
from duheng.site.records.models import PoolPair

_PAGE = 20


def same(request: Request) -> HttpResponse:
    """The pairs that wait for a decision."""
    found = pool_pairs.waiting().select_related("left", "right", "planned", "planned__plan")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    money = pool_columns.unit(request.GET)
    context = {
        "page": page,
        "cases": pool_pairs.cases(list(page.object_list)),
        "money": money,
        "money_unit": pool_columns.UNITS[money][0],
    }
    return render(request, "pool_same.html", context)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """One, or two: the decision can be undone."""
    access.require(request.by, "projects.edit")
    pair = get_object_or_404(PoolPair, pk=pk)
    reason, keep = request.POST.get("reason", "").strip()[:500], request.POST.get("keep", "")
    try:
        if request.POST.get("decision") == "same":
            chosen = int(keep) if keep.isdigit() else None
            made = pool_merging.same(by=request.by, at=timezone.now(), pair_id=pk, keep_id=chosen, reason=reason)
            told = _("One project: %(name)s") % {"name": str(pair)[:120]}
        elif request.POST.get("decision") == "apart":
            made = pool_merging.apart(by=request.by, at=timezone.now(), pair_id=pk, reason=reason)
            told = _("Two projects: %(name)s") % {"name": str(pair)[:120]}
        else:
            return redirect("pool-same")
    except DuhengError as error:
        return answers.refused(request, error)
    return answers.done(request, told, decision=made)
