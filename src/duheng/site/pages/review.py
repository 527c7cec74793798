"""Review: what a person must decide, with the reason and the sentence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.errors import DecisionError
from duheng.site.actions import review as actions
from duheng.site.actions import undoing
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request
from duheng.site.queries import review
from duheng.site.records.models import ReviewItem


def table(request: Request) -> HttpResponse:
    """Open items first, settled ones below."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    items = review.items(plan)
    kind = request.GET.get("kind", "")
    kinds = list(dict.fromkeys(item.kind for item in items if item.state == "open"))
    context = {
        "open": [item for item in items if item.state == "open" and (not kind or item.kind == kind)],
        "waiting": sum(item.state == "open" for item in items),
        "settled": [item for item in items if item.state != "open"],
        "kinds": [(name, sum(item.kind == name for item in items if item.state == "open")) for name in kinds],
        "kind": kind,
        "plan": plan,
    }
    return render(request, "review.html", context)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Settle an item, or put it back on the list."""
    item = get_object_or_404(ReviewItem, pk=pk)
    by, now = request.by, timezone.now()
    decision, _colon, choice = request.POST.get("decision", "").partition(":")
    try:
        if decision == "undo" and item.decision_id:
            undoing.undo(by=by, at=now, decision_id=item.decision_id)
        else:
            actions.decide(by=by, at=now, item_id=item.pk, decision=decision, choice=choice[:255])
    except DecisionError as refused:
        messages.error(request, refused.message(language()))
    else:
        messages.success(request, _("Stored."))
    return redirect("review")
