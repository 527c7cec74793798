"""Whether chances of projects' years are borne out, and how fast they come: writes parts of docs/accuracy.md and docs/scale.md.

    make bench            or    .venv/bin/python benchmarks/projects.py

There is no public set of projects with their investment by month, so the years are invented by a process that is not the model's:
each project has a curve of its own sector, a pace of its own, stretches in which nothing moves, a rush in the last months for those
near their plan, and reports rounded to a whole per cent. What is learned from three such years is held against a fourth.
"""

from __future__ import annotations

import os
import statistics
import time
from datetime import date
from typing import Any

import numpy as np
import page

from duheng import catalog
from duheng.plan.plan import Stage
from duheng.plan.pool import MonthReport, PoolProject, StageChange, YearPlan
from duheng.watch.projects import Past, ProjectRules, lived, month_end, standings

_SEED = 20260120
_PLANNED = 10**10  # fen
_YEARS = (2022, 2023, 2024, 2025)
_MONTHS = (0, 3, 6, 9)
_SECTORS = 6
_POOLS = {
    "60 projects, one past year": (60, 1),
    "336 projects, one past year": (336, 1),
    "336 projects, three past years": (336, 3),
}
_BINS = np.linspace(0, 1, 11)


def main() -> None:
    """Walk through the year in pools of three sizes, then time five thousand projects."""
    told = {name: _pool(count, before) for name, (count, before) in _POOLS.items()}
    rows = [_row(name, month, each) for name, pool in told.items() for month, each in pool.items()]
    every = [each for name, pool in told.items() for month, each in pool.items() if month]
    reliability = _reliability(np.concatenate([each["p"] for each in every]), np.concatenate([each["met"] for each in every]))
    page.write("accuracy", "projects", "\n".join([_HEAD, *rows, _RELIABILITY, *reliability, "", _verdict(told)]))
    page.write("scale", "standings", _speed())


_HEAD = f"""Invented years (seed {_SEED}, ten pools of each size), by a process that is not the model's. The Brier score is the mean
squared distance between the chance that a year's plan is completed and whether it was: 0 is perfect. *Share* gives every project
the share that was completed, known only afterwards; *time progress* says completed or not by whether it is level with the calendar;
*time progress, learned* turns the ratio to time progress into a chance by the same past years that duheng has.

| pool | months known | completed | duheng | share | time progress | time progress, learned |
|---|--:|--:|--:|--:|--:|--:|"""
_RELIABILITY = """
Reliability of duheng's chances after three, six and nine months, all pools together.

| chance given | projects | mean chance | completed |
|---|--:|--:|--:|"""


def _years(count: int, chance: np.random.Generator) -> Any:
    """Shares of the plan by the end of each month, (years, projects, 13), of a fourth of which the third axis starts at nothing."""
    sector = chance.integers(_SECTORS, size=count)
    early = chance.uniform(0.8, 2.2, _SECTORS)  # how late a sector's works come
    pace = chance.normal(0.0, 0.13, count) + chance.normal(0.0, 0.08, _SECTORS)[sector]
    found = np.zeros((len(_YEARS), count, 13))
    for year in range(len(_YEARS)):
        whole = np.exp(pace + chance.normal(0.0, 0.12, count))
        steps = np.diff((np.arange(13) / 12)[None, :] ** (early[sector] * np.exp(chance.normal(0, 0.15, count)))[:, None], axis=1)
        steps = steps * whole[:, None] * np.exp(chance.normal(0.0, 0.35, steps.shape))
        for month in range(12):
            stuck = chance.random(count) < 0.03
            for row in np.flatnonzero(stuck):
                steps[row, month : month + int(chance.integers(2, 5))] *= 0.1
        done = np.cumsum(steps, axis=1)
        rush = (done[:, 9] > 0.62) & (done[:, 11] < 1) & (chance.random(count) < 0.7)
        done[rush, 11] = np.maximum(done[rush, 11], 1.0)
        done[rush, 10] = np.maximum(done[rush, 10], (done[rush, 9] + 1) / 2)
        capped = done.clip(None, 1.0)
        found[year, :, 1:] = np.round(np.where(chance.random(count)[:, None] < 0.8, capped, done.clip(None, 1.15)), 2)
    return found, sector


def _project(place: int, sector: int, shares: Any, years: tuple[int, ...], months: int) -> PoolProject:
    """A project with its past years, and the months known of the last."""
    told = tuple(
        MonthReport(year=year, month=month, works=round(float(shares[at, month]) * _PLANNED))
        for at, year in enumerate(years)
        for month in range(1, 13)
        if year < years[-1] or month <= months
    )
    return PoolProject(
        code=f"P{place:05}", name=f"P{place}", sector=f"S{sector}", months=told, total=5 * _PLANNED,
        stages=(StageChange(stage=Stage.STARTED, on=date(2022, 1, 1)),),
        years=tuple(YearPlan(year=year, planned=_PLANNED) for year in years),
    )  # fmt: skip


def _rules() -> ProjectRules:
    return ProjectRules(
        lights=catalog.load("light_rules"), criteria=catalog.load("light_criteria"), rates=catalog.load("base_rates")
    )


def _pool(count: int, before: int) -> dict[int, dict[str, Any]]:
    """Chances, outcomes and what the other ways say, by months known; of ten pools together."""
    found: dict[int, dict[str, list[Any]]] = {month: {"p": [], "met": [], "straight": [], "learned": []} for month in _MONTHS}
    years = _YEARS[-1 - before :]
    for number in range(10):
        chance = np.random.default_rng((_SEED, count, before, number))
        shares, sector = _years(count, chance)
        shares = shares[-1 - before :]
        met = shares[-1, :, 12] >= 0.9995
        past = None
        for month in _MONTHS:
            projects = [_project(each, int(sector[each]), shares[:, each], years, month) for each in range(count)]
            past = past or Past.of(lived(projects, before=years[-1]))
            as_of = month_end(years[-1], month) if month else date(years[-1], 1, 20)
            told = standings(projects, year=years[-1], as_of=as_of, rules=_rules(), seed=_SEED, past=past)
            each = found[month]
            each["p"].append([one.chance.p for one in told])
            each["met"].append(met)
            each["straight"].append(shares[-1, :, month] >= month / 12 if month else np.full(count, np.nan))
            each["learned"].append(_learned(shares, month) if month else np.full(count, np.nan))
    return {month: {name: np.concatenate(values).astype(float) for name, values in each.items()} for month, each in found.items()}


def _learned(shares: Any, month: int) -> Any:
    """The share of past years completed among the nearest twentieth by the ratio to time progress."""
    before, ends = shares[:-1, :, month].ravel(), shares[:-1, :, 12].ravel() >= 0.9995
    order = np.argsort(before)
    size = max(10, len(before) // 20)
    at = np.clip(np.searchsorted(before[order], shares[-1, :, month]) - size // 2, 0, len(before) - size)
    sums = np.concatenate([[0], np.cumsum(ends[order])])
    return (sums[at + size] - sums[at] + 0.5) / (size + 1)


def _brier(p: Any, met: Any) -> float:
    return float(np.mean((p - met) ** 2))


def _row(name: str, month: int, told: dict[str, Any]) -> str:
    met = told["met"]
    scores = [_brier(told["p"], met), _brier(np.full(len(met), met.mean()), met)]
    others = [_brier(told[way], met) if month else None for way in ("straight", "learned")]
    cells = [f"{score:.3f}" for score in scores] + ["–" if score is None else f"{score:.3f}" for score in others]
    return f"| {name} | {month} | {met.mean():.0%} | " + " | ".join(cells) + " |"


def _reliability(p: Any, met: Any) -> list[str]:
    place = np.clip(np.digitize(p, _BINS) - 1, 0, 9)
    return [
        f"| {_BINS[at]:.1f}–{_BINS[at + 1]:.1f} | {(place == at).sum():,} | {p[place == at].mean():.2f} | {met[place == at].mean():.2f} |"
        for at in range(10)
        if (place == at).any()
    ]


def _verdict(told: dict[str, dict[int, dict[str, Any]]]) -> str:
    """Where duheng is ahead of the learned time progress, and where it is not, counted."""
    better = [
        _brier(each["p"], each["met"]) < _brier(each["learned"], each["met"])
        for pool in told.values()
        for m, each in pool.items()
        if m
    ]
    return (
        f"Against time progress turned into a chance by the same past years, duheng is ahead in {sum(better)} of {len(better)} rows. "
        "With nothing known of the year it has hardly an edge over the plain share. These are invented years: how real ones "
        "behave, only a district's own past can tell, and the page says how many past years a chance rests on."
    )


def _speed() -> str:
    """Five thousand projects with two past years, standings with lights and chances of all; the median of five."""
    chance = np.random.default_rng(_SEED)
    shares, sector = _years(5000, chance)
    projects = [_project(each, int(sector[each]), shares[1:, each], _YEARS[1:], 7) for each in range(5000)]
    past = Past.of(lived(projects, before=2025))
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        standings(projects, year=2025, as_of=date(2025, 7, 31), rules=_rules(), seed=_SEED, past=past)
        times.append(time.perf_counter() - begun)
    return (
        f"5,000 projects with {len(past):,} past years: progress, what is late, chances with fans and the lights of every rule set of all "
        f"of them in {statistics.median(times):.1f} s (median of five, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end)."
    )


if __name__ == "__main__":
    main()
