"""A whole district's outlook in one go: writes a part of docs/scale.md.

    make bench            or    .venv/bin/python benchmarks/watch.py

4,940 indicators of nine areas, 120 months each, are made by chance (simulated, the seed is printed), 500 of them with a target.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import page

from duheng import catalog, watch
from duheng.collect import STATUSES, Figures, Grid, Status
from duheng.measure import OWN, Basis, Series, SeriesMeasure
from duheng.plan import AtLeast, Nature

_SEED = 20260120
_INDICATORS, _AREAS, _MONTHS, _TARGETS = 4940, 9, 120, 500
_AS_OF = date(2026, 10, 20)
_FIRST = 2016 * 12 + 9  # October 2016


def main() -> None:
    """Make the figures, work everything out, then again after one new figure."""
    figures, values = _figures()
    watched = _watched(values)
    rules = watch.Rules(lights=catalog.load("light_rules"), rates=catalog.load("base_rates"))

    def standings(some: list[watch.Watched], held: Figures) -> list[watch.Standing]:
        return watch.standings(some, figures=held, entries={}, year=2026, as_of=_AS_OF, rules=rules, seed=_SEED)

    rows = [
        _row(f"pace, outlook, chance and lights of {_TARGETS} targets", lambda: standings(watched, figures)),
        _row(f"forecasts of all {_INDICATORS * _AREAS:,} series", lambda: _forecast_all(figures)),
        _row("how fresh every series is", lambda: _freshness(figures)),
        _row("what depends on one new figure", lambda: standings(watched[:1], figures.where(indicator=watched[0].code))),
    ]
    page.write("scale", "watch", _HEAD.format(count=len(figures)) + "\n".join(rows))


_HEAD = f"""{{count:,}} simulated figures (seed {_SEED}): {_INDICATORS:,} indicators × {_AREAS} areas × {_MONTHS} months, held as columns.

| what is worked out | seconds | of them computing | memory, MB |
|---|--:|--:|--:|
"""


def _row(name: str, work: Callable[[], Any]) -> str:
    wall, used = time.perf_counter(), time.process_time()
    work()
    wall, used = time.perf_counter() - wall, time.process_time() - used
    return f"| {name} | {wall:.2f} | {used:.2f} | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} |"


def _figures() -> tuple[Figures, Any]:
    """A walk with a season for every series, published on the 20th of the month after."""
    chance = np.random.default_rng(_SEED)
    areas = [OWN, *(f"town{number}" for number in range(1, _AREAS))]
    series = tuple(
        Series(indicator=f"k{number}", area=area, measure=SeriesMeasure.LEVEL, basis=Basis.NOMINAL, unit="亿元")
        for number in range(_INDICATORS)
        for area in areas
    )
    count = len(series)
    season = 10 * np.sin(2 * np.pi * np.arange(_MONTHS) / 12)
    values = 100 + chance.normal(0, 1, (count, _MONTHS)).cumsum(axis=1) + season
    months = np.tile(np.arange(_FIRST, _FIRST + _MONTHS), count).astype(np.int32)
    known = (months - 1970 * 12 + 1).astype("datetime64[M]").astype("datetime64[D]") + 19
    rows = count * _MONTHS
    return Figures(
        series=series,
        number=np.repeat(np.arange(count), _MONTHS).astype(np.int32),
        start=months,
        end=months,
        vintage=known,
        status=np.full(rows, STATUSES.index(Status.SIMULATED), dtype=np.int8),
        released=np.zeros(rows, dtype=np.bool_),
        value=values.round(2).ravel(),
        digits=np.full(rows, 2, dtype=np.int8),
        row=np.arange(rows),
    ), values


def _watched(values: Any) -> list[watch.Watched]:
    """Targets around what the last twelve months came to."""
    last = values[::_AREAS, -13:-1].sum(axis=1)
    return [
        watch.Watched(
            key=str(number),
            code=f"k{number}",
            target=AtLeast(value=Decimal(f"{last[number]:.1f}"), unit="亿元"),
            nature=Nature.EXPECTED,
        )
        for number in range(_TARGETS)
    ]


def _forecast_all(figures: Figures) -> None:
    grid = Grid.of(figures.as_of(_AS_OF))
    watch.forecast(watch.Panel(names=tuple(str(series.key) for series in grid.series), values=grid.values), horizon=12)


def _freshness(figures: Figures) -> float:
    """The share of series whose newest month is September, as it should be by then."""
    newest = np.zeros(len(figures.series), dtype=np.int32)
    known = figures.as_of(_AS_OF)
    np.maximum.at(newest, known.number, known.end)
    return float((newest >= 2026 * 12 + 8).mean())


if __name__ == "__main__":
    main()
