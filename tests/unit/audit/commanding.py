"""Runs `duheng audit` in this process."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from duheng.cli.main import app


@dataclass(frozen=True)
class Ran:
    """What a run came to."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object, language: str = "zh") -> Ran:
    """`duheng --lang … audit …` and what it printed; anything but a clear message is a failure."""
    monkeypatch.setattr(sys, "argv", ["duheng", "--lang", language, "audit", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        app()
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return Ran(code=int(ended.value.code or 0), out=told.out, err=told.err)
