"""What would be otherwise: what more money in a fund would buy, and what it would take to let a project in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from duheng.allocate.allocation import GAP, solve
from duheng.allocate.answer import Answer, Reason
from duheng.allocate.comparison import Comparison, compare
from duheng.allocate.narrow import closure, narrowed
from duheng.allocate.pin import Pin
from duheng.allocate.problem import Problem
from duheng.allocate.shortage import Shortage, granted, shortage

SECONDS = 10.0
YI = 10**10  # fen in one 亿元


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """What more money buys: the answer with it, against the one without."""

    answer: Answer
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The cheapest change that lets a project in beside all that is in already.

    `shortage` is the money or the ceilings that it takes, both empty where nothing is lacking, and nothing where none of that
    helps; `along` are projects that it requires and that come in with it; `obstacles` say what no money removes.
    """

    project: str
    shortage: Shortage | None
    along: tuple[str, ...] = ()
    obstacles: tuple[Reason, ...] = ()


def more(
    problem: Problem, answer: Answer, *, fund: str, year: int, amount: int = YI, gap: float = GAP, seconds: float = SECONDS
) -> Bought:
    """What `amount` fen more in a fund's year would buy: the marginal projects are those that come in.

    Starting from the answer there is, so that more money is never worse.
    """
    richer = granted(problem, Shortage(money={(fund, year): amount}))
    found = solve(richer, gap=gap, seconds=seconds, first=answer)
    return Bought(answer=found, comparison=compare(answer, found))


def instead(problem: Problem, answer: Answer, *, project: str, gap: float = GAP, seconds: float = SECONDS) -> Bought:
    """The best answer with `project` in and no more money: what leaves or moves is what gives way for it."""
    pins = (
        *(pin for pin in problem.pins if (pin.project, pin.included) != (project, False)),
        Pin(project=project, included=True),
    )
    found = solve(replace(problem, pins=pins), gap=gap, seconds=seconds)
    return Bought(answer=found, comparison=compare(answer, found))


def remedy(problem: Problem, answer: Answer, *, project: str, seconds: float = SECONDS) -> Remedy:
    """The least money, or where no money helps the least excess of ceilings, that lets a project in; all else stays in as it is."""
    starts = answer.starts
    wanted = closure(problem, [project])
    along = tuple(code for code in wanted if code not in starts and code != project)
    obstacles = tuple(_obstacles(problem, answer, wanted))
    if obstacles:
        return Remedy(project=project, shortage=None, along=along, obstacles=obstacles)
    pins = [pin for pin in problem.pins if pin.included is not False and not (pin.project in starts and pin.start is not None)]
    part = narrowed(problem, {*starts, project}, pins=[*pins, *(Pin(project=code, start=year) for code, year in starts.items())])
    lacking = shortage(part, seconds=seconds) or shortage(part, seconds=seconds, ease=frozenset({project, *along}))
    if lacking is None:
        words = (
            "没有资金可用，或开工年份与前提、互斥关系不合。",
            "No fund may pay for it, or its starts do not fit what it requires.",
        )
        return Remedy(project=project, shortage=None, along=along, obstacles=(Reason(code="allocate.together", words=words),))
    return Remedy(project=project, shortage=lacking, along=along)


def _obstacles(problem: Problem, answer: Answer, wanted: set[str]) -> Iterator[Reason]:
    """What stands in the way whatever the money: exclusions by what is in, pins, requirements that start too late."""
    starts = answer.starts
    for each in problem.projects:
        for other in each.excludes:
            for one, two in ((each.code, other), (other, each.code)):
                if one in wanted and one not in starts and (two in starts or two in wanted):
                    words = (
                        f"{one} 与 {two} 互斥，须先移出 {two}。",
                        f"{one} and {two} exclude each other: take {two} out first.",
                    )
                    yield Reason(code="allocate.excludes", words=words)
    for pin in problem.pins:
        if pin.project in wanted and pin.included is False:
            words = (f"{pin.project} 已指定不纳入，须先取消指定。", f"{pin.project} is pinned out: take the pin away first.")
            yield Reason(code="allocate.pinned", words=words)
    for code in wanted:
        latest = problem.by_code[code].latest
        for other in problem.by_code[code].requires:
            if code not in starts and starts.get(other, latest) > latest:
                words = (
                    f"{code} 最迟 {latest} 年开工，而其前提 {other} {starts[other]} 年才开工。",
                    f"{code} starts in {latest} at the latest, and {other}, which it requires, in {starts[other]}.",
                )
                yield Reason(code="allocate.requires", words=words)
