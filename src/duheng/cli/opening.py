"""Opens a report for the command: a long one shows on the terminal how far it is."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from duheng import read
from duheng.cli.language import say

_LONG = 20  # pages; shorter files are read before anybody looks


def open_shown(path: Path, *, name: str | None = None) -> read.Document:
    """The document in a file. Where standard error is a terminal, pages are counted on it while they are read."""
    if not sys.stderr.isatty():
        return read.open_document(path, name=name)
    told = False

    def tell(done: int, total: int) -> None:
        nonlocal told
        if total >= _LONG:
            told = True
            typer.echo(
                say(f"\r读取 {path.name}：{done}/{total} 页", f"\rreading {path.name}: page {done} of {total}"),
                err=True,
                nl=False,
            )

    try:
        return read.open_document(path, name=name, progress=tell)
    finally:
        if told:
            typer.echo("\r\x1b[K", err=True, nl=False)
