"""How far composite scores are from what was published, and how long they take: writes parts of docs/accuracy.md and docs/scale.md.

    .venv/bin/python benchmarks/composites.py [FOLDER]        the folder of the published data; that of DUHENG_TRUTH unless given

It prints a line for each published result, with the largest difference found over all its values.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import page
import published

from duheng import appraise

_SEED = 20260120
_DRAWS = 10_000
_FIRMS = 10_000
_COMMAND = (sys.executable, "-m", "duheng.cli.main")
_HEAD = """Every stage of the ASEM Sustainable Connectivity index (51 countries, 49 indicators) and the Human Development Index
of three years, worked out from the raw data by a specification of a dozen lines, against what was published. The HDI is published with
three decimals, so that 0.0005 is the rounding.

| published result | largest difference | over |
|---|--:|---|
"""
_SPEED_HEAD = f"""ASEM, 51 units and 49 indicators: ranks under other weights, methods and left-out indicators, with first-order and total
indices of six factors (seed {_SEED}). Measured beside other work on the machine.

| draws | model runs | seconds | of them computing |
|--:|--:|--:|--:|
"""

_LAND_HEAD = f"""{_FIRMS:,} simulated enterprises (seed {_SEED}), scored by the rules of Huangyan 2022: the whole command, cold,
beside other work on the machine.

| what | seconds | of them computing |
|---|--:|--:|
"""


def main(folder: Path) -> None:
    """Print a line for each published result, and write both parts."""
    rows = []
    for name, difference, over in published.differences(folder):
        print(f"{name} max difference {difference:.1e}" + (f" over {over}" if over else ""))
        rows.append(f"| {name} | {difference:.1e} | {over} |")
    print()
    page.write("accuracy", "composites", _HEAD + "\n".join(rows))
    print()
    _speed(folder)


def _speed(folder: Path) -> None:
    made = published.run(published.ASEM, folder)
    rows = []
    for draws in (1_000, _DRAWS):
        start, used = time.perf_counter(), time.process_time()
        found = appraise.uncertainty(made, draws=draws, seed=_SEED)
        seconds, computing = time.perf_counter() - start, time.process_time() - used
        rows.append(f"| {draws:,} | {draws * (2 + len(found.first_order)):,} | {seconds:.1f} | {computing:.1f} |")
    page.write("scale", "composites", _SPEED_HEAD + "\n".join(rows))
    print()
    _land()


def _land() -> None:
    """The command on a table of made enterprises, as a cold process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "enterprises.csv"
        path.write_text(_enterprises(), encoding="utf-8")
        plain = [*_COMMAND, "appraise", "land", str(path), "--rules", "huangyan-2022"]
        book = ["--format", "xlsx", "--output", str(Path(folder) / "out.xlsx")]
        rows = []
        for what, more in (
            ("scores, grades and ranks (csv)", []),
            ("with 1,000 draws of other weights", ["--stability", "1000"]),
            ("every score sheet (json)", ["--format", "json"]),
            ("every score sheet (xlsx)", book),
        ):
            start, used = time.perf_counter(), _processor()
            subprocess.run([*plain, *more], stdout=subprocess.DEVNULL, check=True)
            rows.append(f"| {what} | {time.perf_counter() - start:.1f} | {_processor() - used:.1f} |")
        page.write("scale", "land", _LAND_HEAD + "\n".join(rows))


def _processor() -> float:
    """Seconds of the processor that processes begun here have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _enterprises() -> str:
    """10,000 enterprises, two thirds above scale, one in seven without emission data (simulated)."""
    chance = np.random.default_rng(_SEED)
    land = chance.lognormal(3, 0.8, _FIRMS)
    added = land * chance.lognormal(4.5, 0.7, _FIRMS)
    columns = {
        "land_mu": land,
        "tax": added * chance.uniform(0.1, 0.25, _FIRMS),
        "value_added": added,
        "revenue": added * 4.2,
        "output": added * 4.4,
        "energy_tce": added / 2.6 * chance.lognormal(0, 0.4, _FIRMS),
        "emissions_t": added / 4900 * chance.lognormal(0, 0.5, _FIRMS),
        "staff": np.ceil(added / 18),
        "rd": added * 0.12,
        "power_wan_kwh": added * 0.6,
    }
    lines = ["code,name,scale," + ",".join(columns)]
    for firm in range(_FIRMS):
        cells = ["" if name == "emissions_t" and firm % 7 == 0 else f"{column[firm]:.3f}" for name, column in columns.items()]
        lines.append(f"E{firm:05},企业{firm},{'above' if firm % 3 else 'below'}," + ",".join(cells))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    elif os.environ.get("DUHENG_TRUTH"):
        main(Path(os.environ["DUHENG_TRUTH"]) / "data" / "composite")
    else:
        print("No published data: give their folder, or set DUHENG_TRUTH.")
