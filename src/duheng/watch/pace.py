"""How far a year has come by the time that is gone, and what the rest of it must bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from duheng.plan import Target
from duheng.watch.track import Accumulation, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Where a target stands at the last known step of its year.

    `reached` is the year's number so far: the sum, the growth, the mean or the state. `progress` is its share of the way to the
    goal and `lag` the points by which it is ahead of `elapsed` (behind: negative); both are None for goals that are not reached
    by and by: growth and means are compared as they are (`ahead`), ceilings have `headroom`. `needed` is what the steps that are
    left must bring: their sum, their mean, or the growth they need; `needed_growth` that sum over last year's same steps.
    """

    reached: float
    goal: float
    elapsed: float
    progress: float | None = None
    lag: float | None = None
    ratio: float | None = None
    ahead: float | None = None
    headroom: float | None = None
    needed: float | None = None
    needed_growth: float | None = None
    by_plan: bool = False  # time progress is the target's own checkpoints, not the calendar
    estimate: bool = False  # rests on weights of the steps that nobody publishes


def pace(
    target: Target, track: Track | None, *, year: int, start: float | None = None, checkpoints: Mapping[int, float] | None = None
) -> Pace | None:
    """The pace of `target` by what is known of `year`; None where there is no number, or nothing known yet.

    `start` is the result the year started from, wanted for states (LAST); `checkpoints` what is planned to be reached by a step.
    Source: the progress measures of plan evaluation, METHODS: level (y_t - y_0)/(y_T - y_0), cumulated quantity Σy/target,
    growth compared as growth.
    """
    goal = target.goal
    if track is None or goal is None or not len(track.known(year)):
        return None
    at = _Standpoint(track=track, year=year, goal=float(goal), ceiling=target.is_ceiling, start=start)
    return {
        Accumulation.SUM: _of_sum,
        Accumulation.LAST: _of_state,
        Accumulation.MEAN: _of_mean,
        Accumulation.GROWTH: _of_growth,
    }[track.accumulation](at, _elapsed(at, checkpoints))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standpoint:
    track: Track
    year: int
    goal: float
    ceiling: bool
    start: float | None

    @property
    def gone(self) -> int:
        """Steps of the year that are known."""
        return len(self.track.known(self.year))

    @property
    def left(self) -> int:
        """Steps of the year still to come."""
        return self.track.steps - self.gone


@dataclass(frozen=True, slots=True, kw_only=True)
class _Elapsed:
    share: float
    by_plan: bool


def _elapsed(at: _Standpoint, checkpoints: Mapping[int, float] | None) -> _Elapsed:
    """The share of the year that is gone: by the calendar, or by the plan's own checkpoints, straight between them."""
    if not checkpoints or not at.goal:
        return _Elapsed(share=at.gone / at.track.steps, by_plan=False)
    points = {0: 0.0, at.track.steps: at.goal} | dict(checkpoints)
    before = max(step for step in points if step <= at.gone)
    behind = min(step for step in points if step >= at.gone)
    share = 0.0 if before == behind else (at.gone - before) / (behind - before)
    planned = points[before] + share * (points[behind] - points[before])
    return _Elapsed(share=planned / at.goal, by_plan=True)


def _of_sum(at: _Standpoint, elapsed: _Elapsed) -> Pace:
    reached = float(at.track.known(at.year).sum())
    if at.ceiling:
        return Pace(reached=reached, goal=at.goal, elapsed=elapsed.share, headroom=at.goal - reached, by_plan=elapsed.by_plan)
    needed = at.goal - reached if at.left else None
    before = at.track.known(at.year - 1)
    rest = float(before[at.gone :].sum()) if len(before) == at.track.steps else 0.0
    made = Pace(
        reached=reached,
        goal=at.goal,
        elapsed=elapsed.share,
        needed=needed,
        needed_growth=(needed / rest - 1) * 100 if needed is not None and rest > 0 else None,
        by_plan=elapsed.by_plan,
    )
    return _on_the_way(made, reached, at.goal)


def _of_state(at: _Standpoint, elapsed: _Elapsed) -> Pace:
    reached = float(at.track.known(at.year)[-1])
    way = at.goal - at.start if at.start is not None else 0.0
    improves = way < 0 if at.ceiling else way > 0
    # A state already as good as its goal has no way to go: what counts is that it stays there.
    if at.start is None or not improves:
        room = at.goal - reached if at.ceiling else reached - at.goal
        return Pace(reached=reached, goal=at.goal, elapsed=elapsed.share, headroom=room, by_plan=elapsed.by_plan)
    needed = at.goal - reached if at.left else None
    made = Pace(reached=reached, goal=at.goal, elapsed=elapsed.share, needed=needed, by_plan=elapsed.by_plan)
    return _on_the_way(made, reached - at.start, way)


def _of_mean(at: _Standpoint, elapsed: _Elapsed) -> Pace:
    known = at.track.known(at.year)
    reached = float(known.mean())
    ahead = at.goal - reached if at.ceiling else reached - at.goal
    needed = (at.goal * at.track.steps - float(known.sum())) / at.left if at.left else None
    return Pace(reached=reached, goal=at.goal, elapsed=elapsed.share, ahead=ahead, needed=needed)


def _of_growth(at: _Standpoint, elapsed: _Elapsed) -> Pace:
    shares, known = at.track.shares, at.track.known(at.year)
    gone = float(shares[: at.gone].sum())
    brought = float((shares[: at.gone] * known).sum())
    reached = brought / gone
    needed = (at.goal - brought) / (1 - gone) if at.left else None
    ahead = at.goal - reached if at.ceiling else reached - at.goal
    return Pace(
        reached=reached,
        goal=at.goal,
        elapsed=elapsed.share,
        ahead=ahead,
        needed=needed,
        estimate=at.left > 0 and not at.track.weighed,
    )


def _on_the_way(made: Pace, done: float, way: float) -> Pace:
    """`made` with the share of the way that is done, and how that compares with the time that is gone."""
    if not way:
        return made
    progress, elapsed = done / way, made.elapsed
    return replace(made, progress=progress, lag=(progress - elapsed) * 100, ratio=progress / elapsed if elapsed > 0 else None)
