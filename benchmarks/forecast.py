"""How good and how quick the forecasts are: writes parts of docs/accuracy.md and docs/scale.md.

    make bench            or    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/forecast.py

The reference is statsforecast's AutoETS and AutoTheta, run in turn on the same series in an environment of their own (.bench).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import numpy as np
import page

from duheng import watch

_ROOT = Path(__file__).resolve().parent.parent
_REFERENCE = _ROOT / ".bench" / "bin" / "python"
_SEED = 20260120


def main() -> None:
    """Compare on the series of the M3 competition where they are at hand, and on made ones for speed."""
    folder = os.environ.get("DUHENG_TRUTH")
    if folder:
        _accuracy(Path(folder))
    _speed()


def _accuracy(folder: Path) -> None:
    history, real = m3(folder)
    outlook = watch.forecast(watch.Panel.of(history), horizon=18)
    bounds = [[outlook.bounds[level][side] for side in (0, 1)] for level in (80, 95)]
    rows = [_row("duheng", real, outlook.mean, bounds)]
    for name, found in _reference(list(history.values()), 18).items():
        rows.append(_row(name, real, np.array(found["mean"]), [[np.array(side) for side in level] for level in found["bounds"]]))
    page.write("accuracy", "forecast", _HEAD.format(count=len(history)) + "\n".join(rows))


_HEAD = """{count} monthly series of the M3 competition, 18 months ahead; *covered* is the share of outcomes within the interval.

| method | sMAPE | 80 % covered | 95 % covered |
|---|--:|--:|--:|
"""


def _row(name: str, real: Any, mean: Any, bounds: Any) -> str:
    smape = np.mean(200 * np.abs(real - mean) / (np.abs(real) + np.abs(mean)))
    covered = [np.mean((low <= real) & (real <= high)) for low, high in bounds]
    return f"| {name} | {smape:.2f} | {covered[0]:.3f} | {covered[1]:.3f} |"


def m3(folder: Path) -> tuple[dict[str, list[float]], Any]:
    """History and what came of it."""
    parts: dict[str, dict[str, list[float]]] = {"x": {}, "xx": {}}
    with gzip.open(folder / "data/statistics/m3_monthly_dev.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            parts[row["part"]][row["series"]] = [float(value) for value in row["values"].split()]
    return parts["x"], np.array([parts["xx"][name] for name in parts["x"]])


def _speed() -> None:
    """5,000 series of 120 months: a walk with a season (simulated), twelve months ahead."""
    chance = np.random.default_rng(_SEED)
    season = 10 * np.sin(2 * np.pi * np.arange(120) / 12)
    values = 200 + chance.normal(0, 1, (5000, 120)).cumsum(axis=1) + season
    start = time.perf_counter()
    watch.forecast(watch.Panel(names=tuple(map(str, range(5000))), values=values), horizon=12)
    ours = time.perf_counter() - start
    few = _reference(values[:500].tolist(), 12)
    rows = [f"| duheng | {ours:.1f} | 1 |"]
    rows += [
        f"| {name}, 500 of them × 10 | {found['seconds'] * 10:.1f} | {found['seconds'] * 10 / ours:.1f} |"
        for name, found in few.items()
    ]
    page.write("scale", "forecast", _SPEED_HEAD + "\n".join(rows))


_SPEED_HEAD = f"""5,000 simulated monthly series of 120 months (seed {_SEED}), twelve months ahead with both intervals. The references
run in two processes.

| method | seconds | × duheng |
|---|--:|--:|
"""


def _reference(series: list[list[float]], horizon: int) -> dict[str, Any]:
    """The forecasts of the reference methods, by name; none where they are not installed, which is said."""
    if not _REFERENCE.exists():
        print("The reference is not installed; `make bench` installs it.")
        return {}
    asked = json.dumps({"series": series, "horizon": horizon})
    done = subprocess.run(
        [str(_REFERENCE), str(_ROOT / "benchmarks" / "reference.py")], input=asked, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main()
