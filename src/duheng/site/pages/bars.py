"""Bars and bands as SVG on the server: how many have each grade by period, and ranks with how far they may move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WIDTH, _BAR, _GAP = 720, 26, 12
_LEFT, _RIGHT = 104, 24
_ROW, _TOP, _FOOT = 24, 12, 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a bar: where it begins, how long it is, what stands in it, and its place among the grades."""

    x: float
    width: float
    text: str
    kind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar with its name."""

    y: int
    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars of parts, ready for `_bars.html`; `letters` are the grades in their order."""

    bars: tuple[Bar, ...]
    letters: tuple[str, ...]
    height: int
    width: int = _WIDTH
    left: int = _LEFT
    bar: int = _BAR


def grade_bars(told: Sequence[tuple[str, Mapping[str, int]]]) -> Bars:
    """How many have each grade, a bar a period, the newest last; all bars on one scale."""
    most = max((sum(count.values()) for _, count in told), default=0) or 1
    letters = tuple(dict.fromkeys(letter for _, count in told for letter in count))
    bars = []
    for place, (period, count) in enumerate(told):
        pieces, x = [], float(_LEFT)
        for letter in letters:
            width = (_WIDTH - _LEFT - _RIGHT) * count.get(letter, 0) / most
            if width:
                text = f"{letter} {count[letter]}"
                pieces.append(
                    Piece(x=round(x, 1), width=round(width, 1), text=text if width > 40 else "", kind=letters.index(letter))
                )
            x += width
        bars.append(Bar(y=place * (_BAR + _GAP), name=period, pieces=tuple(pieces)))
    return Bars(bars=tuple(bars), letters=letters, height=len(bars) * (_BAR + _GAP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One unit: its rank as a point, and from which to which rank it may move."""

    y: int
    name: str
    low: float
    high: float
    at: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Rank bands, ready for `_bands.html`: ranks run from left (the best) to right."""

    bands: tuple[Band, ...]
    ticks: tuple[tuple[float, int], ...]
    height: int
    width: int = _WIDTH
    left: int = _LEFT + 46
    right: int = _WIDTH - _RIGHT


def rank_bands(told: Sequence[tuple[str, int, float, float]]) -> Bands:
    """Bands of (name, rank, lowest rank, highest rank), in the order given."""
    most = max((max(high, rank) for _, rank, _, high in told), default=1)
    left, right = _LEFT + 46, _WIDTH - _RIGHT

    def x(rank: float) -> float:
        return round(left + (right - left) * (rank - 1) / max(1, most - 1), 1)

    bands = tuple(
        Band(y=_TOP + place * _ROW + _ROW // 2, name=name, low=x(low), high=x(high), at=x(rank), rank=rank)
        for place, (name, rank, low, high) in enumerate(told)
    )
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, 5000) if most / step <= 12)
    marks = [1, *(mark for mark in range(step, int(most) + 1, step) if mark > 1)]
    return Bands(bands=bands, ticks=tuple((x(mark), mark) for mark in marks), height=_TOP + len(told) * _ROW + _FOOT)
