"""The seasonal pattern of series, taken out and put back: classical decomposition, all series at once.

A series is seasonal where its autocorrelation at the season's lag is beyond what chance gives (90 %, Bartlett's limits), in the
levels or in the differences; the test and the decomposition are those of the theta method (Assimakopoulos and Nikolopoulos,
2000). Factors estimated from noisy series are too far from 1 and are drawn towards it, the more the noisier (James and Stein's
estimator, as Miller and Williams, 2003, apply it to seasonal factors).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duheng.watch.panel import Numbers

_CRITICAL = 1.645  # two-sided 90 %
_LEAST_FACTOR = 0.05  # a smaller factor would blow up what is divided by it
_SEASONS = 3  # full seasons wanted before a pattern is believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasonal:
    """Series without their season, and the factors and terms that bring it back; both (series, season), the last period first."""

    values: Numbers
    factors: Numbers  # 1 where the pattern does not multiply
    terms: Numbers  # 0 where it does not add

    def restore(self, ahead: Numbers) -> Numbers:
        """`ahead` (series, horizon) with the season of the periods that follow."""
        season = self.factors.shape[1]
        places = (-1 - np.arange(ahead.shape[1])) % season
        return np.asarray(ahead * self.factors[:, places] + self.terms[:, places])


def adjust(values: Numbers, *, season: int) -> Seasonal:
    """Take the season out of the series that have one: multiplied where all values are positive, added elsewhere."""
    count, width = values.shape
    factors, terms = np.ones((count, max(season, 1))), np.zeros((count, max(season, 1)))
    if season > 1 and width >= _SEASONS * season:
        positive = np.nanmin(values, axis=1) > 0
        seasonal = _is_seasonal(values, season) | _is_seasonal(np.diff(values, axis=1), season)
        multiplied = 1 + _pattern(np.where(positive[:, None], values, np.nan), season, ratio=True)
        added = _pattern(values, season, ratio=False)
        usable = seasonal & positive & (np.nan_to_num(multiplied.min(axis=1)) > _LEAST_FACTOR)
        factors = np.where(usable[:, None], multiplied, factors)
        terms = np.where((seasonal & ~usable)[:, None], np.nan_to_num(added), terms)
    places = (width - 1 - np.arange(width)) % max(season, 1)
    return Seasonal(values=(values - terms[:, places]) / factors[:, places], factors=factors, terms=terms)


def _is_seasonal(values: Numbers, season: int) -> NDArray[np.bool_]:
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    centred = np.where(known, values - np.nanmean(values, axis=1, keepdims=True), 0)
    power = (centred**2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        correlations = (
            np.stack([(centred[:, lag:] * centred[:, :-lag]).sum(axis=1) for lag in range(1, season + 1)], 1) / power[:, None]
        )
        limit = _CRITICAL * np.sqrt((1 + 2 * (correlations[:, :-1] ** 2).sum(axis=1)) / count)
        beyond = np.abs(correlations[:, -1]) > limit
    return np.asarray(beyond & (count >= _SEASONS * season - 1))


def _pattern(values: Numbers, season: int, *, ratio: bool) -> Numbers:
    """How far each place of the season is from the centred moving average, the last period's first: in shares or in units."""
    width = values.shape[1]
    weights = np.full(season + 1 - season % 2, 1 / season)
    if season % 2 == 0:
        weights[[0, -1]] = 0.5 / season
    half = len(weights) // 2
    trend = np.full_like(values, np.nan)
    trend[:, half : width - half] = np.lib.stride_tricks.sliding_window_view(values, len(weights), axis=1) @ weights
    deviation = values / trend - 1 if ratio else values - trend
    places = [deviation[:, width - 1 - place :: -season] for place in range(season)]
    pattern = np.stack([_mean(place) for place in places], axis=1)
    noise = np.stack(
        [
            _mean((place - mean[:, None]) ** 2) / np.maximum((~np.isnan(place)).sum(axis=1) - 1, 1)
            for place, mean in zip(places, pattern.T, strict=True)
        ],
        axis=1,
    )
    pattern = pattern - pattern.mean(axis=1, keepdims=True)
    return np.asarray(pattern * (1 - _drawn(pattern, noise))[:, None])


def _drawn(pattern: Numbers, noise: Numbers) -> Numbers:
    """The share by which a pattern is drawn to nothing: what of its spread is the error of its estimate."""
    free = pattern.shape[1] - 1
    spread = (pattern**2).sum(axis=1) / free
    with np.errstate(invalid="ignore", divide="ignore"):
        share = max(free - 2, 0) / free * noise.mean(axis=1) / spread
    return np.asarray(np.clip(np.nan_to_num(share), 0, 1))


def _mean(values: Numbers) -> Numbers:
    """The mean of what is known in each row, NaN where nothing is."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, values, 0).sum(axis=1) / np.where(known.any(axis=1), known.sum(axis=1), np.nan))
