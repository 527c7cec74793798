"""Reads a text file: paragraphs as lines, and the tables, boxes and footnotes that a converter flattened into lines.

The usual converter lays each cell of a table on a line of its own behind a tab, further lines of the cell without a tab, an empty
line behind each row; leaves `[footnoteRef:0]` where a footnote was called and the note as ` [0:  …]` behind its paragraph.
Another lays each row on one line with tabs between the cells. Both are recovered; offsets always count the decoded text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from duheng import pattern as re
from duheng.errors import EmptyDocument
from duheng.read.bounds import bounded
from duheng.read.document import Block, BlockKind, Box, Document, Table
from duheng.read.encoding import decode
from duheng.read.frame import caption_above, caption_inside, is_box, names_frame
from duheng.read.view import blank

_CALL = re.compile(r"\[(?:foot|end)noteRef:(\d+)\]")
_NOTE = re.compile(r"\[(\d+):[ \t]+((?:[^\[\]]|\[[^\[\]]*\]){0,4000}?)\](?=\s*(?:\[\d+:|[\r\n]|$))")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_PROSE = re.compile(r".{60}|.*[。；！？]$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line by the offsets of its first and last character that is not space; `behind_tab` where a cell begins."""

    start: int
    end: int
    behind_tab: bool

    @property
    def empty(self) -> bool:
        return self.start == self.end


def read_text(data: bytes, *, name: str) -> Document:
    """The document that a text file holds."""
    text = decode(data, name=name)
    bounded(text, name=name)
    reading = _Reading(text)
    reading.run()
    if not reading.blocks:
        raise EmptyDocument(name=name)
    blocks = tuple(sorted(reading.blocks, key=lambda block: block.offset))
    return Document(name=name, format="txt", text=text, blocks=blocks, tables=tuple(reading.tables), boxes=tuple(reading.boxes))


class _Reading:
    """One pass over the lines of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.boxes: list[Box] = []
        self._notes = list(_notes(text))
        self._masked = _masked(text, self._notes)
        self._lines = list(_lines(self._masked))
        self._cells_behind_tabs = not _indented_by_tabs(self._lines, self._masked)

    def run(self) -> None:
        at = 0
        while at < len(self._lines):
            at = self._step(at)
        self._add_notes()

    def _step(self, at: int) -> int:
        """Reads what begins at line `at`; the number of the line behind it."""
        line = self._lines[at]
        if line.behind_tab and self._cells_behind_tabs:
            rows, behind = _rows(self._lines, at)
            self._frame(rows)
            return behind
        columns = self._columns(line)
        if len(columns) > 1:
            rows = self._rows_of_columns(at, len(columns))
            if len(rows) > 1:
                self._frame(rows)
                return at + len(rows)
        if not line.empty:
            self._add(line.start, line.end, BlockKind.PARAGRAPH)
        return at + 1

    def _columns(self, line: _Line) -> list[_Line]:
        """The cells of a row that stands on one line with tabs between."""
        if "\t" not in self._masked[line.start : line.end]:
            return []
        cells, start = [], line.start
        for piece in self._masked[line.start : line.end].split("\t"):
            cells.append(_trimmed(self._masked, start, start + len(piece), behind_tab=False))
            start += len(piece) + 1
        return cells

    def _rows_of_columns(self, at: int, count: int) -> list[list[list[_Line]]]:
        rows: list[list[list[_Line]]] = []
        while at < len(self._lines) and len(cells := self._columns(self._lines[at])) == count:
            rows.append([[cell] for cell in cells])
            at += 1
        return rows

    def _frame(self, rows: Sequence[Sequence[Sequence[_Line]]]) -> None:
        spans = [[_span(cell) for cell in row] for row in rows]
        if all(start == end for row in spans for start, end in row):
            return
        if not is_box([[self._masked[start:end] for start, end in row] for row in spans]):
            self._add_table(spans)
            return
        lines = [line for row in rows for cell in row for line in cell if not line.empty]
        if len(lines) == 1 and not caption_above(self.blocks) and not _PROSE.match(self._masked, lines[0].start, lines[0].end):
            self._add(lines[0].start, lines[0].end, BlockKind.PARAGRAPH)  # a signature set off by a tab, not a frame
        else:
            self._add_box(lines)

    def _add_box(self, lines: Sequence[_Line]) -> None:
        caption, index = caption_above(self.blocks), len(self.boxes)
        blocks = tuple(self._add(line.start, line.end, BlockKind.BOX, box=index) for line in lines)
        self.boxes.append(Box(index=index, caption=caption or caption_inside(blocks[0]), blocks=blocks))

    def _add_table(self, spans: Sequence[Sequence[tuple[int, int]]]) -> None:
        caption, index = caption_above(self.blocks), len(self.tables)
        rows = tuple(
            tuple(self._add(*span, BlockKind.CELL, table=index, row=row, column=column) for column, span in enumerate(cells))
            for row, cells in enumerate(spans)
        )
        self.tables.append(Table(index=index, caption=caption, rows=rows))

    def _add(self, start: int, end: int, kind: BlockKind, **place: int) -> Block:
        block = Block(offset=start, text=self.text[start:end], kind=kind, **place)  # type: ignore[arg-type]
        if start < end:
            self.blocks.append(block)
        return block

    def _add_notes(self) -> None:
        covered = [(block.offset, block.end) for block in self.blocks if block.kind is BlockKind.CELL]
        for start, end in (note.span(2) for note in self._notes):
            # A note between two lines of one cell stays part of the cell: blocks never overlap.
            if not any(first <= start < last for first, last in covered):
                line = _trimmed(self.text, start, end, behind_tab=False)
                self._add(line.start, line.end, BlockKind.FOOTNOTE)


def _notes(text: str) -> Iterator[re.Match[str]]:
    """The footnotes written out in brackets, where the text calls a note of that number."""
    called = set(_CALL.findall(text))
    return (note for note in _NOTE.finditer(text) if note[1] in called)


def _masked(text: str, notes: Sequence[re.Match[str]]) -> str:
    """The text with notes and marks blanked out, as long as it was: where blocks begin and end is seen on it."""
    pieces, done = [], 0
    for note in notes:
        pieces += [text[done : note.start()], " " * len(note.group())]
        done = note.end()
    return blank("".join([*pieces, text[done:]]))


def _lines(masked: str) -> Iterator[_Line]:
    for found in _LINE.finditer(masked):
        if found.group():
            yield _trimmed(masked, found.start(), found.end(), behind_tab=found.group().startswith("\t"))


def _trimmed(text: str, start: int, end: int, *, behind_tab: bool) -> _Line:
    piece = text[start:end]
    content = piece.strip()
    if content:
        start += len(piece) - len(piece.lstrip())
    return _Line(start, start + len(content), behind_tab)


def _rows(lines: Sequence[_Line], at: int) -> tuple[list[list[list[_Line]]], int]:
    """The rows of cells that begin at line `at`, and the number of the line behind them."""
    rows: list[list[list[_Line]]] = [[]]
    while at < len(lines):
        line = lines[at]
        if line.behind_tab:
            rows[-1].append([line])
        elif not line.empty:
            rows[-1][-1].append(line)
        elif at + 1 < len(lines) and lines[at + 1].behind_tab:
            rows.append([])
        else:
            break
        at += 1
    return rows, at


def _span(cell: Sequence[_Line]) -> tuple[int, int]:
    filled = [line for line in cell if not line.empty]
    return (filled[0].start, filled[-1].end) if filled else (cell[0].start, cell[0].start)


def _indented_by_tabs(lines: Sequence[_Line], masked: str) -> bool:
    """Whether tabs open ordinary paragraphs here: most of the prose stands behind one, and no caption stands above one."""
    for above, below in pairwise(lines):
        if below.behind_tab and not above.behind_tab and names_frame(masked[above.start : above.end]):
            return False
    prose = [line for line in lines if _PROSE.match(masked, line.start, line.end)]
    return bool(prose) and 2 * sum(line.behind_tab for line in prose) > len(prose)
