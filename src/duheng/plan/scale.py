"""Numbers brought to one scale: 4.4万户 beside 44000家."""

from __future__ import annotations

from decimal import Decimal

from duheng import measure
from duheng.errors import UnitUnknown


def in_unit(value: Decimal, *, unit: str, wanted: str) -> Decimal | None:
    """`value` in `wanted`, or None if the two units measure different things; an absent unit is taken as the wanted one.

    >>> in_unit(Decimal("4.4"), unit="万户", wanted="家")
    Decimal('44000')
    """
    if not unit or not wanted or unit == wanted:
        return value
    try:
        have, want = measure.unit(unit), measure.unit(wanted)
    except UnitUnknown:
        return None
    if have.dimension != want.dimension:
        return None
    return _tidy(value * have.scale / want.scale)


def compatible(unit: str, other: str) -> bool:
    """Whether numbers in the two units can be compared at all."""
    return in_unit(Decimal(1), unit=unit, wanted=other) is not None


def plain(value: Decimal) -> str:
    """The number as people write it: no exponent, no idle zeros behind the point.

    >>> plain(Decimal("6.50"))
    '6.5'
    """
    return f"{_tidy(value):f}"


def json_number(value: Decimal | None) -> int | float | None:
    """The number as JSON has it: integral where it is."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _tidy(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
