"""A report as paper: blocks of sentences, every number marked, every place of a plan item reachable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from duheng.site.queries import findings, sentences
from duheng.site.queries.findings import Row
from duheng.site.queries.runs import Item, Run, flagged
from duheng.site.records.models import Claim, Document, Mention, Plan

_HEADINGS = 3  # levels of sections that are listed and set as headings


@dataclass(slots=True, kw_only=True)
class Line:
    """The sentences of one block; `level` is that of a heading, 0 in running text."""

    offset: int
    level: int
    kind: str  # "" in running text, "caption" above a table or box, "title" of the report
    sentences: list[list[Run]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table with what it spans."""

    line: Line | None
    columns: int
    rows: int
    address: str = ""  # of a sheet's cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the flow: a paragraph, a table, a box, or the footnotes."""

    kind: str
    lines: list[Line]
    rows: list[list[Cell]]
    caption: Line | None = None
    page: int | None = None  # where it begins, of a printed report


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the list of contents."""

    offset: int
    level: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The whole document, ready to be set."""

    parts: list[Part]
    contents: list[Heading]
    claims: int
    targets: int
    bound: int
    findings: list[Row]


def paper(document: Document) -> Paper:
    """Set `document`."""
    setting = _Setting(document)
    parts = list(setting.parts())
    claims = setting.claims
    return Paper(
        parts=parts,
        contents=[
            Heading(offset=offset, level=level, title=title)
            for level, _, title, offset, _ in document.body["sections"]
            if level <= _HEADINGS and len(title) <= 40
        ],
        claims=len(claims),
        targets=sum(claim.role == "target" for claim in claims),
        bound=sum(bool(setting.items_of(claim)) for claim in claims),
        findings=setting.findings,
    )


class _Setting:
    """One document on its way to the page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text: str = document.text
        self.body: dict[str, Any] = document.body
        self.places: list[list[Any]] = document.body.get("places") or []  # none in documents stored before there were any
        self.claims = list(document.claims.order_by("offset"))
        self.spans = {claim.offset: claim.span for claim in self.claims}
        self.findings = [row for row in findings.rows(document) if row.state == "open"]
        self.mentions = _mentions(document)
        self.items: dict[tuple[int, int], list[Item]] = defaultdict(list)
        for mention in self.mentions:
            known = self.items[mention.offset, mention.end]
            item = _item(mention)
            if item not in known:
                known.append(item)
        plan = Plan.objects.filter(sources__document=document).first()
        self.name = "".join(plan.title.split()) if plan else ""
        self.opening = min([offset for _, _, _, offset, _ in self.body["sections"]], default=0)
        self.sections = {offset: level for level, _, _, offset, _ in self.body["sections"]}

    def items_of(self, claim: Claim) -> list[Item]:
        """Plan items whose place is this number."""
        end = claim.offset + len(claim.span)
        found = [item for (start, stop), items in self.items.items() if start < end and claim.offset < stop for item in items]
        return list(dict.fromkeys(found))

    def parts(self) -> Iterator[Part]:
        """The flow of the document; footnotes come at its end."""
        blocks = list(enumerate(self.body["blocks"]))
        captions = {table["caption"] for table in self.body["tables"]} | set(self.body["boxes"])
        notes = [self._line(block) for _, block in blocks if block[2] == "footnote"]
        flow = [pair for pair in blocks if pair[1][2] != "footnote"]
        for (kind, number), group in groupby(flow, key=lambda pair: _place(pair[1])):
            members = list(group)
            if kind == "table":
                yield replace(self._table(number), page=self._page(members[0][0]))
            elif kind == "box":
                lines = [self._line(block) for _, block in members]
                yield Part(kind="box", lines=lines, rows=[], page=self._page(members[0][0]))
            else:
                for index, block in members:
                    line = self._line(block, kind="caption" if index in captions else "")
                    kind = "caption" if index in captions else "paragraph"
                    yield Part(kind=kind, lines=[line], rows=[], page=self._page(index))
        if notes:
            yield Part(kind="notes", lines=notes, rows=[])

    def _page(self, index: int) -> int | None:
        return self.places[index][0] if self.places else None

    def _table(self, number: int) -> Part:
        grid: list[list[int | None]] = self.body["tables"][number]["rows"]
        return Part(kind="table", lines=[], rows=[list(self._cells(grid, row)) for row in range(len(grid))])

    def _cells(self, grid: list[list[int | None]], row: int) -> Iterator[Cell]:
        """The cells that begin in this row; one that spans others is given once."""
        column = 0
        while column < len(grid[row]):
            index = grid[row][column]
            columns = 1
            while index is not None and column + columns < len(grid[row]) and grid[row][column + columns] == index:
                columns += 1
            above = row > 0 and column < len(grid[row - 1]) and grid[row - 1][column] == index
            if index is None or not above:
                line = None if index is None else self._line(self.body["blocks"][index], plain=True)
                address = self.places[index][2] or "" if self.places and index is not None else ""
                yield Cell(line=line, columns=columns, rows=_height(grid, row, column), address=address)
            column += columns

    def _line(self, block: list[Any], *, kind: str = "", plain: bool = False) -> Line:
        start, end = block[0], block[1]
        level = next((self.sections[at] for at in range(start, min(start + 3, end)) if at in self.sections), None)
        short = end - start <= 40 and not self.text[start:end].rstrip().endswith(("。", "；"))
        heading = level is not None and level <= _HEADINGS and short and not plain and block[2] == "paragraph"
        return Line(
            offset=start,
            level=(level or 0) + 1 if heading and level is not None else 0,
            kind=kind or self._title(start, end),
            sentences=[self._runs(*bounds) for bounds in sentences.bounds(self.text, start, end)],
        )

    def _title(self, start: int, end: int) -> str:
        """Whether a block is a line of the report's title, which may be set on several."""
        words = "".join(self.text[start:end].split())
        return "title" if start < self.opening and words and words in self.name else ""

    def _runs(self, start: int, end: int) -> list[Run]:
        runs: list[Run] = []
        at = start
        for mark in self._marks(start, end):
            if mark.offset > at:
                runs.append(Run(offset=at, text=self.text[at : mark.offset]))
            runs.append(mark)
            at = max(at, mark.offset + len(mark.text))
        if at < end:
            runs.append(Run(offset=at, text=self.text[at:end]))
        return flagged(runs, self.findings)

    def _marks(self, start: int, end: int) -> Iterator[Run]:
        """Numbers and names inside a sentence, in order, none overlapping; a place inside another mark becomes a bare anchor."""
        marks = {claim.offset: self._number(claim) for claim in self.claims if start <= claim.offset < end}
        taken = [(offset, offset + len(run.text)) for offset, run in marks.items()]
        named = sorted((key for key in self.items if start <= key[0] < end), key=lambda key: (key[0], -key[1]))
        for low, high in named:
            if low in marks:
                continue
            free = high <= end and not any(low < stop and begin < high for begin, stop in taken)
            if free:
                marks[low] = Run(offset=low, text=self.text[low:high], items=self.items[low, high], anchor=True)
                taken.append((low, high))
            elif not any(begin < low < stop for begin, stop in taken):
                marks[low] = Run(offset=low, text="", anchor=True)
        yield from (marks[offset] for offset in sorted(marks))

    def _number(self, claim: Claim) -> Run:
        whole = self.spans.get(claim.of, "") if claim.of is not None else ""
        return Run(offset=claim.offset, text=claim.span, claim=claim, whole=whole, items=self.items_of(claim), anchor=True)


def _place(block: list[Any]) -> tuple[str, int]:
    """What a block is part of: neighbours that share it are set together."""
    if block[2] == "cell" and block[3] is not None:
        return "table", block[3]
    if block[2] == "box":
        return "box", block[4] if block[4] is not None else -1
    return "flow", 0


def _height(grid: list[list[int | None]], row: int, column: int) -> int:
    index, rows = grid[row][column], 1
    while index is not None and row + rows < len(grid) and column < len(grid[row + rows]) and grid[row + rows][column] == index:
        rows += 1
    return rows


def _mentions(document: Document) -> list[Mention]:
    related = ("indicator", "project", "task", "commitment__task", "statement", "review_item")
    return list(document.mentions.select_related(*related).order_by("offset"))


def _item(mention: Mention) -> Item:
    if mention.indicator:
        return Item(noun="indicator", pk=mention.indicator.pk, name=mention.indicator.name)
    if mention.project:
        return Item(noun="project", pk=mention.project.pk, name=mention.project.name)
    if mention.task:
        return Item(noun="task", pk=mention.task.pk, name=mention.task.title)
    if mention.commitment:
        return Item(noun="task", pk=mention.commitment.task.pk, name=mention.commitment.task.title)
    if mention.review_item:
        return Item(noun="review", pk=mention.review_item.pk, name=mention.review_item.item)
    return Item(noun="overview", pk=0, name=mention.statement.subject if mention.statement else "")
