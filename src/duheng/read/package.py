"""The parts of a Word file that hold words, taken out of its zip package within bounds of size.

Only the parts a reader asks for are unpacked, so pictures, macros and attachments cost nothing, and a link to a picture that is
gone (which offices' converters leave, and which stricter openers refuse) does no harm.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from duheng.errors import BrokenDocument, DocumentTooLarge, FormatUnknown, ProtectedDocument

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_MEGABYTE = 2**20
_TOTAL = 256 * _MEGABYTE  # unpacked, pictures included
_PART = 40 * _MEGABYTE  # one part of XML; a thousand pages are about half of it
_MARKS = 1_500_000  # tags in one part; a page has about a thousand
_RATIO = 120  # unpacked to packed; Word's XML packs some 15 to 1
_SMALL = 16 * _MEGABYTE  # below this, the ratio is nobody's business
_MEMBERS = 20_000
_LOCKED = 0x1
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
# The strict dialect differs from the common one by its namespaces.
STRICT = b"http://purl.oclc.org/ooxml/"
DIALECT = (
    (STRICT + b"wordprocessingml/main", W[1:-1].encode()),
    (STRICT + b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


class Package:
    """An opened Word file: its `main` part, and the parts beside it by the kind of their relation ("styles", "footnotes")."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self._name = name
        self._zip = self._open(data)
        self._members = set(self._zip.namelist())
        self.main = self.target("", "officeDocument") or "word/document.xml"
        if self.main not in self._members:
            raise self._not_word()
        self.document = self._parse(self.main)
        if self.document.tag != W + "document":
            raise self._not_word()

    def part(self, kind: str) -> etree._Element | None:
        """The root of the part that the main part is related to by `kind`, or None where the file has none."""
        member = self.target(self.main, kind)
        return self._parse(member) if member and member in self._members else None

    def _open(self, data: bytes) -> zipfile.ZipFile:
        try:
            opened = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as wrong:
            raise self._damaged() from wrong
        members = opened.infolist()
        total = sum(member.file_size for member in members)
        if total > _TOTAL or len(members) > _MEMBERS or (total > _SMALL and total > _RATIO * len(data)):
            raise self._too_large(total, _TOTAL if total > _TOTAL else min(_TOTAL, _RATIO * len(data)))
        return opened

    def _read(self, member: str) -> bytes:
        info = self._zip.getinfo(member)
        if info.flag_bits & _LOCKED:
            raise ProtectedDocument(name=self._name)
        if info.file_size > _PART:
            raise self._too_large(info.file_size, _PART)
        data = self._zip.read(info)
        if data.count(b"<") > _MARKS:
            raise BrokenDocument(
                name=self._name,
                reason="it is built of far more pieces than a report has.",
                reason_zh="文件结构异常，零碎程度远超一份报告。",
            )
        return data

    def _parse(self, member: str) -> etree._Element:
        # Entities stay as they are and nothing is fetched: a document type in a Word file is an attack.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            data = self._read(member)
            if STRICT in data:
                for strict, common in DIALECT:
                    data = data.replace(strict, common)
            return etree.fromstring(data, parser)
        except _DAMAGE as wrong:
            raise self._damaged(member) from wrong

    def target(self, member: str, kind: str) -> str | None:
        """Where the relation of `kind` leads from `member` ("" for the package itself)."""
        folder = PurePosixPath(member).parent
        relations = str(folder / "_rels" / f"{PurePosixPath(member).name}.rels")
        if relations not in self._members:
            return None
        for relation in self._parse(relations):
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                return target[1:] if target.startswith("/") else _resolved(folder, target)
        return None

    def _damaged(self, member: str = "") -> BrokenDocument:
        inside = f" ({member})" if member else ""
        return BrokenDocument(
            name=self._name,
            reason=f"the file is damaged or incomplete{inside}; perhaps it was not copied to its end.",
            reason_zh=f"文件已损坏或不完整{inside}，可能没有传完。",
        )

    def _not_word(self) -> BrokenDocument | FormatUnknown:
        suffix = PurePosixPath(self._name).suffix.casefold()
        if suffix in ("", ".docx", ".docm", ".txt"):
            return BrokenDocument(
                name=self._name,
                reason="it is an archive without a Word document in it.",
                reason_zh="它是一个压缩包，里面没有 Word 文档。",
            )
        return FormatUnknown(name=self._name, suffix=suffix, known=".docx .docm .txt")

    def _too_large(self, size: int, limit: int) -> DocumentTooLarge:
        return DocumentTooLarge(name=self._name, size=-(-size // _MEGABYTE), limit=limit // _MEGABYTE)


def _resolved(folder: PurePosixPath, target: str) -> str:
    path = folder
    for step in PurePosixPath(target).parts:
        path = path.parent if step == ".." else path / step
    return str(path)
