"""Keep beside the modules what they would otherwise work out each time they start: compiled patterns, and the catalog.

    .venv/bin/python scripts/prepare.py        part of `make setup`

Everything kept is found by what it was made from, so it is never out of date; see `duheng.pattern` and `duheng.catalog.kept`.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import marshal
import pkgutil
import sys
import tempfile
from array import array
from pathlib import Path
from typing import Any

import duheng
from duheng import pattern

ROOMS = ("catalog", "measure", "read", "plan", "watch", "allocate", "audit", "report", "cli")


def main() -> None:
    """Make both files anew."""
    asked = asked_for()
    pattern.KEPT.write_bytes(marshal.dumps((pattern.PYTHON, {key: taken_apart(*key) for key in sorted(asked)})))
    importlib.import_module("duheng.catalog").keep()


def asked_for() -> set[tuple[str, int]]:
    """The patterns, with their flags, that the library and the command use: of every module, and while the sample is audited."""
    asked, real = set(), pattern.compile

    def listening(text: str, flags: int = 0) -> pattern.Pattern[str]:
        asked.add((text, int(flags)))
        return real(text, flags)

    pattern.compile = listening  # type: ignore[assignment]
    try:
        for room in ROOMS:
            for module in pkgutil.walk_packages([str(Path(duheng.__file__).parent / room)], f"duheng.{room}."):
                importlib.import_module(module.name)
        _use()
    finally:
        pattern.compile = real
    return asked


def _use() -> None:
    """Read and audit the sample, as text and as Word's, so that patterns made in functions are asked for too."""
    from duheng import read, sample
    from duheng.cli.main import app

    report = sample.report_path()
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "report.txt"
        text.write_text(read.open_document(report).text, encoding="utf-8")
        runs = [["read", report], ["read", text], ["audit", report], ["audit", text], ["audit", report, "--since", text]]
        for command in runs:
            sys.argv = ["duheng", *map(str, command)]
            with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
                app()


def taken_apart(text: str, flags: int) -> pattern.Made:
    """What `re` hands to its engine for a pattern, beside the pattern itself."""
    compiler: Any = importlib.import_module("re._compiler")
    engine, given = compiler._sre, []

    class Listening:
        """Stands where the engine stands while one pattern is compiled."""

        def __getattr__(self, name: str) -> Any:
            return getattr(engine, name)

        def compile(self, *made: Any) -> Any:
            given.append(made)
            return engine.compile(*made)

    compiler._sre = Listening()
    try:
        compiler.compile(text, flags)
    finally:
        compiler._sre = engine
    _, state, code, groups, index, names = given[0]
    return int(state), array(pattern.WORD, code).tobytes(), groups, dict(index), tuple(names)


if __name__ == "__main__":
    main()
