"""Money: whole fen (分) inside, decimals of a chosen unit outside."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from duheng import measure
from duheng.errors import UnitUnknown

FEN = 100  # of one yuan
WAN = "万元"
LARGEST = 10**17  # fen, a thousand billion 万元: more than any government's money, and sums of it stay whole numbers


def is_unit(symbol: str) -> bool:
    """Whether `symbol` is a unit of yuan: 元, 万元, 亿元 …"""
    try:
        return bool(symbol) and measure.unit(symbol).dimension == "money"
    except UnitUnknown:
        return False


def scale(symbol: str) -> int:
    """How many fen one `symbol` is.

    >>> scale("万元")
    1000000
    """
    return int(measure.unit(symbol).scale * FEN)


def fen(value: Decimal, symbol: str) -> Decimal:
    """An amount of `symbol` in fen, exactly; it is whole where the amount can be paid.

    >>> fen(Decimal("0.000001"), "万元")
    Decimal('1.000000')
    """
    return value * scale(symbol)


def amount(value: int, symbol: str) -> Decimal:
    """Whole fen as a decimal of `symbol`, without trailing zeros.

    >>> amount(12_345_000_000, "亿元"), amount(200_000_000, "万元")
    (Decimal('1.2345'), Decimal('200'))
    """
    size = scale(symbol)
    whole, rest = divmod(abs(value), size)
    digits = f"{rest:0{len(str(size)) - 1}d}".rstrip("0")
    return Decimal(f"{'-' if value < 0 else ''}{whole}{'.' if digits else ''}{digits}")


def share(of: int, part: Decimal) -> int:
    """A share of whole fen, rounded down: a ceiling is never passed by part of a fen.

    >>> share(100, Decimal("0.333"))
    33
    """
    return int((Decimal(of) * part).to_integral_value(rounding=ROUND_FLOOR))


def printed(value: int, symbol: str) -> str:
    """Whole fen as read by a person: thousands apart, the unit behind it.

    >>> printed(123_456_000_000, "万元")
    '123,456万元'
    """
    return f"{amount(value, symbol):,}{symbol}"
