"""How commands of appraisal give what they found: tables as CSV, plain data as JSON, to the screen or a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from duheng.cli import output as output_


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def plain(value: object) -> str:
    """Plain data as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def give(text: str, output: Path | None) -> None:
    """To the file, or to the screen where there is none."""
    if output:
        output_.save(output, text.encode())
    else:
        typer.echo(text, nl=False)
