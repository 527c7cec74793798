"""Watch: the board of targets, the table that the dispatcher makes each month, and what turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duheng.report import book
from duheng.report import table as word_table
from duheng.site import access
from duheng.site.access import Role
from duheng.site.actions import watching as actions
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import download, sheet
from duheng.site.queries import filtering, owners, pacing, pool_project, watching, wording
from duheng.site.queries.watching import Line
from duheng.site.records.models import Plan

_CHOICES: Mapping[str, Callable[[Line], object]] = {
    "light": lambda line: line.light.colour,
    "nature": lambda line: line.row.nature,
    "office": lambda line: line.row.owner.keys,
    "turned": lambda line: "yes" if line.differs else "no",
}
_ORDERS: Mapping[str, Callable[[Line], Any]] = {
    "name": lambda line: line.row.name,
    "chance": lambda line: line.state.p,
    "known": lambda line: line.state.known_to or None,
}
_SINCE = timedelta(days=31)


def board(request: Request) -> HttpResponse:
    """All targets, the worst first, under the office's rule set or one that is tried."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    usual = settings.WORKSPACE.rule
    rule = _rule(request, usual)
    whole = watching.board(plan, rule=rule, usual=usual, role=request.by.role)
    lines = [line for line in whole if not line.waits]
    ask = filtering.asked(request.GET, _CHOICES)
    counts = Counter(line.light.colour for line in lines)
    context = {
        "plan": plan,
        "lines": _narrow(lines, ask),
        "all": len(lines),
        "waiting": [line for line in whole if line.waits],
        "ask": ask,
        "colours": [(colour, counts[colour]) for colour in watching.COLOURS if counts[colour]],
        "rules": watching.rule_sets(),
        "rule": watching.rule_sets()[rule],
        "usual": watching.rule_sets().get(usual),
        "tried": rule != usual,
        "differing": sum(line.differs for line in lines),
        "as_of": max((line.state.as_of for line in whole), default=None),
        "simulated": any(line.state.simulated for line in lines),
        "offices": owners.choices(plan),
        "project_turns": pool_project.turned_since(_month_before(whole), rule=settings.WORKSPACE.project_rule) if whole else [],
        "turns": watching.turns(plan, rule=usual, since=_month_before(whole), role=request.by.role) if whole else [],
    }
    return render(request, "_watch_table.html" if wants_part(request) else "watch.html", context)


def monthly(request: Request) -> HttpResponse:
    """The dispatcher's table, to look at and to print."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    lines = _in_order(plan, request.by.role)
    context = {
        "plan": plan,
        "lines": lines,
        "as_of": max((line.state.as_of for line in lines), default=None),
        "simulated": any(line.state.simulated for line in lines),
    }
    return render(request, "monthly.html", context)


def export(request: Request, form: str) -> HttpResponse:
    """The dispatcher's table as .xlsx or .docx."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    lines = _in_order(plan, request.by.role)
    name = _("Monitoring of targets {year}").format(year=plan.year)
    numbers = access.may(request.by.role, "watch.chance")
    rows = [_cells(line, numbers=numbers) for line in lines]
    note = _note(plan, lines)
    if form == "docx":
        content = word_table.document(title=f"{plan.area}{name}", note=note, heads=_heads(), rows=rows)
        return download(content, name=name, suffix="docx")
    return sheet(name=name, note=note, heads=_heads(), rows=rows)


@require_POST
def refresh(request: Request) -> HttpResponse:
    """Work the outlook out again by what is known today."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    access.require(request.by, "watch.refresh")
    now = timezone.now()
    done = actions.refresh(by=request.by, at=now, plan_id=plan.pk, as_of=timezone.localdate())
    messages.success(
        request,
        ngettext("{n} target was worked out anew.", "{n} targets were worked out anew.", done.targets).format(n=done.targets)
        + " "
        + ngettext("{n} light turned.", "{n} lights turned.", done.turned).format(n=done.turned),
    )
    return redirect("watch")


def _rule(request: Request, usual: str) -> str:
    asked = request.GET.get("rule", "")
    return asked if asked in watching.rule_sets() else usual


def _month_before(lines: Sequence[Line]) -> date:
    return max(line.state.as_of for line in lines) - _SINCE


def _in_order(plan: Plan, role: Role) -> list[Line]:
    """The targets in the order of the plan's table."""
    usual = settings.WORKSPACE.rule
    return sorted(watching.board(plan, rule=usual, usual=usual, role=role), key=lambda line: line.row.position)


def _narrow(lines: Sequence[Line], ask: filtering.Asked) -> list[Line]:
    return filtering.narrow(
        lines, ask, text=lambda line: f"{line.row.name} {line.row.english} {line.row.code}", choices=_CHOICES, orders=_ORDERS
    )


def _heads() -> list[str]:
    return [
        _("Indicator"), _("Unit"), _("Target for the year"), _("So far"), _("Known to"), _("Change on the step before"), _("Area above"),
        _("Rank"), _("Against target (+ better, − short)"), _("What the rest must bring"), _("Office's estimate"), _("Off by before"),
        _("Assessment"), _("Signal"), _("Why"), _("Lead office"),
    ]  # fmt: skip


def _cells(line: Line, *, numbers: bool) -> list[object]:
    state, side = line.state, 0 if language() == "zh" else 1
    pace = state.pace or {}
    return [
        line.row.name if side == 0 else line.row.english or line.row.name,
        line.row.unit,
        wording.target(line.row.aim, unit=line.row.unit, language=language()),
        _shown(pace.get("reached")),
        state.known_to,
        book.Printed(pacing.moved(line.change)),
        _shown(state.above),
        book.Printed(state.rank or ""),
        book.Printed(pacing.moved(line.margin)),
        line.needed[side] if line.needed else "",
        _shown(state.office_estimate),
        _shown(state.office_off),
        line.assessment[side],
        watching.COLOURS[line.light.colour][side],
        watching.reason(line.light, numbers=numbers)[side],
        "、".join(office.name for office in line.row.owner.lead),
    ]


def _shown(value: float | None) -> book.Printed:
    return book.Printed("" if value is None else pacing.number(value))


def _note(plan: Plan, lines: Sequence[Line]) -> str:
    as_of = max((line.state.as_of for line in lines), default=None)
    said = [plan.title, _("as known on {day}").format(day=as_of)] if as_of else [plan.title]
    if any(line.state.simulated for line in lines):
        said.append(_("holds simulated figures"))
    return "；".join(said) if language() == "zh" else "; ".join(said)
