"""Two answers beside each other: what came in, what went out, what moved, and which payments changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from duheng.allocate.answer import Answer, Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A project that starts in another year than before."""

    project: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentChange:
    """What a fund pays a project in a year, in fen, before and after; nought where it pays nothing."""

    project: str
    fund: str
    year: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one answer has changed against another. `gain` is what the sum of priorities grew by."""

    entered: tuple[str, ...]
    left: tuple[str, ...]
    moved: tuple[Moved, ...]
    amounts: tuple[PaymentChange, ...]
    gain: Decimal

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not (self.entered or self.left or self.moved or self.amounts)


def compare(before: Answer, after: Answer) -> Comparison:
    """The second answer against the first; years that only one of them plans count as they are."""
    old, new = before.starts, after.starts
    was, now = _by_way(before.payments), _by_way(after.payments)
    return Comparison(
        entered=tuple(code for code in new if code not in old),
        left=tuple(code for code in old if code not in new),
        moved=tuple(
            Moved(project=code, before=old[code], after=start)
            for code, start in new.items()
            if code in old and old[code] != start
        ),
        amounts=tuple(
            PaymentChange(project=code, fund=fund, year=year, before=was[code, fund, year], after=now[code, fund, year])
            for code, fund, year in sorted(was.keys() | now.keys())
            if was[code, fund, year] != now[code, fund, year]
        ),
        gain=after.objective - before.objective,
    )


def _by_way(payments: tuple[Payment, ...]) -> Counter[tuple[str, str, int]]:
    return Counter({(each.project, each.fund, each.year): each.amount for each in payments})
