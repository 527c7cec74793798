"""Charts drawn as SVG on the server: they need no script, follow the theme, print, and stand beside their table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 124, 18, 32
_TICKS = 5
_APART = 18  # between two labels at the ends of lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis: where, and what stands there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A line or an area: its path, and the class that the style sheet knows."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a line is, written at its end."""

    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart ready for `_chart.html`."""

    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    floor: int = HEIGHT - _BOTTOM
    zero: float | None = None


Line = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A line to draw, with its name; or an area between two lines."""

    points: Line
    kind: str
    name: str = ""
    under: Line | None = None


def chart(drawn: Sequence[Drawn], *, steps: Sequence[str], low: float | None = None, high: float | None = None) -> Chart:
    """The chart of some lines over `steps`, whose labels stand below; the values decide the axis unless its ends are given."""
    values = [value for each in drawn for line in (each.points, each.under or ()) for _, value in line]
    bottom, top, unit = _axis(min(values) if low is None else low, max(values) if high is None else high)
    scale = _Scale(steps=len(steps), bottom=bottom, top=top)
    marks = [bottom + unit * number for number in range(round((top - bottom) / unit) + 1)]
    return Chart(
        shapes=tuple(Shape(path=_path(each, scale), kind=each.kind) for each in drawn),
        labels=tuple(_apart([_label(each, scale) for each in drawn if each.name])),
        across=tuple(Tick(at=scale.x(place), text=text) for place, text in enumerate(steps, start=1) if text),
        up=tuple(Tick(at=scale.y(mark), text=_short(mark, unit)) for mark in marks),
        zero=scale.y(0) if bottom < 0 < top else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    steps: int
    bottom: float
    top: float

    def x(self, step: float) -> float:
        """The place across of a step; step 0 is the year's beginning."""
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * step / self.steps, 1)

    def y(self, value: float) -> float:
        """The place down of a value."""
        share = (value - self.bottom) / (self.top - self.bottom)
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)


def _axis(least: float, most: float) -> tuple[float, float, float]:
    """The ends of the axis and the distance of its marks: round numbers around the values."""
    span = most - least or abs(most) or 1.0
    rough = span / _TICKS
    size = 10 ** math.floor(math.log10(rough))
    unit = next(size * step for step in (1, 2, 2.5, 5, 10) if size * step >= rough)
    bottom = math.floor(least / unit) * unit
    return bottom, max(math.ceil(most / unit - 1e-9) * unit, bottom + unit), unit


def _short(value: float, unit: float) -> str:
    digits = max(0, -math.floor(math.log10(unit) + 1e-9)) + (1 if unit < 10 and f"{unit:e}".startswith("2.5") else 0)
    return f"{value:,.{min(digits, 4)}f}".replace("-", "−")


def _path(each: Drawn, scale: _Scale) -> str:
    forth = [f"{scale.x(step)} {scale.y(value)}" for step, value in each.points]
    back = [f"{scale.x(step)} {scale.y(value)}" for step, value in reversed(each.under or ())]
    return "M" + "L".join(forth + back) + ("Z" if each.under else "")


def _label(each: Drawn, scale: _Scale) -> Label:
    step, value = each.points[-1]
    inside = step < scale.steps  # a line that ends before the year does is named above its end
    return Label(
        x=scale.x(step) + (-10 if inside else 6), y=scale.y(value) + (-8 if inside else 4), text=each.name, kind=each.kind
    )


def _apart(labels: Sequence[Label]) -> list[Label]:
    """Labels moved down where they would lie on each other."""
    placed: list[Label] = []
    for label in sorted(labels, key=lambda each: each.y):
        y = label.y
        for other in placed:
            if abs(other.x - label.x) < _RIGHT and y - other.y < _APART:
                y = other.y + _APART
        placed.append(Label(x=label.x, y=min(y, HEIGHT - 4), text=label.text, kind=label.kind))
    return placed
