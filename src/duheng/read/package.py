"""The parts of a Word file that hold words."""

from __future__ import annotations

from lxml import etree

from duheng.errors import ArchiveGiven, BrokenDocument
from duheng.read.archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# The strict dialect differs from the common one by its namespaces.
STRICT = b"http://purl.oclc.org/ooxml/"
DIALECT = (
    (STRICT + b"wordprocessingml/main", W[1:-1].encode()),
    (STRICT + b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


class Package(Archive):
    """An opened Word file: its `main` part, and the parts beside it by the kind of their relation ("styles", "footnotes")."""

    def __init__(self, data: bytes, *, name: str) -> None:
        super().__init__(data, name=name)
        self.main = self.target("", "officeDocument") or "word/document.xml"
        if self.main not in self.members:
            raise ArchiveGiven(name=name) if self.is_bundle else self._not_word()
        self.document = self.parse(self.main)
        if self.document.tag != W + "document":
            raise self._not_word()

    def part(self, kind: str) -> etree._Element | None:
        """The root of the part that the main part is related to by `kind`, or None where the file has none."""
        member = self.target(self.main, kind)
        return self.parse(member) if member and member in self.members else None

    def translated(self, data: bytes) -> bytes:
        """The strict dialect as the common one."""
        if STRICT in data:
            for strict, common in DIALECT:
                data = data.replace(strict, common)
        return data

    def _not_word(self) -> BrokenDocument:
        return BrokenDocument(
            name=self.name,
            reason="it is an archive without a Word document in it.",
            reason_zh="它是一个压缩包，里面没有 Word 文档。",
        )
