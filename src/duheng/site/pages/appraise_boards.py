"""Appraisal: boards (晾晒) of areas by an indicator, and of offices by the lights of what they lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from duheng.catalog import GradeRuleEntry
from duheng.plan import Polarity
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.rank_chart import rank_chart
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import sheet
from duheng.site.queries import boards, watching, wording
from duheng.site.queries.boards import AreaBoard, Subject
from duheng.site.records.models import Plan

_PERIODS = 12  # on the chart


def areas(request: Request) -> HttpResponse:
    """Areas ranked by one indicator, with what moved since the period before."""
    found = boards.subjects(request.by.role)
    shown = _chosen(request, found)
    rule = _rule(request)
    board = _board(request, shown, rule) if shown else None
    context = {
        "plan": chosen_plan(request),
        "subjects": found,
        "subject": shown,
        "board": board,
        "chart": rank_chart(board.history, names=_names(board), periods=_past(board)) if board else None,
        **(_places(board) if board else {}),
        "rules": boards.grade_rules(),
        "rule": rule,
    }
    return render(request, "_appraise_areas.html" if wants_part(request) else "appraise_areas.html", context)


def areas_export(request: Request) -> HttpResponse:
    """The board on screen as .xlsx."""
    found = boards.subjects(request.by.role)
    shown = _chosen(request, found)
    rule = _rule(request)
    board = _board(request, shown, rule) if shown else None
    side = 0 if language() == "zh" else 1
    heads = [
        _("Rank"), _("Area"), _("Value"), _("Change on the period before"), _("Rank before"), _("Grade"), _("Distance to the next grade"),
    ]  # fmt: skip
    rows = (
        [
            [
                row.rank, _area(board, row.code, side), row.value, row.change, row.rank_before,
                row.grade.letter if row.grade else "", row.grade.distance if row.grade else None,
            ]
            for row in board.made.rows
        ]
        if board
        else []
    )  # fmt: skip
    name = _("Board of areas")
    note = (
        f"{shown.names[side]} · {board.period} · {wording.unit_words(shown.unit, language=language())}" if board and shown else ""
    )
    if rule is not None:
        note += f" · {rule.said_zh if side == 0 else rule.said_en}"
    if board and board.simulated:
        note += f" · {_('holds simulated figures')}"
    return sheet(name=name, note=note, heads=heads, rows=rows)


def offices(request: Request) -> HttpResponse:
    """Offices ranked by the share of green lights among the targets they lead."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    rule = _rule(request)
    usual = settings.WORKSPACE.rule
    context = {
        "plan": plan,
        "lines": boards.offices(plan, light_rule=usual, rule=rule, role=request.by.role),
        "rules": boards.grade_rules(),
        "rule": rule,
        "light_rule": watching.rule_sets().get(usual),
        "colours": list(watching.COLOURS),
    }
    return render(request, "_appraise_offices.html" if wants_part(request) else "appraise_offices.html", context)


def offices_export(request: Request) -> HttpResponse:
    """The board of offices on screen as .xlsx."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    rule = _rule(request)
    heads = [
        _("Rank"), _("Office"), _("Share of green lights") + " %", _("Targets"), _("Green"), _("Yellow"),
        _("Red"), _("No light"), _("Grade"),
    ]  # fmt: skip
    rows = [
        [
            line.placed.rank, line.office.name, line.placed.value, line.targets, line.lights["green"], line.lights["yellow"],
            line.lights["red"], line.lights["none"], line.placed.grade.letter if line.placed.grade else "",
        ]
        for line in boards.offices(plan, light_rule=settings.WORKSPACE.rule, rule=rule, role=request.by.role)
    ]  # fmt: skip
    return sheet(name=_("Board of offices"), note=plan.title, heads=heads, rows=rows)


def _board(request: Request, shown: Subject, rule: GradeRuleEntry | None) -> AreaBoard | None:
    return boards.of(
        shown,
        period=request.GET.get("period", ""),
        heads=request.GET.get("per") == "head",
        rule=rule,
        role=request.by.role,
        as_of=timezone.localdate(),
    )


def _chosen(request: Request, found: Sequence[Subject]) -> Subject | None:
    asked = request.GET.get("by", "")
    shown = next((each for each in found if each.key == asked), found[0] if found else None)
    if shown is not None and not shown.settled and request.GET.get("better") == "lower":
        return replace(shown, better=Polarity.LOWER)
    return shown


def _rule(request: Request) -> GradeRuleEntry | None:
    return boards.grade_rules().get(request.GET.get("rule", ""))


def _places(board: AreaBoard) -> dict[str, object]:
    """The places through the periods as a table, the oldest period first."""
    past = _past(board)
    told = {code: {period: row.rank for period, row in rows} for code, rows in board.history.items()}
    return {"past": past, "places": [(name, [told[code].get(period) for period in past]) for code, name in _names(board).items()]}


def _past(board: AreaBoard) -> list[str]:
    """The periods up to the one shown, the oldest first."""
    return list(reversed(board.periods[board.periods.index(board.period) :][:_PERIODS]))


def _names(board: AreaBoard) -> dict[str, str]:
    side = 0 if language() == "zh" else 1
    return {row.code: _area(board, row.code, side) for row in board.made.rows if row.rank is not None}


def _area(board: AreaBoard, code: str, side: int) -> str:
    area = board.areas[code]
    return area.zh if side == 0 or not area.en else area.en
