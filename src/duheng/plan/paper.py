"""A report being turned into a plan: its document, claims and sentences, and the names known in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from duheng import pattern as re
from duheng.plan.naming import Naming
from duheng.plan.passage import Passage, Side, passages
from duheng.plan.place import Place
from duheng.plan.plan import Mention
from duheng.plan.results import Results
from duheng.read import BlockKind, Claim, Document, is_annex, planned_year

_YEAR = re.compile(r"20\d\d")
_OFFSET = attrgetter("offset")
_HEAD = 1500  # characters within which a report names itself, its place and its year


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One report with everything the plan is read from; `index` is its number among the reports."""

    index: int
    document: Document
    claims: tuple[Claim, ...]
    year: int
    naming: Naming
    passages: tuple[Passage, ...] = field(init=False)
    prose: tuple[Claim, ...] = field(init=False)  # the claims outside tables, which the tables' own reading covers
    results: Results = field(init=False)  # of the prose

    def __post_init__(self) -> None:
        object.__setattr__(self, "passages", passages(self.document))
        object.__setattr__(self, "prose", tuple(claim for claim in self.claims if not self._in_table(claim)))
        object.__setattr__(self, "results", Results(self.prose, naming=self.naming))

    def side_at(self, offset: int) -> Side:
        """The side of the year that the sentence at `offset` speaks from."""
        found = self.passage_at(offset)
        return found.side if found else Side.UNKNOWN

    def passage_at(self, offset: int) -> Passage | None:
        """The sentence that holds character `offset`."""
        found = self.passages[bisect_right(self.passages, offset, key=_OFFSET) - 1] if self.passages else None
        return found if found and found.offset <= offset < found.end else None

    def mention(self, offset: int, end: int, *, sentence: str | None = None) -> Mention:
        """A place in this report, with its whole sentence."""
        passage = self.passage_at(offset)
        whole = sentence if sentence is not None else passage.text if passage else self.document.text[offset:end]
        return Mention(document=self.index, offset=offset, end=end, sentence=whole)

    def _in_table(self, claim: Claim) -> bool:
        block = self.document.block_at(claim.offset)
        return block is not None and block.kind is BlockKind.CELL


def title_of(document: Document) -> str:
    """The report's own title: its first lines up to the one that closes it (报告, or the first that is long)."""
    lines: list[str] = []
    captions = [table.caption for table in document.tables if table.caption] if is_annex(document) else []
    for block in captions[:1] or document.blocks[:12]:
        text = re.sub(r"\s+", "", block.text)
        is_cell = block.kind is BlockKind.CELL and block.sheet is not None
        if not text or len(text) > 60 or text.endswith("。") or (lines and is_cell):
            break
        lines.append(text)
        if "报告" in text or len(lines) == 4:
            break
    # Web copies begin with the page's own words (下载, 打印): the line that says what it is counts.
    for i, line in enumerate(lines):
        if "报告" in line and i and ("关于" not in lines[0]):
            return line
    return "".join(lines)


def year_of(documents: Sequence[Document]) -> int:
    """The year planned for, told by the reports before the annexes: by a title, a table's headings, or the session; 0 if untold.

    A report's title names the year planned for last; an annex's may name only the year it looks back on.
    """
    ordered = sorted(documents, key=is_annex)
    for document in ordered:
        years = [int(year) for year in _YEAR.findall(title_of(document))]
        if found := (is_annex(document) and planned_year(document)) or max(years, default=0):
            return found
    for document in documents:
        years = [int(year) for year in re.findall(r"(20\d\d)\s*年\s*\d+\s*月", document.text[:_HEAD])]
        years = years or [int(year) for year in re.findall(r"(20\d\d)\s*年", document.text)][-40:]
        if years:
            return max(years, key=years.count)
    return 0


def place_of(documents: Sequence[Document]) -> Place:
    """The place planned for, told by the reports before the annexes; one without an area if none tells."""
    for document in sorted(documents, key=is_annex):
        if (place := Place.of(head_of(document))).area:
            return place
    return Place()


def head_of(document: Document) -> str:
    """The beginning of a report, where it names its place; what a sheet is called is no part of it."""
    if not any(block.is_sheet_name for block in document.blocks):
        return document.text[:_HEAD]
    return "\n".join(block.text for block in document.blocks if not block.is_sheet_name)[:_HEAD]
