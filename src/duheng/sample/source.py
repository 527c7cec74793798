"""The sample report's own manuscript: plain text with a few layout marks, read into pieces of a page.

A line is a paragraph. A line that begins with "#" and a word is something else:

    #! …                    a remark to whoever edits the manuscript; not printed
    #title #center          the title, and centred lines under it
    #h1 #h2                 headings whose number is typed
    #h2auto #item           headings and work items whose number the word processor counts: （一）… and 1. …
    #textbox                a floating text box beside the paragraph above
    #caption                the line above a table
    #table … #end           one row a line, cells parted by "|"; "#note" is a row merged across all columns
    #box … #end             a one-cell table (专栏); "#boxtitle" is its first, bold line
    #footnote               a footnote; the n-th is the one "[^n]" in the text points to

Inside a line "[-…-]" is a tracked deletion and "[+…+]" a tracked insertion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph: its role on the page ("body" where nothing else is said) and its text with inline marks."""

    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A one-cell table holding paragraphs, as offices set their lists of projects (专栏)."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of rows, and a note in a last row merged across the columns."""

    rows: tuple[tuple[str, ...], ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A report before it is set: its pieces in order, and its footnotes."""

    pieces: tuple[Line | Box | Grid, ...]
    footnotes: tuple[str, ...] = field(default=())


def parse(text: str) -> Manuscript:
    """The pieces of a manuscript."""
    lines = iter(_lines(text))
    pieces: list[Line | Box | Grid] = []
    footnotes: list[str] = []
    for line in lines:
        if line.role == "footnote":
            footnotes.append(line.text)
        elif line.role == "box":
            pieces.append(Box(lines=tuple(_until_end(lines))))
        elif line.role == "table":
            pieces.append(_grid(list(_until_end(lines))))
        else:
            pieces.append(line)
    return Manuscript(pieces=tuple(pieces), footnotes=tuple(footnotes))


def _lines(text: str) -> Iterator[Line]:
    for raw in text.splitlines():
        if not raw or raw.startswith("#!"):
            continue
        marked = re.fullmatch(r"#(\w+) ?(.*)", raw)
        yield Line(role=marked[1], text=marked[2]) if marked else Line(role="body", text=raw)


def _until_end(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        if line.role == "end":
            return
        yield line


def _grid(lines: list[Line]) -> Grid:
    rows = tuple(tuple(line.text.split("|")) for line in lines if line.role == "body")
    note = next((line.text for line in lines if line.role == "note"), None)
    return Grid(rows=rows, note=note)
