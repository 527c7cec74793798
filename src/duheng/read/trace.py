"""Which element of a Word file printed each character of its document, so that a remark can be put at exactly that place.

A document is read once more with a reader that notes where each piece of text comes from. Only drawn numbers (一、 （一）) have no
element of their own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from lxml import etree

from duheng.read.document import Document
from duheng.read.docx import document_of
from duheng.read.package import Package, W
from duheng.read.run import Reader, Words
from duheng.read.style import Styles

_REACH = 200  # characters a drawn number may put before the line it stands in front of
_Handler = Callable[[Reader, etree._Element, Words], None]
_CALLS = (W + "footnoteReference", W + "endnoteReference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A stretch of the document, `offset` to `end`, printed by `element` from its character `index` on."""

    offset: int
    end: int
    element: etree._Element
    index: int


@dataclass(frozen=True, kw_only=True)
class Trace:
    """A Word file, its document, and the sources of its characters in the order of the text."""

    package: Package
    document: Document
    sources: tuple[Source, ...]
    calls: dict[tuple[str, str], etree._Element]  # of notes, by "footnote" or "endnote" and number

    @classmethod
    def of(cls, data: bytes, *, name: str) -> Trace:
        """The trace of a Word file. Raises what reading it raises."""
        package = Package(data, name=name)
        watch = _Watch()
        document = document_of(package, name=name, reader=watch.reader)
        return cls(package=package, document=document, sources=tuple(_sources(document.text, watch.read)), calls=watch.calls)

    def over(self, offset: int, end: int) -> tuple[Source, Source] | None:
        """The sources of the first and the last character of a stretch, cut to it; of the nearest text where it has none."""
        first = bisect_right([each.end for each in self.sources], offset)
        found = []
        for each in self.sources[first:]:
            if each.offset >= end:
                break
            found.append(_cut(each, offset, end))
        if not found:
            near = self.sources[first : first + 1] or self.sources[-1:]
            found = [_cut(each, each.offset, each.offset + 1) for each in near]
        return (found[0], found[-1]) if found else None


class _Watch:
    """What a reading printed, paragraph by paragraph, and the notes it called."""

    def __init__(self) -> None:
        self.read: list[list[tuple[str, etree._Element]]] = []
        self.calls: dict[tuple[str, str], etree._Element] = {}

    def reader(self, styles: Styles) -> Reader:
        return _Watching(styles, self)

    def printed(self, element: etree._Element, words: Words, before: int) -> None:
        self.read[-1].extend((piece, element) for piece in words.pieces[before:])
        if element.tag in _CALLS:
            kind = etree.QName(element).localname.removesuffix("Reference")
            self.calls.setdefault((kind, element.get(W + "id", "")), element)


class _Watching(Reader):
    """A reader that tells its watch which element printed what."""

    def __init__(self, styles: Styles, watch: _Watch) -> None:
        super().__init__(styles)
        self.watch = watch

    def read(self, paragraph: etree._Element, words: Words) -> Words:
        self.watch.read.append([])
        return super().read(paragraph, words)

    _HANDLERS: ClassVar[dict[object, _Handler]]


def _watched(handle: _Handler) -> _Handler:
    def handled(reader: Reader, node: etree._Element, words: Words) -> None:
        before = len(words.pieces)
        handle(reader, node, words)
        if len(node) == 0 and isinstance(reader, _Watching):  # a leaf: what holds others has been told of by them
            reader.watch.printed(node, words, before)

    return handled


_Watching._HANDLERS = {tag: _watched(handle) for tag, handle in Reader._HANDLERS.items()}


def _sources(text: str, read: list[list[tuple[str, etree._Element]]]) -> Iterator[Source]:
    """Finds each line read in the text: between two lines stands nothing but a newline and perhaps a drawn number."""
    done = 0
    for pieces in read:
        printed = "".join(piece for piece, _ in pieces)
        start = 0
        for raw in printed.split("\n"):
            line = raw.strip()
            at = text.find(line, done, done + len(line) + _REACH) if line else -1
            if at >= 0:
                yield from _line(at, start + raw.index(line), len(line), pieces)
                done = at + len(line)
            start += len(raw) + 1


def _line(at: int, start: int, length: int, pieces: list[tuple[str, etree._Element]]) -> Iterator[Source]:
    """The sources of a line that begins at `at` in the document and at `start` in what its paragraph printed."""
    place = 0
    for piece, element in pieces:
        first, last = max(place, start), min(place + len(piece), start + length)
        if first < last:
            yield Source(offset=at + first - start, end=at + last - start, element=element, index=first - place)
        place += len(piece)


def _cut(source: Source, offset: int, end: int) -> Source:
    first, last = max(source.offset, offset), min(source.end, end)
    return Source(offset=first, end=last, element=source.element, index=source.index + first - source.offset)
