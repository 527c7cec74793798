"""Reads the sheets of an .xlsx or .xlsm file: what each cell shows, its formulas by the results that were saved with them.

The sheets' XML is walked here, since no ready-made reader gives what a cell *shows*: a growth of 5.8 % is stored as 0.058 with a
format, and 480.90 as 480.9. Hidden sheets, and rows and columns hidden by hand, are left out as on paper; rows that only a filter
hides are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from duheng.errors import BrokenDocument
from duheng.read.archive import Archive
from duheng.read.number_format import BUILT_IN, GENERAL, shown
from duheng.read.sheet import Room, Sheet, place_of

_WIDEST = 16_384
_TALLEST = 1_048_576


def xlsx_sheets(archive: Archive, *, room: Room | None = None) -> list[Sheet]:
    """The sheets that are shown, in the workbook's order."""
    book = _Book.of(archive)
    room = room or Room(name=archive.name)
    return [book.sheet(name, member, room) for name, member in book.members]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    archive: Archive
    members: tuple[tuple[str, str], ...]  # the shown sheets' names and parts
    strings: tuple[str, ...]
    formats: tuple[str, ...]  # by style
    from_1904: bool

    @classmethod
    def of(cls, archive: Archive) -> _Book:
        main = archive.target("", "officeDocument") or "xl/workbook.xml"
        if main not in archive.members:
            raise archive.damaged(main)
        root = archive.parse(main)
        if etree.QName(root).localname != "workbook":
            raise archive.damaged(main)
        targets = dict(archive.targets(main, lambda kind: kind.endswith("/worksheet")))
        properties = root.find("{*}workbookPr")
        return cls(
            archive=archive,
            members=tuple(
                (node.get("name", ""), targets[key]) for key, node in _shown(root) if targets.get(key) in archive.members
            ),
            strings=tuple(_strings(archive, archive.target(main, "sharedStrings"))),
            formats=tuple(_formats(archive, archive.target(main, "styles"))),
            from_1904=properties is not None and properties.get("date1904") in ("1", "true"),
        )

    def sheet(self, name: str, member: str, room: Room) -> Sheet:
        sheet = Sheet(name=name, room=room)
        reading = _Reading(self, sheet)
        for node in self.archive.walk(member, "{*}cols", "{*}sheetPr", "{*}row", "{*}mergeCell"):
            reading.take(node)
        if reading.empty_formulas and not reading.results:
            raise BrokenDocument(
                name=self.archive.name,
                reason=f"the formulas of the sheet “{name}” have no results saved with them.",
                reason_zh=f"工作表“{name}”的公式没有保存计算结果。",
            )
        return sheet


class _Reading:
    """One pass over a sheet's XML."""

    def __init__(self, book: _Book, sheet: Sheet) -> None:
        self.results = self.empty_formulas = 0
        self._book, self._sheet = book, sheet
        self._filtered = False
        self._row = -1

    def take(self, node: etree._Element) -> None:
        tag = etree.QName(node).localname
        if tag == "row":
            self._take_row(node)
        elif tag == "cols":
            self._sheet.hidden_columns = [_columns(each) for each in node if each.get("hidden") in ("1", "true")]
        elif tag == "sheetPr":
            self._filtered = node.get("filterMode") in ("1", "true")
        else:
            self._take_merged(node.get("ref", ""))

    def _take_row(self, node: etree._Element) -> None:
        told = node.get("r", "")
        self._row = int(told) - 1 if told.isdecimal() and len(told) < 8 else self._row + 1
        if node.get("hidden") in ("1", "true") and not self._filtered:
            self._sheet.hidden_rows.append((self._row, self._row))
            return
        column, hidden = -1, self._sheet.hidden_columns
        for cell in node:
            place = place_of(cell.get("r", ""))
            column = place[1] if place else column + 1
            if 0 <= self._row < _TALLEST and column < _WIDEST and not any(first <= column <= last for first, last in hidden):
                self._sheet.put(self._row, column, self._text(cell))

    def _take_merged(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, end = place_of(first), place_of(last)
        if start and end and start <= end and start[1] <= end[1]:
            self._sheet.merged.append((*start, *end))

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _words(cell.find("{*}is"))
        node = cell.find("{*}v")
        value = (node.text or "") if node is not None else ""
        if cell.find("{*}f") is not None:
            self.results += bool(value)
            self.empty_formulas += not value and kind != "str"
        if kind == "s":
            return self._book.strings[int(value)] if value.isdecimal() and int(value) < len(self._book.strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, "")
        return value if kind in ("str", "e", "d") else self._number(value, cell.get("s", "0"))

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return ""
        formats = self._book.formats
        form = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else GENERAL
        return shown(number, form, from_1904=self._book.from_1904)


def _shown(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The sheets that are not hidden, each with the id of its relation."""
    for node in root.iterfind("{*}sheets/{*}sheet"):
        if node.get("state", "visible") == "visible":
            yield next((value for key, value in node.attrib.items() if str(key).endswith("}id")), ""), node


def _strings(archive: Archive, member: str | None) -> Iterator[str]:
    if member in archive.members:
        for node in archive.walk(str(member), "{*}si"):
            yield _words(node)


def _words(node: etree._Element | None) -> str:
    """The text of a string, without the pronunciation that may stand beside it."""
    if node is None:
        return ""
    return "".join(
        part.text or ""
        for part in node.iterfind(".//{*}t")
        if etree.QName(part.getparent()).localname != "rPh"  # type: ignore[arg-type]
    )


def _formats(archive: Archive, member: str | None) -> Iterator[str]:
    if member not in archive.members:
        return
    root = archive.parse(str(member))
    own = {node.get("numFmtId"): node.get("formatCode", GENERAL) for node in root.iterfind("{*}numFmts/{*}numFmt")}
    for node in root.iterfind("{*}cellXfs/{*}xf"):
        told = node.get("numFmtId", "0")
        yield own.get(told) or BUILT_IN.get(int(told) if told.isdecimal() else 0, GENERAL)


def _columns(node: etree._Element) -> tuple[int, int]:
    first, last = node.get("min", "0"), node.get("max", "0")
    return (int(first) - 1, int(last) - 1) if first.isdecimal() and last.isdecimal() else (0, -1)
