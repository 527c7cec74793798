"""The gap table: on screen, printed, and as .xlsx, with its totals by sector and by owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from duheng.allocate import gap
from duheng.site.pages import fund_money
from duheng.site.pages.frame import language
from duheng.site.pages.funds import year_of
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import sheet
from duheng.site.queries import filtering, funds, gaps, wording
from duheng.site.queries.gaps import Row

_PAGE = 100
_CHOICES: Mapping[str, Callable[[Row], object]] = {
    "sector": lambda row: row.known.sector or "none",
    "owner": lambda row: row.line.owner or "none",
    "state": lambda row: row.short,
    "stage": lambda row: row.known.stage,
}
_ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: row.known.name,
    "need": lambda row: row.line.sum.need,
    "arrears": lambda row: row.line.sum.arrears,
    "spent": lambda row: row.line.sum.spent,
    "granted": lambda row: row.line.sum.granted,
    "likely": lambda row: row.line.sum.likely,
    "gap": lambda row: row.line.sum.gap,
}


def table(request: Request) -> HttpResponse:
    """What each project needs in a year, has, and lacks."""
    year = year_of(request)
    every = gaps.rows(year, as_of=timezone.localdate())
    ask = filtering.asked(request.GET, _CHOICES)
    found = _narrow(every, ask)
    lines = [row.line for row in found if not row.silent]
    context = {
        "year": year,
        "years": funds.years() or [year],
        "ask": ask,
        "page": Paginator(found, _PAGE).get_page(request.GET.get("page")),
        "total": gap.total(lines),
        "whole": gap.total(row.line for row in every if not row.silent),
        "shorts": sum(row.short == "short" for row in every),
        "silent": sum(row.silent for row in every),
        "spares": sum(row.short == "spare" for row in every),
        "sectors": gap.totals(lines, by=lambda line: line.sector),
        "owners": gap.totals(lines, by=lambda line: line.owner),
        "every_sector": sorted({row.known.sector for row in every if row.known.sector}),
        "every_owner": sorted({row.line.owner for row in every if row.line.owner}),
        "stages": [stage for stage in wording.STAGES if any(row.known.stage == stage for row in every)],
        "simulated": any(row.known.simulated for row in every),
        "states": gaps.STATES,
        "here": "gap",
        **fund_money.frame(request),
    }
    return render(request, "_gap_table.html" if wants_part(request) else "gap.html", context)


def export(request: Request) -> HttpResponse:
    """The table on screen as .xlsx, all its pages, with its total."""
    year, unit = year_of(request), fund_money.unit(request)
    found = _narrow(gaps.rows(year, as_of=timezone.localdate()), filtering.asked(request.GET, _CHOICES))
    names = ("need", "brought", "arrears", "spent", "granted", "likely", "gap")
    labels = [_("Need"), _("Of it from earlier years"), _("Arrears"), _("Spent"), _("Granted, not spent"), _("Likely"), _("Gap")]
    heads = [_("Code"), _("Project"), _("Sector"), _("Owner"), *(fund_money.head(label, unit) for label in labels)]
    rows: list[list[object]] = [
        [
            row.known.code,
            row.known.name,
            row.known.sector,
            row.line.owner,
            *("" if name == "gap" and row.silent else fund_money.exact(getattr(row.line.sum, name), unit) for name in names),
        ]
        for row in found
    ]
    whole = gap.total(row.line for row in found if not row.silent)
    rows.append(["", _("Total"), "", "", *(fund_money.exact(getattr(whole.sum, name), unit) for name in names)])
    return sheet(name=_("Funding gap {year}").format(year=year), note=_note(found), heads=heads, rows=rows)


def _note(found: list[Row]) -> str:
    said = _("gap = need − spent − granted − likely; applied for is not granted")
    if any(row.known.simulated for row in found):
        said += ("；" if language() == "zh" else "; ") + _("holds simulated projects")
    return said


def _narrow(rows: list[Row], ask: filtering.Asked) -> list[Row]:
    return filtering.narrow(
        rows,
        ask,
        text=lambda row: f"{row.known.code} {row.known.name} {row.line.owner} {row.known.sector}",
        choices=_CHOICES,
        orders=_ORDERS,
    )
