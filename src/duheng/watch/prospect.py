"""Where a year will end: many ways it may go on from what it already holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from duheng.watch.festival import without_move
from duheng.watch.forecast import expected
from duheng.watch.panel import Numbers, Panel
from duheng.watch.spread import spread
from duheng.watch.track import Accumulation, Track

_DRAWS = 2000
_SHARES = (0.025, 0.1, 0.5, 0.9, 0.975)
# How far the rest of a year may be from what is known of it, where no history tells: amounts of a month swing, states hardly.
_WIDE = {Accumulation.SUM: 1 / 3, Accumulation.MEAN: 0.2, Accumulation.LAST: 0.05, Accumulation.GROWTH: 3.0}
_HISTORY = 1.25  # years of steps from which a series is believed to show how it moves


class Method(StrEnum):
    """What a prospect rests on."""

    DECIDED = "decided"  # the year is over
    PATHS = "paths"  # paths of the series, as wide as such forecasts have been wrong
    PACE = "pace"  # too short a history: the pace so far, and a wide guess around it
    BASE_RATE = "base_rate"  # no figures: how often targets of this nature are met
    NONE = "none"  # nothing can be said


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """The number a year may end with, drawn many times; `known` steps of the year are in it as they are.

    `fan` is what the year may have come to by each of its steps: the numbers that 2.5, 10, 50, 90 and 97.5 % of the draws stay
    under, (5, steps).
    """

    draws: Numbers
    fan: Numbers
    method: Method
    known: int
    steps: int
    estimate: bool = False  # rests on weights that nobody publishes

    def quantile(self, share: float) -> float:
        """The number that `share` of the draws stay under."""
        return float(np.quantile(self.draws, share))


def prospects(tracks: Sequence[Track], *, year: int, seed: int, beside: Mapping[str, str] | None = None) -> dict[str, Prospect]:
    """The prospect of `year` for each track by name.

    `beside` names for a track the one it moves with (income beside the product): where their past errors went together, so do
    their draws. Each track's own draws stay what they would be alone.
    """
    chance = np.random.default_rng(seed)
    found: dict[str, Prospect] = {}
    for group in _alike(tracks, year):
        found |= _paths(group, year, chance, beside or {})
    # Without a step of the year and with a history that is too short, a track tells nothing of where the year will end.
    short = [track for track in tracks if track.name not in found and (len(track.known(year)) or not track.left(year))]
    return found | {track.name: _short(track, year, chance) for track in short}


def _alike(tracks: Sequence[Track], year: int) -> list[list[Track]]:
    """Tracks with the same number of steps to a year and a history worth asking, together: their errors are pooled."""
    groups: dict[int, list[Track]] = {}
    for track in tracks:
        if track.left(year) and len(track.values) >= max(_HISTORY * track.steps, 6):
            groups.setdefault(track.steps, []).append(track)
    return list(groups.values())


def _paths(tracks: Sequence[Track], year: int, chance: np.random.Generator, beside: Mapping[str, str]) -> dict[str, Prospect]:
    steps, horizon = tracks[0].steps, max(track.left(year) for track in tracks)
    still = [without_move(track, horizon=horizon) for track in tracks]
    panel = Panel.of({moved.track.name: moved.track.values.tolist() for moved in still})
    mean, scale = expected(panel.values, horizon=horizon, season=steps)
    errors = spread(panel, horizon=horizon, season=steps, forecaster=expected).whole_paths(chance)
    lowest = np.where(np.nanmin(panel.values, axis=1) >= 0, 0, -np.inf)
    picks = _picks(panel, beside, chance, len(errors))
    found = {}
    for place, track in enumerate(tracks):
        rows, signs = picks[track.name]
        ahead = (mean[place] + scale[place] * errors[rows] * signs[:, None]) * still[place].ahead
        found[track.name] = _prospect(track, year, np.maximum(ahead, lowest[place]), Method.PATHS)
    return found


_Picks = tuple[NDArray[np.int64], Numbers]


def _picks(panel: Panel, beside: Mapping[str, str], chance: np.random.Generator, count: int) -> dict[str, _Picks]:
    """Which error each draw of each track takes: its own, or for tracks that move together the other's in as many draws."""
    found: dict[str, _Picks] = {}
    for name in panel.names:
        found[name] = chance.integers(count, size=_DRAWS), chance.choice([-1.0, 1.0], size=_DRAWS)
    rows = dict(zip(panel.names, panel.values, strict=True))
    for name, other in beside.items():
        if name in rows and other in rows and name != other:
            together = _moving_together(rows[name], rows[other])
            shared = chance.random(_DRAWS) < abs(together)
            (own, signs), (others, turned) = found[name], found[other]
            found[name] = np.where(shared, others, own), np.where(shared, turned * np.sign(together), signs)
    return found


def _moving_together(left: Numbers, right: Numbers) -> float:
    """The correlation of two series' changes over the periods both have."""
    both = np.diff(left), np.diff(right)
    known = ~np.isnan(both[0]) & ~np.isnan(both[1])
    if known.sum() < 8 or not all(change[known].std() for change in both):
        return 0.0
    return float(np.corrcoef(both[0][known], both[1][known])[0, 1])


def _prospect(track: Track, year: int, ahead: Numbers, method: Method) -> Prospect:
    """The year's number of each path in `ahead` (draws, at least the steps left)."""
    known, left = track.known(year), track.left(year)
    coming = ahead[:, max(0, left - track.steps) : left]
    whole = np.concatenate([np.broadcast_to(known, (len(ahead), len(known))), coming], axis=1)
    so_far = track.so_far(whole)
    fan = np.quantile(so_far, _SHARES, axis=0)
    return Prospect(draws=so_far[:, -1], fan=fan, method=method, known=len(known), steps=track.steps, estimate=not track.weighed)


def _short(track: Track, year: int, chance: np.random.Generator) -> Prospect:
    """The year that is over, or one whose history is too short to show how the series moves: the pace so far, held."""
    left = track.left(year)
    if not left:
        return _prospect(track, year, np.empty((1, 0)), Method.DECIDED)
    known = track.known(year)
    wide = _width(track, known)
    ahead = known.mean() if track.accumulation is Accumulation.SUM else known[-1]
    # One error for the whole rest of the year: what is not known is the level, more than each step.
    drawn = np.full((_DRAWS, left), ahead) + wide * chance.standard_normal((_DRAWS, 1))
    if known.min() >= 0 and track.accumulation is not Accumulation.GROWTH:
        drawn = np.maximum(drawn, 0)
    return _prospect(track, year, drawn, Method.PACE)


def _width(track: Track, known: Numbers) -> float:
    """A guess, and wide: three points of growth, or a share of the level; what the known steps show where that is more."""
    least = _WIDE[track.accumulation] * (1 if track.accumulation is Accumulation.GROWTH else abs(float(known.mean())))
    return max(least, float(known.std()))
