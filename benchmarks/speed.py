"""How long the command takes, cold, and how much memory: writes the first part of docs/scale.md.

    make bench            or    DUHENG_TRUTH=<folder> .venv/bin/python benchmarks/speed.py

Times differ between machines, so each stands as a ratio to a reference run in turn with it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import page

from duheng import sample

_RUNS = 7
_COMMANDS = ("read --format jsonl", "audit --format json")
_REFERENCE = ["-c", "import docx"]  # python-docx, as anybody's script would load it


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The wall time and the processor's time in seconds of a cold process, and the memory it held in MB."""

    seconds: float
    busy: float  # user and system: what other work on the machine disturbs least
    memory: float


def main() -> None:
    """Time each command in turn with the reference, and write the table."""
    files = [sample.report_path()]
    folder = os.environ.get("DUHENG_TRUTH")
    if folder:
        files += sorted(Path(folder).glob("reports/*.*"))
    rows = [_row(path, command) for command in _COMMANDS for path in files]
    page.write("scale", "command", _HEAD + "\n".join(rows))


_HEAD = f"""Cold processes, median of {_RUNS}, each run in turn with a cold `import docx` (python-docx), which is 1.0.

| command | seconds | × `import docx` | × by processor time | memory, MB |
|---|--:|--:|--:|--:|
"""


def _row(path: Path, asked: str) -> str:
    name, *options = asked.split()
    command = ["-m", "duheng.cli.main", name, str(path), *options]
    ours, theirs = [], []
    for _ in range(_RUNS):
        theirs.append(_run(_REFERENCE))
        ours.append(_run(command))
    seconds = statistics.median(t.seconds for t in ours)
    ratio = seconds / statistics.median(t.seconds for t in theirs)
    busy = statistics.median(t.busy for t in ours) / statistics.median(t.busy for t in theirs)
    memory = max(t.memory for t in ours)
    return f"| `{name} {path.name}` | {seconds:.2f} | {ratio:.1f} | {busy:.1f} | {memory:.0f} |"


def _run(arguments: list[str]) -> Timing:
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: the audit found something
        raise SystemExit(f"{arguments} ended with {status}")
    return Timing(seconds=seconds, busy=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
