"""From figures to the track of a target: which series it is about, and its values in single steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from duheng.catalog import IndicatorEntry
from duheng.collect import STATUSES, Figures, Grid, Status
from duheng.measure import OWN, Basis, Series, SeriesMeasure
from duheng.plan import in_unit
from duheng.watch.panel import Numbers
from duheng.watch.track import Accumulation, Track, singled, singled_growth

# What a target's series may be measured in, the best first; by what the catalog says the indicator is.
_GROWTH = (SeriesMeasure.YTD_GROWTH, SeriesMeasure.GROWTH)
_LEVEL = (SeriesMeasure.YTD, SeriesMeasure.LEVEL)
_OTHER = (
    SeriesMeasure.SHARE,
    SeriesMeasure.RATIO,
    SeriesMeasure.LEVEL,
    SeriesMeasure.YTD,
    SeriesMeasure.RANK,
    SeriesMeasure.CHANGE,
)
_MONEY = "money"
_STOCKS = ("余额", "存量", "保有量", "总量", "总数", "人口", "面积", "户数", "规模", "库存")  # amounts at a day, not of a time
_MEANS = ("失业率", "浓度")  # told as the mean of the year
_SIMULATED = STATUSES.index(Status.SIMULATED)
_STEPS = (1, 4, 12)  # a year's own number, quarters, months


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The series a target is about as figures tell it: its track, and what stands beside it.

    `estimate` is what an office expects the year to come to; such estimates of earlier years were off by `estimate_off` on average
    over `estimate_years` years, None where there were none. `above` the newest growth of the area above, `rank` the newest
    place among its peers. `simulated` says that a figure among them is invented.
    """

    series: Series
    track: Track
    known_to: str
    estimate: float | None = None
    estimate_off: float | None = None
    estimate_years: int = 0
    above: float | None = None
    rank: int | None = None
    simulated: bool = False


class Courses:
    """The courses of a plan's indicators, from figures as they were known on one day."""

    def __init__(
        self, figures: Figures, *, estimates: Figures, entries: Mapping[str, IndicatorEntry], above: str | None = None
    ) -> None:
        self._grid = Grid.of(figures)
        self._expected = _of_whole_years(estimates)
        self._entries = entries
        self._above = above
        self._rows = {series: row for row, series in enumerate(self._grid.series)}
        self._by_code: dict[str, list[Series]] = {}
        for series in self._grid.series:
            self._by_code.setdefault(series.indicator, []).append(series)

    def of(self, code: str, *, unit: str, year: int) -> Course | None:
        """The course of an indicator in the target's `unit`; None where no series of it has figures that can be compared."""
        entry = self._entries.get(code)
        for series in self._candidates(code, entry, OWN):
            factor = in_unit(Decimal(1), unit=series.unit, wanted=unit)
            if factor is None:
                continue
            row = self._rows[series]
            track = _track(code, series, self._grid, row, entry=entry, weights=self._weights(code, year))
            if track is not None:
                fall = _sign(track, entry)
                scaled = _scaled(track, float(factor * fall))
                off = self._off(series, scaled, year, unit=unit, sign=fall)
                return Course(
                    series=series,
                    track=scaled,
                    known_to=f"{track.year}-{track.step * 12 // track.steps:02d}",
                    estimate=self._estimate(series, year, unit=unit, sign=fall),
                    estimate_off=sum(off) / len(off) if off else None,
                    estimate_years=len(off),
                    above=self._growth_above(code, entry),
                    rank=self._rank(code),
                    simulated=bool((self._grid.status[row] == _SIMULATED).any()),
                )
        return None

    def _candidates(self, code: str, entry: IndicatorEntry | None, area: str) -> Iterable[Series]:
        kind = entry.measure if entry else ""
        order = _GROWTH if kind == "growth" else _LEVEL if kind == "level" else _OTHER
        found = [series for series in self._by_code.get(code, ()) if series.area == area and series.measure in order]
        return sorted(found, key=lambda series: order.index(series.measure))

    def _weights(self, code: str, year: int) -> Numbers | None:
        """Last year's amounts of each step, from the level that goes with a growth: what the steps of a growth weigh."""
        stem, dot, kind = code.rpartition(".")
        if kind != "growth":
            return None
        for series in self._candidates(f"{stem}{dot}level", self._entries.get(f"{stem}{dot}level"), OWN):
            track = _track(code, series, self._grid, self._rows[series], entry=None, weights=None)
            known = track.known(year - 1) if track else None
            if track is not None and known is not None and len(known) == track.steps and (known > 0).all():
                return known
        return None

    def _estimate(self, series: Series, year: int, *, unit: str, sign: int) -> float | None:
        """What an office expects the whole year to come to, in `unit`: of this series, else of another that tells the same year."""
        for measure in (series.measure, *(each for each in _same_year(series.measure) if each is not series.measure)):
            for value, printed in self._expected.get((series.indicator, series.area, measure, year), ()):
                factor = in_unit(Decimal(1), unit=printed, wanted=unit)
                if factor is not None:
                    return value * float(factor) * sign
        return None

    def _off(self, series: Series, track: Track, year: int, *, unit: str, sign: int) -> list[float]:
        """How far the office's last estimates of earlier years were from what these came to."""
        found = []
        for earlier in range(year - len(track.values) // track.steps - 1, year):
            known, estimate = track.known(earlier), self._estimate(series, earlier, unit=unit, sign=sign)
            if estimate is not None and len(known) == track.steps:
                found.append(abs(float(track.total(known)) - estimate))
        return found

    def _rank(self, code: str) -> int | None:
        """The newest place among peers that is told of an indicator."""
        ranks = [each for each in self._by_code.get(code, ()) if each.area == OWN and each.measure is SeriesMeasure.RANK]
        newest = self._newest(ranks)
        return None if newest is None else round(newest)

    def _growth_above(self, code: str, entry: IndicatorEntry | None) -> float | None:
        if self._above is None or entry is None or entry.measure != "growth":
            return None
        return self._newest(self._candidates(code, entry, self._above))

    def _newest(self, candidates: Iterable[Series]) -> float | None:
        """The newest figure of the first series that has any."""
        for series in candidates:
            values = self._grid.values[self._rows[series]]
            known = values[~np.isnan(values)]
            if len(known):
                return float(known[-1])
        return None


_Expected = dict[tuple[str, str, SeriesMeasure, int], list[tuple[float, str]]]


def _of_whole_years(estimates: Figures) -> _Expected:
    """What is expected of whole years, with its unit, the newest first."""
    found: _Expected = {}
    for place in np.flatnonzero((estimates.end - estimates.start == 11) & (estimates.end % 12 == 11))[::-1].tolist():
        series = estimates.series[int(estimates.number[place])]
        key = (series.indicator, series.area, series.measure, int(estimates.end[place]) // 12)
        found.setdefault(key, []).append((float(estimates.value[place]), series.unit))
    return found


def _same_year(measure: SeriesMeasure) -> tuple[SeriesMeasure, ...]:
    """The measures that tell the same of a whole year: its amount, or its growth."""
    return next((order for order in (_GROWTH, _LEVEL) if measure in order), (measure,))


def _track(
    name: str, series: Series, grid: Grid, row: int, *, entry: IndicatorEntry | None, weights: Numbers | None
) -> Track | None:
    """The series of a row of the grid in single steps, from its first known value to its last."""
    known = np.flatnonzero(~np.isnan(grid.values[row]))
    if not len(known):
        return None
    steps = _steps_of((grid.first + known) % 12)
    each = 12 // steps
    last = int(known[-1])
    # From January of the first year, so that what accumulates is taken apart from where it begins.
    first = int(known[0]) - (grid.first + int(known[0])) % 12
    places = np.arange(first + each - 1, last + 1, each)
    values = np.where(places >= 0, grid.values[row][np.maximum(places, 0)], np.nan)
    weights = weights if weights is not None and len(weights) == steps else None
    accumulation = _accumulation(series, entry)
    single = _single(values, series, accumulation, steps=steps, weights=weights)
    begun = int(np.flatnonzero(~np.isnan(single))[0])
    month = grid.first + last
    return Track(
        name=name,
        values=_closed(single[begun:]),
        year=month // 12,
        step=(month % 12) // each + 1,
        steps=steps,
        accumulation=accumulation,
        weights=weights if accumulation is Accumulation.GROWTH else None,
    )


def _steps_of(months: NDArray[np.int64]) -> int:
    """How many steps a year has by the months in which its figures end."""
    ends = {int(month) for month in months}
    return next((steps for steps in _STEPS if all((month + 1) % (12 // steps) == 0 for month in ends)), 12)


def _accumulation(series: Series, entry: IndicatorEntry | None) -> Accumulation:
    """How the year's number comes of the steps: by what the series measures, and for a plain level by what kind of thing it is."""
    name = entry.zh if entry else ""
    if series.measure in _GROWTH:
        return Accumulation.GROWTH
    if any(word in name for word in _MEANS):
        return Accumulation.MEAN
    if series.measure is SeriesMeasure.YTD:
        return Accumulation.MEAN if series.unit in ("%", "‰") else Accumulation.SUM
    flows = series.measure is SeriesMeasure.LEVEL and series.basis is not Basis.NONE and not any(word in name for word in _STOCKS)
    return Accumulation.SUM if flows else Accumulation.LAST


def _single(values: Numbers, series: Series, accumulation: Accumulation, *, steps: int, weights: Numbers | None) -> Numbers:
    if not series.measure.accumulates:
        return values
    if accumulation is Accumulation.SUM:
        return singled(values, steps=steps)
    return singled_growth(values, steps=steps, weights=weights)


def _sign(track: Track, entry: IndicatorEntry | None) -> int:
    """-1 where figures tell a fall as below nothing and the plan counts its size (单位能耗降低2.5%)."""
    return -1 if entry is not None and entry.fall and float(np.median(track.values)) < 0 else 1


def _closed(values: Numbers) -> Numbers:
    """Without gaps: a month that was never published lies on the line between its neighbours."""
    known = np.flatnonzero(~np.isnan(values))
    return np.interp(np.arange(len(values)), known, values[known])


def _scaled(track: Track, factor: float) -> Track:
    if factor == 1:
        return track
    return Track(
        name=track.name,
        values=track.values * factor,
        year=track.year,
        step=track.step,
        steps=track.steps,
        accumulation=track.accumulation,
        weights=track.weights,
    )
