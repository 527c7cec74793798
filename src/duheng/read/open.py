"""Opens a report of any kind that duheng reads, chosen by what the file holds, and only then by its name."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from duheng.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, FileUnreachable, FormatUnknown, ProtectedDocument
from duheng.read.document import Document
from duheng.read.outline import sections
from duheng.read.paragraph import with_cut_paragraphs
from duheng.read.text import read_text

Progress = Callable[[int, int], None]
KNOWN = (".docx", ".docm", ".pdf", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".txt")

_LIMIT = 64 * 2**20  # bytes, pictures included
_TEXT_LIMIT = 16 * 2**20  # bytes; the longest report met has a tenth of one million
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"  # within the first kilobyte, as its readers allow
_BOOK = tuple(name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "Book"))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_document(
    path: Path | str | None = None, *, data: bytes | None = None, name: str | None = None, progress: Progress | None = None
) -> Document:
    """The document in a file, or in `data` that came from elsewhere under `name`.

    A reader that takes long calls `progress` with how much is done and how much there is; what it raises ends the reading.
    The same bytes always give the same document. Whatever cannot be read raises a `ReadError` that says what to do.
    """
    if (path is None) == (data is None):
        raise TypeError("give either a path or data")
    name = name or (Path(path).name if path is not None else "document")
    if data is None:
        data = _bytes(Path(path or ""), name)
    if len(data) > _LIMIT:
        raise _too_large(name, len(data))
    document = with_cut_paragraphs(_read(data, name, progress))
    return replace(document, sections=sections(document.blocks))


def _bytes(path: Path, name: str) -> bytes:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileUnreachable(name=name)
        if about.st_size > _LIMIT:
            raise _too_large(name, about.st_size)
        return path.read_bytes()
    except (OSError, ValueError) as wrong:
        raise FileUnreachable(name=name) from wrong


def _read(data: bytes, name: str, progress: Progress | None) -> Document:
    if not data.strip():
        raise EmptyDocument(name=name)
    if data.startswith(_OLE):
        return _read_ole(data, name)
    if data.startswith(_ZIP):
        # Here, not above: a text file is read without loading an XML library.
        from duheng.read.zipped import read_zipped

        return read_zipped(data, name=name)
    if _PDF in data[:1024]:
        from duheng.read.pdf import read_pdf

        return read_pdf(data, name=name, progress=progress)
    return _read_plain(data, name)


def _read_ole(data: bytes, name: str) -> Document:
    """A file of Word, Excel or WPS before 2007, or a later one locked with a password."""
    if _ENCRYPTED in data:
        raise ProtectedDocument(name=name)
    if any(stream in data for stream in _BOOK):
        from duheng.read.workbook import document_of_sheets
        from duheng.read.xls import xls_sheets

        return document_of_sheets(xls_sheets(data, name=name), name=name, format="xls")
    suffix = PurePath(name).suffix.casefold()
    raise FormatUnknown(name=name, suffix=suffix if suffix not in KNOWN else ".doc", known=" ".join(KNOWN))


def _read_plain(data: bytes, name: str) -> Document:
    suffix = PurePath(name).suffix.casefold()
    if suffix in KNOWN and suffix != ".txt":
        raise _not_as_named(data, name, suffix)
    if suffix not in (".txt", ""):
        raise FormatUnknown(name=name, suffix=suffix, known=" ".join(KNOWN))
    if len(data) > _TEXT_LIMIT:
        raise _too_large(name, len(data), _TEXT_LIMIT)
    return read_text(data, name=name)


def _not_as_named(data: bytes, name: str, suffix: str) -> BrokenDocument:
    if b"\0" in data:
        return BrokenDocument(name=name, reason=f"it is not a {suffix} file.", reason_zh=f"不是 {suffix} 文件。")
    return BrokenDocument(
        name=name,
        reason=f"it is a text under the name of a {suffix} file; rename it to .txt, or:",
        reason_zh=f"它是文本文件而不是 {suffix} 文件，可改后缀为 .txt，或",
    )


def _too_large(name: str, size: int, limit: int = _LIMIT) -> DocumentTooLarge:
    return DocumentTooLarge(name=name, size=-(-size // 2**20), limit=limit // 2**20)
