"""Appraisal: graded items (八张报表) with the rule's text, how many have each grade, and every item's history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duheng.site.pages.bars import grade_bars
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import sheet
from duheng.site.queries import appraisal, boards, filtering
from duheng.site.queries.appraisal import ItemLine

_CHOICES: Mapping[str, Callable[[ItemLine], object]] = {
    "report": lambda line: line.item.report,
    "grade": lambda line: line.letter,
    "office": lambda line: line.item.office,
    "turned": lambda line: "up" if line.moved > 0 else "down" if line.moved < 0 else "",
}
_ORDERS: Mapping[str, Callable[[ItemLine], Any]] = {
    "item": lambda line: line.item.item,
    "grade": lambda line: line.letter or None,
    "rank": lambda line: line.item.rank,
}


def show(request: Request) -> HttpResponse:
    """The items of the newest period."""
    found = appraisal.items(request.GET.get("rule", ""))
    context: dict[str, Any] = {"room": "items", "found": found}
    if found is not None:
        ask = filtering.asked(request.GET, _CHOICES)
        context |= {
            "ask": ask,
            "lines": _narrow(found.lines, ask),
            "all": len(found.lines),
            "rule": found.rule,
            "rules": boards.grade_rules(),
            "reports": list(dict.fromkeys(line.item.report for line in found.lines)),
            "offices": sorted({line.item.office for line in found.lines if line.item.office}),
            "letters": list(found.newest.count),
            "bars": grade_bars([(each.period, each.count) for each in found.periods]),
            "differing": sum(line.differs for line in found.lines),
        }
    return render(request, "_appraise_items.html" if wants_part(request) else "appraise_items.html", context)


def export(request: Request) -> HttpResponse:
    """The items on screen as .xlsx."""
    found = appraisal.items(request.GET.get("rule", ""))
    lines = _narrow(found.lines, filtering.asked(request.GET, _CHOICES)) if found else []
    heads = [
        _("Report"), _("Item"), _("Grade"), _("Grade by the rule"), _("Score"), _("Rank"), _("Of"), _("To the next grade"),
        _("Earlier grades"), _("Office"),
    ]  # fmt: skip
    rows = [
        [
            line.item.report, line.item.item, line.letter, line.computed.letter if line.computed else "", line.item.score,
            line.item.rank, line.item.of, line.computed.distance if line.computed else None,
            " ".join(f"{period} {letter}" for period, letter in line.past[:-1]), line.item.office,
        ]
        for line in lines
    ]  # fmt: skip
    note = f"{found.newest.period} · {found.rule.zh} · {found.rule.said_zh}" if found else ""
    if found and found.simulated:
        note += f" · {_('holds simulated figures')}"
    return sheet(name=_("Graded items"), note=note, heads=heads, rows=rows)


def _narrow(lines: Sequence[ItemLine], ask: filtering.Asked) -> list[ItemLine]:
    return filtering.narrow(
        lines,
        ask,
        text=lambda line: f"{line.item.report} {line.item.item} {line.item.office}",
        choices=_CHOICES,
        orders=_ORDERS,
    )
