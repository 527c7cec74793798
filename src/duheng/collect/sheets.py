"""The sheets of a file of figures: what each cell shows, whether it comes from a workbook or from text."""

from __future__ import annotations

import csv
import io
from collections import Counter

from duheng.errors import ArchiveGiven, CollectError, ProtectedDocument
from duheng.read.encoding import decode
from duheng.read.kind import is_locked
from duheng.read.sheet import CELLS, Room, Sheet

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = ("\t,", ",", "\t", ";")
_UNIT_SEPARATOR = "\x1f"
_LOOKED_AT = 20_000
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are those of a workbook, not of text."""
    return data.startswith((_ZIP, _OLE))


def sheets_of(data: bytes, *, name: str, cells: int = CELLS) -> list[Sheet]:
    """The sheets of a workbook that are shown, or the one that a text in columns makes; `cells` that show something at most.

    Raises `ReadError` for what is damaged, locked or far too large.
    """
    room = Room(name=name, cells=cells, limit=cells)
    if data.startswith(_OLE):
        from duheng.read.xls import xls_sheets

        if is_locked(data):
            raise ProtectedDocument(name=name)
        return xls_sheets(data, name=name, room=room)
    if data.startswith(_ZIP):
        return _zipped(data, name, room)
    return [_text_sheet(decode(data, name=name), name, room)]


def _zipped(data: bytes, name: str, room: Room) -> list[Sheet]:
    from duheng.read.archive import Archive
    from duheng.read.ods import ods_sheets
    from duheng.read.xlsx import xlsx_sheets

    archive = Archive(data, name=name)
    if "mimetype" in archive.members and archive.text("mimetype").startswith(_ODS):
        return ods_sheets(archive, room=room)
    if any(member.startswith("xl/") for member in archive.members):
        return xlsx_sheets(archive, room=room)
    if archive.is_bundle:
        raise ArchiveGiven(name=name)
    raise CollectError(
        reason=f"{name} is no workbook. Save the table as .xlsx or .csv.",
        reason_zh=f"{name} 不是表格文件。请另存为 .xlsx 或 .csv。",
    )


def _text_sheet(text: str, name: str, room: Room) -> Sheet:
    mark = _delimiter(text)
    sheet = Sheet(name=name.removesuffix(".gz").rpartition(".")[0] or name, room=room)
    if len(mark) > 1:  # a statistical office's tab and comma, with commas in its names
        text, mark = text.replace(mark, _UNIT_SEPARATOR), _UNIT_SEPARATOR
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=mark)):
            for column, cell in enumerate(cells):
                sheet.put(row, column, cell)
    except csv.Error as wrong:
        raise CollectError(reason=f"{name}: {wrong}.", reason_zh=f"{name}：CSV 格式有误（{wrong}）。") from wrong
    return sheet


def _delimiter(text: str) -> str:
    """What parts the columns: whichever mark most lines hold equally often."""
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()]

    def agreed(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines if mark in line)
        often, lines_alike = counts.most_common(1)[0] if counts else (0, 0)
        return lines_alike, often

    return max(_MARKS, key=agreed)
