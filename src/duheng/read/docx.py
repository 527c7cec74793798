"""Reads a Word file in reading order: paragraphs with the numbers Word draws, tables with merged cells, boxes, text boxes, notes.

`Document.text` is the blocks joined by newlines. A line break typed inside a paragraph begins a new block, as on the page
(authors use it between paragraphs), but stays a line break inside a table's cell. Headers, footers and comments are not part of
the report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from lxml import etree

from duheng.errors import BrokenDocument
from duheng.read.bounds import bounded_columns
from duheng.read.builder import Builder, filled, title_inside
from duheng.read.document import Block, BlockKind, Box, Document, Table
from duheng.read.frame import caption_above, caption_inside, is_box
from duheng.read.grid import Cell, grid, within
from duheng.read.numbering import Numbering, joined
from duheng.read.package import Package, W
from duheng.read.run import Reader, Words
from duheng.read.style import Styles, small

_PARAGRAPH, _TABLE = W + "p", W + "tbl"


def read_docx(data: bytes, *, name: str) -> Document:
    """The document that a Word file (.docx, or .docm without its macros) holds."""
    return document_of(Package(data, name=name), name=name)


def document_of(package: Package, *, name: str, reader: Callable[[Styles], Reader] = Reader) -> Document:
    """The document in an opened Word file; `reader` may watch each paragraph as it is read (see `duheng.read.trace`)."""
    reading = _Reading(package, reader, name)
    try:
        reading.flow([reading.body], box=None)
    except RecursionError as wrong:
        raise BrokenDocument(name=name, reason="its parts are nested too deeply.", reason_zh="内容嵌套过深。") from wrong
    return reading.document(name=name, format="docx")


class _Reading(Builder):
    """One pass over the body of a Word file."""

    def __init__(self, package: Package, reader: Callable[[Styles], Reader], name: str) -> None:
        super().__init__()
        self._name = name
        body = package.document.find(W + "body")
        self.body: etree._Element = package.document if body is None else body
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._reader = reader(self._styles)
        self._notes: dict[str, dict[str, etree._Element]] = {}

    def flow(self, containers: Sequence[etree._Element], *, box: int | None) -> None:
        """Reads paragraphs and tables in order, as prose (`box` None) or as what stands in a box."""
        words = Words()
        for node in chain.from_iterable(within(container, _PARAGRAPH, _TABLE) for container in containers):
            if node.tag == _TABLE:
                words = self._paragraph(words, None, box)
                self._table(node, box)
                continue
            if len(node) == 0:
                continue
            label = self._label(node)
            self._reader.read(node, words)
            if not _runs_on(node):
                if label[0] and words.text.strip():
                    words.pieces = [joined(*label, words.text.lstrip())]
                words = self._paragraph(words, self._style(node), box)
        self._paragraph(words, None, box)

    def _paragraph(self, words: Words, style: str | None, box: int | None) -> Words:
        kind = BlockKind.PARAGRAPH if box is None else BlockKind.BOX
        for line in words.lines():
            self.add(line, kind, box=box, style=style)
        self._behind(words)
        return Words()

    def _behind(self, words: Words) -> None:
        """What hangs on a paragraph and is read after it: its notes and its text boxes."""
        for kind, identity in words.notes:
            self._note(kind, identity)
        for frame in words.boxes:
            self._box([frame])

    def _box(self, containers: Sequence[etree._Element], caption: Block | None = None) -> None:
        if not any(map(_has_words, containers)):
            return
        index, first = len(self.boxes), len(self.blocks)
        self.boxes.append(None)  # a box inside this one has a higher number
        self.flow(containers, box=index)
        inside = tuple(block for block in self.blocks[first:] if block.box == index)
        own = caption_inside(inside[0]) if inside else None
        self.boxes[index] = Box(index=index, caption=caption or own, blocks=inside)

    def _table(self, node: etree._Element, box: int | None) -> None:
        cells = grid(node)
        bounded_columns(max(map(len, cells), default=0), name=self._name)
        distinct = [list({id(cell): cell for cell in row if cell is not None}.values()) for row in cells]
        if not any(_has_words(cell) for row in distinct for cell in row):
            return
        caption = caption_above(self.blocks)
        if not is_box([[_plain(cell) for cell in row] for row in distinct]):
            self._cells(cells, caption, box)
        else:
            self._box([cell for row in distinct for cell in row], caption)

    def _cells(self, cells: Sequence[Sequence[Cell]], caption: Block | None, box: int | None) -> None:
        index = len(self.tables)
        self.tables.append(None)
        known: dict[int, Block] = {}
        rows: list[tuple[Block, ...]] = []
        for row, line in enumerate(cells):
            blocks = []
            for column, cell in enumerate(line):
                if cell is None or id(cell) not in known:
                    block = self._cell(cell, table=index, row=row, column=column, box=box)
                    known[id(cell)] = block
                blocks.append(block if cell is None else known[id(cell)])
            rows.append(tuple(blocks))
        self.tables[index] = Table(index=index, caption=caption or title_inside(rows), rows=tuple(rows))

    def _cell(self, cell: Cell, **place: int | None) -> Block:
        if cell is None:
            return self.add("", BlockKind.CELL, **place)
        lines: list[str] = []
        met: list[Words] = []
        nested: list[etree._Element] = []
        for node in within(cell, _PARAGRAPH, _TABLE):
            if node.tag == _TABLE:
                nested.append(node)
                continue
            label = self._label(node)
            words = self._reader.read(node, Words())
            lines.append(joined(*label, words.text.strip()))
            met.append(words)
        block = self.add("\n".join(filled(lines)), BlockKind.CELL, **place)
        for words in met:
            self._behind(words)
        for table in nested:
            self._table(table, place.get("box"))
        return block

    def _note(self, kind: str, identity: str) -> None:
        if kind not in self._notes:
            part = self._package.part(kind)
            self._notes[kind] = {} if part is None else {note.get(W + "id", ""): note for note in part}
        note = self._notes[kind].pop(identity, None)
        if note is None or note.get(W + "type", "normal") != "normal":
            return
        lines = [self._reader.read(node, Words()).text.strip() for node in note.iter(_PARAGRAPH)]
        self.add("\n".join(filled(lines)), BlockKind.FOOTNOTE)

    def _label(self, node: etree._Element) -> tuple[str, str]:
        """The number that Word draws before a paragraph, and what stands behind it."""
        style = _property(node, "pStyle")
        number, level = _property(node, "numPr", "numId"), _property(node, "numPr", "ilvl")
        if number is None:
            styled = self._styles.numbering(style)
            if styled is None:
                return "", "nothing"
            number, owner, told = styled
            place = small(level) if level else self._numbering.level_of(number, owner) if told is None else told
        else:
            place = small(level)
        return self._numbering.label(number, place)

    def _style(self, node: etree._Element) -> str | None:
        outline = _property(node, "outlineLvl")
        told = self._styles.told(_property(node, "pStyle"))
        return f"Heading {small(outline) + 1}" if told is None and outline and small(outline) < 9 else told


def _property(node: etree._Element, *path: str) -> str | None:
    found = node.find("/".join([W + "pPr", *(W + step for step in path)]))
    return None if found is None else found.get(W + "val")


def _runs_on(node: etree._Element) -> bool:
    """Whether a tracked change took out the paragraph's end, so that the next goes on in the same line."""
    mark = node.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _plain(cell: etree._Element) -> str:
    return "".join(text.text or "" for text in cell.iter(W + "t"))


def _has_words(cell: etree._Element) -> bool:
    return any(text.text and text.text.strip() for text in cell.iter(W + "t"))
