"""Where a finding stands, as a person finds it: the part of the report, the paragraph or the row, and the words around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from duheng import pattern as re
from duheng.read import Block, BlockKind, Document

_ENDS = re.compile(r"(?<=[。！？；])|\n")
_MARKS = re.compile(r"\[(?:foot|end)noteRef:\d+\]|\[bookmark: [^\[\]\n]*\]")  # a converter's, of no use to a reader
_LONG = 120  # characters of an excerpt; beyond it, what is far from the marked words is left out
_AROUND = 30  # characters kept on each side of marked words


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in a document: its sections, outermost first, and the paragraph, or the table and row, counted from 1."""

    section: tuple[str, ...]
    block: int  # among all blocks
    paragraph: int | None = None  # among paragraphs, boxes and footnotes
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None  # of a printed report
    sheet: str | None = None  # of a workbook
    address: str | None = None  # of the sheet's cell: "C5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of an excerpt: pointed to by the finding, or standing around what is."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A sentence or a row of a table with the words pointed to marked; `offset` is where the first of them stands."""

    offset: int
    pieces: tuple[Piece, ...]


def where(document: Document, offset: int) -> Where:
    """The place of a character."""
    section = tuple(each.title for each in document.path_at(offset))
    number = _index(document, offset)
    if number is None:
        return Where(section=section, block=0)
    block = document.blocks[number]
    printed = Where(section=section, block=number + 1, page=block.page, sheet=block.sheet, address=block.address)
    if block.kind is BlockKind.CELL and block.table is not None:
        cell = (block.row or 0) + 1, (block.column or 0) + 1
        return replace(printed, table=block.table + 1, row=cell[0], column=cell[1])
    paragraph = sum(each.kind is not BlockKind.CELL for each in document.blocks[: number + 1])
    return replace(printed, paragraph=paragraph)


def excerpts(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[Excerpt]:
    """The sentence, or the row of a table, around each of the spans; spans that share one are marked in it together."""
    stretches: dict[tuple[tuple[int, int], ...], list[tuple[int, int]]] = {}
    for start, end in spans:
        stretches.setdefault(_stretch(document, start, end), []).append((start, end))
    for bounds, marked in stretches.items():
        pieces: list[Piece] = []
        for start, end in bounds:
            if pieces:
                pieces.append(Piece(text=" │ ", marked=False))
            pieces += _pieces(document.text, start, end, sorted(marked))
        yield Excerpt(offset=marked[0][0], pieces=_shortened(pieces))


def sentence_around(document: Document, offset: int, end: int) -> str:
    """The whole sentence, or row of a table, around a stretch."""
    cells = _stretch(document, offset, end)
    return " │ ".join(" ".join(document.text[start:stop].split()) for start, stop in cells)


def _index(document: Document, offset: int) -> int | None:
    block = document.block_at(offset)
    return None if block is None else next(i for i, each in enumerate(document.blocks) if each is block)


def _stretch(document: Document, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The bounds of what is shown around a span: its sentence, or each cell of its row."""
    block = document.block_at(start)
    if block is None:
        return ((start, end),)
    if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
        row = document.tables[block.table].rows[block.row]
        cells = {(cell.offset, cell.end): None for cell in row if cell.text}
        return tuple(cells)
    return (_sentence(block, start, end),)


def _sentence(block: Block, start: int, end: int) -> tuple[int, int]:
    cuts = [block.offset, *(block.offset + found.end() for found in _ENDS.finditer(block.text)), block.end]
    first = max((cut for cut in cuts if cut <= start), default=block.offset)
    last = min((cut for cut in cuts if cut >= end), default=block.end)
    return first, max(last, end)


def _pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    flags = [any(a <= place < b for a, b in spans) for place in range(start, end)]
    found, at = [], start
    for marked, run in groupby(flags):
        length = sum(1 for _ in run)
        shown = text[at : at + length].replace("\n", " ")
        found.append(Piece(text=shown if marked else _MARKS.sub("", shown), marked=marked))
        at += length
    return found


def _shortened(pieces: list[Piece]) -> tuple[Piece, ...]:
    if sum(len(piece.text) for piece in pieces) <= _LONG:
        return tuple(pieces)
    last = len(pieces) - 1
    return tuple(
        piece if piece.marked else Piece(text=_cut(piece.text, first=i == 0, last=i == last), marked=False)
        for i, piece in enumerate(pieces)
    )


def _cut(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * _AROUND:
        return text
    if first:
        return f"…{text[-_AROUND:]}"
    return f"{text[:_AROUND]}…" if last else f"{text[:_AROUND]}…{text[-_AROUND:]}"
