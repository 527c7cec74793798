"""Where series are heading: the mean of four simple methods, with intervals as wide as such forecasts have been wrong.

Simple methods averaged are hard to beat (Makridakis and Hibon, 2000). The intervals come from forecasts made again from earlier
dates of the same series: errors, in units of each series' own one-step error, pooled over all series (Chatfield, 1993).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from duheng.watch import smoothing
from duheng.watch.panel import Numbers, Panel
from duheng.watch.season import adjust
from duheng.watch.spread import Spread, spread

_AT_ONCE = 256  # series


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Forecasts of a panel: `mean` (series, horizon); `bounds` by level in percent, lower and upper, of the same shape."""

    names: tuple[str, ...]
    mean: Numbers
    bounds: dict[float, tuple[Numbers, Numbers]]


def forecast(panel: Panel, *, horizon: int, season: int = 12, levels: Sequence[float] = (80, 95)) -> Outlook:
    """The outlook of every series for `horizon` periods; `season` periods make a year.

    A series without negative values gets none.
    """
    mean, scale = expected(panel.values, horizon=horizon, season=season)
    wide = spread(panel, horizon=horizon, season=season, forecaster=expected)
    return Outlook(names=panel.names, mean=mean, bounds={level: _bounds(panel, mean, scale, wide, level) for level in levels})


def expected(values: Numbers, *, horizon: int, season: int) -> tuple[Numbers, Numbers]:
    """The point forecasts (series, horizon), and the one-step error of each series that its intervals are counted in."""
    # No series knows of another here, so they are taken a few at a time: what is worked on stays in the processor's cache.
    parts = [_expected(values[row : row + _AT_ONCE], horizon, season) for row in range(0, len(values), _AT_ONCE)]
    return np.concatenate([mean for mean, _ in parts]), np.concatenate([error for _, error in parts])


def _expected(values: Numbers, horizon: int, season: int) -> tuple[Numbers, Numbers]:
    seasonal = adjust(values, season=season)
    level = smoothing.simple(seasonal.values, horizon=horizon)
    trends = [smoothing.damped(seasonal.values, horizon=horizon), smoothing.theta(seasonal.values, horizon=horizon)]
    methods = [
        *(seasonal.restore(ahead) for ahead in (level.ahead, *trends)),
        smoothing.repeated(values, horizon=horizon, season=season),
    ]
    mean: Numbers = np.mean(np.stack(methods), axis=0)
    return np.where(_never_negative(values), np.maximum(mean, 0), mean), level.error


def _bounds(panel: Panel, mean: Numbers, scale: Numbers, wide: Spread, level: float) -> tuple[Numbers, Numbers]:
    half = scale[:, None] * wide.quantiles(level)
    low = mean - half
    return np.where(_never_negative(panel.values), np.maximum(low, 0), low), mean + half


def _never_negative(values: Numbers) -> Numbers:
    return np.asarray(np.nanmin(values, axis=1, keepdims=True) >= 0)
