"""What completion is judged by: the targets and results of a place's plans, and the whole-year numbers that figures make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duheng.appraise.completion import Outturn, OutturnOrigin, Promised
from duheng.catalog import IndicatorEntry
from duheng.collect import Figures
from duheng.plan import History, HistoryYear, Nature, Plan, PlannedIndicator, Statement, Target, history
from duheng.watch import Courses

_SHARES = ("%", "‰")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a place's plans say of one year: its targets, its results by key, last year's results by key, and the reports' counts."""

    promised: tuple[Promised, ...]
    outturns: Mapping[str, tuple[Outturn, ...]]
    before: Mapping[str, Outturn]
    stated: tuple[Statement, ...]


def from_plans(plans: Sequence[Plan], *, year: int, as_of: date, entries: Mapping[str, IndicatorEntry] | None = None) -> Sources:
    """The targets of `year` in the order of its table, with what later plans' reports say came of them.

    A year's targets count as known from its first day on, and what a report says from the first day of its plan's year. Raises
    PlanError for plans of two places.
    """
    told = history(plans) if plans and date(year, 1, 1) <= as_of else ()
    rows = _rows(plans, year)
    promised, outturns, before = [], {}, {}
    for each in told:
        key = key_of(each.code, each.name, each.unit)
        key = f"{each.name}|{each.unit}" if key in outturns or key in before else key  # a second one under one code
        years = {one.year: one for one in each.years}
        this, last = years.get(year), years.get(year - 1)
        if this is not None and this.target is not None:
            promised.append(_promised(each, this.target, key, rows.get(key), (entries or {}).get(each.code or "")))
            outturns[key] = _outturns(this, plans, as_of)
        if last is not None and (known := _outturns(last, plans, as_of)):
            before[key] = known[0]
    order = {key: place for place, key in enumerate(rows)}
    promised.sort(key=lambda one: order.get(one.key, len(order)))
    said = [plan for plan in plans if date(plan.year, 1, 1) <= as_of]
    stated = [one for plan in said for one in plan.stated if one.period == str(year)]
    return Sources(promised=tuple(promised), outturns=outturns, before=before, stated=tuple(stated))


def from_figures(
    promised: Sequence[Promised], figures: Figures, *, entries: Mapping[str, IndicatorEntry], year: int, as_of: date
) -> dict[str, tuple[Outturn, ...]]:
    """What the figures known on `as_of` say that `year` came to, by key: the whole year, else how far it has come.

    A target measured in other units than its series, or without one, is left out.
    """
    empty = figures.as_of(as_of, estimates=True)
    courses = Courses(figures.as_of(as_of), estimates=empty, entries=entries)
    found: dict[str, tuple[Outturn, ...]] = {}
    for each in promised:
        unit = each.target.unit or each.unit
        course = courses.of(each.code, unit=unit, year=year) if each.code else None
        known = course.track.known(year) if course else None
        if course is None or known is None or not len(known):
            continue
        track = course.track
        whole = len(known) == track.steps
        value = float(track.total(known)) if whole else float(track.so_far(known)[-1])
        outturn = Outturn(
            value=Decimal(f"{value:.{_digits(each.target)}f}"),
            unit=unit,
            origin=OutturnOrigin.FIGURES,
            whole=whole,
            known_to=f"{year}-{len(known) * 12 // track.steps:02d}",
            simulated=course.simulated,
        )
        found[each.key] = (outturn,)
    return found


def together(*sources: Mapping[str, Sequence[Outturn]]) -> dict[str, tuple[Outturn, ...]]:
    """The outturns of several sources by key, the first source's first."""
    found: dict[str, list[Outturn]] = defaultdict(list)
    for source in sources:
        for key, outturns in source.items():
            found[key].extend(outturns)
    return {key: tuple(outturns) for key, outturns in found.items()}


def key_of(code: str | None, name: str, unit: str) -> str:
    """What one indicator goes by through the years: its code, else its name and unit."""
    return code or f"{name}|{unit}"


def _rows(plans: Sequence[Plan], year: int) -> dict[str, PlannedIndicator]:
    """The rows of the year's own plan by key, else of the plan after it, whose table prints the year's targets beside its own."""
    for wanted in (year, year + 1):
        for plan in plans:
            if plan.year == wanted:
                return keyed(plan)
    return {}


def keyed(plan: Plan) -> dict[str, PlannedIndicator]:
    """The plan's indicators by what each goes by through the years, in their order."""
    found: dict[str, PlannedIndicator] = {}
    for each in plan.indicators:
        key = key_of(each.code, each.name, each.unit)
        found[f"{each.name}|{each.unit}" if key in found else key] = each
    return found


def _promised(each: History, target: Target, key: str, row: PlannedIndicator | None, entry: IndicatorEntry | None) -> Promised:
    return Promised(
        key=key,
        name=row.name if row else each.name,
        unit=each.unit,
        nature=row.nature if row else Nature.UNSTATED,
        target=target,
        code=each.code,
        lag=entry.lag if entry else None,
        listed=row is not None and row.row is not None,
    )


def _outturns(year: HistoryYear, plans: Sequence[Plan], as_of: date) -> tuple[Outturn, ...]:
    result, cited = year.result, year.result_at
    if result is None or cited is None or date(plans[cited.plan].year, 1, 1) > as_of:
        return ()
    return (
        Outturn(
            value=result.value,
            unit=result.unit,
            origin=OutturnOrigin.REPORT,
            comparator=result.comparator,
            text=result.text,
            estimate=result.estimate,
        ),
    )


def _digits(target: Target) -> int:
    """The decimals at which the year's number is published: at least one for a share or growth, else the target's own."""
    number = target.goal
    exponent = number.as_tuple().exponent if number is not None else 0
    own = -exponent if isinstance(exponent, int) else 0
    return max(own, 1 if target.unit in _SHARES else 0)
