"""Who pays what in which year, in whole fen, once it is decided what is in and when it starts.

Needs, ceilings and funds that carry over tie projects, funds and years together three ways, so the payments are no network
flow, and a vertex of the linear programme may hold halves of fen. It is rounded; where rounding breaks a row, the few fen by
which payments may move are settled as whole numbers, small enough to be exact. All sums are then tested in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from duheng.allocate.fund import Fund
from duheng.allocate.model import Way, pinned
from duheng.allocate.problem import Problem
from duheng.allocate.programme import Programme
from duheng.allocate.solve import Effort, run

_LARGEST = 10**6
_MOVES = (1, 10, 1000)  # fen by which a payment may move to make sums whole
_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The payments in `ways` come to at least `lower` and at most `upper` fen."""

    ways: tuple[Way, ...]
    lower: int | None = None
    upper: int | None = None


def pay(problem: Problem, starts: Mapping[str, int], *, seconds: float = _SECONDS) -> dict[Way, int] | None:
    """Payments in fen that hold to every sum, expiring money first; nothing where there are none."""
    ways = tuple(_ways(problem, starts))
    sums = tuple(_sums(problem, starts, ways))
    if any(not each.ways and (each.lower or 0) > 0 for each in sums):
        return None
    expiring = {fund.code for fund in problem.funds if not fund.carry_over}
    relaxed = _relaxed(ways, sums, expiring, seconds)
    if relaxed is None:
        return None
    if _hold(relaxed, sums):
        return _paid(relaxed)
    for move in _MOVES:
        moved = _moved(relaxed, sums, move, seconds)
        if moved is not None and _hold(moved, sums):
            return _paid(moved)
    return None


def _paid(payments: Mapping[Way, int]) -> dict[Way, int]:
    return {way: amount for way, amount in payments.items() if amount}


def _hold(payments: Mapping[Way, int], sums: Sequence[Sum]) -> bool:
    if any(amount < 0 for amount in payments.values()):
        return False
    for each in sums:
        total = sum(payments[way] for way in each.ways)
        if not (each.lower is None or total >= each.lower) or not (each.upper is None or total <= each.upper):
            return False
    return True


def _ways(problem: Problem, starts: Mapping[str, int]) -> Iterator[Way]:
    for code, start in starts.items():
        project = problem.by_code[code]
        for fund in project.ceilings:
            if project.ceiling(fund):
                yield from ((code, fund, year) for year in problem.payable(project, start))


def _sums(problem: Problem, starts: Mapping[str, int], ways: Sequence[Way]) -> Iterator[Sum]:
    by_need: dict[tuple[str, int], list[Way]] = {}
    by_pair: dict[tuple[str, str], list[Way]] = {}
    by_fund: dict[tuple[str, int], list[Way]] = {}
    for way in ways:
        code, fund, year = way
        by_need.setdefault((code, year), []).append(way)
        by_pair.setdefault((code, fund), []).append(way)
        by_fund.setdefault((fund, year), []).append(way)
    for code, start in starts.items():
        for year, need in problem.payable(problem.by_code[code], start).items():
            yield Sum(ways=tuple(by_need.get((code, year), ())), lower=need, upper=need)
    for (code, fund), some in by_pair.items():
        yield Sum(ways=tuple(some), upper=problem.by_code[code].ceiling(fund))
    for pin in problem.pins:
        if pin.fund is not None and pin.project in starts:
            least = pinned(problem, problem.by_code[pin.project], starts[pin.project], pin.fund, pin.amount)
            yield Sum(ways=tuple(by_pair.get((pin.project, pin.fund), ())), lower=least)
    for source in problem.funds:
        yield from _of_fund(problem, source, by_fund)


def _of_fund(problem: Problem, fund: Fund, by_fund: Mapping[tuple[str, int], Sequence[Way]]) -> Iterator[Sum]:
    had, spent = 0, tuple[Way, ...]()
    for year in problem.years:
        paid = tuple(by_fund.get((fund.code, year), ()))
        had, spent = (had + fund.counted(year), spent + paid) if fund.carry_over else (fund.counted(year), paid)
        if spent:
            yield Sum(ways=spent, upper=had)


def _relaxed(ways: Sequence[Way], sums: Sequence[Sum], expiring: set[str], seconds: float) -> dict[Way, int] | None:
    """The payments as a linear programme has them, rounded to fen."""
    largest = max((each.lower or 0 for each in sums), default=0)
    unit = max(1, largest // _LARGEST)
    programme = Programme()
    columns = {way: programme.variable(cost=-1.0 if way[1] in expiring else 0.0) for way in ways}
    for each in sums:
        if each.ways:
            lower, upper = (
                default if bound is None else bound / unit for bound, default in ((each.lower, -inf), (each.upper, inf))
            )
            programme.row({columns[way]: 1.0 for way in each.ways}, lower=lower, upper=upper)
    if not ways:
        return {}
    found = run(programme, Effort(seconds=seconds))
    if found.values is None:
        return None
    return {way: max(0, round(found.values[column] * unit)) for way, column in columns.items()}


def _moved(payments: Mapping[Way, int], sums: Sequence[Sum], most: int, seconds: float) -> dict[Way, int] | None:
    """Payments moved by at most so many fen each, so that all sums hold."""
    programme = Programme()
    columns = {
        way: programme.variable(lower=float(-min(most, amount)), upper=float(most), whole=True)
        for way, amount in payments.items()
    }
    for each in sums:
        total, reach = sum(payments[way] for way in each.ways), most * len(each.ways)
        lower = -inf if each.lower is None or total - reach >= each.lower else float(each.lower - total)
        upper = inf if each.upper is None or total + reach <= each.upper else float(each.upper - total)
        if lower > reach or upper < -reach:
            return None
        if each.ways and (lower > -inf or upper < inf):
            programme.row({columns[way]: 1.0 for way in each.ways}, lower=lower, upper=upper)
    found = run(programme, Effort(seconds=seconds))
    if found.values is None:
        return None
    return {way: amount + round(found.values[columns[way]]) for way, amount in payments.items()}
