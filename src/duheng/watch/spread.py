"""How far forecasts have been off: errors of forecasts made again from earlier dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from duheng.watch.panel import Numbers, Panel

Forecaster = Callable[..., tuple[Numbers, Numbers]]

_ENOUGH = 1500  # errors wanted at each step
_ORIGINS = (4, 24)  # earlier dates to start from: few for many series, many for few
_MANY = 2000  # series that are asked of a panel that has more: evenly spread over it
_FEW = 20  # with fewer errors of series that show their season, shorter ones are asked too
_DRAWN = 200  # paths drawn from what is known beforehand
_PRIOR = 40  # how many errors the errors known beforehand count for
# Absolute errors in units of the one-step error, as measured on the monthly series of the M3 competition: the quantile at the
# first step, and the power of the step it grows with.
_BEFOREHAND = {0.8: (1.55, 0.34), 0.95: (2.8, 0.44)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Errors in units of each series' own one-step error, (errors, horizon); NaN where the outcome is not known yet."""

    errors: Numbers

    def whole_paths(self, chance: np.random.Generator) -> Numbers:
        """Errors whose whole path is known, (paths, horizon); drawn from what is known beforehand where there are too few."""
        found = self.errors[~np.isnan(self.errors).any(axis=1)]
        if len(found) >= _FEW:
            return np.asarray(found)
        steps = np.arange(1, self.errors.shape[1] + 1)
        half = _beforehand(0.8, steps) / 1.2816  # of a normal error, 80 % stay within 1.28 deviations
        walk = np.cumsum(chance.standard_normal((_DRAWN, len(steps))), axis=1) / np.sqrt(steps)
        return np.asarray(np.concatenate([found, walk * half]))

    def quantiles(self, level: float) -> Numbers:
        """The half width (horizon,) within which `level` percent of the errors stay, growing with the step."""
        share = level / 100
        steps = np.arange(1, self.errors.shape[1] + 1)
        counts = (~np.isnan(self.errors)).sum(axis=0)
        if not counts.all():
            return _beforehand(share, steps)
        found = _grown(np.nanquantile(np.abs(self.errors), share, axis=0), steps)
        weight = counts.min() / (counts.min() + _PRIOR)
        return np.asarray(weight * found + (1 - weight) * _beforehand(share, steps))


def spread(panel: Panel, *, horizon: int, season: int, forecaster: Forecaster) -> Spread:
    """The errors of `forecaster` from earlier dates of the panel's own series, as many dates as are needed and there are.

    Series that were too short by then to show their season tell nothing of forecasts that know it: they are asked only where
    there are no others.
    """
    few, many = _ORIGINS
    panel = panel.sampled(_MANY)
    count = int(np.clip(-(-_ENOUGH // max(len(panel.names), 1)), few, many))
    backs = sorted({max(1, round(horizon * 4 / 3 * place / count)) for place in range(1, count + 1)} | {horizon})
    found = np.empty((0, horizon))
    for least in (3 * season, season, 4):
        found = np.concatenate([_errors(panel, back, (horizon, season, max(least, 4)), forecaster) for back in backs])
        if len(found) >= _FEW and (~np.isnan(found)).any(axis=0).all():
            break
    return Spread(errors=found)


def _errors(panel: Panel, back: int, wanted: tuple[int, int, int], forecaster: Forecaster) -> Numbers:
    horizon, season, least = wanted
    width = panel.values.shape[1]
    if width - back < least:
        return np.empty((0, horizon))
    earlier, rows = panel.before(back, least=least)
    if not len(rows):
        return np.empty((0, horizon))
    mean, scale = forecaster(earlier.values, horizon=horizon, season=season)
    real = np.full_like(mean, np.nan)
    known = min(back, horizon)
    real[:, :known] = panel.values[rows, width - back : width - back + known]
    moved = scale > 0
    return np.asarray((real - mean)[moved] / scale[moved, None])


def _grown(quantiles: Numbers, steps: Numbers) -> Numbers:
    """The power of the step that fits the quantiles best: errors at single steps are few, and cannot shrink with the step."""
    positive = np.maximum(quantiles, 1e-12)
    if len(steps) == 1:
        return positive
    power, start = np.polyfit(np.log(steps), np.log(positive), 1, w=1 / np.sqrt(steps))
    return np.asarray(np.exp(start) * steps ** max(power, 0.0))


def _beforehand(share: float, steps: Numbers) -> Numbers:
    near = min(_BEFOREHAND, key=lambda known: abs(known - share))
    start, power = _BEFOREHAND[near]
    return np.asarray(start * steps**power * np.log(1 - share) / np.log(1 - near))
