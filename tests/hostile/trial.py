"""Puts files before a worker of bounded memory, and ends it where a file takes too long: a crash or a hang is an outcome too."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent.parent
MEGABYTES = 1024
SECONDS = 10
_WAITED = 8  # times as long on the wall: other work may have the processor


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one file."""

    name: str
    outcome: str  # read, the name of a ReadError, or FAULT, HANG, CRASH
    says: str
    seconds: float = 0.0
    megabytes: int = 0

    @property
    def bad(self) -> bool:
        """Whether no file may do that."""
        return self.outcome in ("FAULT", "HANG", "CRASH")


class Trial:
    """A worker kept for many files, made anew after one that ended it."""

    def __init__(self, folder: Path, *, seconds: float = SECONDS) -> None:
        self._folder, self._seconds = folder, seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Trial:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def all_of(self, files: Iterable[tuple[str, bytes]]) -> Iterator[Outcome]:
        """The outcome of each named file, in order."""
        return (self.of(name, data) for name, data in files)

    def of(self, name: str, data: bytes) -> Outcome:
        """What comes of one file."""
        path = self._folder / "tried"
        path.write_bytes(data)
        process = self._process = self._process or self._start()
        assert process.stdin
        process.stdin.write(json.dumps([str(path), name]).encode() + b"\n")
        process.stdin.flush()
        line = self._line(process, self._seconds * _WAITED)
        if line:
            told = json.loads(line)
            outcome = Outcome(name=name, **told)
            return outcome if outcome.seconds <= self._seconds else Outcome(name=name, **told | {"outcome": "HANG"})
        hung = process.poll() is None
        self._end()
        return Outcome(name=name, outcome="HANG" if hung else "CRASH", says=f"code {process.returncode}", seconds=self._seconds)

    def _line(self, process: subprocess.Popen[bytes], seconds: float) -> bytes:
        assert process.stdout
        ready, _, _ = select.select([process.stdout], [], [], seconds)
        return process.stdout.readline() if ready else b""

    def _start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.worker", str(MEGABYTES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
        )

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None
