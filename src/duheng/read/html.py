"""Reads a web page (.html, .htm, .mht): what a reader of the page sees, without its menus and machinery."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from duheng import pattern as re
from duheng.errors import BrokenDocument
from duheng.read.builder import Builder, Laid
from duheng.read.document import Document
from duheng.read.encoding import decode
from duheng.read.frame import caption_above, is_box

_META = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312")
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_DROPPED = frozenset(
    "script style head nav noscript template svg math button select option input textarea iframe object embed canvas audio video map "
    "title meta link dialog menu".split()
)
_ROLES = ("navigation", "banner", "contentinfo", "search", "menu", "dialog")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_END = re.compile(
    "(?<=[\u3001-\u303f\u3400-\u9fff\uff00-\uffef])[ \t]*[\r\n]\\s*(?=[\u3001-\u303f\u3400-\u9fff\uff00-\uffef])"
)
_SPACES = re.compile(r"[ \t\r\n\xa0]+")
_CALL = re.compile(r"[\[〔（(]?\d{1,3}[\]〕）)]?")
_MENU = 0.75  # of a list's words: links
_LINKS = 4
_WHOLE = 0.5  # of the page's words: the frame that holds them only lays out the page
_WIDEST = 200
_PLACES = 400_000


def read_html(data: bytes, *, name: str) -> Document:
    """The document on a saved web page."""
    return document_of_html(_decoded(data, name), name=name, format="html")


def read_mht(data: bytes, *, name: str) -> Document:
    """The document in a web page saved as one file with its pictures."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return document_of_html(_decoded(content, name, part.get_content_charset()), name=name, format="mht")
    raise BrokenDocument(name=name, reason="there is no web page in it.", reason_zh="里面没有网页。")


def document_of_html(text: str, *, name: str, format: str) -> Document:  # noqa: A002 -- the word of the field
    """The document that a page's source makes."""
    # Nothing is fetched; comments and what a server was to do are gone before the page is walked.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    reading = _Reading()
    try:
        root = etree.fromstring(_CONTROL.sub("", text).encode("utf-8", "replace"), parser)
        if root is not None:
            reading.page(root)
    except (etree.LxmlError, RecursionError, ValueError) as wrong:
        raise BrokenDocument(name=name, reason="it is no web page.", reason_zh="不是网页文件。") from wrong
    return reading.document(name=name, format=format)


def _decoded(data: bytes, name: str, told: str | None = None) -> str:
    """The page's text, by what it says of itself where that holds."""
    found = _META.search(data[:4096].decode("latin-1"))
    charset = (told or (found[1] if found else "")).casefold()
    if charset and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"\0" not in data[:100]:
        try:
            return data.decode("gb18030" if charset in _CHINESE else charset)
        except (LookupError, UnicodeError):
            pass
    return decode(data, name=name)


class _Reading(Builder):
    """One walk over a page."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._style: str | None = None
        self._total = 0

    def page(self, root: etree._Element) -> None:
        """Takes in the page, or the one part of it that says it is what the page is about."""
        for tag in ("main", "article"):
            found = list(root.iter(tag))
            if len(found) == 1 and 2 * _length(found[0]) > _length(root):
                root = found[0]
                break
        self._total = _length(root)
        self._walk(root)
        self._end()

    def _walk(self, node: etree._Element) -> None:
        """An element and what is in it, not what is behind it."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or _is_dropped(node, tag):
            return
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "table":
            self._end()
            self._take_table(node)
        elif tag in _BLOCKS:
            self._end()
            self._style = f"Heading {tag[1]}" if len(tag) == 2 and tag[0] == "h" and tag != "hr" else None
            self._pieces.append(_number(node) if tag == "li" else "")
            self._inside(node, exact=tag == "pre")
            self._end()
        else:
            self._inside(node)

    def _inside(self, node: etree._Element, *, exact: bool = False) -> None:
        self._pieces.append((node.text or "") if exact else _squeezed(node.text))
        for child in node:
            self._walk(child)
            self._pieces.append((child.tail or "") if exact else _squeezed(child.tail))

    def _end(self) -> None:
        """The end of a paragraph."""
        self.lines("".join(self._pieces), style=self._style)
        self._pieces, self._style = [], None

    def _take_table(self, node: etree._Element) -> None:
        rows = _grid(node)
        if not rows:
            return
        if self._lays_out(node, rows):
            for part in _cells(node):
                self._walk(part)
            return
        for caption in node.iterchildren("caption"):
            self.lines(_plain(caption), style="Caption")
        found = dict.fromkeys(cell for cell in chain.from_iterable(rows) if cell is not None)
        laid = {cell: Laid(text=_plain(cell)) for cell in found}
        placed = [[laid[cell] if cell is not None else Laid(text="") for cell in row] for row in rows]
        if is_box([[cell.text for cell in dict.fromkeys(row)] for row in placed]):
            lines = [Laid(text=line) for row in placed for cell in dict.fromkeys(row) for line in cell.text.split("\n") if line]
            if lines:
                self.box(lines, caption_above(self.blocks))
            return
        self.frame(placed)

    def _lays_out(self, node: etree._Element, rows: list[list[etree._Element | None]]) -> bool:
        """Whether a table is there only to put the page's parts in their places."""
        if next(node.iterdescendants("table"), None) is not None:
            return True
        few = len({id(cell) for row in rows for cell in row}) <= 4
        return few and _length(node) > max(400, _WHOLE * self._total)


def _is_dropped(node: etree._Element, tag: str) -> bool:
    if tag in _DROPPED or node.get("hidden") is not None or node.get("aria-hidden") == "true" or node.get("role") in _ROLES:
        return True
    if _HIDDEN.search(node.get("style", "")):
        return True
    if tag == "sup":
        return next(node.iter("a"), None) is not None and bool(_CALL.fullmatch("".join(node.itertext()).strip()))
    parent = node.getparent()
    if tag in ("header", "footer") and parent is not None and parent.tag == "body":
        return True
    return tag in ("ul", "ol", "div", "dl") and _is_menu(node)


def _is_menu(node: etree._Element) -> bool:
    """Whether a list is of links to elsewhere."""
    links = [_length(link) for link in node.iter("a")]
    return len(links) >= _LINKS and sum(links) > _MENU * _length(node)


def _length(node: etree._Element) -> int:
    return sum(len(text.strip()) for text in node.itertext() if text)


def _number(node: etree._Element) -> str:
    """The number that a browser draws before an item of a list."""
    parent = node.getparent()
    if parent is None or parent.tag != "ol" or parent.get("type", "1") != "1":
        return ""
    start = parent.get("start", "1")
    place = sum(1 for _ in node.itersiblings("li", preceding=True))
    return f"{place + (int(start) if start.isdecimal() and len(start) < 6 else 1)}."


def _plain(node: etree._Element) -> str:
    """The text of a cell, a line for each of its paragraphs."""
    inner = _Reading()
    inner._total = 1 << 40
    inner._inside(node)
    inner._end()
    return "\n".join(block.text for block in inner.blocks)


def _squeezed(text: str | None) -> str:
    """Text as a page shows it; the end of a line of its source between two ideographs is no space."""
    return _SPACES.sub(" ", _LINE_END.sub("", text or ""))


def _cells(table: etree._Element) -> Iterator[etree._Element]:
    for row in _rows(table):
        yield from row.iterchildren("td", "th")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def _grid(table: etree._Element) -> list[list[etree._Element | None]]:
    """The cells of a table in rows and columns, one that spans others in each place it covers."""
    shown = [row for row in _rows(table) if not _is_dropped(row, "tr")]
    grid: list[dict[int, etree._Element]] = [{} for _ in shown]
    taken = 0
    for place, row in enumerate(shown):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in grid[place]:
                column += 1
            down, across = (
                min(_span(cell, "rowspan") or len(shown), len(shown) - place),
                min(_span(cell, "colspan") or 1, _WIDEST),
            )
            taken += down * across
            if taken > _PLACES:
                raise ValueError("a table without end")
            for below in range(place, place + down):
                for beside in range(column, column + across):
                    grid[below].setdefault(beside, cell)
            column += across
    return [[row.get(column) for column in range(max(row, default=-1) + 1)] for row in grid if row]


def _span(cell: etree._Element, name: str) -> int:
    told = cell.get(name, "1").strip()
    return int(told) if told.isdecimal() and len(told) < 6 else 1
