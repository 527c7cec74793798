"""What the styles of a Word file mean to a reader: which are headings, which hide text, which number their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from duheng import pattern as re
from duheng.read.package import W

_TOLD = re.compile(r"(?:heading|标题|toc|目录|caption|题注|title|subtitle)\b", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")


class Styles:
    """The styles of a document by their ids, each with what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._nodes: dict[str, etree._Element] = {}
        self._default: str | None = None
        for node in root.iterfind(W + "style") if root is not None else ():
            identity = node.get(W + "styleId", "")
            self._nodes[identity] = node
            if node.get(W + "type") == "paragraph" and is_on(node.get(W + "default", "0")):
                self._default = identity
        self._hidden: dict[str, bool] = {}
        self._told: dict[str, str | None] = {}

    def told(self, identity: str | None) -> str | None:
        """The name of a style that says what a paragraph is for: "Heading 1", "caption", "toc 2"; None for all others."""
        if identity is None:
            return None
        if identity not in self._told:
            self._told[identity] = next((name for node in self._chain(identity) if (name := _told(node))), None)
        return self._told[identity]

    def hides(self, identity: str | None) -> bool:
        """Whether text in this style is hidden."""
        if identity is None:
            return False
        if identity not in self._hidden:
            marks = (node.find(f"{W}rPr/{W}vanish") for node in self._chain(identity))
            mark = next((mark for mark in marks if mark is not None), None)
            self._hidden[identity] = mark is not None and is_on(mark.get(W + "val"))
        return self._hidden[identity]

    def numbering(self, identity: str | None) -> tuple[str, str, int | None] | None:
        """The list that a style numbers its paragraphs by, the style that says so, and the level if it is told."""
        for node in self._chain(identity or self._default or ""):
            number = node.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                level = node.find(f"{W}pPr/{W}numPr/{W}ilvl")
                told = None if level is None else small(level.get(W + "val"))
                return number.get(W + "val", "0"), node.get(W + "styleId", ""), told
        return None

    def _chain(self, identity: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while identity in self._nodes and identity not in seen:
            seen.add(identity)
            yield self._nodes[identity]
            parent = self._nodes[identity].find(W + "basedOn")
            identity = "" if parent is None else parent.get(W + "val", "")


def is_on(value: str | None) -> bool:
    """Whether a switch of the file format is on: a mark without a value is."""
    return value is None or value.casefold() not in _OFF


def small(text: str | None) -> int:
    """A small number from the file; 0 for nonsense."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _told(node: etree._Element) -> str | None:
    named = node.find(W + "name")
    name = (named.get(W + "val") if named is not None else None) or ""
    heading = _HEADING.match(name)
    if heading:
        return f"Heading {heading[1]}"
    outline = node.find(f"{W}pPr/{W}outlineLvl")
    if outline is not None and small(outline.get(W + "val")) < 9:
        return f"Heading {small(outline.get(W + 'val')) + 1}"
    return name if _TOLD.match(name) else None
