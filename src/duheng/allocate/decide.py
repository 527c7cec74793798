"""Which projects are in, and when they start: one aim after the other, each within what the aims before it have reached.

The aims are lexicographic: most committed projects, then most priority, then the earliest starts, then the least money that
expires unspent. Each is a run of its own with what was reached held fast, rather than one sum with weights: priorities are of
any size, and weights that keep four aims apart would pass what a solver can tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, isfinite
from time import monotonic

from duheng.allocate.model import Model, Start, Way, build, whole_priorities
from duheng.allocate.problem import Problem
from duheng.allocate.programme import Programme
from duheng.allocate.solve import Effort, Found, run
from duheng.errors import NoAnswerYet

_COARSE = 10**6  # the largest coefficient of an aim
_CORE = 60  # choices left open around the relaxed answer
_SMALL = 150  # choices: so few are searched through at once
_CORE_SECONDS, _CORE_CHOICES, _CORE_GAP = 1.5, 700, 0.0002  # seconds for so many choices
_LEAST = 0.3  # seconds of any search
_PATIENCE = 1.0  # seconds that an answer within the gap is still improved
_TIES, _TIES_SHARE = 1.5, 0.03  # seconds for each aim after the priority, or this share of the limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The start of every project that is in, the priority reached and the most that it could be, in whole steps of `scale`."""

    starts: Mapping[str, int]
    reached: int
    bound: int
    scale: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aim:
    """What is minimised; `whole` where it is a whole number for every answer, and can be held exactly."""

    cost: Mapping[int, float]
    name: str
    whole: bool = True


def decide(
    problem: Problem,
    *,
    gap: float,
    seconds: float,
    forbidden: Sequence[Mapping[str, int]] = (),
    first: tuple[Mapping[str, int], Mapping[Way, int]] | None = None,
) -> Decision | None:
    """The best decision that can be found; nothing where what must be in cannot be paid for.

    `forbidden` are decisions that may not be taken; `first` are starts and payments to begin with, if they hold. Raises
    `NoAnswerYet` where the time runs out before there is any decision.
    """
    end = monotonic() + seconds
    model = build(problem)
    for starts in forbidden:
        _forbid(model, starts)
    known: Sequence[float] | None = _values(model, *first) if first else None
    values: Sequence[float] | None = None
    bound = None
    for aim in _aims(model):
        if values is not None and aim.name not in ("committed", "priority") and monotonic() >= end:
            break
        found = _search(
            model, aim, effort=_effort(aim, gap=gap, left=end - monotonic(), seconds=seconds), first=_first(values, known)
        )
        if found.values is None and values is None and found.impossible:
            return None
        values = _first(found.values, values, known)
        if values is None:
            raise NoAnswerYet(seconds=f"{seconds:g}")
        if aim.name == "priority" and found.values is not None:
            bound = found.bound
        if aim.name == "early" and found.cost > found.bound + 0.5:
            break  # a search without end: for these starts the payments spend what expires first anyway
        _hold(model, aim, values)
    assert values is not None
    return _decision(model, values, bound)


def _first(*values: Sequence[float] | None) -> Sequence[float] | None:
    return next((each for each in values if each is not None), None)


def _effort(aim: _Aim, *, gap: float, left: float, seconds: float) -> Effort:
    if aim.name == "priority":
        return Effort(seconds=max(left, _LEAST), gap=gap, patience=min(_PATIENCE, seconds / 4))
    if aim.name == "committed":
        return Effort(seconds=left / 2)
    return Effort(seconds=min(left, max(_TIES, seconds * _TIES_SHARE)))


def _aims(model: Model) -> Iterator[_Aim]:
    problem = model.problem
    committed = {project.code for project in problem.projects if project.committed and not project.mandatory}
    if committed:
        yield _Aim(name="committed", cost={at: -1.0 for (code, _), at in model.starts.items() if code in committed})
    priorities, _ = whole_priorities(problem)
    yield _Aim(name="priority", cost={at: -float(priorities[code]) for (code, _), at in model.starts.items()})
    yield _Aim(name="early", cost={at: float(year - problem.years[0]) for (_, year), at in model.starts.items()})
    expiring = {fund.code for fund in problem.funds if not fund.carry_over}
    if expiring:
        cost = {at: -1.0 for (_, fund, _), at in model.pays.items() if fund in expiring}
        yield _Aim(name="expiring", cost=cost, whole=False)


def _search(model: Model, aim: _Aim, *, effort: Effort, first: Sequence[float] | None) -> Found:
    """Minimise an aim; the cost found and its bound are in the aim's own numbers."""
    programme = model.programme
    coarse = max(1.0, max((abs(value) for value in aim.cost.values()), default=1.0) / _COARSE)
    programme.aim({column: value / coarse for column, value in aim.cost.items()})
    large = len(model.starts) > _SMALL and aim.name in ("committed", "priority")
    found = _search_large(model, effort, first) if large else run(programme, effort, first=first)
    return replace(found, cost=found.cost * coarse, bound=found.bound * coarse)


def _search_large(model: Model, effort: Effort, first: Sequence[float] | None) -> Found:
    """As `run`, for many choices: the core of the relaxed programme, which mostly is near enough; else the whole; then a while to improve.

    A start that is not near enough costs more than it brings, so it is then left aside.
    """
    programme, end = model.programme, monotonic() + effort.seconds
    found = _core(model, effort.seconds)
    if found.values is None or found.cost - found.bound > effort.gap * abs(found.cost):
        again = run(programme, Effort(seconds=max(end - monotonic(), _LEAST), gap=effort.gap), first=first)
        found = again if again.values is not None or again.impossible else found
    if found.values is not None and first is not None and programme.costs(first) < found.cost:
        found = replace(found, values=first, cost=programme.costs(first))
    if found.values is not None and found.cost > found.bound and effort.patience > 0 and monotonic() < end:
        better = run(programme, Effort(seconds=min(effort.patience, max(end - monotonic(), _LEAST))), first=found.values)
        if better.values is not None and better.cost <= found.cost:
            found = replace(better, bound=max(better.bound, found.bound))
    return found


def _values(model: Model, starts: Mapping[str, int], payments: Mapping[Way, int]) -> Sequence[float] | None:
    """Starts and payments as values of the programme; nothing where it has no such variables or they break a row."""
    values = [0.0] * len(model.programme.cost)
    try:
        for start in starts.items():
            values[model.starts[start]] = 1.0
        for way, fen in payments.items():
            values[model.pays[way]] = fen / model.unit
    except KeyError:
        return None
    return values if model.programme.holds(values) else None


def _core(model: Model, seconds: float) -> Found:
    """The relaxed programme, whose few broken choices and those nearest to them are then settled; its bound is for the whole.

    Few choices are broken, at most one for each fund and year, and what the relaxed programme takes or leaves for sure stays.
    """
    programme = model.programme
    relaxed = run(replace_whole(programme, whole=False), Effort(seconds=seconds / 3))
    if relaxed.values is None:
        return relaxed
    near = sorted(model.starts.values(), key=lambda at: (_settled(relaxed.values, at), abs(relaxed.reduced[at])))
    broken = sum(not _settled(relaxed.values, at) for at in near)
    fixed = replace_whole(programme, whole=True)
    for at in near[broken + _CORE :]:
        fixed.lower[at] = fixed.upper[at] = float(round(relaxed.values[at]))
    most = _CORE_SECONDS * max(1.0, len(near) / _CORE_CHOICES)
    return replace(run(fixed, Effort(seconds=min(most, seconds / 3), gap=_CORE_GAP)), bound=relaxed.cost, impossible=False)


def replace_whole(programme: Programme, *, whole: bool) -> Programme:
    """The same programme with bounds of its own; its whole-number variables are such, or any number."""
    return replace(
        programme,
        lower=list(programme.lower),
        upper=list(programme.upper),
        whole=list(programme.whole) if whole else [False] * len(programme.whole),
    )


def _settled(values: Sequence[float] | None, at: int) -> bool:
    return values is not None and min(abs(values[at]), abs(1.0 - values[at])) < 1e-6


def _hold(model: Model, aim: _Aim, values: Sequence[float]) -> None:
    """What an aim has reached may not be given up for a later one."""
    if not aim.cost:
        return
    if aim.whole:
        limit = sum(value for at, value in aim.cost.items() if values[at] > 0.5) + 0.5
        coarse = max(1.0, max(abs(value) for value in aim.cost.values()) / _COARSE)
        model.programme.row({at: value / coarse for at, value in aim.cost.items()}, upper=limit / coarse)


def _forbid(model: Model, starts: Mapping[str, int]) -> None:
    taken = {(code, year) for code, year in starts.items()}
    terms = {at: 1.0 if key in taken else -1.0 for key, at in model.starts.items()}
    model.programme.row(terms, upper=len(taken) - 1.0)


def _decision(model: Model, values: Sequence[float], bound: float | None) -> Decision:
    starts = dict(_taken(model.starts, values))
    priorities, scale = whole_priorities(model.problem)
    reached = sum(priorities[code] for code in starts)
    most = sum(value for value in priorities.values() if value > 0)
    if bound is not None and isfinite(bound):
        most = min(most, floor(-bound + max(1e-6, abs(bound) * 1e-9)))
    most = max(reached, most)
    return Decision(starts=starts, reached=reached, bound=most, scale=scale)


def _taken(starts: Mapping[Start, int], values: Sequence[float]) -> Iterable[Start]:
    return (key for key, at in starts.items() if values[at] > 0.5)
