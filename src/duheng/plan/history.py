"""Several years' plans of one place as one history: what was aimed at, what the next report says came of it, and the verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from duheng.errors import PlanError
from duheng.plan.naming import Name, read_name
from duheng.plan.place import Place
from duheng.plan.plan import Mention, Plan, PlannedIndicator, Result
from duheng.plan.target import USUAL_RULE, InStepWith, Target
from duheng.plan.verdict import Figure, Outcome, Polarity, Rule, Verdict
from duheng.plan.wording import LAST_YEAR

Key = str | tuple[Name, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A place that says so: the plan, by its number among those given, and the mention in its documents."""

    plan: int
    mention: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryYear:
    """One year of an indicator: its target, its result, and whether the one met the other; what is not known is None."""

    year: int
    target: Target | None = None
    target_at: Cited | None = None
    result: Result | None = None
    result_at: Cited | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One indicator through the years, under the name that the latest plan gives it."""

    code: str | None
    name: str
    unit: str
    years: tuple[HistoryYear, ...]


@dataclass(slots=True)
class _Gathered:
    """An indicator's targets and results as they are collected, by year."""

    code: str | None
    name: str
    unit: str
    targets: dict[int, tuple[Target, Cited]] = field(default_factory=dict)
    results: dict[int, tuple[Result, Cited]] = field(default_factory=dict)


def history(plans: Sequence[Plan]) -> tuple[History, ...]:
    """The history of every indicator that some of the plans aim at, in the order of the latest plan.

    Indicators are the same that the catalog says are, else those of exactly the same name and unit. A year's target is its own
    plan's, else what a later plan's table prints for it; its result is what the next year's reports say. Raises PlanError for
    plans of two places.
    """
    _of_one_place(plans)
    gathered: dict[Key, _Gathered] = {}
    order = sorted(range(len(plans)), key=lambda i: -plans[i].year)
    for i in order:
        for key, each in _own(plans[i]):
            mine = gathered.setdefault(key, _Gathered(each.code, each.name, each.unit))
            mine.targets.setdefault(plans[i].year, (each.target, Cited(plan=i, mention=each.mentions[0])))
    for i in order:
        _add_earlier(gathered, plans[i], i)
    for i in reversed(order):
        _add_results(gathered, plans[i], i)
    beside = _by_year(gathered)
    return tuple(_told(each, beside) for each in gathered.values() if each.targets)


def _of_one_place(plans: Sequence[Plan]) -> None:
    places = [Place(area=plan.area) for plan in plans if plan.area]
    other = next((place for place in places[1:] if not place.is_same(places[0])), None)
    if other is not None:
        raise PlanError(reason=f"Plans of {places[0].area} and of {other.area} make no one history; give one place's plans.")


def _own(plan: Plan) -> Iterator[tuple[Key, PlannedIndicator]]:
    """The plan's indicators with what tells them; a second one under one code goes by its name."""
    seen: set[Key] = set()
    for each in plan.indicators:
        key = _key(each.code, each.name, each.unit)
        if key in seen:
            key = (read_name(each.name), each.unit)
        seen.add(key)
        yield key, each


def _key(code: str | None, name: str, unit: str) -> Key:
    return code or (read_name(name), unit)


def _add_earlier(gathered: Mapping[Key, _Gathered], plan: Plan, i: int) -> None:
    for key, each in _own(plan):
        for earlier in each.earlier:
            gathered[key].targets.setdefault(earlier.year, (earlier.target, Cited(plan=i, mention=earlier.mention)))


def _add_results(gathered: Mapping[Key, _Gathered], plan: Plan, i: int) -> None:
    stated: list[tuple[Key, Result]] = [(key, each.actual) for key, each in _own(plan) if each.actual is not None]
    stated += [(_key(each.code, each.name, each.unit), each.result) for each in plan.results]
    for key, result in stated:
        if key in gathered and result.period[:4].isdigit():
            gathered[key].results.setdefault(int(result.period[:4]), (result, Cited(plan=i, mention=result.mention)))


def _by_year(gathered: Mapping[Key, _Gathered]) -> Mapping[int, Mapping[str, Result]]:
    """All results of a year by code and by name, for targets that are held beside other indicators."""
    beside: dict[int, dict[str, Result]] = defaultdict(dict)
    for each in gathered.values():
        for year, (result, _) in each.results.items():
            beside[year].setdefault(each.name, result)
            if each.code is not None:
                beside[year].setdefault(each.code, result)
    return beside


def _told(each: _Gathered, beside: Mapping[int, Mapping[str, Result]]) -> History:
    years = sorted({*each.targets, *each.results})
    return History(code=each.code, name=each.name, unit=each.unit, years=tuple(_year(each, year, beside) for year in years))


def _year(each: _Gathered, year: int, beside: Mapping[int, Mapping[str, Result]]) -> HistoryYear:
    target, target_at = each.targets.get(year, (None, None))
    result, result_at = each.results.get(year, (None, None))
    verdict = None
    if target is not None:
        held = dict(beside.get(year, {}))
        if isinstance(target, InStepWith) and year - 1 in each.results:
            held[LAST_YEAR.text] = each.results[year - 1][0]
        verdict = judge(target, result, beside=held)
    return HistoryYear(year=year, target=target, target_at=target_at, result=result, result_at=result_at, verdict=verdict)


class Bounded(Figure, Protocol):
    """A figure that may be told by a bound alone: `comparator` is =, ≥, >, ≤ or <, `text` what was said."""

    @property
    def comparator(self) -> str:
        """How the number bounds what is meant."""

    @property
    def text(self) -> str:
        """The words that tell it."""


def judge(target: Target, result: Bounded | None, *, beside: Mapping[str, Figure], rule: Rule = USUAL_RULE) -> Verdict:
    """The verdict on a result that may be told by a bound alone: 超1.5万家 meets 突破1.5万家, 超1.4万家 leaves it open."""
    verdict = target.met_by(result, beside=beside, rule=rule)
    if result is None or verdict.margin is None or result.comparator not in (">", ">=", "<", "<="):
        return verdict
    better = (result.comparator[0] == ">") == (target.polarity is Polarity.HIGHER)
    if better and verdict.margin == 0 and result.comparator in (">", "<"):
        return Verdict(
            outcome=Outcome.MET, margin=Decimal(0), why=verdict.why if verdict.outcome is Outcome.MET else _bound(result)
        )
    if better == (verdict.outcome is Outcome.MET):
        return verdict
    return Verdict(outcome=Outcome.NOT_YET_KNOWN, margin=None, why=_bound(result))


def _bound(result: Bounded) -> tuple[str, str]:
    return f"报告只说“{result.text}”。", f"The report says no more than “{result.text}”."
