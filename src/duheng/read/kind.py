"""What kind of document some bytes are, by what they hold and only then by the name of their file."""

from __future__ import annotations

from pathlib import PurePath

from duheng import pattern as re
from duheng.errors import ArchiveGiven, FormatUnknown, PictureGiven, ProtectedDocument
from duheng.read import ole

KNOWN = tuple(".docx .docm .doc .wps .rtf .odt .pdf .xlsx .xlsm .xls .et .ods .html .htm .mht .mhtml .md .markdown .txt".split())
"""The endings of the files that can be read."""

_ZIP = b"PK"
_PDF = b"%PDF-"  # within the first kilobyte, as its readers allow
_RTF = b"{\\rtf"
_HEAD = 2048
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|^\s*(?:<\?xml[^>]*>\s*)?<(?:head|body|meta|table|div|p)[\s>]", re.IGNORECASE)
_WORD_XML = re.compile(r"progid=.Word\.Document|schemas\.microsoft\.com/office/word/2003/wordml")
_SHEET_XML = re.compile(r"progid=.Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet")
_MESSAGE = re.compile(r"^(?:from|mime-version|subject|date|snapshot-content-location):", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(r"content-type:\s*multipart/related", re.IGNORECASE)
_BOOKS = {"Workbook", "Book", "WORKBOOK", "BOOK"}
_WORDS = {"WordDocument"}
_LOCKED = {"EncryptedPackage", "EncryptionInfo"}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_PHOTOS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")


def kind(data: bytes, *, name: str) -> str:
    """The name of the reader: "zip", "pdf", "xls", "doc", "wps", "rtf", "html", "mht", "md" or "txt".

    Raises FormatUnknown where there is none, and ProtectedDocument for what is locked with a password.
    """
    if wrong := mistaken(data, name=name):
        raise wrong
    suffix = PurePath(name).suffix.casefold()
    if data.startswith(ole.MAGIC):
        return _old_kind(data, name, suffix)
    if data.startswith(_ZIP) or data == _ZIP[:1]:
        return "zip"
    if _PDF in data[:1024]:
        return "pdf"
    if data.lstrip()[:5] == _RTF:
        return "rtf"
    return _text_kind(data, name, suffix)


def mistaken(data: bytes, *, name: str) -> FormatUnknown | None:
    """What to say of a picture or an archive that was given for a report or a table, by its first bytes; None of others."""
    bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)
    if data.startswith(_PICTURES) or data[4:12] in _PHOTOS or bitmap or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return PictureGiven(name=name)
    bundled = data.startswith(_ZIP) and PurePath(name).suffix.casefold() == ".zip"
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar" or bundled:
        return ArchiveGiven(name=name)
    return None


def is_locked(data: bytes) -> bool:
    """Whether a file of the old make is in truth a later one, locked with a password."""
    found = ole.streams(data)
    return bool(found & _LOCKED) or (not found and "EncryptedPackage".encode("utf-16-le") in data)


def _old_kind(data: bytes, name: str, suffix: str) -> str:
    """A file of Word, Excel or WPS before 2007, or a later one locked with a password."""
    found = ole.streams(data)
    if is_locked(data):
        raise ProtectedDocument(name=name)
    if found & _BOOKS or (not found and suffix in (".xls", ".et", ".xlsx", ".xlsm")):
        return "xls"
    if found & _WORDS or (not found and suffix in (".doc", ".docx", ".docm", ".wps")):
        return "doc"
    if suffix == ".wps" and found:
        return "wps"
    raise unknown(name, suffix)


def _text_kind(data: bytes, name: str, suffix: str) -> str:
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1")
    if _WORD_XML.search(head):
        return "doc"
    if _SHEET_XML.search(head) and not _PAGE.search(head):
        raise unknown(name, ".xml")
    if _MESSAGE.search(head) and _RELATED.search(head):
        return "mht"
    if _PAGE.search(head) and suffix not in (".md", ".markdown"):
        return "html"
    if suffix in (".html", ".htm"):
        return "html"
    if suffix in (".md", ".markdown"):
        return "md"
    if suffix in KNOWN or not suffix:
        return "txt"
    raise unknown(name, suffix)


def unknown(name: str, suffix: str) -> FormatUnknown:
    """The error for a file that no reader is for."""
    return FormatUnknown(name=name, suffix=suffix, known=" ".join(KNOWN))
