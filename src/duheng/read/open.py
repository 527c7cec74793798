"""Opens a report of any kind that duheng reads, chosen by what the file holds, and only then by its name."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from duheng.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, EncodingUnknown, FileUnreachable, NoBytes
from duheng.read.bounds import bounded, bounded_columns
from duheng.read.document import Document
from duheng.read.kind import KNOWN, kind
from duheng.read.outline import sections
from duheng.read.paragraph import with_cut_paragraphs
from duheng.read.text import read_text

__all__ = ["KNOWN", "Progress", "open_document"]

Progress = Callable[[int, int], None]

_LIMIT = 64 * 2**20  # bytes, pictures included
_TEXT_LIMIT = 16 * 2**20  # bytes; the longest report met has a tenth of one million
_TEXTS = ("txt", "md", "html")


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
    document = _read(data, name, progress)
    bounded(document.text, name=name)
    bounded_columns(max((len(row) for table in document.tables for row in table.rows[:1]), default=0), name=name)
    document = with_cut_paragraphs(document)
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
    if not data:
        raise NoBytes(name=name)
    if not data.strip():
        raise EmptyDocument(name=name)
    found = kind(data, name=name)
    if found in _TEXTS and len(data) > _TEXT_LIMIT:
        raise _too_large(name, len(data), _TEXT_LIMIT)
    if found == "txt":
        return _as_text(data, name)
    if found == "pdf":
        from duheng.read.pdf import read_pdf

        return read_pdf(data, name=name, progress=progress)
    return _READERS[found](data, name)


def _as_text(data: bytes, name: str) -> Document:
    """A text; under the name of something else it must hold Chinese, as a report does, and not be the rest of a broken file."""
    suffix = PurePath(name).suffix.casefold()
    if suffix in ("", ".txt"):
        return read_text(data, name=name)
    other = BrokenDocument(name=name, reason=f"it is not a {suffix} file.", reason_zh=f"不是 {suffix} 文件。")
    try:
        document = read_text(data, name=name)
    except (BrokenDocument, EncodingUnknown) as wrong:
        raise other from wrong
    if not any("\u4e00" <= character <= "\u9fff" for character in document.text):
        raise other
    return document


# Each reader is loaded when it is wanted: a text file is read without loading an XML library.
def _read_zip(data: bytes, name: str) -> Document:
    from duheng.read.zipped import read_zipped

    return read_zipped(data, name=name)


def _read_xls(data: bytes, name: str) -> Document:
    from duheng.read.workbook import document_of_sheets
    from duheng.read.xls import xls_sheets

    return document_of_sheets(xls_sheets(data, name=name), name=name, format="xls")


def _read_html(data: bytes, name: str) -> Document:
    from duheng.read.html import read_html

    return read_html(data, name=name)


def _read_mht(data: bytes, name: str) -> Document:
    from duheng.read.html import read_mht

    return read_mht(data, name=name)


def _read_markdown(data: bytes, name: str) -> Document:
    from duheng.read.markdown import read_markdown

    return read_markdown(data, name=name)


def _by_office(as_kind: str) -> Callable[[bytes, str], Document]:
    def read(data: bytes, name: str) -> Document:
        from duheng.read.office import read_by_office

        return read_by_office(data, name=name, kind=as_kind)

    return read


_READERS: dict[str, Callable[[bytes, str], Document]] = {
    "zip": _read_zip,
    "xls": _read_xls,
    "html": _read_html,
    "mht": _read_mht,
    "md": _read_markdown,
    "doc": _by_office("doc"),
    "wps": _by_office("wps"),
    "rtf": _by_office("rtf"),
}


def _too_large(name: str, size: int, limit: int = _LIMIT) -> DocumentTooLarge:
    return DocumentTooLarge(name=name, size=-(-size // 2**20), limit=limit // 2**20)
