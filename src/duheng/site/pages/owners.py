"""Offices: who owes what; and the owner of one item, set or accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duheng.site import access
from duheng.site.actions import owners as actions
from duheng.site.pages.frame import chosen_plan
from duheng.site.pages.request import Request
from duheng.site.queries import indicators, owners, projects, tasks
from duheng.site.queries.owners import Owner
from duheng.site.records.models import Indicator, Project, Task

_ROWS: Mapping[str, type[Any]] = {"indicator": Indicator, "project": Project, "task": Task}


def table(request: Request) -> HttpResponse:
    """Every office with what it owes, and what nobody has been named for."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    found = owners.totals(plan)
    unowned = owners.unowned(plan)
    context = {
        "plan": plan,
        "totals": found,
        "leading": sum(total.all > 0 for total in found),
        "unowned": [(noun, page, nobody) for (noun, (nobody, _hint)), page in zip(unowned.items(), _TABLES, strict=True)],
        "nobody": sum(nobody for nobody, _hint in unowned.values()),
        "suggested": sum(hint for _nobody, hint in unowned.values()),
    }
    return render(request, "offices.html", context)


def show(request: Request, key: str) -> HttpResponse:
    """What this office owes."""
    plan = chosen_plan(request)
    office = owners.office(key)
    if plan is None or office is None:
        raise Http404
    parts: dict[str, list[Any]] = {
        "indicator": [row for row in indicators.rows(plan) if key in row.owner.keys],
        "project": [row for row in projects.rows(plan) if key in row.owner.keys],
        "task": [row for row in tasks.rows(plan) if key in row.owner.keys],
    }
    everything = [row for rows in parts.values() for row in rows]
    context = {
        "plan": plan,
        "one": office,
        "key": key,
        "parts": parts,
        "leads": sum(_leads(row.owner, key) for row in everything),
        "supports": sum(any(office.key == key for office in row.owner.support) for row in everything),
        "suggested": sum(any(office.key == key for office in row.owner.suggested) for row in everything),
    }
    return render(request, "office.html", context)


@require_POST
def assign(request: Request, noun: str, pk: int) -> HttpResponse:
    """Say who answers for one item."""
    if noun not in _ROWS:
        raise Http404
    get_object_or_404(_ROWS[noun], pk=pk)
    access.require(request.by, "owners.edit")
    given = actions.Assignment(
        noun=noun,
        pk=pk,
        lead=actions.names_of(request.POST.get("lead", "")[:1000]),
        support=actions.names_of(request.POST.get("support", "")[:2000]),
        leader=request.POST.get("leader", "")[:200],
        deadline=request.POST.get("deadline", "")[:200],
    )
    changed = actions.assign(by=request.by, at=timezone.now(), given=given, reason=request.POST.get("reason", "")[:500])
    messages.success(request, _("Stored.") if changed else _("Nothing has changed."))
    return redirect(noun, pk)


@require_POST
def accept(request: Request) -> HttpResponse:
    """Let the catalog's suggestion hold: of one item, or of all that nobody leads."""
    access.require(request.by, "owners.edit")
    plan = chosen_plan(request)
    noun, _colon, pk = request.POST.get("item", "").partition(":")
    only = (noun, int(pk)) if noun in _ROWS and pk.isdigit() and len(pk) < 12 else None
    if only is not None:
        plan = get_object_or_404(_ROWS[noun], pk=only[1]).plan
    if plan is None or (only is None and request.POST.get("item") != "all"):
        raise Http404
    count = actions.accept(by=request.by, at=timezone.now(), plan_id=plan.pk, only=only)
    words = ngettext("%(n)s suggestion accepted.", "%(n)s suggestions accepted.", count) % {"n": count}
    messages.success(request, words)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe and back else "offices")


def _leads(owner: Owner, key: str) -> bool:
    return any(office.key == key for office in owner.lead)


_TABLES = ("plan", "projects", "tasks")
