"""Two numbers in words that tell them apart: with their directions, where a rise and a fall are printed in the same digits."""

from __future__ import annotations

from decimal import Decimal

Said = tuple[str, str]  # in Chinese and in English


def apart(one: tuple[Decimal, str], other: tuple[Decimal, str]) -> tuple[Said, Said]:
    """Two numbers, each as its value and as printed, the direction said where only that differs.

    >>> apart((Decimal(5), "5%"), (Decimal(-5), "5%"))
    (('增长5%', 'up 5%'), ('下降5%', 'down 5%'))
    >>> apart((Decimal(5), "5%"), (Decimal(6), "6%"))
    (('5%', '5%'), ('6%', '6%'))
    """
    (first, second), (mine, its) = (one[0], other[0]), (one[1], other[1])
    if mine != its or first * second >= 0:
        return (mine, mine), (its, its)
    return _directed(*one), _directed(*other)


def _directed(value: Decimal, printed: str) -> Said:
    return (f"下降{printed}", f"down {printed}") if value < 0 else (f"增长{printed}", f"up {printed}")
