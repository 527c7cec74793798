"""Tells what an office's zip package is, a Word file, a workbook or something else, and has it read."""

from __future__ import annotations

from duheng.errors import BrokenDocument
from duheng.read.archive import Archive
from duheng.read.document import Document
from duheng.read.docx import read_docx
from duheng.read.ods import ods_sheets
from duheng.read.workbook import document_of_sheets
from duheng.read.xlsx import xlsx_sheets

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODT = b"application/vnd.oasis.opendocument.text"


def read_zipped(data: bytes, *, name: str) -> Document:
    """The document in a zip package."""
    archive = Archive(data, name=name)
    told = archive.text("mimetype") if "mimetype" in archive.members else b""
    if told.startswith(_ODT):
        # Here, not above: a Word file is read without what starts other programs.
        from duheng.read.office import read_by_office

        return read_by_office(data, name=name, kind="odt")
    if told.startswith(_ODS):
        return document_of_sheets(ods_sheets(archive), name=name, format="ods")
    if any(member.startswith("xl/") for member in archive.members):
        if "xl/workbook.bin" in archive.members:
            raise BrokenDocument(
                name=name,
                reason="it is a binary workbook (.xlsb); save it as .xlsx.",
                reason_zh="它是二进制工作簿（.xlsb），请另存为 .xlsx。",
            )
        return document_of_sheets(xlsx_sheets(archive), name=name, format="xlsx")
    return read_docx(data, name=name)
