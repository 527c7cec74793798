"""Claims that stand in the cells of a table of indicators: the row names the subject, its columns the unit, year and role."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from duheng import measure
from duheng import pattern as re
from duheng.errors import MeasureError
from duheng.measure import Comparator, Quantity
from duheng.read import words
from duheng.read.claim import Claim, Measure, Role
from duheng.read.document import Document
from duheng.read.heading import PLAN, is_unit
from duheng.read.rows import IndicatorRow, PlanCell, plan_rows, planned_year, result_rows
from duheng.read.setting import Years
from duheng.read.view import clean

# What stands behind a value in its cell and is no part of it: a scope note, a line of its own, a footnote's mark.
_VALUE = re.compile(r"\s*(?P<value>[^（(\n*※①-⑨]*[^（(\s\n*※①-⑨])")


def claims_of_tables(document: Document, years: Years) -> Iterator[Claim]:
    """The targets and results that the report's tables of indicators give, one claim for each cell that holds a number."""
    if years.plan is None or years.past is None:
        planned = planned_year(document)  # an annex has no report's title: its headings tell the year
        if not planned:
            return
        years = Years(past=planned - 1, plan=planned)
    assert years.plan is not None
    assert years.past is not None
    for row in plan_rows(document, year=years.plan):
        for cell in row.cells:
            yield from _claim(document, row, cell, years)
    for row in result_rows(document, year=years.past):
        for cell in row.cells:
            if cell.said.role != PLAN:
                yield from _claim(document, row, cell, years)


def _claim(document: Document, row: IndicatorRow, filled: PlanCell, years: Years) -> Iterator[Claim]:
    cell, said = filled.block, filled.said
    view = clean(cell.text)
    found = _VALUE.match(view.text)
    quantity = found and _quantity(found["value"], row.unit)
    if not found or not quantity:
        return
    start, end = view.original(*found.span("value"))
    is_plan = said.role == PLAN
    year = said.year or (years.plan if is_plan else years.past)
    yield Claim(
        offset=cell.offset + start,
        span=cell.text[start:end],
        sentence=document.text[filled.offset : filled.end],
        sentence_offset=filled.offset,
        subject=f"{said.part}{row.name}",
        value=quantity.value,
        value2=quantity.value2,
        unit=row.unit or quantity.unit.symbol,
        measure=_measure(row, quantity),
        comparator=quantity.comparator.value,
        period=f"{year}-{said.period}" if said.period else str(year),
        role=Role.TARGET if is_plan else Role.ACTUAL,
        digits=quantity.digits,
    )


def _quantity(text: str, unit: str) -> Quantity | None:
    """The quantity of a cell; None for words (完成上级下达任务) and for what is not one number."""
    try:
        return measure.parse(text, unit=unit if is_unit(unit) else "个")
    except MeasureError:
        return None


def _measure(row: IndicatorRow, quantity: Quantity) -> Measure:
    if row.unit in words.POINTS:
        return Measure.CHANGE
    if row.unit not in ("%", "‰"):
        return Measure.RANK if row.unit == "位" else Measure.LEVEL
    grows = words.GROWTH_NOUN.search(row.name) or (quantity.comparator is Comparator.ABOVE and quantity.value == Decimal(0))
    if grows:
        return Measure.GROWTH
    return Measure.COMPLETION if words.COMPLETION_NOUN.search(row.name) else Measure.SHARE
