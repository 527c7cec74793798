"""The four batches (四个一批) of a pool: how many moved on in a period, of those that could have, and how long a stage takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from duheng.plan.plan import Stage
from duheng.plan.pool import PoolProject
from duheng.watch.projects.past import kind_of

ORDER = (Stage.RESERVE, Stage.STARTED, Stage.UNDER_CONSTRUCTION, Stage.COMPLETED)
_LEAST = 5  # stays of a kind from which its own median is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """How many of those that were in a batch at any time of a period had left it for a later one by its end.

    `held` were in it when the period began, `entered` came into it during the period, `moved` went on (from either). Those that
    skip a stage went on from the one they left, and were never in the one they skipped.
    """

    before: Stage
    after: Stage
    held: int
    entered: int
    moved: int

    @property
    def could(self) -> int:
        """Who could have moved."""
        return self.held + self.entered

    @property
    def rate(self) -> float | None:
        """The share that moved; None where nobody could."""
        return self.moved / self.could if self.could else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long a project has been in its stage, in days, beside the median of its kind; None where too few are known.

    `of` says how many stays that median is of, those that still last included.
    """

    stage: Stage
    since: date
    days: int
    median: int | None
    of: int

    @property
    def longer(self) -> bool:
        """Whether it is in it for longer than half of its kind."""
        return self.median is not None and self.days > self.median


def conversions(projects: Iterable[PoolProject], *, start: date, end: date) -> list[Conversion]:
    """The conversion of each batch into later ones from the morning of `start` to the evening of `end`.

    A project that is started and completed within the period moved on twice: that is legal, and counted in both batches. One that
    was put back into an earlier batch did not move on.
    """
    held, entered, moved = (dict.fromkeys(ORDER, 0) for _ in range(3))
    for project in projects:
        stays = _stays(project, end)
        for (stage, since, until), following in zip(stays, [*stays[1:], None], strict=False):
            if until is not None and until < start:
                continue
            (held if since < start else entered)[stage] += 1
            moved[stage] += following is not None and ORDER.index(following[0]) > ORDER.index(stage)
    return [
        Conversion(before=before, after=after, held=held[before], entered=entered[before], moved=moved[before])
        for before, after in pairwise(ORDER)
    ]


def stay(project: PoolProject, kin: Sequence[PoolProject], *, as_of: date) -> Stay | None:
    """How long a project has been in its stage, and how long others of its kind are; of all where its kind has too few.

    The median counts those that are still in the stage for what they are: longer than they have been (Kaplan and Meier 1958);
    without them a stage in which most are stuck would look short. None before its first change of stage, or once completed.
    """
    reached = project.reached(on=as_of)
    if not reached or reached[-1].stage is Stage.COMPLETED:
        return None
    stage, since = reached[-1].stage, reached[-1].on
    alike = _lasting([each for each in kin if kind_of(each) == kind_of(project) and each.code != project.code], stage, as_of)
    told = alike if len(alike) >= _LEAST else _lasting([each for each in kin if each.code != project.code], stage, as_of)
    median = survival_median(told) if len(told) >= _LEAST else None
    return Stay(stage=stage, since=since, days=(as_of - since).days, median=median, of=len(told))


def survival_median(stays: Sequence[tuple[int, bool]]) -> int | None:
    """The days by which half have left, of stays in (days, over); None where more than half of them still last.

    >>> survival_median([(10, True), (20, True), (30, True)])
    20
    >>> survival_median([(10, True), (20, False), (30, True)])  # one left at 10 of 3, then one of one at 30
    30
    """
    gone, ended = Counter(days for days, over in stays if over), Counter(days for days, _ in stays)
    left, share = len(stays), 1.0
    for days in sorted(ended):
        share *= 1 - gone[days] / left
        if share <= 0.5 + 1e-12:
            return days
        left -= ended[days]
    return None


def _lasting(projects: Iterable[PoolProject], stage: Stage, as_of: date) -> list[tuple[int, bool]]:
    found = []
    for project in projects:
        for at, since, until in _stays(project, as_of):
            if at is stage:
                found.append((((until or as_of) - since).days, until is not None))
    return found


def _stays(project: PoolProject, end: date) -> list[tuple[Stage, date, date | None]]:
    """The stages it was in by a day, each with its first day and the day of the next stage; a stage told again goes on."""
    found: list[tuple[Stage, date, date | None]] = []
    for change in project.reached(on=end):
        if change.stage not in ORDER or (found and found[-1][0] is change.stage):
            continue
        if found:
            stage, since, _ = found[-1]
            found[-1] = (stage, since, change.on)
        found.append((change.stage, change.on, None))
    return found
