"""What looks wrong in a problem that can be solved all the same: slips of unit, money that nobody may use, and their like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import log10
from statistics import median

from duheng.allocate import money
from duheng.allocate.fault import Fault, Words
from duheng.allocate.fund import Fund
from duheng.allocate.problem import Problem
from duheng.allocate.project import Project

_SLIP = (3.4, 4.6)  # decades: about ten thousand times, 万
_APART = 2.5  # decades to the nearest other: sizes that run on from small to large are no slip
_FEWEST = 3  # amounts among which one can be the odd one


def doubts(problem: Problem) -> tuple[Fault, ...]:
    """Everything in the problem that a careful reader would ask about."""
    return (*_slips(problem), *_of_funds(problem), *_of_projects(problem))


def _doubt(code: str, place: Words, zh: str, en: str) -> Fault:
    return Fault(code=f"allocate.{code}", place=place, message=(zh, en))


def _project(project: Project) -> Words:
    return (f"项目 {project.code}", f"project {project.code}")


def _fund(fund: Fund) -> Words:
    return (f"资金 {fund.code}", f"fund {fund.code}")


def _at(place: Words, field: str, number: int) -> Words:
    return (f"{place[0]}，{field} {number}", f"{place[1]}, {field} {number}")


def _slips(problem: Problem) -> Iterator[Fault]:
    """Amounts some ten thousand times what stands beside them: 元 written for 万元, or 万元 for 亿元."""
    unit = problem.unit
    for project in problem.projects:
        years = {number: need for number, need in enumerate(project.yearly, start=1) if need > 0}
        yield from _odd(years, partial(_at, _project(project), "yearly"), unit)
    for fund in problem.funds:
        amounts = {year: amount for year, amount in fund.amounts.items() if amount > 0}
        yield from _odd(amounts, partial(_at, _fund(fund), "amounts"), unit)
    totals = {number: sum(project.yearly) for number, project in enumerate(problem.projects) if sum(project.yearly) > 0}
    yield from _odd(totals, lambda n: _project(problem.projects[n]), unit)
    pools = {number: sum(fund.amounts.values()) for number, fund in enumerate(problem.funds) if sum(fund.amounts.values()) > 0}
    yield from _odd(pools, lambda n: _fund(problem.funds[n]), unit)


def _odd(amounts: Mapping[int, int], place: Callable[[int], Words], unit: str) -> Iterator[Fault]:
    """Those that are about ten thousand times the others' median, or a ten-thousandth, with nothing in between."""
    if len(amounts) < _FEWEST:
        return
    logs = {number: log10(amount) for number, amount in amounts.items()}
    order = sorted(logs, key=lambda number: logs[number])
    middle = median(logs.values())
    for rank, number in enumerate(order):
        off = logs[number] - middle
        if _SLIP[0] <= abs(off) <= _SLIP[1] and _nearest(order, rank, logs) >= _APART:
            zh, en = ("大", "larger") if off > 0 else ("小", "smaller")
            shown = money.printed(amounts[number], unit)
            yield _doubt(
                "slip",
                place(number),
                f"{shown} 比同类金额{zh}约一万倍，可能写错了单位。请核对元、万元、亿元。",
                f"{shown} is some ten thousand times {en} than its like: perhaps a slip of unit. Check 元, 万元 and 亿元.",
            )


def _nearest(order: Sequence[int], rank: int, logs: Mapping[int, float]) -> float:
    """Decades to the next amount towards the middle."""
    inward = rank + 1 if rank < len(order) / 2 else rank - 1
    return abs(logs[order[rank]] - logs[order[inward]])


def _of_funds(problem: Problem) -> Iterator[Fault]:
    used = {fund for project in problem.projects for fund in project.ceilings if project.ceiling(fund)}
    for fund in problem.funds:
        if fund.code not in used:
            yield _doubt(
                "unused",
                _fund(fund),
                "没有任何项目可以使用。请核对各项目的 ceilings 是否漏写。",
                "no project may use it. Check whether it was left out of the projects' ceilings.",
            )
        if not any(fund.counted(year) for year in problem.years):
            yield _doubt(
                "nothing", _fund(fund), "规划期内没有金额。请核对。", "it has no money in any year of the plan. Check it."
            )


def _of_projects(problem: Problem) -> Iterator[Fault]:
    for project in problem.projects:
        place = _project(project)
        if not sum(project.yearly):
            yield _doubt("free", place, "没有资金需求。请核对 yearly。", "it needs no money. Check its yearly needs.")
        elif not any(project.ceiling(fund) for fund in project.ceilings):
            yield _doubt(
                "ineligible", place, "没有可以使用的资金。请核对 ceilings。", "no fund may pay for it. Check its ceilings."
            )
        if project.priority < 0:
            yield _doubt(
                "negative",
                place,
                "优先级为负，除非必须否则不会纳入。请核对。",
                "its priority is negative: it comes in only where it must. Check it.",
            )
        if project.earliest < problem.years[0] or project.latest > problem.years[-1]:
            span = f"{max(project.earliest, problem.years[0])}–{min(project.latest, problem.years[-1])}"
            yield _doubt(
                "window",
                place,
                f"开工年份 {project.earliest}–{project.latest} 超出规划年份，按 {span} 年计。",
                f"its starts {project.earliest}–{project.latest} reach beyond the plan; {span} is taken.",
            )
        for code in sorted(_required(problem, project) & _apart(problem, project)):
            yield _doubt(
                "contradiction",
                place,
                f"既以 {code} 为前提，又与它互斥，不可能纳入。请改正其一。",
                f"it requires {code} and excludes it: it can never be in. Correct one of them.",
            )


def _required(problem: Problem, project: Project) -> set[str]:
    """All that the project requires, and what these require."""
    found: set[str] = set()
    ahead = list(project.requires)
    while ahead:
        code = ahead.pop()
        if code not in found:
            found.add(code)
            ahead.extend(problem.by_code[code].requires)
    return found


def _apart(problem: Problem, project: Project) -> set[str]:
    """All that the project cannot be beside, whichever of the two says so."""
    return set(project.excludes) | {other.code for other in problem.projects if project.code in other.excludes}
