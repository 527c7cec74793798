"""A quantity: an exact decimal with its unit, the digits it was printed with, and how it bounds what it measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from duheng.errors import DimensionMismatch, MeasureError
from duheng.measure.comparator import PRINTED, Comparator
from duheng.measure.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A printed number: `value` in `unit` as written, with `digits` decimals; `value2` is the upper end of a range.

    >>> from duheng.measure import unit
    >>> q = Quantity(value=Decimal("1.4"), unit=unit("万户"), digits=1)
    >>> q.base, q.interval
    (Decimal('14000.0'), (Decimal('13500.00'), Decimal('14500.00')))
    """

    value: Decimal
    unit: Unit
    digits: int = 0
    comparator: Comparator = Comparator.EQUAL
    value2: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.comparator is Comparator.RANGE) != (self.value2 is not None):
            raise MeasureError(reason="A range needs both ends; anything else has one value.")
        if self.value2 is not None and self.value2 < self.value:
            raise MeasureError(reason=f"A range runs upward: {self.value} is above {self.value2}.")

    @property
    def base(self) -> Decimal:
        """The value with 万, 亿 and the like expanded, in the base unit of its dimension."""
        return self.value * self.unit.scale

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The numbers, in the base unit, that would be printed like this one: half a last digit to each side."""
        half = Decimal(5).scaleb(-self.digits - 1) * self.unit.scale
        upper = (self.value2 if self.value2 is not None else self.value) * self.unit.scale
        return self.base - half, upper + half

    def agrees_with(self, other: Quantity) -> bool:
        """Whether both could be the same number, each rounded as it is printed.

        Raises `DimensionMismatch` for quantities of different dimensions.
        """
        if self.unit.dimension != other.unit.dimension:
            raise DimensionMismatch(left=str(self), right=str(other))
        (low, high), (other_low, other_high) = self.interval, other.interval
        return low <= other_high and other_low <= high

    def __str__(self) -> str:
        """The quantity as a report prints it; `measure.parse` reads it back.

        >>> from duheng.measure import unit
        >>> str(Quantity(value=Decimal("5.5"), unit=unit("%"), digits=1, comparator=Comparator.AT_MOST))
        '5.5%以内'
        """
        before, after = PRINTED[self.comparator]
        number = f"{self.value:.{self.digits}f}"
        if self.value2 is not None:
            number += f"{self.unit.symbol}—{self.value2:.{self.digits}f}"
        return f"{before}{number}{self.unit.symbol}{after}"
