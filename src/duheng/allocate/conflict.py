"""Why what must be in cannot be in together: a smallest group of demands that contradict each other, and what is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from duheng.allocate import money
from duheng.allocate.answer import Conflict, Reason
from duheng.allocate.model import build, possible_starts
from duheng.allocate.narrow import closure, narrowed
from duheng.allocate.payments import pay
from duheng.allocate.pin import Pin
from duheng.allocate.problem import Problem
from duheng.allocate.programme import Programme
from duheng.allocate.project import Project
from duheng.allocate.shortage import shortage
from duheng.allocate.solve import Effort, run

_SECONDS = 10.0  # for one question whether some demands can be met
_WHOLE = 15.0  # for the whole search


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that was demanded: that a project is in, or what a pin says of how it is."""

    project: str
    pin: Pin | None = None


def conflict(problem: Problem, *, seconds: float = _WHOLE) -> Conflict:
    """A smallest set of demands of a problem that cannot be met, none of which can be spared.

    First a set from which nothing can be left out is found; then, as far as `seconds` reach, whether there is one with fewer demands.
    """
    search = _Search(problem, seconds)
    demands = sorted(_demands(problem), key=lambda each: -problem.by_code[each.project].total)
    least = search.fewest(demands, search.least((), demands, known=False))
    codes = tuple(dict.fromkeys(each.project for each in least))
    return Conflict(projects=codes, reasons=tuple(_reasons(problem, least)))


def _demands(problem: Problem) -> Iterator[Demand]:
    pinned = {pin.project for pin in problem.pins if pin.included}
    for project in problem.projects:
        if project.mandatory or project.code in pinned:
            yield Demand(project=project.code)
    for pin in problem.pins:
        if pin.included is False or pin.start is not None or pin.fund is not None:
            yield Demand(project=pin.project, pin=pin)


class _Search:
    """The search for a smallest contradiction, which ends when its time is over; what is known by then is kept."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self.problem, self.end = problem, monotonic() + seconds
        self.known: dict[frozenset[int], bool] = {}

    def over(self) -> bool:
        """Whether its time is over."""
        return monotonic() >= self.end

    def possible(self, demands: Sequence[Demand]) -> bool:
        """Whether these demands can be met when nothing else is in."""
        key = frozenset(map(id, demands))
        if key not in self.known:
            self.known[key] = _possible(self.problem, demands)
        return self.known[key]

    def least(self, held: Sequence[Demand], demands: Sequence[Demand], *, known: bool) -> tuple[Demand, ...]:
        """Those of `demands` that, beside the `held`, contradict each other, none to be spared; the first of them rather than the last.

        `known` says that something was added to `held` since it was last found to be possible. Halves are tried, so that few have
        to be tried one by one. Source: U. Junker, QUICKXPLAIN, AAAI 2004.
        """
        if known and not self.possible(held):
            return ()
        if len(demands) <= 1 or self.over():
            return tuple(demands)
        middle = len(demands) // 2
        first, second = demands[:middle], demands[middle:]
        of_second = self.least([*held, *first], second, known=bool(first))
        of_first = self.least([*held, *of_second], first, known=bool(of_second))
        return (*of_first, *of_second)

    def fewest(self, demands: Sequence[Demand], least: tuple[Demand, ...]) -> tuple[Demand, ...]:
        """The contradiction with the fewest demands: the smallest set that shares something with whatever may be left out.

        Each round proposes such a set; if it can be met, it is filled up to a largest set that can, and what is outside of that
        must be shared from then on. Source: A. Ignatiev and others, Smallest MUS extraction, CP 2015.
        """
        outside: list[frozenset[int]] = []
        while not self.over():
            proposed = _shared(len(demands), outside)
            if len(proposed) >= len(least):
                break
            chosen = [demands[number] for number in sorted(proposed)]
            if not self.possible(chosen):
                return tuple(chosen)
            for number, demand in enumerate(demands):
                if self.over():
                    return least
                if number not in proposed and self.possible([*chosen, demand]):
                    chosen.append(demand)
            inside = set(map(id, chosen))
            if len(inside) == len(demands):
                return least  # the solver cannot tell by how little they miss each other
            outside.append(frozenset(number for number, demand in enumerate(demands) if id(demand) not in inside))
        return least


def _shared(count: int, sets: Sequence[frozenset[int]]) -> set[int]:
    """The fewest of `count` numbers such that each of the sets holds one of them."""
    programme = Programme()
    columns = [programme.variable(upper=1.0, cost=1.0, whole=True) for _ in range(count)]
    for each in sets:
        programme.row({columns[number]: 1.0 for number in each}, lower=1.0)
    found = run(programme, Effort(seconds=_SECONDS))
    return {number for number, column in enumerate(columns) if found.values is not None and found.values[column] > 0.5}


def _part(problem: Problem, demands: Sequence[Demand]) -> Problem | None:
    codes = {each.project for each in demands if each.pin is None}
    pins = [replace(each.pin, included=False if each.pin.included is False else None) for each in demands if each.pin is not None]
    return narrowed(problem, codes, pins=pins) if codes else None


def _possible(problem: Problem, demands: Sequence[Demand]) -> bool:
    """Whether these demands can be met when nothing else is in."""
    part = _part(problem, demands)
    if part is None:
        return True
    model = build(part)
    found = run(model.programme, Effort(seconds=_SECONDS))
    if found.values is None:
        return not found.impossible
    starts = {code: year for (code, year), at in model.starts.items() if found.values[at] > 0.5}
    return pay(part, starts) is not None


def _reason(code: str, zh: str, en: str) -> Reason:
    return Reason(code=f"allocate.{code}", words=(zh, en))


def _reasons(problem: Problem, demands: Sequence[Demand]) -> Iterator[Reason]:
    """What each demand says, then why they cannot be met."""
    for each in demands:
        yield _said(problem, each)
    part = _part(problem, demands)
    if part is None:
        return
    why = [*_relations(part), *(reason for project in part.projects for reason in _beyond(part, project))]
    yield from why or _short(part)


def _said(problem: Problem, demand: Demand) -> Reason:
    project, pin = problem.by_code[demand.project], demand.pin
    zh, en = f"{project.code} {project.name}".strip(), f"{project.code} {project.name}".strip()
    if pin is None:
        how = ("必保", "mandatory") if project.mandatory else ("已指定纳入", "pinned in")
        return _reason("demand", f"{zh} 必须纳入（{how[0]}）。", f"{en} must be in ({how[1]}).")
    if pin.included is False:
        return _reason("demand", f"{zh} 已指定不纳入。", f"{en} is pinned out.")
    if pin.start is not None:
        return _reason("demand", f"{zh} 已指定 {pin.start} 年开工。", f"{en} is pinned to start in {pin.start}.")
    amount = "" if pin.amount is None else money.printed(pin.amount, problem.unit)
    return _reason(
        "demand",
        f"{zh} 已指定由 {pin.fund} 支付{amount or '，用到比例上限'}。",
        f"{en} is pinned to {pin.fund}, {amount or 'up to its ceiling'}.",
    )


def _relations(part: Problem) -> Iterator[Reason]:
    """What contradicts itself whatever the money: exclusions, and requirements that cannot be there in time."""
    required = closure(part, [project.code for project in part.projects if project.mandatory])
    for project in part.projects:
        for other in project.excludes:
            if {project.code, other} <= required:
                yield _reason("excludes", f"{project.code} 与 {other} 互斥。", f"{project.code} and {other} exclude each other.")
        yield from _late(part, project)
        if any(pin.project == project.code and pin.included is False for pin in part.pins) and not project.mandatory:
            yield _reason("pinned", f"前提 {project.code} 已指定不纳入。", f"{project.code}, which is required, is pinned out.")


def _late(part: Problem, project: Project) -> Iterator[Reason]:
    """What the project requires, directly or through others, cannot start as early as it must."""
    own = possible_starts(part, project)
    found = [(min(starts), path) for path, starts in _paths(part, project) if starts]
    if not own or not found:
        return
    earliest, path = max(found)
    if earliest > max(own):
        told = " → ".join(path)
        yield _reason(
            "late",
            f"{project.code} 最迟 {max(own)} 年开工，而其前提 {path[-1]} 最早 {earliest} 年才能开工（{told}）。",
            f"{project.code} starts in {max(own)} at the latest, and {path[-1]}, which it requires, in {earliest} at the earliest "
            f"({told}).",
        )


def _paths(part: Problem, project: Project) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Everything that the project requires, the way there, and when it may start and be paid."""
    seen: set[str] = {project.code}
    ahead: list[tuple[str, ...]] = [(project.code,)]
    while ahead:
        path = ahead.pop(0)
        for code in part.by_code[path[-1]].requires:
            if code not in seen:
                seen.add(code)
                ahead.append((*path, code))
                yield (*path, code), possible_starts(part, part.by_code[code])


def _beyond(part: Problem, project: Project) -> Iterator[Reason]:
    starts = part.starts(project)
    if starts and not possible_starts(part, project):
        most = sum(project.ceiling(fund) for fund in project.ceilings)
        least = min(sum(part.payable(project, start).values()) for start in starts)
        due, paid, lacking = (money.printed(fen, part.unit) for fen in (least, most, least - most))
        yield _reason(
            "ceilings",
            f"{project.code} 规划期内至少要付 {due}，各项资金按比例上限最多付 {paid}，差 {lacking}。",
            f"{project.code} needs at least {due} within the plan; its funds may pay {paid} at most within their ceilings: "
            f"{lacking} are lacking.",
        )


def _short(part: Problem) -> Iterator[Reason]:
    """What must be added at least: money, or where no money helps, what passes ceilings."""
    lacking = shortage(part, seconds=_SECONDS)
    lacking = lacking or shortage(part, seconds=_SECONDS, ease=frozenset(part.by_code))
    if lacking is None:
        yield _reason(
            "together",
            "它们的开工年份、前提和互斥关系不能同时满足。",
            "Their starts, requirements and exclusions cannot hold together.",
        )
        return
    for (fund, year), fen in lacking.money.items():
        shown = money.printed(fen, part.unit)
        yield _reason("short", f"{fund} {year} 年至少差 {shown}。", f"{fund} is short of {shown} in {year} at least.")
    for (code, fund), fen in lacking.ceilings.items():
        shown = money.printed(fen, part.unit)
        yield _reason(
            "ceilings",
            f"{fund} 对 {code} 的比例上限至少差 {shown}。",
            f"{fund} would have to pay {code} {shown} beyond its ceiling at least.",
        )
