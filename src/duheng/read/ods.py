"""Reads the sheets of an .ods file, which keeps beside each value the text that the sheet shows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from duheng.read.archive import Archive
from duheng.read.sheet import Room, Sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ROWS = (_TABLE + "table-header-rows", _TABLE + "table-rows", _TABLE + "table-row-group")
_COLUMNS = (_TABLE + "table-header-columns", _TABLE + "table-columns", _TABLE + "table-column-group")
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_HIDDEN = ("collapse",)  # "filter" hides rows that are read all the same
_MOST = 2_000_000


def ods_sheets(archive: Archive, *, room: Room | None = None) -> list[Sheet]:
    """The sheets that are shown, in the workbook's order."""
    if "content.xml" not in archive.members:
        raise archive.damaged("content.xml")
    root = archive.parse("content.xml")
    hidden = {style.get(_STYLE + "name") for style in root.iter(_STYLE + "style") if _hides(style)}
    room = room or Room(name=archive.name)
    return [
        _sheet(node, room)
        for node in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        if node.get(_TABLE + "style-name") not in hidden
    ]


def _hides(style: etree._Element) -> bool:
    return any(node.get(_TABLE + "display") == "false" for node in style.iter(_STYLE + "table-properties"))


def _sheet(node: etree._Element, room: Room) -> Sheet:
    sheet = Sheet(name=node.get(_TABLE + "name", ""), room=room)
    place = 0
    for column in _within(node, _COLUMNS, (_TABLE + "table-column",)):
        count = _count(column, "number-columns-repeated")
        if column.get(_TABLE + "visibility") in _HIDDEN:
            sheet.hidden_columns.append((place, place + count - 1))
        place += count
    place = 0
    for row in _within(node, _ROWS, (_TABLE + "table-row",)):
        count = _count(row, "number-rows-repeated")
        if row.get(_TABLE + "visibility") in _HIDDEN:
            sheet.hidden_rows.append((place, place + count - 1))
        else:
            _row(row, place, count, sheet)
        place += count
    return sheet


def _row(node: etree._Element, place: int, count: int, sheet: Sheet) -> None:
    column = 0
    for cell in node.iterchildren(*_CELLS):
        wide = _count(cell, "number-columns-repeated")
        text = "\n".join(_words(line) for line in cell.iterchildren(_TEXT + "p", _TEXT + "h"))
        if text.strip() and cell.tag == _CELLS[0]:
            for row in range(place, place + count):
                for each in range(column, column + wide):
                    if not any(first <= each <= last for first, last in sheet.hidden_columns):
                        sheet.put(row, each, text)
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down * across > 1:
            sheet.merged.append((place, column, place + down - 1, column + across - 1))
        column += wide


def _words(node: etree._Element) -> str:
    """The text of a paragraph, without the remarks that hang on it."""
    pieces = [node.text or ""]
    for child in node:
        if child.tag == _TEXT + "s":
            pieces.append(" ")
        elif child.tag == _TEXT + "tab":
            pieces.append("\t")
        elif child.tag == _TEXT + "line-break":
            pieces.append("\n")
        elif child.tag != _OFFICE + "annotation":
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _within(node: etree._Element, wrappers: tuple[str, ...], tags: tuple[str, ...]) -> Iterator[etree._Element]:
    for child in node.iterchildren(*wrappers, *tags):
        if child.tag in tags:
            yield child
        else:
            yield from _within(child, wrappers, tags)


def _count(node: etree._Element, name: str) -> int:
    told = node.get(_TABLE + name, "1")
    return max(1, min(int(told), _MOST)) if told.isdecimal() and len(told) < 9 else 1
