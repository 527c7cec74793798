"""The Spring Festival's move between January and February, as a regressor: what a monthly series owes to its day.

A fixed month's factor cannot know that January holds the festival this year and February the next. Where a series shows that it
minds, its Januaries and Februaries are told without the move, and forecasts of these months get it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import numpy as np

from duheng import catalog
from duheng.watch.panel import Numbers
from duheng.watch.track import Track

_BEFORE, _AFTER = 7, 14  # days around the festival in which work stops and shops fill
_YEARS = 5  # wanted before an effect is believed
_CLEAR = 3.5  # t value from which it is: series are many, and one in twenty would show an effect of 2 by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A track without the festival's move, and the share by which each step ahead is changed by it."""

    track: Track
    ahead: Numbers


def without_move(track: Track, *, horizon: int) -> Moved:
    """`track` as if the festival had stood still, where its own past shows that it minds; otherwise as it is."""
    months = _months(track, horizon)
    exposure = np.array([_exposure(year, month) for year, month in months])
    past, ahead = exposure[: len(track.values)], exposure[len(track.values) :]
    still = Moved(track=track, ahead=np.ones(horizon))
    if track.steps != 12 or len(track.values) < _YEARS * 12 or track.values.min() <= 0:
        return still
    effect = _effect(track.values, past)
    if effect is None:
        return still
    return Moved(track=replace(track, values=track.values / (1 + effect * past)), ahead=1 + effect * ahead)


def _effect(values: Numbers, exposure: Numbers) -> float | None:
    """By what share a month changes for each full festival in it beyond its usual; None unless it is clear."""
    irregular = _irregular(values)
    used = ~np.isnan(irregular) & (exposure != 0)
    x, y = exposure[used], irregular[used]
    if len(x) < 2 * (_YEARS - 1) or not x.any():
        return None
    effect = float((x * y).sum() / (x * x).sum())
    spread = np.sqrt(((y - effect * x) ** 2).sum() / (len(x) - 3) / (x * x).sum())
    clear = spread == 0 or abs(effect) / spread > _CLEAR
    return effect if clear and np.abs(effect * exposure).max() < 1 else None


def _irregular(values: Numbers) -> Numbers:
    """What is left of each month, as a share, without the year's mean around it and the month's own mean."""
    weights = np.full(13, 1 / 12)
    weights[[0, -1]] = 1 / 24
    trend = np.full_like(values, np.nan)
    trend[6:-6] = np.convolve(values, weights, mode="valid")
    share = values / trend - 1
    place = np.arange(len(values)) % 12
    for month in range(12):
        own = place == month
        share[own] -= np.nanmean(share[own])
    return share


def _months(track: Track, horizon: int) -> Sequence[tuple[int, int]]:
    last = track.year * 12 + track.step - 1
    return [divmod(number, 12) for number in range(last - len(track.values) + 1, last + horizon + 1)]


@cache
def _exposure(year: int, month: int) -> float:
    """The share of the festival's days that lie in a month (0 January), less the share that month has on average."""
    if month > 1:
        return 0.0
    days = _days()
    if year not in days:
        return 0.0
    return _share(days[year], month) - sum(_share(day, month) for day in days.values()) / len(days)


def _share(day: date, month: int) -> float:
    around = [day + timedelta(days=offset) for offset in range(-_BEFORE, _AFTER + 1)]
    return sum(each.month == month + 1 for each in around) / len(around)


@cache
def _days() -> dict[int, date]:
    return {entry.day.year: entry.day for entry in catalog.load("festivals").values()}
