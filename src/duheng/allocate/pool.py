"""A fund pool (资金池): money of one source, by year, with its windows, and what has been taken from it. All money is whole fen."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duheng.allocate.application import FundApplication, Step
from duheng.allocate.fund import Fund


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPool:
    """Money of one source. `kind` is a kind of the catalog's, by whose rules a project may draw on it.

    `spend_months` is how long what has arrived may wait to be spent (special bonds: six), 0 where nobody asks. `likelihood` is the
    stated chance that what is applied for is granted, and that a later year's amount arrives.
    """

    code: str
    name: str
    kind: str
    amounts: Mapping[int, int] = field(default_factory=dict)
    carry_over: bool = False
    opens: date | None = None
    closes: date | None = None
    spend_months: int = 0
    likelihood: Decimal = Decimal(1)
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One year of a pool, in fen: its own amount, what the year before left it, and what became of both."""

    year: int
    amount: int
    carried: int
    granted: int
    arrived: int
    spent: int
    pending: int  # applied for, neither granted nor refused

    @property
    def available(self) -> int:
        """What can be granted in the year."""
        return self.amount + self.carried

    @property
    def free(self) -> int:
        """What is not granted yet; negative where more was granted than there is."""
        return self.available - self.granted


class Deadline(StrEnum):
    """What ends on a day."""

    APPLY = "apply"  # the window for applications
    SPEND = "spend"  # the time in which arrived money must be spent
    RETURN = "return"  # the year, with which unspent money goes back


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A day by which something must be done with money of a pool. `amount` is what is at stake, in fen, of `year`'s money."""

    fund: str
    kind: Deadline
    closes: date
    amount: int
    year: int
    project: str = ""

    def days(self, as_of: date) -> int:
        """Days left; negative where it is past."""
        return (self.closes - as_of).days


def balances(pool: FundPool, applications: Iterable[FundApplication]) -> tuple[Balance, ...]:
    """Each year of a pool. What a pool that carries over did not grant in a year is added to the next."""
    mine = [each for each in applications if each.fund == pool.code]
    years = sorted({*pool.amounts, *(each.year for each in mine)})
    made: list[Balance] = []
    for year in range(years[0], years[-1] + 1) if years else ():
        of_year = [each for each in mine if each.year == year]
        carried = max(0, made[-1].free) if made and pool.carry_over else 0
        made.append(
            Balance(
                year=year,
                amount=pool.amounts.get(year, 0),
                carried=carried,
                granted=sum(each.granted for each in of_year),
                arrived=sum(each.arrived for each in of_year),
                spent=sum(each.spent for each in of_year),
                pending=sum(each.pending for each in of_year),
            )
        )
    return tuple(made)


def windows(pool: FundPool, applications: Iterable[FundApplication], *, as_of: date) -> tuple[Window, ...]:
    """What ends with money of this pool still in play: applications, the spending of what arrived, the year. The nearest first."""
    mine = [each for each in applications if each.fund == pool.code]
    found = []
    if pool.closes is not None:
        year, at_stake = _applied_for(balances(pool, mine), pool.closes.year)
        found.append(Window(fund=pool.code, kind=Deadline.APPLY, closes=pool.closes, amount=at_stake, year=year))
    for each in mine:
        if each.arrived <= each.spent:
            continue
        arrived = each.day(Step.ARRIVED)
        if pool.spend_months and arrived is not None:
            closes, kind = months_after(arrived, pool.spend_months), Deadline.SPEND
        elif not pool.carry_over:
            closes, kind = date(each.year, 12, 31), Deadline.RETURN
        else:
            continue
        amount = each.arrived - each.spent
        found.append(Window(fund=pool.code, kind=kind, closes=closes, amount=amount, year=each.year, project=each.project))
    return tuple(sorted(found, key=lambda window: (window.closes < as_of, abs(window.days(as_of)), window.project)))


def _applied_for(found: Sequence[Balance], closes: int) -> tuple[int, int]:
    """The year whose money a window that closes in `closes` is for, and what is free of it: that year, else the first with money."""
    year = next((each for each in found if each.year >= closes and each.available), None)
    return (year.year, max(0, year.free)) if year else (closes, 0)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of its month.

    >>> months_after(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def pool_fund(pool: FundPool, applications: Iterable[FundApplication], *, years: Sequence[int], sure: bool = False) -> Fund:
    """What is left of a pool to be allocated over `years`: its amounts less what has been granted of each.

    What was left before the first year is added to it where the pool carries over. With `sure` later years are counted whole
    instead of at their likelihood; what is there in the first year is always counted whole.
    """
    by_year = {balance.year: balance for balance in balances(pool, applications)}
    last = max((year for year in by_year if year < years[0]), default=None)
    brought = max(0, by_year[last].free) if last is not None and pool.carry_over else 0
    amounts = {}
    for year in years:
        balance = by_year.get(year)
        left = max(0, balance.amount - balance.granted) if balance else 0
        owed = max(0, balance.granted - balance.amount) if balance else 0  # granted out of what was carried over
        if year == years[0]:
            left += max(0, brought - owed)
        amounts[year] = left
    likelihood = {} if sure else dict.fromkeys(years[1:], pool.likelihood)
    return Fund(code=pool.code, name=pool.name, amounts=amounts, carry_over=pool.carry_over, likelihood=likelihood)


def slipped(amounts: Mapping[int, int]) -> tuple[int, ...]:
    """The years whose amount is about ten thousand times the middle one, or a ten-thousandth: 万元 and 亿元 taken for each other.

    >>> slipped({2025: 300_000_000_000, 2026: 31_000_000, 2027: 290_000_000_000})
    (2026,)
    """
    told = {year: amount for year, amount in amounts.items() if amount > 0}
    if len(told) < 2:
        return ()
    middle = sorted(told.values())[len(told) // 2]
    return tuple(sorted(year for year, amount in told.items() if _far(amount, middle)))


def _far(amount: int, other: int) -> bool:
    return 2_000 <= max(amount, other) / min(amount, other) <= 50_000
