"""A zip package with XML in it (.docx, .xlsx, .ods), opened within bounds of size.

Only the parts a reader asks for are unpacked, so pictures, macros and attachments cost nothing, and a link to a picture that is
gone (which offices' converters leave, and which stricter openers refuse) does no harm.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from duheng.errors import BrokenDocument, DocumentTooLarge, ProtectedDocument

_MEGABYTE = 2**20
_TOTAL = 256 * _MEGABYTE  # unpacked, pictures included
_PART = 40 * _MEGABYTE  # one part of XML; a thousand pages are about half of it
_MARKS = 1_500_000  # tags in one part; a page has about a thousand
_RATIO = 120  # unpacked to packed; Word's XML packs some 15 to 1
_SMALL = 16 * _MEGABYTE  # below this, the ratio is nobody's business
_MEMBERS = 20_000
_ENTRY = b"PK\x01\x02"  # begins each entry of a package's index
_LOCKED = 0x1
DAMAGE = (
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


class Archive:
    """An opened package: its members, the XML in them, and where their relations lead."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        self._zip = self._open(data)
        self.members = frozenset(self._zip.namelist())

    @property
    def is_bundle(self) -> bool:
        """Whether it is no office's package but files put together."""
        return not self.members & {"[Content_Types].xml", "mimetype", "_rels/.rels"}

    def parse(self, member: str) -> etree._Element:
        """The root of a part of XML."""
        # Entities stay as they are and nothing is fetched: a document type in a Word file is an attack.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(self.translated(self._read(member)), parser)
        except DAMAGE as wrong:
            raise self.damaged(member) from wrong

    def walk(self, member: str, *tags: str) -> Iterator[etree._Element]:
        """The elements with one of `tags` in a part, each let go of when the next is asked for."""
        try:
            stream = BytesIO(self._read(member, marks=None))
            options = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
            for _, node in etree.iterparse(stream, events=("end",), tag=tags, **options):  # type: ignore[call-overload]
                yield node
                node.clear()
                while node.getprevious() is not None:
                    del node.getparent()[0]
        except DAMAGE as wrong:
            raise self.damaged(member) from wrong

    def text(self, member: str) -> bytes:
        """The bytes of a small part that is no XML."""
        try:
            return self._read(member)
        except DAMAGE as wrong:
            raise self.damaged(member) from wrong

    def target(self, member: str, kind: str) -> str | None:
        """Where the relation of `kind` leads from `member` ("" for the package itself)."""
        return next((target for _, target in self.targets(member, lambda told: told.endswith(f"/{kind}"))), None)

    def targets(self, member: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        """The relations of `member` of a wanted kind: their ids and where they lead inside the package."""
        folder = PurePosixPath(member).parent
        relations = str(folder / "_rels" / f"{PurePosixPath(member).name}.rels")
        if relations not in self.members:
            return
        for relation in self.parse(relations):
            if wanted(relation.get("Type", "")) and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                yield relation.get("Id", ""), target[1:] if target.startswith("/") else _resolved(folder, target)

    def damaged(self, member: str = "") -> BrokenDocument:
        """The error for a package, or one part of it, that cannot be taken apart."""
        inside = f" ({member})" if member else ""
        return BrokenDocument(
            name=self.name,
            reason=f"the file is damaged or incomplete{inside}; perhaps it was not copied to its end.",
            reason_zh=f"文件已损坏或不完整{inside}，可能没有传完。",
        )

    def translated(self, data: bytes) -> bytes:
        """A part's bytes in the dialect that its reader knows."""
        return data

    def _open(self, data: bytes) -> zipfile.ZipFile:
        # Counted before the library lists them: an index of a million entries takes it a minute.
        if data.count(_ENTRY) > _MEMBERS:
            raise BrokenDocument(
                name=self.name,
                reason=f"it is an archive of more than {_MEMBERS} parts, which no document is.",
                reason_zh=f"压缩包内的文件超过 {_MEMBERS} 个，不是正常的文档。",
            )
        try:
            opened = zipfile.ZipFile(BytesIO(data))
        except DAMAGE as wrong:
            raise self.damaged() from wrong
        members = opened.infolist()
        total = sum(member.file_size for member in members)
        if total > _TOTAL or (total > _SMALL and total > _RATIO * len(data)):
            raise self._too_large(total, _TOTAL if total > _TOTAL else min(_TOTAL, _RATIO * len(data)))
        return opened

    def _read(self, member: str, *, marks: int | None = _MARKS) -> bytes:
        info = self._zip.getinfo(member)
        if info.flag_bits & _LOCKED:
            raise ProtectedDocument(name=self.name)
        if info.file_size > _PART:
            raise self._too_large(info.file_size, _PART)
        data = self._zip.read(info)
        if marks is not None and data.count(b"<") > marks:
            raise BrokenDocument(
                name=self.name,
                reason="it is built of far more pieces than a report has.",
                reason_zh="文件结构异常，零碎程度远超一份报告。",
            )
        return data

    def _too_large(self, size: int, limit: int) -> DocumentTooLarge:
        return DocumentTooLarge(name=self.name, size=-(-size // _MEGABYTE), limit=limit // _MEGABYTE)


def _resolved(folder: PurePosixPath, target: str) -> str:
    path = folder
    for step in PurePosixPath(target).parts:
        path = path.parent if step == ".." else path / step
    return str(path)
