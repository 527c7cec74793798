"""Sentences of a document, cleaned for reading by rule, each character with its place in the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from duheng import pattern as re
from duheng.read.document import Block
from duheng.read.view import clean

_STOPS = "。！？!?\n"
_OPEN, _CLOSE = "“‘「『《〈（([【", "”’」』》〉）)]】"
_QUOTES = "“‘「『《〈"
_Tell = Callable[[str, Sequence[int], str], Sequence[int]]
_LONG = 700  # characters; in published reports the longest sentence has some 500
_MARKS = re.compile(f"[{_STOPS}{_QUOTES}”’」』》〉]")
_ANY = re.compile(r"[\s\S]")


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
        return self._told(_starts, marks)[min(position, len(self.text))]

    def clause_end(self, position: int, marks: str = "，；：。！？!?;、") -> int:
        """Where the clause ends that `position` stands in: before the next of `marks` or the closing bracket."""
        return self._told(_ends, marks)[min(position, len(self.text))]

    def _told(self, tell: _Tell, marks: str) -> Sequence[int]:
        """What `tell` says of each place, worked out once: a long sentence is asked for each of its numbers."""
        key = tell.__name__, marks
        if key not in self._known:
            self._known[key] = tell(self.text, self.depth, marks)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, str], Sequence[int]]:
        return {}


def _starts(text: str, depth: Sequence[int], marks: str) -> Sequence[int]:
    found: list[int] = []
    open_ = [0]  # where the clause began at each depth of brackets
    for i, c in enumerate(text):
        level = depth[i]
        del open_[level + 1 :]
        open_.extend([i] * (level + 1 - len(open_)))
        found.append(open_[level])
        if c in marks:
            open_[level] = i + 1
    return [*found, open_[0]]


def _ends(text: str, depth: Sequence[int], marks: str) -> Sequence[int]:
    found: list[int] = []
    open_ = [len(text)]  # where the clause ends at each depth of brackets
    for i in range(len(text) - 1, -1, -1):
        level = depth[i]
        del open_[level + 1 :]
        open_.extend([i + 1] * (level + 1 - len(open_)))
        if text[i] in marks:
            open_[level] = i
        found.append(open_[level])
    return [*reversed(found), len(text)]


def sentences(block: Block) -> Iterator[Sentence]:
    """The sentences of a block, cut at 。！？ and line ends outside quotes; one that nobody could have meant is cut at a clause."""
    view = clean(block.text)
    start = 0
    level = 0
    for mark in (_MARKS if len(view.text) < _LONG else _ANY).finditer(view.text):
        c, end = mark.group(), mark.end()
        if c in _QUOTES:
            level += 1
        elif c in "”’」』》〉" and level:
            level -= 1
        if (c in _STOPS and (not level or c == "\n")) or _is_too_long(mark.start() - start, c):
            yield from _sentence(block, view.text, view.places, (start, end))
            start, level = end, 0
    yield from _sentence(block, view.text, view.places, (start, len(view.text)))


def _is_too_long(length: int, c: str) -> bool:
    return length >= _LONG and (c in "；;" or (length >= _LONG * 2 and (c in "，,、 " or length >= _LONG * 3)))


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
        places=_moved(places[start : end + 1], block.offset),
        block=block,
    )


def _moved(places: Sequence[int], by: int) -> Sequence[int]:
    """Places counted from further on; those of a text that nothing was dropped from stay a range."""
    if isinstance(places, range):
        return range(places.start + by, places.stop + by)
    return [place + by for place in places]
