"""Reads the sheets of an .xls or .et file: what each cell shows, its formulas by the results that were saved with them.

The only place where xlrd is known. It is asked for formats, which say that 0.058 is shown as 5.8%.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT, error_text_from_code
from xlrd.compdoc import CompDocError

from duheng.errors import BrokenDocument, ProtectedDocument
from duheng.read.number_format import GENERAL, shown
from duheng.read.sheet import Room, Sheet

_SHOWN = 0
_FILTERED = b"\x9b\0\0\0"  # the record of a sheet whose filter is on; xlrd passes it over


def xls_sheets(data: bytes, *, name: str, room: Room | None = None) -> list[Sheet]:
    """The sheets that are shown, in the workbook's order."""
    room = room or Room(name=name)
    try:
        # What xlrd has to say about odd files goes nowhere; whatever it stumbles over is damage.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        filtered = _FILTERED in data
        return [_sheet(book, sheet, room, filtered=filtered) for sheet in book.sheets() if sheet.visibility == _SHOWN]
    except xlrd.XLRDError as wrong:
        if "encrypted" in str(wrong):
            raise ProtectedDocument(name=name) from wrong
        raise _damaged(name) from wrong
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
        EOFError,
    ) as wrong:
        raise _damaged(name) from wrong
    except (CompDocError, struct.error) as wrong:
        raise _damaged(name) from wrong


def _sheet(book: Any, source: Any, room: Room, *, filtered: bool) -> Sheet:
    sheet = Sheet(name=source.name, room=room)
    sheet.hidden_rows = [(row, row) for row, told in source.rowinfo_map.items() if told.hidden and not filtered]
    sheet.hidden_columns = [(column, column) for column, told in source.colinfo_map.items() if told.hidden]
    rows, columns = {row for row, _ in sheet.hidden_rows}, {column for column, _ in sheet.hidden_columns}
    for row in range(source.nrows):
        if row not in rows:
            for column, text in _texts(book, source, row):
                if column not in columns:
                    sheet.put(row, column, text)
    # xlrd's ranges end behind their last row and column.
    sheet.merged = [(top, left, below - 1, beside - 1) for top, below, left, beside in source.merged_cells]
    return sheet


def _texts(book: Any, source: Any, row: int) -> Iterator[tuple[int, str]]:
    for column in range(source.row_len(row)):
        cell = source.cell(row, column)
        if cell.ctype == XL_CELL_TEXT:
            yield column, cell.value
        elif cell.ctype == XL_CELL_BOOLEAN:
            yield column, "TRUE" if cell.value else "FALSE"
        elif cell.ctype == XL_CELL_ERROR:
            yield column, error_text_from_code.get(cell.value, "")
        elif cell.ctype >= XL_CELL_NUMBER and isinstance(cell.value, float):
            yield column, shown(cell.value, _format(book, cell.xf_index), from_1904=bool(book.datemode))


def _format(book: Any, style: int | None) -> str:
    if style is None or style >= len(book.xf_list):
        return GENERAL
    known = book.format_map.get(book.xf_list[style].format_key)
    return known.format_str if known and known.format_str else GENERAL


def _damaged(name: str) -> BrokenDocument:
    return BrokenDocument(
        name=name,
        reason="the file is damaged or incomplete; perhaps it was not copied to its end.",
        reason_zh="文件已损坏或不完整，可能没有传完。",
    )
