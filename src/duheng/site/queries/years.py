"""Targets and results by year: the plans of one place beside each other, each number with the place that says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duheng.plan import Cited, History, HistoryYear, history
from duheng.plan import plan as nouns
from duheng.plan.place import Place as Area
from duheng.plan.target import Target
from duheng.site.queries import known, living_plan, wording
from duheng.site.records.models import Indicator, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Where a number of a history can be read: a place of a document."""

    document: int
    document_name: str
    offset: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One year of one indicator."""

    year: int
    aim: Target | None
    aim_place: Opened | None
    value: Decimal | None
    unit: str
    comparator: str
    estimate: bool
    result_place: Opened | None
    outcome: str  # "" where there is nothing to judge
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One indicator through the years; `pk` is its row in the plan that the page is of, None where that has it no more."""

    pk: int | None
    code: str | None
    name: str
    english: str
    unit: str
    cells: tuple[Cell | None, ...]  # one for each year of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The history of a place: its years, its indicators, and how many targets of each year were met, missed, or are open."""

    years: tuple[int, ...]
    lines: tuple[Line, ...]
    plans: tuple[Plan, ...]

    def count(self, year: int, *outcomes: str) -> int:
        """How many targets of a year ended in one of `outcomes`."""
        at = self.years.index(year)
        return sum(cell is not None and cell.outcome in outcomes for cell in (line.cells[at] for line in self.lines))


def plans_of(plan: Plan) -> list[Plan]:
    """The plans of the same place, one for each year: this one for its own, else the last imported."""
    here = Area(area=plan.area)
    found: dict[int, Plan] = {}
    for each in Plan.objects.order_by("year", "imported_at", "id"):
        if here.is_same(Area(area=each.area)):
            found[each.year] = each
    found[plan.year] = plan
    return [found[year] for year in sorted(found)]


def told(plan: Plan) -> tuple[tuple[History, ...], list[nouns.Plan]]:
    """The history that the stored plans of the place of `plan` make, and these plans."""
    plans = [living_plan.outline(each) for each in plans_of(plan)]
    return history(plans), plans


def text(histories: Sequence[History], plans: Sequence[nouns.Plan], *, language: str) -> Iterator[str]:
    """A history as lines for a terminal."""
    zh = language == "zh"
    yield "；".join(plan.title for plan in plans)
    for each in histories:
        entry = known.entry(each.code)
        yield ""
        yield entry.en if entry and not zh else each.name
        for year in each.years:
            aim = wording.target(year.target, unit=each.unit, language=language) if year.target else "—"
            yield f"  {year.year}  {'目标' if zh else 'target'} {aim}{_result_text(year, language)}"


def _result_text(year: HistoryYear, language: str) -> str:
    if year.result is None:
        return ""
    shown = wording.quantity(year.result.value, year.result.unit, language=language)
    mark = wording.COMPARATORS.get(year.result.comparator, "")
    outcome = wording.of(wording.OUTCOMES, year.verdict.outcome.value, language=language) if year.verdict else ""
    return f"{'，完成' if language == 'zh' else ', result'} {mark}{shown}{f'  [{outcome}]' if outcome else ''}"


def of(plan: Plan) -> Years:
    """The history of the plan's place as a page shows it."""
    plans = plans_of(plan)
    found, _ = told(plan)
    years = tuple(sorted({year.year for each in found for year in each.years if year.target}))
    opening = _Opening(plans)
    pks = _pks(plan)
    lines = tuple(_line(each, years, opening, pks) for each in found)
    return Years(years=years, lines=lines, plans=tuple(plans))


def line(indicator: Indicator) -> Line | None:
    """The history of one indicator, None where nothing but this year is known of it."""
    found = of(indicator.plan)
    mine = next((each for each in found.lines if each.pk == indicator.pk), None)
    return mine if mine is not None and sum(cell is not None for cell in mine.cells) > 1 else None


def _pks(plan: Plan) -> dict[tuple[str | None, str, str], int]:
    rows = plan.indicators.values_list("pk", "code", "name", "unit")
    return {(code, name, unit): pk for pk, code, name, unit in rows}


def _line(each: History, years: Sequence[int], opening: _Opening, pks: dict[tuple[str | None, str, str], int]) -> Line:
    entry = known.entry(each.code)
    by_year = {year.year: year for year in each.years}
    return Line(
        pk=pks.get((each.code, each.name, each.unit)),
        code=each.code,
        name=each.name,
        english=entry.en if entry else "",
        unit=each.unit,
        cells=tuple(_cell(by_year[year], opening) if year in by_year else None for year in years),
    )


def _cell(year: HistoryYear, opening: _Opening) -> Cell:
    result, verdict = year.result, year.verdict
    return Cell(
        year=year.year,
        aim=year.target,
        aim_place=opening.of(year.target_at),
        value=result.value if result else None,
        unit=result.unit if result else "",
        comparator=result.comparator if result else "",
        estimate=bool(result and result.estimate),
        result_place=opening.of(year.result_at),
        outcome=verdict.outcome.value if verdict else "",
        why_zh=verdict.why[0] if verdict else "",
        why_en=verdict.why[1] if verdict else "",
    )


class _Opening:
    """Finds the stored document of a citation."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        self._documents = [list(plan.sources.order_by("position").values_list("document_id", "document__name")) for plan in plans]

    def of(self, cited: Cited | None) -> Opened | None:
        if cited is None:
            return None
        pk, name = self._documents[cited.plan][cited.mention.document]
        mention = cited.mention
        return Opened(document=pk, document_name=name, offset=mention.offset, sentence=mention.sentence)
