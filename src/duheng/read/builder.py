"""A document in the making: blocks joined by newlines as a reader meets them, tables with merged cells, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from duheng.errors import EmptyDocument
from duheng.read.document import Block, BlockKind, Box, Document, Table
from duheng.read.frame import caption_above, caption_inside, is_box, names_frame


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Laid:
    """A cell before it is a block; a merged cell is the same object in every place it covers."""

    text: str
    place: dict[str, Any] = field(default_factory=dict)  # what the format tells of where it stands: page, sheet, address


class Builder:
    """Takes in blocks in reading order and gives the document they make."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table | None] = []  # None while a table is being read, so that one inside it has a higher number
        self.boxes: list[Box | None] = []
        self._length = -1  # of the text so far; a newline stands before every block but the first

    def add(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, **place: Any) -> Block:
        """The block of `text`, which is in the document unless it is empty."""
        block = Block(offset=self._length + 1, text=text, kind=kind, **place)
        if text:
            self.blocks.append(block)
            self._length = block.end
        return block

    def lines(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, **place: Any) -> None:
        """A block for each line of `text` that holds something."""
        for line in filled([text]):
            self.add(line, kind, **place)

    def frame(self, rows: Sequence[Sequence[Laid]], *, caption: Block | None = None, sheet: str | None = None) -> None:
        """A table of these cells, or the box that they are (专栏)."""
        distinct = [list(dict.fromkeys(row)) for row in rows]
        if not any(cell.text for row in distinct for cell in row):
            return
        caption = caption or caption_above(self.blocks)
        if not is_box([[cell.text for cell in row] for row in distinct]):
            self.table(rows, caption, sheet)
        else:
            self.box([cell for row in distinct for cell in row], caption)

    def document(self, *, name: str, format: str) -> Document:  # noqa: A002 — the word of the field
        """What was taken in. Raises EmptyDocument if that is nothing."""
        if not self.blocks:
            raise EmptyDocument(name=name)
        return Document(
            name=name,
            format=format,
            text="\n".join(block.text for block in self.blocks),
            blocks=tuple(self.blocks),
            tables=tuple(table for table in self.tables if table),
            boxes=tuple(box for box in self.boxes if box),
        )

    def table(self, rows: Sequence[Sequence[Laid]], caption: Block | None, sheet: str | None = None) -> None:
        """A table of these cells."""
        index = len(self.tables)
        known: dict[Laid, Block] = {}
        for row, line in enumerate(rows):
            for column, cell in enumerate(line):
                if cell not in known:
                    known[cell] = self.add(cell.text, BlockKind.CELL, table=index, row=row, column=column, **cell.place)
        laid = tuple(tuple(known[cell] for cell in line) for line in rows)
        self.tables.append(Table(index=index, caption=caption or title_inside(laid), rows=laid, sheet=sheet))

    def box(self, cells: Sequence[Laid], caption: Block | None) -> None:
        """A box with these paragraphs, each with its own place."""
        index, first = len(self.boxes), len(self.blocks)
        for cell in cells:
            self.lines(cell.text, BlockKind.BOX, box=index, **cell.place)
        inside = tuple(self.blocks[first:])
        self.boxes.append(Box(index=index, caption=caption or caption_inside(inside[0]), blocks=inside))


def title_inside(rows: Sequence[Sequence[Block]]) -> Block | None:
    """The first row of a table, where it is one cell that names the table."""
    title = rows[0][0] if rows and rows[0] else None
    return title if title and all(block is title for block in rows[0]) and names_frame(title.text) else None


def filled(lines: Sequence[str]) -> list[str]:
    """The lines that hold something, each without the spaces around it."""
    return [line for text in lines for line in map(str.strip, text.split("\n")) if line]
