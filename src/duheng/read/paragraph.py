"""Paragraphs of a length that a person wrote; one that goes on for pages is cut behind a sentence.

A converter may print a whole report on one line, and a hostile file may hold a million characters without a stop. Whatever reads
a paragraph may go through it more than once, so its length is bounded here, once for every kind of file. No character is lost:
the pieces are blocks that stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from duheng import pattern as re
from duheng.read.document import Block, BlockKind, Box, Document

LONGEST = 4000  # characters; in published reports the longest paragraph has some 1,500
_CUTS = ((2000, re.compile(r"[。！？][”’）)」』]?|\n")), (3000, re.compile(r"[；，、;,\s]")))  # from where, behind what


def with_cut_paragraphs(document: Document) -> Document:
    """The document with every paragraph longer than `LONGEST` in pieces; cells of tables stay whole."""
    if not any(map(_is_long, document.blocks)):
        return document
    return replace(
        document,
        blocks=tuple(piece for block in document.blocks for piece in _pieces(block)),
        boxes=tuple(_box(box) for box in document.boxes),
    )


def _is_long(block: Block) -> bool:
    return len(block.text) > LONGEST and block.kind is not BlockKind.CELL


def _box(box: Box) -> Box:
    return replace(box, blocks=tuple(piece for block in box.blocks for piece in _pieces(block)))


def _pieces(block: Block) -> Iterator[Block]:
    if not _is_long(block):
        yield block
        return
    start, text = 0, block.text
    while start < len(text):
        end = _end(text, start)
        piece = text[start:end].strip()
        if piece:
            yield replace(block, offset=block.offset + text.index(piece, start), text=piece)
        start = end


def _end(text: str, start: int) -> int:
    if len(text) - start <= LONGEST:
        return len(text)
    for least, mark in _CUTS:
        found = mark.search(text, start + least, start + LONGEST)
        if found:
            return found.end()
    return start + LONGEST
