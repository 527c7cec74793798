"""Exponential smoothing of many series at once, each with the parameters that fitted its own past best (least squares on a grid).

Simple smoothing after Brown (1959), damped trend after Gardner and McKenzie (1985), the theta method as simple smoothing with half
the slope of the line through the series after Hyndman and Billah (2003).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from duheng.watch.panel import Numbers

_LEVELS = np.linspace(0.02, 1, 50)
_DAMPED = np.array(
    list(product((0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.99), (0.01, 0.05, 0.15, 0.3, 0.5), (0.8, 0.9, 0.95, 0.98)))
)
_GAIN = 0.75  # of a season's gain, what the next is expected to bring again
_START = 12  # values from which the first level and trend are taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothed:
    """Forecasts (series, horizon) and the root mean square of the one-step errors behind them (series,)."""

    ahead: Numbers
    error: Numbers


def simple(values: Numbers, *, horizon: int) -> Smoothed:
    """The last level, held."""
    level, squares = _levels(values)
    steps = (~np.isnan(values)).sum(axis=1) - 1
    # One value tells nothing of how far the next may be from it: as far as it is from nothing.
    error = np.where(steps > 0, np.sqrt(squares / np.maximum(steps, 1)), np.abs(values[:, -1]))
    return Smoothed(ahead=np.repeat(level[:, None], horizon, axis=1), error=error)


def theta(values: Numbers, *, horizon: int) -> Numbers:
    """The mean of the line through the series and of the smoothed series that bends twice as much around it."""
    start, slope = _line(values, _ages(values), np.inf)
    ages = _ages(values)
    line = start[:, None] + slope[:, None] * ages
    level, _ = _levels(2 * values - line)
    ahead = line[:, -1:] + slope[:, None] * np.arange(1, horizon + 1)
    return np.asarray((level[:, None] + ahead) / 2)


def damped(values: Numbers, *, horizon: int) -> Numbers:
    """Level and a trend that fades."""
    alpha, beta, phi = (_DAMPED[:, place][None, :] for place in range(3))
    start, slope = _line(values, _ages(values), _START)
    level = np.repeat((start - slope)[:, None], len(_DAMPED), axis=1)
    trend = np.repeat(slope[:, None], len(_DAMPED), axis=1)
    squares = np.zeros_like(level)
    for column in values.T:
        value = column[:, None]
        known = ~np.isnan(value)
        expected = level + phi * trend
        error = np.where(known, value - expected, 0)
        squares += error**2
        level = np.where(known, expected + alpha * error, level)
        trend = np.where(known, phi * trend + alpha * beta * error, trend)
    best = squares.argmin(axis=1)
    rows = np.arange(len(values))
    fading = np.cumsum(_DAMPED[best, 2][:, None] ** np.arange(1, horizon + 1), axis=1)
    return np.asarray(level[rows, best][:, None] + trend[rows, best][:, None] * fading)


def repeated(values: Numbers, *, horizon: int, season: int) -> Numbers:
    """Each value of a season ago again, with most of what the last season gained on the one before (damped drift).

    The last value where there is no full season.
    """
    width = values.shape[1]
    if season < 2 or width < season:
        return np.repeat(values[:, -1:], horizon, axis=1)
    ahead = values[:, width - season + np.arange(horizon) % season]
    ahead = np.where(np.isnan(ahead), values[:, -1:], ahead)
    if width < 2 * season:
        return ahead
    gained = values[:, -season:].mean(axis=1) - values[:, -2 * season : -season].mean(axis=1)
    seasons = 1 + np.arange(horizon) // season
    return np.asarray(ahead + _GAIN * np.nan_to_num(gained)[:, None] * seasons)


def _levels(values: Numbers) -> tuple[Numbers, Numbers]:
    """The last level of each series and the sum of its squared one-step errors, by the best weight."""
    first = np.take_along_axis(values, _starts(values)[:, None], axis=1)
    level = np.repeat(first, len(_LEVELS), axis=1)
    squares = np.zeros_like(level)
    for column in values.T:
        error = np.where(np.isnan(column)[:, None], 0, column[:, None] - level)
        squares += error**2
        level = level + _LEVELS * error
    best = squares.argmin(axis=1)
    rows = np.arange(len(values))
    return level[rows, best], squares[rows, best]


def _starts(values: Numbers) -> NDArray[np.int64]:
    return np.asarray(np.isnan(values).sum(axis=1), dtype=np.int64)


def _ages(values: Numbers) -> Numbers:
    """How many periods behind its first value each place of a series is; negative before it."""
    return np.asarray(np.arange(values.shape[1])[None, :] - _starts(values)[:, None], dtype=float)


def _line(values: Numbers, ages: Numbers, length: float) -> tuple[Numbers, Numbers]:
    """Value at the first place and slope of the least-squares line through the first `length` values of each series."""
    used = ~np.isnan(values) & (ages < length)
    count = used.sum(axis=1)
    x = np.where(used, ages, 0)
    y = np.where(used, values, 0)
    mean_x, mean_y = x.sum(axis=1) / count, y.sum(axis=1) / count
    spread = (np.where(used, ages - mean_x[:, None], 0) ** 2).sum(axis=1)
    together = (np.where(used, ages - mean_x[:, None], 0) * np.where(used, values - mean_y[:, None], 0)).sum(axis=1)
    slope = np.where(spread > 0, together / np.where(spread > 0, spread, 1), 0)
    return mean_y - slope * mean_x, slope
