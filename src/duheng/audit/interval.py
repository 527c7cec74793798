"""What a printed number may really have been: arithmetic on rounding intervals, so that no tolerance is made up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from duheng.measure import Comparator, Quantity

_FAR = Decimal("1e30")  # beyond any figure of a plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From `low` to `high`, both in the base unit of one dimension."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, quantity: Quantity) -> Interval:
        """What a printed quantity allows: half a last digit to each side, open where its bound is (以上, 突破, 余).

        A count printed in ones (33项, but not 1.4万户) was counted, not rounded, and allows itself alone.

        >>> from duheng import measure
        >>> Interval.of(measure.parse("76%"))
        Interval(low=Decimal('0.755'), high=Decimal('0.765'))
        >>> Interval.of(measure.parse("33项"))
        Interval(low=Decimal('33'), high=Decimal('33'))
        """
        low, high = quantity.interval
        if quantity.unit.dimension == "count" and quantity.unit.scale == 1 and quantity.digits == 0:
            low, high = quantity.base, (quantity.value if quantity.value2 is None else quantity.value2)
        if quantity.comparator in (Comparator.AT_LEAST, Comparator.ABOVE):
            return cls(low=low, high=_FAR)
        if quantity.comparator in (Comparator.AT_MOST, Comparator.BELOW):
            return cls(low=-_FAR, high=high)
        if quantity.comparator is Comparator.ABOUT:
            # 约 and 近 promise no more than the order of the last printed digits: a tenth to each side.
            tenth = abs(quantity.base) / 10
            return cls(low=low - tenth, high=high + tenth)
        return cls(low=low, high=high)

    @property
    def is_open(self) -> bool:
        """Whether one side is not bounded, so that arithmetic tells little."""
        return self.low <= -_FAR or self.high >= _FAR

    @property
    def middle(self) -> Decimal:
        """The number itself, as far as it is known."""
        return (self.low + self.high) / 2

    def times(self, factor: Decimal) -> Interval:
        """The same quantity counted in another unit, or so many times of it."""
        return self * Interval(low=factor, high=factor)

    def __add__(self, other: Interval) -> Interval:
        return Interval(low=self.low + other.low, high=self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(low=self.low - other.high, high=self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(low=min(products), high=max(products))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            return Interval(low=-_FAR, high=_FAR)
        quotients = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(low=min(quotients), high=max(quotients))

    def meets(self, other: Interval) -> bool:
        """Whether one number could be both."""
        return self.low <= other.high and other.low <= self.high


ZERO = Interval(low=Decimal(0), high=Decimal(0))
ONE = Interval(low=Decimal(1), high=Decimal(1))


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of several, each within its own rounding."""
    return sum(parts, ZERO)


def shown(value: Decimal, digits: int) -> str:
    """A number that was worked out, printed with so many decimals.

    >>> shown(Decimal(25) / 35 * 100, 1)
    '71.4'
    """
    return f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"
