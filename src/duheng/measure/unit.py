"""Units: a scale in the base unit of a dimension. 万 and 亿 are scales; 个, 家, 户 share one dimension and keep their word."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from duheng import catalog
from duheng.errors import UnitUnknown

_COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as written: `symbol` "万元/人" has scale 10000 and dimension "money/count"."""

    symbol: str
    scale: Decimal
    dimension: str


@cache
def unit(symbol: str) -> Unit:
    """The unit printed as `symbol`, 万 and 亿 and per-units read out of it.

    Raises `UnitUnknown`. The empty symbol is a plain number.

    >>> unit("万元/人").scale, unit("公里/平方公里").dimension
    (Decimal('10000'), 'length/area')
    """
    upper, slash, lower = symbol.partition("/")
    if not slash:
        return _single(symbol)
    top, bottom = _single(upper), _single(lower)
    return Unit(symbol=symbol, scale=top.scale / bottom.scale, dimension=f"{top.dimension}/{bottom.dimension}")


@cache
def atoms() -> tuple[str, ...]:
    """Every unit without 万 or 亿, the longest first, as a grammar wants them."""
    return tuple(sorted(_table(), key=len, reverse=True))


@cache
def _single(symbol: str) -> Unit:
    table, prefixes = _table(), _prefixes()
    if symbol in table:
        scale, dimension = table[symbol]
        return Unit(symbol=symbol, scale=scale, dimension=dimension)
    for prefix in sorted(prefixes, key=len, reverse=True):
        rest = symbol[len(prefix) :]
        if symbol.startswith(prefix) and (rest in table or not rest or rest[0] in prefixes):
            inner = _single(rest)
            return Unit(symbol=symbol, scale=prefixes[prefix] * inner.scale, dimension=inner.dimension)
    if not symbol:
        return Unit(symbol="", scale=Decimal(1), dimension=_COUNT)
    raise UnitUnknown(unit=symbol)


@cache
def _table() -> dict[str, tuple[Decimal, str]]:
    table: dict[str, tuple[Decimal, str]] = {}
    for code, entry in catalog.load("units").items():
        for name in (code, *entry.aliases):
            table[name] = (entry.scale, entry.dimension)
    return table


@cache
def _prefixes() -> dict[str, Decimal]:
    return {code: entry.scale for code, entry in catalog.load("prefixes").items()}
