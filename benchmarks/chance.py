"""Whether chances are borne out: writes a part of docs/accuracy.md.

    make bench            or    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/chance.py

The last year of every positive monthly series of the M3 competition is foretold with nothing, three, six and nine months of it
known. Its target is last year's total times a growth drawn from the growths that all the series had, so that a target tells
nothing of its own series.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import forecast
import numpy as np
import page
import pairs

from duheng import catalog, watch

_SEED = 20260120
_KNOWN = (0, 3, 6, 9)
_BINS = np.linspace(0, 1, 11)


def main() -> None:
    """Walk through the year and write the tables; nothing without the series."""
    folder = os.environ.get("DUHENG_TRUTH")
    if not folder:
        print("DUHENG_TRUTH does not name a folder with the series; the part of docs/accuracy.md stays as it is.")
        return
    history, after = forecast.m3(Path(folder))
    years = [np.array([*values, *rest]) for values, rest in zip(history.values(), after, strict=True)]
    years = [values for values in years if values.min() > 0]
    goals, met = _targets(years)
    told = {known: _chances(years, goals, known) for known in _KNOWN}
    rows = [_row(known, p, met, _straight(years, goals, known), _shares(years, goals, known)) for known, p in told.items()]
    page.write(
        "accuracy",
        "chance",
        "\n".join(
            [_HEAD.format(count=len(years)), *rows, _RELIABILITY, *_reliability(told, met), _without_figures(Path(folder))]
        ),
    )


_HEAD = f"""{{count}} series, each with a target drawn from the growths of all (seed {_SEED}). The Brier score is the mean squared
distance between chance and outcome: 0 is perfect. *Climatology* gives every target the share that was met; *time progress* says met
or missed by whether the sum so far is ahead of the calendar; *last year's shares* by whether it is ahead of last year's same months.

| months known | duheng | climatology | time progress | last year's shares |
|--:|--:|--:|--:|--:|"""
_RELIABILITY = """
Reliability, all months together: of the targets given a chance within each tenth, how many were met.

| chance given | targets | mean chance | met |
|---|--:|--:|--:|"""


def _targets(years: list[Any]) -> tuple[Any, Any]:
    chance = np.random.default_rng(_SEED)
    last = np.array([values[-12:].sum() for values in years])
    before = np.array([values[-24:-12].sum() for values in years])
    goals = before * np.quantile(last / before, chance.uniform(0.02, 0.98, len(years)))
    return goals, last >= goals


def _chances(years: list[Any], goals: Any, known: int) -> Any:
    tracks = [
        watch.Track(name=str(place), values=values[: len(values) - 12 + known], year=2025 if known else 2024, step=known or 12)
        for place, values in enumerate(years)
    ]
    drawn = watch.prospects(tracks, year=2025, seed=_SEED)
    held = np.array([(drawn[str(place)].draws >= goal).sum() for place, goal in enumerate(goals)])
    return (held + 0.5) / (len(drawn["0"].draws) + 1)


def _so_far(years: list[Any], known: int) -> Any:
    return np.array([values[len(values) - 12 : len(values) - 12 + known].sum() for values in years])


def _straight(years: list[Any], goals: Any, known: int) -> Any:
    return _so_far(years, known) / goals >= known / 12 if known else None


def _shares(years: list[Any], goals: Any, known: int) -> Any:
    before = np.array([values[-24 : -24 + known].sum() / values[-24:-12].sum() for values in years]) if known else None
    return _so_far(years, known) / goals >= before if known else None


def _row(known: int, p: Any, met: Any, *others: Any) -> str:
    scores = [_brier(p, met), _brier(np.full(len(met), met.mean()), met)]
    told = [f"{score:.3f}" for score in scores] + ["–" if other is None else f"{_brier(other, met):.3f}" for other in others]
    return f"| {known} | " + " | ".join(told) + " |"


def _brier(p: Any, met: Any) -> float:
    return float(np.mean((np.asarray(p, float) - met) ** 2))


def _reliability(told: dict[int, Any], met: Any) -> list[str]:
    p = np.concatenate(list(told.values()))
    outcome = np.tile(met, len(told))
    place = np.clip(np.digitize(p, _BINS) - 1, 0, 9)
    return [
        f"| {_BINS[at]:.1f}–{_BINS[at + 1]:.1f} | {(place == at).sum()} | {p[place == at].mean():.2f} | {outcome[place == at].mean():.2f} |"
        for at in range(10)
    ]


def _without_figures(folder: Path) -> str:
    """Where there are no figures at all: the base rate of targets of unstated nature, held against what provinces reported."""
    years, _ = pairs.compared(folder)
    outcomes = [year.verdict.outcome.value for _, _, year in years if year.verdict]
    met = np.array([outcome == "met" for outcome in outcomes if outcome != "not_yet_known"])
    rate = catalog.load("base_rates")["unstated"]
    p = (rate.met + 1) / (rate.of + 2)
    scores = [_brier(np.full(len(met), share), met) for share in (p, float(met.mean()))]
    return _BASE.format(count=len(met), met=met.mean(), p=p, ours=scores[0], best=scores[1])


_BASE = """
Without any figures the chance is a base rate: of {count} headline targets of ten provinces for 2025 whose result their reports of 2026
state, {met:.0%} were met; the base rate gave each {p:.2f}, a Brier score of {ours:.3f} (a coin: 0.250; the share itself, known only
afterwards: {best:.3f}). It has no edge beyond saying how often such targets are met, and the pages say what it rests on."""


if __name__ == "__main__":
    main()
