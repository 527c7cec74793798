"""The gap table (资金缺口表): for each project and year what is needed, what is there, and what is missing. All money is whole fen.

    gap = need − spent − granted − likely

*Need* is what the project is to invest in the year and what it owes from earlier years for works done. *Spent* is what was paid in
the year. *Granted* is what is still there of money allotted: of each grant whose spending is told, what was allotted less what was
spent of it. Of the others nobody knows what was paid out of them: what the project paid beyond the spending told is taken to come
out of them first, so that nothing is counted twice. *Likely* is what is applied for and not decided, at its likelihood. *Arrears* are
works done and not paid for so far, those of earlier years among them: part of the need, told apart because they are due. A gap
below nought is money to spare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from duheng.allocate.application import FundApplication
from duheng.plan.pool import PoolProject


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What one or many projects need and have, in fen. Sums add up exactly, whichever way they are taken."""

    planned: int = 0
    brought: int = 0  # owed from earlier years
    arrears: int = 0  # owed by now, `brought` among it
    spent: int = 0
    granted: int = 0
    likely: int = 0

    @property
    def need(self) -> int:
        """What the year asks for."""
        return self.planned + self.brought

    @property
    def gap(self) -> int:
        """What is missing; below nought, what is to spare."""
        return self.need - self.spent - self.granted - self.likely

    def __add__(self, other: Sum) -> Sum:
        return Sum(**{name: getattr(self, name) + getattr(other, name) for name in Sum.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """One project in one year. `stated` is false where its plan names no amount for the year and it was worked out of the total.

    `paid_told` is false where nobody has recorded what was paid in the year.
    """

    project: str
    name: str
    sector: str
    owner: str
    year: int
    sum: Sum
    stated: bool = True
    paid_told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The lines that share a sector, an owner or nothing. `short` is the sum of the gaps above nought alone."""

    name: str
    lines: int
    sum: Sum
    short: int


def needs(project: PoolProject) -> dict[int, int]:
    """What a project is to invest by year: as its plans say, and what remains of its total spread evenly over the years behind them.

    The odd fen goes into the last year. Where it has no end, or nothing is left, only the years planned are told.
    """
    told = {plan.year: plan.planned for plan in project.years if plan.planned is not None}
    if project.total is None or project.begins is None:
        return dict(told)
    last = max(told, default=project.begins.year - 1)
    end = (project.ends or project.begins).year if not told or project.ends else last
    years = range(last + 1, end + 1)
    left = project.total - _invested(project, told, last)
    if not years or left <= 0:
        return dict(told)
    part, odd = divmod(left, len(years))
    return {**told, **{year: part + (odd if year == years[-1] else 0) for year in years}}


def _invested(project: PoolProject, told: Mapping[int, int], last: int) -> int:
    """What is invested by the end of the last year planned, as far as it goes as planned from there on."""
    if not told:
        return 0
    plan = next(each for each in project.years if each.year == last)
    if plan.before is not None:
        return plan.before + told[last]
    done = _by_year(project)
    before = {*told, *done} - {last}
    return told[last] + sum(done.get(year, (None, None))[0] or told.get(year, 0) for year in before if year < last)


def line(project: PoolProject, applications: Iterable[FundApplication], *, year: int) -> GapLine:
    """How one project stands in one year."""
    mine = [each for each in applications if each.project == project.code and each.year == year]
    planned = needs(project)
    done = _by_year(project)
    known = [told for told_year, told in done.items() if told_year < year and None not in told]
    brought = max(0, sum((works or 0) - (paid or 0) for works, paid in known))
    now_works, now_paid = done.get(year, (None, None))
    spent = max(now_paid or 0, sum(each.spent for each in mine))
    return GapLine(
        project=project.code,
        name=project.name,
        sector=project.sector,
        owner=project.owner or project.office,
        year=year,
        sum=Sum(
            planned=planned.get(year, 0),
            brought=brought,
            arrears=max(0, brought + (now_works or 0) - spent),
            spent=spent,
            granted=_granted(mine, spent),
            likely=sum(each.likely for each in mine),
        ),
        paid_told=now_paid is not None or any(each.spending_told for each in mine),
        stated=year not in planned or any(plan.year == year and plan.planned is not None for plan in project.years),
    )


def _granted(mine: Sequence[FundApplication], spent: int) -> int:
    """What is still there of grants, in fen: those whose spending is told less it, the others less what else the year paid."""
    told = [each for each in mine if each.spending_told]
    untold = sum(each.granted for each in mine if not each.spending_told)
    otherwise = max(0, spent - sum(each.spent for each in told))
    return sum(each.left for each in told) + max(0, untold - otherwise)


def totals(lines: Sequence[GapLine], by: Callable[[GapLine], str]) -> tuple[Total, ...]:
    """The lines added up by what `by` says of them, the largest gap first."""
    groups: dict[str, list[GapLine]] = {}
    for each in lines:
        groups.setdefault(by(each), []).append(each)
    return tuple(sorted((total(found, name=name) for name, found in groups.items()), key=lambda one: (-one.short, one.name)))


def total(lines: Iterable[GapLine], *, name: str = "") -> Total:
    """All of these lines as one."""
    found = list(lines)
    return Total(
        name=name,
        lines=len(found),
        sum=sum((each.sum for each in found), Sum()),
        short=sum(max(0, each.sum.gap) for each in found),
    )


def _by_year(project: PoolProject) -> dict[int, tuple[int | None, int | None]]:
    """Works done and paid in each year: what the last month that tells of each says, as months are cumulative since January."""
    found: dict[int, tuple[int | None, int | None]] = {}
    for month in sorted(project.months, key=lambda told: (told.year, told.month)):
        works, paid = found.get(month.year, (None, None))
        found[month.year] = (works if month.works is None else month.works, paid if month.paid is None else month.paid)
    return found
