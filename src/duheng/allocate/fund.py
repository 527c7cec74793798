"""A pool of money: what it has in each year, and what becomes of what a year leaves over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from duheng.allocate import money

_ALL = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A pool of money (资金池): what it has in each year, and whether what a year leaves over is added to the next.

    `amounts` are fen by year, nothing where a year is absent. `likelihood` is the share of a year's amount that is counted on,
    1 where a year is absent: money applied for is not money granted.
    """

    code: str
    name: str = ""
    amounts: Mapping[int, int] = field(default_factory=dict)
    carry_over: bool = False
    likelihood: Mapping[int, Decimal] = field(default_factory=dict)

    def counted(self, year: int) -> int:
        """The fen that are counted on in `year`, rounded down."""
        return money.share(self.amounts.get(year, 0), self.likelihood.get(year, _ALL))

    @property
    def title(self) -> str:
        """Its name, else its code."""
        return self.name or self.code
