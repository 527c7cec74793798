"""A Word file taken apart and put together again: what is not touched keeps every byte."""

from __future__ import annotations

import zipfile
from copy import copy
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from duheng.errors import BrokenDocument
from duheng.read.package import DIALECT, STRICT, Package, W

_TYPES = "[Content_Types].xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_DAMAGE = (zipfile.BadZipFile, etree.LxmlError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)


class Parts:
    """The members of a Word file; `package` is the same file as it was read."""

    def __init__(self, data: bytes, *, package: Package, name: str) -> None:
        self._name = name
        self._main = package.main
        self._member = package.target(package.main, "comments")
        try:
            with zipfile.ZipFile(BytesIO(data)) as opened:
                self._infos = {info.filename: info for info in opened.infolist()}
                self._data = {member: opened.read(info) for member, info in self._infos.items()}
        except _DAMAGE as wrong:
            raise self._damaged() from wrong
        self._strict = STRICT in self._data[self._main]

    def comments(self) -> etree._Element:
        """The root of the comments that are there, or a new one."""
        if self._member in self._data:
            return self._parse(self._data[self._member])
        return etree.Element(W + "comments", nsmap={"w": W[1:-1]})

    def packed(self, *, document: etree._Element, comments: etree._Element) -> bytes:
        """The file with the document and its comments as they are now."""
        self._data[self._main] = self._bytes(document)
        if self._member not in self._data:
            self._member = self._add_comments()
        self._data[self._member] = self._bytes(comments)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for member, data in self._data.items():
                packed.writestr(self._info(member), data)
        return out.getvalue()

    def _add_comments(self) -> str:
        """Tell the package of a new part for comments; its name."""
        folder = PurePosixPath(self._main).parent
        names = (f"comments{number or ''}.xml" for number in range(len(self._data) + 1))
        name = next(name for name in names if str(folder / name) not in self._data)
        types = self._parse(self._data[_TYPES])
        etree.SubElement(types, _TYPES_NS + "Override", PartName=f"/{folder / name}", ContentType=_COMMENTS_TYPE)
        self._data[_TYPES] = _serialised(types)
        relations = str(folder / "_rels" / f"{PurePosixPath(self._main).name}.rels")
        root = self._relations(relations)
        kind = _STRICT_RELATION if self._strict else _RELATION
        etree.SubElement(root, _RELATIONS_NS + "Relationship", Id=_free_id(root), Type=kind, Target=name)
        self._data[relations] = _serialised(root)
        return str(folder / name)

    def _relations(self, member: str) -> etree._Element:
        if member in self._data:
            return self._parse(self._data[member])
        return etree.Element(_RELATIONS_NS + "Relationships", nsmap={None: _RELATIONS_NS[1:-1]})

    def _parse(self, data: bytes) -> etree._Element:
        if self._strict:
            for strict, common in DIALECT:
                data = data.replace(strict, common)
        try:
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except _DAMAGE as wrong:
            raise self._damaged() from wrong

    def _bytes(self, root: etree._Element) -> bytes:
        data = _serialised(root)
        if self._strict:
            for strict, common in DIALECT:
                data = data.replace(common, strict)
        return data

    def _info(self, member: str) -> zipfile.ZipInfo:
        """How a member was packed; a new one has no date, so that the same file always gives the same bytes."""
        if member not in self._infos:
            new = zipfile.ZipInfo(member)
            new.compress_type = zipfile.ZIP_DEFLATED
            return new
        info = copy(self._infos[member])
        info.extra = b""
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            info.compress_type = zipfile.ZIP_DEFLATED
        return info

    def _damaged(self) -> BrokenDocument:
        return BrokenDocument(
            name=self._name,
            reason="part of the file is damaged, so comments cannot be added.",
            reason_zh="文件有部分损坏，无法添加批注。",
        )


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _free_id(root: etree._Element) -> str:
    used = {node.get("Id") for node in root}
    return next(name for number in range(1, len(used) + 2) if (name := f"rIdComments{number}") not in used)
