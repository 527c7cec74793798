"""Makes a document of a workbook's sheets: each used range a table, the lines above it its title, the lines below it its notes.

The first title on a sheet heads what stands on it; the sheet's name does so only where there is none, else it is no more than the
place. Empty rows and columns part ranges; one empty row inside a table (between groups of
indicators) does not, where what follows has the same width and is no new heading.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duheng import pattern as re
from duheng.read.builder import Builder, Laid
from duheng.read.document import Block, Document
from duheng.read.frame import caption_above
from duheng.read.sheet import Sheet, address

_DEFAULT = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_NOT_TITLE = re.compile(r"[（(]?\s*(?:附件|(?:计量)?单位\s*[：:]|填报|编制|制表|日期|\d{4}年\d+月)")
_NUMBERED = re.compile(r"附[件表]\s*[\d０-９一二三四五六七八九十]*\s*[：:]?$")  # the number of an annex without its title
_ANNEX = re.compile(r"附[件表]\s*[\d０-９一二三四五六七八九十]*\s*[：:]?")
_NOTE = re.compile(r"注|备注|说明|资料来源|数据来源|[*※]")
_NUMBER = re.compile(r"[<>≥≤＜＞±+-]?\s*\d[\d,.]*\s*(?:%|‰)?")
_UNITS = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:]")
_LONG = 20
_TITLE = 60  # characters of a title at most
_WIDEST = 400_000  # places of one table, empty ones among them
_COVERED = 1_000_000  # places that merged cells cover
_BESIDE = 20  # ranges next to each other
_HEADING = "Heading 1"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Range:
    """Rows and columns of a sheet that belong together, by their numbers there."""

    rows: list[int]
    columns: list[int]


@dataclass(frozen=True, slots=True)
class _Parted:
    """A range with its lines above told from its table and the notes below; without a table all are lines."""

    titles: list[list[Laid]]
    table: list[list[Laid]]
    notes: list[list[Laid]]


def document_of_sheets(sheets: Sequence[Sheet], *, name: str, format: str) -> Document:  # noqa: A002 — the word of the field
    """The document that the shown sheets of a workbook make."""
    builder = Builder()
    for sheet in sheets:
        if sheet.cells:
            _Layout(sheet, builder).run()
    return builder.document(name=name, format=format)


class _Layout:
    """One sheet on its way into the document."""

    def __init__(self, sheet: Sheet, builder: Builder) -> None:
        self._sheet, self._builder = sheet, builder
        self._laid: dict[tuple[int, int], Laid] = {}
        self._title: Laid | None = None
        self._owners: dict[tuple[int, int], tuple[int, int]] = {}
        rows, columns = sorted({row for row, _ in sheet.cells}), sorted({column for _, column in sheet.cells})
        covered = 0
        for top, left, bottom, right in sheet.spans():
            over = _between(rows, top, bottom), _between(columns, left, right)
            covered += len(over[0]) * len(over[1])
            if covered > _COVERED:
                raise sheet.too_large()
            self._owners.update({(row, column): (top, left) for row in over[0] for column in over[1]})

    def run(self) -> None:
        parts = [self._parted(found) for found in self._ranges()]
        self._title, heading, name = _own_title(parts), None, self._sheet.name.strip()
        if not (self._title or _DEFAULT.fullmatch(name) or _says(parts, name)):
            heading = self._builder.add(name, style=_HEADING, sheet=self._sheet.name)
        above: list[Block] = []
        for part in parts:
            above = self._lay(part, above, heading)

    def _ranges(self) -> list[_Range]:
        """The used ranges, from the top, and beside each other from the left."""
        filled: dict[int, list[int]] = {}
        for row, column in sorted({*self._sheet.cells, *self._owners}):
            filled.setdefault(row, []).append(column)
        tall = _joined([*self._sheet.hidden_rows, *((top, bottom) for top, _, bottom, _ in self._sheet.spans())])
        found: list[_Range] = []
        for rows in _runs(list(filled), tall):
            columns = sorted({column for row in rows for column in filled[row]})
            for part in _runs(columns, self._wide(rows, filled)):
                inside = set(part)
                below = _Range([row for row in rows if not inside.isdisjoint(filled[row])], part)
                near = range(len(found) - 1, max(-1, len(found) - _BESIDE), -1)
                above = next((place for place in near if self._goes_on(found[place], below)), None)
                if above is None:
                    found.append(below)
                else:
                    found[above] = _Range(found[above].rows + below.rows, found[above].columns)
        return found

    def _goes_on(self, above: _Range, below: _Range) -> bool:
        """Whether a range goes on with the table above it, past one empty row: within its columns, and with numbers at once."""
        beneath = below.rows[0] - above.rows[-1] == 2 and len(below.columns) > 1 and len(above.rows) > 1
        within = below.columns[0] == above.columns[0] and below.columns[-1] <= above.columns[-1]
        first = (self._sheet.cells.get((below.rows[0], column), "") for column in below.columns[1:])
        return beneath and within and any(map(_NUMBER.fullmatch, first))

    def _wide(self, rows: Sequence[int], filled: dict[int, list[int]]) -> list[Span]:
        """The columns that merged cells bridge, other than a title across everything."""
        inside = {row for row in rows if len({self._owner(row, column) for column in filled[row]}) > 1}
        spans = ((left, right) for top, left, _, right in self._sheet.spans() if top in inside)
        return _joined([*self._sheet.hidden_columns, *spans])

    def _parted(self, found: _Range) -> _Parted:
        if len(found.rows) * len(found.columns) > _WIDEST:
            raise self._sheet.too_large()
        rows = [[self._cell(self._owner(row, column)) for column in found.columns] for row in found.rows]
        first, last = 0, len(rows)
        while first < last and _is_title(rows[first]):
            first += 1
        while last > first and _is_note(rows[last - 1]):
            last -= 1
        if last - first < 2 or len(found.columns) == 1:
            first = last = len(rows)
        return _Parted(rows[:first], rows[first:last], rows[last:])

    def _lay(self, part: _Parted, above: list[Block], heading: Block | None) -> list[Block]:
        """Takes a range in; gives the lines that may still be the title of a table below it, past an empty row."""
        titles = [block for row in part.titles for block in self._lines(row)]
        if not part.table:
            return [*above, *(block for block in titles if _may_be_title(block.text))]
        self._builder.frame(part.table, caption=_caption(titles or above, heading), sheet=self._sheet.name)
        for row in part.notes:
            self._lines(row)
        return []

    def _owner(self, row: int, column: int) -> tuple[int, int]:
        return self._owners.get((row, column), (row, column))

    def _cell(self, at: tuple[int, int]) -> Laid:
        if at not in self._laid:
            place = {"sheet": self._sheet.name, "address": address(*at)}
            self._laid[at] = Laid(text=self._sheet.cells.get(at, ""), place=place)
        return self._laid[at]

    def _lines(self, row: Sequence[Laid]) -> list[Block]:
        """The row's cells as paragraphs."""
        first = len(self._builder.blocks)
        for cell in dict.fromkeys(row):
            self._builder.lines(cell.text, style=_HEADING if cell is self._title else None, **cell.place)
        return self._builder.blocks[first:]


def _own_title(parts: Sequence[_Parted]) -> Laid | None:
    """The title that a sheet has of its own: the last line above its first table that is one; of lines alone the first."""
    found: list[Laid] = []
    for part in parts:
        found += [cell for row in part.titles for cell in dict.fromkeys(row) if _may_be_title(cell.text.strip())]
        if part.table:
            return found[-1] if found else None
    return found[0] if found else None


def _says(parts: Sequence[_Parted], name: str) -> bool:
    """Whether a line above the first table says what the sheet is called."""
    lines = (cell.text for part in parts[:1] for row in part.titles for cell in row)
    return any("".join(line.split()).startswith("".join(name.split())) for line in lines)


def _may_be_title(text: str) -> bool:
    """Whether a line is a title: no unit, date or note, and no number of an annex that has its title elsewhere."""
    if not text or len(text) > _TITLE or _NUMBERED.match(text) or _NOTE.match(text) or text.endswith("。"):
        return False
    return not _NOT_TITLE.match(_ANNEX.sub("", text, count=1).strip() or text)


def _caption(titles: Sequence[Block], heading: Block | None) -> Block | None:
    """The title of a table: the line above it that names a table, else the last that is no attachment's number or unit."""
    return caption_above(titles) or next((each for each in reversed(titles) if not _NOT_TITLE.match(each.text)), heading)


def _is_title(row: Sequence[Laid]) -> bool:
    """A row above a table that is none of its rows: one cell, or one beside the unit of everything."""
    texts = [cell.text for cell in dict.fromkeys(row) if cell.text]
    return len(texts) <= 1 or (len(texts) == 2 and bool(_UNITS.match(texts[1])))


def _is_note(row: Sequence[Laid]) -> bool:
    texts = [cell.text for cell in dict.fromkeys(row) if cell.text]
    return len(texts) == 1 and (len(texts[0]) > _LONG or bool(_NOTE.match(texts[0])))


def _runs(numbers: Sequence[int], bridges: Sequence[Span]) -> Iterator[list[int]]:
    """Sorted numbers in runs without a gap, but for gaps that a bridge covers."""
    run: list[int] = []
    starts = [first for first, _ in bridges]
    for number in numbers:
        if run and number - run[-1] > 1:
            at = bisect_right(starts, run[-1] + 1) - 1
            if at < 0 or bridges[at][1] < number - 1:
                yield run
                run = []
        run.append(number)
    if run:
        yield run


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap or touch made one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _between(numbers: Sequence[int], first: int, last: int) -> Sequence[int]:
    return numbers[bisect_left(numbers, first) : bisect_left(numbers, last + 1)]
