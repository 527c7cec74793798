"""How far a project's year has come, against its own plan of the months where it has one, and otherwise against the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duheng.plan.pool import MonthReport, PoolProject
from duheng.watch.pace import Pace

_GRACE = 1  # months that a report may be under way before the time runs on without it


class TimeBy(StrEnum):
    """What a project's time progress follows."""

    PLAN = "plan"  # its own plan of the months
    SPAN = "span"  # the days of the year between its start and its end
    LINEAR = "linear"  # the months of the year


class Amount(StrEnum):
    """Which of a month's three amounts."""

    WORKS = "works"  # 形象进度
    COUNTED = "counted"  # 入统
    PAID = "paid"  # 资金支付


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A project's year by the end of the month `through`: money in fen, shares from 0.

    `reported` is the newest month with an amount; where reports stay away for longer than one is under way, the time runs on
    without them. `by` is the amount that is compared: works, else what statistics count, else what was paid.
    """

    year: int
    through: int
    reported: int
    planned: int
    done: int
    by: Amount
    time: float
    time_by: TimeBy

    @property
    def share(self) -> float:
        """What is done, as a share of the year's plan."""
        return self.done / self.planned

    @property
    def silent(self) -> int:
        """Months that passed without a report."""
        return self.through - self.reported

    @property
    def lag(self) -> float:
        """Points by which it is ahead of time progress; behind: negative."""
        return round((self.share - self.time) * 100, 9)

    @property
    def ratio(self) -> float | None:
        """Progress divided by time progress; None while no time has passed."""
        return self.share / self.time if self.time > 0 else None

    def pace(self) -> Pace:
        """The same as lights look at it."""
        return Pace(
            reached=self.done,
            goal=self.planned,
            elapsed=self.time,
            progress=self.share,
            lag=self.lag,
            ratio=self.ratio,
            needed=self.planned - self.done if self.through < 12 else None,
            by_plan=self.time_by is TimeBy.PLAN,
        )


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months_over(year: int, *, as_of: date) -> int:
    """How many months of a year have ended by a day."""
    if as_of.year != year:
        return 12 if as_of.year > year else 0
    return as_of.month if as_of == month_end(as_of.year, as_of.month) else as_of.month - 1


def reports(project: PoolProject, year: int, *, as_of: date) -> dict[int, MonthReport]:
    """The months of a year by number, each as it was known last on a day; one without a day was known at its month's end."""
    found: dict[int, MonthReport] = {}
    for each in project.months:
        if each.year == year and (each.known or month_end(each.year, each.month)) <= as_of:
            earlier = found.get(each.month)
            if earlier is None or (each.known or date.min) >= (earlier.known or date.min):
                found[each.month] = each
    return dict(sorted(found.items()))


def amounts(told: Mapping[int, MonthReport], which: Amount) -> dict[int, int]:
    """One of the three amounts by month, where it is told."""
    return {month: value for month, each in told.items() if (value := getattr(each, which.value)) is not None}


def main_amount(told: Mapping[int, MonthReport]) -> Amount | None:
    """The amount by which progress is told: works, else what is counted, else what was paid."""
    return next((which for which in Amount if amounts(told, which)), None)


def progress(project: PoolProject, *, year: int, as_of: date) -> Progress | None:
    """The progress of a project's year; None where it has no plan of money for it, or no month of it is reported."""
    plan = project.plan(year)
    told = reports(project, year, as_of=as_of)
    by = main_amount(told)
    if plan is None or not plan.planned or by is None:
        return None
    known = amounts(told, by)
    reported, over = max(known), months_over(year, as_of=as_of)
    through = reported if over - reported <= _GRACE else over
    time, time_by = time_share(project, year, through)
    return Progress(
        year=year,
        through=through,
        reported=reported,
        planned=plan.planned,
        done=known[reported],
        by=by,
        time=time,
        time_by=time_by,
    )


def time_share(project: PoolProject, year: int, month: int) -> tuple[float, TimeBy]:
    """The share of a project's year that should be done by the end of a month, and what that follows.

    Its own plan of the months; else the days between its start and its end, where one of them lies within the year; else the
    months of the year. A start or an end on the 1st of January says the year only.
    """
    plan = project.plan(year)
    if plan and plan.monthly and len(plan.monthly) == 12 and plan.monthly[-1] > 0:
        return plan.monthly[month - 1] / plan.monthly[-1] if month else 0.0, TimeBy.PLAN
    first, last = date(year, 1, 1), date(year, 12, 31)
    start = max(first, project.begins) if project.begins and project.begins <= last else first
    ends = project.ends
    whole = ends is None or ends > last or ends <= first
    end = last if whole or ends is None else ends
    if (start, end) == (first, last) or start > end:
        return month / 12, TimeBy.LINEAR
    gone = (month_end(year, month) - start).days + 1 if month else 0
    return min(1.0, max(0.0, gone / ((end - start).days + 1))), TimeBy.SPAN
