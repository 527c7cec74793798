"""Digits that an input method left at full width, at half width: one for one, so that every place stands."""

from __future__ import annotations

from dataclasses import replace

from duheng import pattern as re
from duheng.read.document import Block, Document

_WIDE = re.compile(r"[０-９％]|(?<=[0-9０-９])．(?=[0-9０-９])")
_HALF = dict(zip("０１２３４５６７８９％．", "0123456789%.", strict=True))


def fold(text: str) -> str:
    """`text` with its digits, per cent signs and the points between digits at half width; as long as before.

    >>> fold("２０２５年增长５．８％，达１２户")
    '2025年增长5.8%，达12户'
    """
    return _WIDE.sub(lambda found: _HALF[found.group()], text)


def folded(document: Document) -> Document:
    """The document with its digits at half width: the same blocks, tables and sections at the same places."""
    if not _WIDE.search(document.text):
        return document
    known = {id(block): replace(block, text=fold(block.text)) for block in document.blocks}

    def of(block: Block) -> Block:
        return known.setdefault(id(block), block)

    return replace(
        document,
        text=fold(document.text),
        blocks=tuple(of(block) for block in document.blocks),
        tables=tuple(
            replace(
                table,
                caption=of(table.caption) if table.caption else None,
                rows=tuple(tuple(of(cell) for cell in row) for row in table.rows),
            )
            for table in document.tables
        ),
        boxes=tuple(
            replace(box, caption=of(box.caption) if box.caption else None, blocks=tuple(of(block) for block in box.blocks))
            for box in document.boxes
        ),
        sections=tuple(replace(section, title=fold(section.title), number=fold(section.number)) for section in document.sections),
    )
