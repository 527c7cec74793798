"""The words of one Word paragraph as its reader sees them: changes accepted, hidden text and field codes left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from lxml import etree

from duheng import pattern as re
from duheng.read.package import W
from duheng.read.style import Styles, is_on

TEXT_BOX = W + "txbxContent"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE = _MC + "AlternateContent"
_PLAIN: dict[object, str] = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_AROUND = (
    "ins",
    "moveTo",
    "hyperlink",
    "smartTag",
    "customXml",
    "sdt",
    "sdtContent",
    "fldSimple",
    "dir",
    "bdo",
    "ruby",
    "rubyBase",
)
_AROUND_FORMULA = ("oMathPara", "oMath", "r", "e", "num", "den", "sub", "sup", "f", "sSub", "sSup", "sSubSup", "rad", "d", "nary")
# Signs of the picture fonts that stand for words in forms and lists; the rest are ornaments.
_PICTURES = {"wingdings": {0xFC: "√", 0xFE: "☑", 0x52: "☑", 0x6F: "□", 0xA8: "□"}, "webdings": {}, "marlett": {}}
_PICTURES |= {"symbol": {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xBB: "≈"}}


@dataclass(slots=True)
class Words:
    """What a paragraph holds: its text, the notes it calls ("footnotes" or "endnotes", number) and the text boxes it anchors."""

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text; a line break is a newline."""
        return "".join(self.pieces)

    def lines(self) -> list[str]:
        """The lines that hold something, without the spaces around them."""
        return [line for line in map(str.strip, self.text.split("\n")) if line]


class Reader:
    """Reads paragraphs one after another; a field may begin in one and end in another."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # for each open field: whether its result has begun
        self._paragraph_hides = False

    def read(self, paragraph: etree._Element, words: Words) -> Words:
        """`words` with those of `paragraph` behind them."""
        properties = paragraph.find(W + "pPr")
        style = None if properties is None else properties.find(W + "pStyle")
        self._paragraph_hides = style is not None and self._styles.hides(style.get(W + "val"))
        self._children(paragraph, words)
        # A field without a result ends with its paragraph, so that a damaged one cannot swallow the document.
        self._fields = [True] * len(self._fields)
        return words

    def _children(self, node: etree._Element, words: Words) -> None:
        for child in node:
            handle = self._HANDLERS.get(child.tag)
            if handle:
                handle(self, child, words)

    def _run(self, node: etree._Element, words: Words) -> None:
        properties = node.find(W + "rPr")
        if properties is None:
            hidden = self._paragraph_hides
        else:
            mark, style = properties.find(W + "vanish"), properties.find(W + "rStyle")
            hidden = style is not None and self._styles.hides(style.get(W + "val"))
            hidden = is_on(mark.get(W + "val")) if mark is not None else hidden or self._paragraph_hides
        if not hidden:
            self._children(node, words)
            return
        for mark in node.iterfind(W + "fldChar"):
            self._field(mark, words)

    def _text(self, node: etree._Element, words: Words) -> None:
        if node.text and all(self._fields):
            words.pieces.append(node.text)

    def _field(self, node: etree._Element, words: Words) -> None:
        step = node.get(W + "fldCharType")
        if step == "begin":
            self._fields.append(False)
        elif self._fields and step == "separate":
            self._fields[-1] = True
        elif self._fields and step == "end":
            self._fields.pop()

    def _symbol(self, node: etree._Element, words: Words) -> None:
        code = node.get(W + "char", "")
        if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) or not all(self._fields):
            return
        point = int(code, 16)
        family = (node.get(W + "font") or "").casefold().split(" ")[0]  # Wingdings 2 is like Wingdings
        if family in _PICTURES:
            words.pieces.append(_PICTURES[family].get(point & 0xFF, ""))
        elif point >= 0x20 and not 0xD800 <= point < 0xE000:
            words.pieces.append(_PRIVATE.sub("", chr(point)))

    def _note(self, node: etree._Element, words: Words) -> None:
        kind = "footnotes" if node.tag == W + "footnoteReference" else "endnotes"
        words.notes.append((kind, node.get(W + "id", "")))

    def _alternate(self, node: etree._Element, words: Words) -> None:
        self._children(chosen(node), words)

    def _drawing(self, node: etree._Element, words: Words) -> None:
        for child in node:
            if child.tag == TEXT_BOX:
                words.boxes.append(child)
            else:
                self._drawing(chosen(child) if child.tag == ALTERNATE else child, words)

    def _sign(self, node: etree._Element, words: Words) -> None:
        if all(self._fields):
            words.pieces.append(_PLAIN[node.tag])

    _HANDLERS: ClassVar[dict[object, Callable[[Reader, etree._Element, Words], None]]] = {
        W + "r": _run,
        W + "t": _text,
        _M + "t": _text,
        W + "sym": _symbol,
        W + "fldChar": _field,
        W + "footnoteReference": _note,
        W + "endnoteReference": _note,
        ALTERNATE: _alternate,
    }
    _HANDLERS |= dict.fromkeys(_PLAIN, _sign)
    _HANDLERS |= dict.fromkeys((W + "drawing", W + "pict", W + "object"), _drawing)
    # Marks around words; w:del and w:moveFrom are not among them, so what a tracked change took out stays out.
    _HANDLERS |= dict.fromkeys([W + tag for tag in _AROUND] + [_M + tag for tag in _AROUND_FORMULA], _children)


def chosen(alternate: etree._Element) -> etree._Element:
    """One of the ways in which the same thing is written for newer and older programs: the first that holds words."""
    for way in alternate:
        if any(True for _ in way.iter(W + "t", _M + "t", W + "p")):
            return way
    return alternate[-1] if len(alternate) else alternate
