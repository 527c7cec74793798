"""How long a million figures take from a CSV into a workspace, with checks and vintages: writes its part of docs/scale.md.

    make bench            or    .venv/bin/python benchmarks/figures.py
    scripts/postgres.sh .venv/bin/python benchmarks/figures.py      on PostgreSQL as well

The figures are simulated from a fixed seed. Each load is a process of its own, from nothing to the end of the command.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import page

_INDICATORS, _AREAS, _MONTHS = 1000, 10, 100
_SEED = 20260120
_COMMAND = [sys.executable, "-m", "duheng.cli.main", "--lang", "en"]


def main() -> None:
    """Make the figures, load them as new, again, and with a hundredth of them revised."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "figures.csv"), Path(folder, "revised.csv")
        first.write_text(_figures(revised=False), encoding="utf-8")
        second.write_text(_figures(revised=True), encoding="utf-8")
        rows = _rows("SQLite", Path(folder, "sqlite"), first, second, {})
        if url := os.environ.get("DUHENG_TEST_DATABASE"):
            rows += _rows("PostgreSQL", Path(folder, "postgresql"), first, second, {"DUHENG_DATABASE": url})
        else:
            rows.append("| PostgreSQL | not measured: run it by `scripts/postgres.sh` | | |")
    page.write("scale", "figures", _HEAD + "\n".join(rows))


_HEAD = f"""{_INDICATORS * _AREAS * _MONTHS:,} figures of {_INDICATORS * _AREAS:,} series (simulated, seed {_SEED}), from a CSV of
one figure a row, with every check, the whole command. Processor is what the command itself computes; on PostgreSQL the server's
work comes on top.

| database | what | seconds | of them processor |
|---|---|--:|--:|
"""


def _rows(name: str, folder: Path, first: Path, second: Path, variables: dict[str, str]) -> list[str]:
    environment = os.environ | variables
    subprocess.run([*_COMMAND, "init", folder], env=environment, check=True, stdout=subprocess.DEVNULL)
    told = []
    for what, file in (("new", first), ("the same file again", first), ("one in a hundred revised", second)):
        seconds, processor = _timed([*_COMMAND, "load", file, "--workspace", folder], environment)
        told.append(f"| {name} | {what} | {seconds:.1f} | {processor:.1f} |")
    return told


def _timed(command: list[object], environment: dict[str, str]) -> tuple[float, float]:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(list(map(str, command)), env=environment, check=True)
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _figures(*, revised: bool) -> str:
    chance = random.Random(_SEED)  # noqa: S311 — simulated figures
    lines = ["indicator,area,period,measure,value,unit"]
    for indicator in range(_INDICATORS):
        for area in range(_AREAS):
            level = chance.uniform(50, 500)
            for month in range(_MONTHS):
                value = level * (1 + month / 300 + chance.gauss(0, 0.02))
                if chance.random() < 0.01 and revised:
                    value *= 1.01
                year, part = divmod(2017 * 12 + month, 12)
                lines.append(f"k{indicator},town{area},{year}-{part + 1:02d},level,{value:.2f},亿元")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
