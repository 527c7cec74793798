"""Targets and results by year: several years' plans of one place in one table."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request
from duheng.site.pages.sheet import sheet
from duheng.site.queries import wording, years
from duheng.site.queries.years import Cell, Line
from duheng.site.records.models import Plan


def table(request: Request) -> HttpResponse:
    """Every indicator with each year's target, result and verdict."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    found = years.of(plan)
    judged = [(year, found.count(year, "met", "basically_met"), found.count(year, "missed")) for year in found.years]
    context = {"plan": plan, "found": found, "judged": [each for each in judged if each[1] + each[2]]}
    return render(request, "years.html", context)


def export(request: Request) -> HttpResponse:
    """The table on screen as .xlsx."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    found = years.of(plan)
    heads = [_("Indicator"), _("English name"), _("Catalog code"), _("Unit")]
    for year in found.years:
        heads += [f"{year} {word}" for word in (_("Target"), _("Result"), _("Verdict"), _("Sentence of the result"))]
    name = (
        f"{_('Targets and results by year')} {found.years[0]}-{found.years[-1]}"
        if found.years
        else _("Targets and results by year")
    )
    note = "；".join(each.title for each in found.plans)
    return sheet(name=name, note=note, heads=heads, rows=[_cells(line) for line in found.lines])


def _cells(line: Line) -> list[object]:
    cells: list[object] = [line.name, line.english, line.code, line.unit]
    for cell in line.cells:
        cells += _year(cell, unit=line.unit)
    return cells


def _year(cell: Cell | None, *, unit: str) -> list[object]:
    if cell is None:
        return [None, None, None, None]
    now = language()
    return [
        wording.target(cell.aim, unit=unit, language=now) if cell.aim else None,
        cell.value,
        wording.of(wording.OUTCOMES, cell.outcome, language=now) if cell.outcome else None,
        cell.result_place.sentence if cell.result_place else None,
    ]
