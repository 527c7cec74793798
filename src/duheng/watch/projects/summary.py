"""What a pool's year or quarter comes to: planned, new and continued, pushed, money; and groups against what the plan states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duheng.plan.plan import Stage
from duheng.plan.pool import Onset, PoolProject
from duheng.watch.projects.lateness import started_on
from duheng.watch.projects.progress import amounts, main_amount, month_end, reports

_YI = 10**10  # fen in an 亿元


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A year of a pool by the end of a month: 362 planned = 215 new + 147 continued; 308 pushed, 85 %. Money is fen.

    `planned` counts the projects that the year's plan has to be built, `other` those among them of which it does not say whether
    they are new or continued; preliminary work is told beside it. *Pushed* is a new one that has been started in the year, and a
    continued one with works in it; `started` and `worked` are these two, and one of neither kind is pushed by either. A project
    that was completed in an earlier year and has no money this year is not planned, whatever the list calls it: `past` counts these.
    """

    year: int
    through: int
    planned: int
    new: int
    continued: int
    other: int
    preliminary: int
    past: int
    started: int
    worked: int
    pushed: int
    completed: int
    money: int
    done: int

    @property
    def rate(self) -> float | None:
        """The share of what is planned that is pushed."""
        return self.pushed / self.planned if self.planned else None

    @property
    def share(self) -> float | None:
        """The share of the year's money that is done."""
        return self.done / self.money if self.money else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a plan states of a group: how many projects, and their money in fen, printed to `digits` of an 亿元."""

    name: str
    count: int | None = None
    money: int | None = None
    digits: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTotal:
    """What the projects of a group come to in a year, beside what the plan states of it; `stated` is None where it says nothing.

    `agrees` is None where nothing is stated; amounts agree within what the printed digits allow.
    """

    name: str
    count: int
    money: int
    stated: Stated | None = None

    @property
    def count_off(self) -> int | None:
        """Projects more than stated; fewer: negative."""
        return None if self.stated is None or self.stated.count is None else self.count - self.stated.count

    @property
    def money_off(self) -> int | None:
        """Fen more than stated, 0 within the rounding of what is printed; less: negative."""
        if self.stated is None or self.stated.money is None:
            return None
        off = self.money - self.stated.money
        return 0 if abs(off) * 2 * 10**self.stated.digits <= _YI else off

    @property
    def agrees(self) -> bool | None:
        """Whether count and money are as stated."""
        offs = [off for off in (self.count_off, self.money_off) if off is not None]
        return not any(offs) if offs else None


def summary(projects: Iterable[PoolProject], *, year: int, through: int = 12, as_of: date) -> Summary:
    """What a year comes to by the end of the month `through` (3, 6, 9, 12 for its quarters), by what is known on `as_of`."""
    counts: dict[str, int] = dict.fromkeys(Summary.__slots__, 0)
    end = min(as_of, month_end(year, through))
    for project in projects:
        plan = project.plan(year)
        if plan is None or (not plan.planned and plan.onset is None):
            continue
        if not plan.planned and _over(project, year, as_of):
            counts["past"] += 1
            continue
        if plan.onset is Onset.PRELIMINARY:
            counts["preliminary"] += 1
            continue
        done = _done(project, year, through, as_of)
        begun = started_on(project, as_of=end)
        started, worked = begun is not None and begun.year == year, done > 0
        new, continued = plan.onset is Onset.NEW, plan.onset is Onset.CONTINUED
        counts["planned"] += 1
        counts["new"] += new
        counts["continued"] += continued
        counts["other"] += not (new or continued)
        counts["started"] += new and started
        counts["worked"] += continued and worked
        counts["pushed"] += (new and started) or (continued and worked) or (plan.onset is None and (started or worked))
        counts["completed"] += any(each.stage is Stage.COMPLETED and each.on.year == year for each in project.reached(on=end))
        counts["money"] += plan.planned or 0
        counts["done"] += done
    return Summary(**counts | {"year": year, "through": through})


def groups(projects: Iterable[PoolProject], *, year: int, stated: Sequence[Stated] = ()) -> list[GroupTotal]:
    """What the projects planned for a year come to by group, in the order they come; those only stated last."""
    found: dict[str, list[int]] = {}
    for project in projects:
        plan = project.plan(year)
        if plan is not None and plan.planned:
            found.setdefault(project.group, []).append(plan.planned)
    told: Mapping[str, Stated] = {each.name: each for each in stated}
    names = [*found, *(name for name in told if name not in found)]
    return [
        GroupTotal(name=name, count=len(found.get(name, ())), money=sum(found.get(name, ())), stated=told.get(name))
        for name in names
    ]


def whole(parts: Sequence[GroupTotal], *, stated: Stated) -> GroupTotal:
    """All groups together, beside what the plan states of the whole: 144 key projects, 179.84 亿元 in six groups."""
    return GroupTotal(
        name=stated.name, count=sum(each.count for each in parts), money=sum(each.money for each in parts), stated=stated
    )


def _over(project: PoolProject, year: int, as_of: date) -> bool:
    """Whether it stands completed since an earlier year."""
    known = min(as_of, month_end(year, 12))
    if project.stage(on=known) is not Stage.COMPLETED:
        return False
    return not any(each.stage is Stage.COMPLETED and each.on.year == year for each in project.reached(on=known))


def _done(project: PoolProject, year: int, through: int, as_of: date) -> int:
    told = {month: each for month, each in reports(project, year, as_of=as_of).items() if month <= through}
    by = main_amount(told)
    known = amounts(told, by) if by else {}
    return known[max(known)] if known else 0
