"""Opens a report of any kind that duheng reads, chosen by what the file holds, and only then by its name."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path, PurePath

from duheng.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, FileUnreachable, FormatUnknown, ProtectedDocument
from duheng.read.document import Document
from duheng.read.outline import sections
from duheng.read.text import read_text

KNOWN = (".docx", ".docm", ".txt")

_LIMIT = 64 * 2**20  # bytes, pictures included
_TEXT_LIMIT = 16 * 2**20  # bytes; the longest report met has a tenth of one million
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = (".docx", ".docm")


def open_document(path: Path | str | None = None, *, data: bytes | None = None, name: str | None = None) -> Document:
    """The document in a file, or in `data` that came from elsewhere under `name`.

    The same bytes always give the same document. Whatever cannot be read raises a `ReadError` that says what to do.
    """
    if (path is None) == (data is None):
        raise TypeError("give either a path or data")
    name = name or (Path(path).name if path is not None else "document")
    if data is None:
        data = _bytes(Path(path or ""), name)
    if len(data) > _LIMIT:
        raise _too_large(name, len(data))
    document = _read(data, name)
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


def _read(data: bytes, name: str) -> Document:
    suffix = PurePath(name).suffix.casefold()
    if not data.strip():
        raise EmptyDocument(name=name)
    if data.startswith(_OLE):
        raise _ole(data, name, suffix)
    if data.startswith(_ZIP):
        # Here, not above: a text file is read without loading an XML library.
        from duheng.read.docx import read_docx

        return read_docx(data, name=name)
    if suffix in _WORD:
        raise _not_word(data, name)
    if suffix not in (".txt", ""):
        raise FormatUnknown(name=name, suffix=suffix, known=" ".join(KNOWN))
    if len(data) > _TEXT_LIMIT:
        raise _too_large(name, len(data), _TEXT_LIMIT)
    return read_text(data, name=name)


def _ole(data: bytes, name: str, suffix: str) -> ProtectedDocument | FormatUnknown:
    if _ENCRYPTED in data:
        return ProtectedDocument(name=name)
    return FormatUnknown(name=name, suffix=suffix if suffix not in KNOWN else ".doc", known=" ".join(KNOWN))


def _not_word(data: bytes, name: str) -> BrokenDocument:
    if b"\0" in data:
        return BrokenDocument(name=name, reason="it is not a Word file.", reason_zh="不是 Word 文件。")
    return BrokenDocument(
        name=name,
        reason="it is a text file under the name of a Word file; rename it to .txt, or:",
        reason_zh="它是文本文件而不是 Word 文件，可改后缀为 .txt，或",
    )


def _too_large(name: str, size: int, limit: int = _LIMIT) -> DocumentTooLarge:
    return DocumentTooLarge(name=name, size=-(-size // 2**20), limit=limit // 2**20)
