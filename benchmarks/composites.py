"""How far composite scores are from what was published, and how long they take: writes parts of docs/accuracy.md and docs/scale.md.

    .venv/bin/python benchmarks/composites.py [FOLDER]        the folder of the published data; that of DUHENG_TRUTH unless given

It prints a line for each published result, with the largest difference found over all its values.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import page
import published

from duheng import appraise

_SEED = 20260120
_DRAWS = 10_000
_HEAD = """Every stage of the ASEM Sustainable Connectivity index (51 countries, 49 indicators) and the Human Development Index
of three years, worked out from the raw data by a specification of a dozen lines, against what was published. The HDI is published with
three decimals, so that 0.0005 is the rounding.

| published result | largest difference | over |
|---|--:|---|
"""
_SPEED_HEAD = f"""ASEM, 51 units and 49 indicators: ranks under other weights, methods and left-out indicators, with first-order and total
indices of six factors (seed {_SEED}).

| draws | model runs | seconds |
|--:|--:|--:|
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
        start = time.perf_counter()
        found = appraise.uncertainty(made, draws=draws, seed=_SEED)
        seconds = time.perf_counter() - start
        rows.append(f"| {draws:,} | {draws * (2 + len(found.first_order)):,} | {seconds:.1f} |")
    page.write("scale", "composites", _SPEED_HEAD + "\n".join(rows))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    elif os.environ.get("DUHENG_TRUTH"):
        main(Path(os.environ["DUHENG_TRUTH"]) / "data" / "composite")
    else:
        print("No published data: give their folder, or set DUHENG_TRUTH.")
