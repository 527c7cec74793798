"""A document as duheng reads it: one text, cut into blocks whose places survive to the page."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter

_OFFSET = attrgetter("offset")


class BlockKind(StrEnum):
    """What part of a document a block is."""

    PARAGRAPH = "paragraph"
    CELL = "cell"  # one cell of a table with more than one cell
    BOX = "box"  # a paragraph inside a one-cell table or a text box (专栏)
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of text with its place: `document.text[offset:end]` is `text`, always."""

    offset: int
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    table: int | None = None  # index into `Document.tables`, for cells
    row: int | None = None  # 0-based, for cells
    column: int | None = None  # 0-based, for cells
    box: int | None = None  # 0-based number of the box it stands in
    style: str | None = None  # the heading style ("Heading 1"), where the author used one
    page: int | None = None  # of a PDF, from 1: where the block begins
    sheet: str | None = None  # the name of a workbook's sheet
    address: str | None = None  # of a sheet's cell ("C5"), the upper left one of those that are merged

    @property
    def end(self) -> int:
        """Offset just behind the block."""
        return self.offset + len(self.text)

    @property
    def is_sheet_name(self) -> bool:
        """Whether it is the name of a workbook's sheet, heading what has no title of its own."""
        return self.sheet is not None and self.address is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its caption (the line above it, if it is one) and its rows of cells.

    A cell that spans several columns or rows appears once, as the same `Block`, in each place it covers. An empty cell is a
    block without text, found here only and not in `Document.blocks`. Paragraphs of one cell are lines of one block.
    """

    index: int
    caption: Block | None
    rows: tuple[tuple[Block, ...], ...]
    sheet: str | None = None  # the name of the workbook's sheet it stands on


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A framed text (专栏): its caption (the line above it, or its own first line) and its paragraphs."""

    index: int
    caption: Block | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered part of the report, from its number to the next of its level or higher.

    `level` 0 第一部分 · 1 一、 · 2 （一） · 3 1. · 4 （1） · 5 第一， or 一是 · 6 —— ; `number` is the numeral alone ("一", "21",
    "——", "" for a heading known only by its style); `title` is the sentence that carries the number, without its full stop:
    "一、2024年计划执行情况", "1.协同共建经济圈".
    """

    level: int
    number: str
    title: str
    offset: int
    end: int
    parent: int | None  # index into `Document.sections`


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as text, blocks, tables and numbered sections.

    For .txt `text` is the decoded file (BOM dropped, newlines as they stand); for other formats the blocks joined by newlines.
    """

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    boxes: tuple[Box, ...] = ()
    sections: tuple[Section, ...] = field(default=())

    def block_at(self, offset: int) -> Block | None:
        """The block that holds character `offset`, or None between blocks."""
        found = self.blocks[bisect_right(self.blocks, offset, key=_OFFSET) - 1] if self.blocks else None
        return found if found and found.offset <= offset < found.end else None

    def path_at(self, offset: int) -> tuple[Section, ...]:
        """The sections around `offset`, outermost first."""
        around: list[Section] = []
        at: int | None = bisect_right(self.sections, offset, key=lambda section: section.offset) - 1
        while at is not None and at >= 0:
            section = self.sections[at]
            if offset < section.end:
                around.append(section)
            at = section.parent
        return tuple(reversed(around))
