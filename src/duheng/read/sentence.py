"""Sentences of a document, cleaned for reading by rule, each character with its place in the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from duheng.read.document import Block
from duheng.read.view import clean

_STOPS = "。！？!?\n"
_OPEN, _CLOSE = "“‘「『《〈（([【", "”’」』》〉）)]】"
_QUOTES = "“‘「『《〈"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence: `text` is cleaned, `places[i]` is where its character i stands in the document.

    `raw` is the sentence as the document has it and starts at `offset`.
    """

    text: str
    raw: str
    offset: int
    places: Sequence[int]
    block: Block

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the document."""
        return self.places[start], self.places[end - 1] + 1

    @cached_property
    def depth(self) -> Sequence[int]:
        """For each character how many brackets or quotes stand open around it, its own bracket not counted."""
        depths, level = [], 0
        for c in self.text:
            if c in _CLOSE and level:
                level -= 1
            depths.append(level)
            if c in _OPEN:
                level += 1
        return depths

    @cached_property
    def quoted(self) -> Sequence[str]:
        """For each character the quote it stands in, mark and all; empty outside quotes and titles."""
        inside = [""] * len(self.text)
        stack: list[int] = []
        for i, c in enumerate(self.text):
            if c in _QUOTES:
                stack.append(i)
            elif c in _CLOSE and stack and _CLOSE.index(c) == _OPEN.index(self.text[stack[-1]]):
                start = stack.pop()
                if not stack:
                    inside[start : i + 1] = [self.text[start : i + 1]] * (i + 1 - start)
        return inside

    def clause_start(self, position: int, marks: str = "，；：。！？!?;") -> int:
        """Where the clause around `position` begins: behind the last of `marks` or the bracket it stands in."""
        level = self.depth[position] if position < len(self.text) else 0
        for i in range(position - 1, -1, -1):
            if self.depth[i] < level:
                return i + 1  # the opening bracket
            if self.depth[i] == level and self.text[i] in marks:
                return i + 1
        return 0

    def clause_end(self, position: int, marks: str = "，；：。！？!?;、") -> int:
        """Where the clause ends that `position` stands in: before the next of `marks` or the closing bracket."""
        level = self.depth[position] if position < len(self.text) else 0
        for i in range(position, len(self.text)):
            if self.depth[i] < level or (self.depth[i] == level and self.text[i] in marks):
                return i
        return len(self.text)


def sentences(block: Block) -> Iterator[Sentence]:
    """The sentences of a block, cut at 。！？ and line ends outside quotes."""
    view = clean(block.text)
    start = 0
    level = 0
    for i, c in enumerate(view.text):
        if c in _QUOTES:
            level += 1
        elif c in "”’」』》〉" and level:
            level -= 1
        if c in _STOPS and (not level or c == "\n"):
            yield from _sentence(block, view.text, view.places, (start, i + 1))
            start, level = i + 1, 0
    yield from _sentence(block, view.text, view.places, (start, len(view.text)))


def _sentence(block: Block, text: str, places: Sequence[int], bounds: tuple[int, int]) -> Iterator[Sentence]:
    start, end = bounds
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    first, last = places[start], places[end - 1] + 1
    yield Sentence(
        text=text[start:end],
        raw=block.text[first:last],
        offset=block.offset + first,
        places=[block.offset + p for p in places[start : end + 1]],
        block=block,
    )
