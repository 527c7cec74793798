"""The rows of a table of indicators, each with its name, unit, nature, owner and the cells of its targets and results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from duheng import pattern as re
from duheng.read.columns import Columns, Grid, columns, heading_rows
from duheng.read.document import Block, BlockKind, Document, Table
from duheng.read.heading import ACTUAL, PLAN, Heading, heading, is_unit, squeeze

_NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、](?=\D))")
_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]*)[）)]$")
# A row that says only how the row above it moved: 增长率, 增速, 比上年增长.
_HANGING = re.compile(r"(?:其中)?[：:]?(?:比上年|同比|年均)?(?:增长率?|增速|增幅|增长速度)")
_HEADINGS = re.compile(r"^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[）)]")
_MOVES = re.compile(r"(?:增长率?|增速|增幅|涨幅|上涨|下降率?|降低率?|降幅|减少)$")
_NO_NAME = re.compile(r"序号|编号|备注|说明|单位|合计")
_MOSTLY = 0.7  # of a document's characters in cells, from which it is an annex of tables and no report


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCell:
    """One filled cell of a row with what its headings say of it; `offset` to `end` is the line of the table it stands in."""

    said: Heading
    block: Block
    offset: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One indicator of a table, as printed, brackets stripped; `nature` is "binding", "expected" or "" where nothing says.

    `target` and `results` are the cells for the whole year and the whole place; `cells` holds all of them, those of earlier
    plans, quarters, towns and offices too.
    """

    number: int  # 1-based among the table's indicators
    name: str
    unit: str
    nature: str
    target: Block | None
    results: tuple[tuple[int, Block], ...]  # (year, cell); year 0 where the heading names none
    offset: int
    end: int
    printed: str  # the row as one line
    owner: str = ""  # the office that answers for it (责任单位), as printed
    cells: tuple[PlanCell, ...] = ()

    @classmethod
    def of_text(cls, *, name: str, unit: str) -> IndicatorRow:
        """An indicator that no table has, so that its result is sought like any other's."""
        return cls(number=0, name=name, unit=unit, nature="", target=None, results=(), offset=0, end=0, printed="")

    def aims(self, year: int) -> tuple[PlanCell, ...]:
        """Its cells that aim at `year`: the whole, quarters, towns and offices."""
        return tuple(cell for cell in self.cells if cell.said.role == PLAN and cell.said.year in (year, 0))


def plan_rows(document: Document, *, year: int) -> tuple[IndicatorRow, ...]:
    """The rows of the table that gives the targets for `year`, in order; empty where the report has no such table.

    Further tables go on with it where they are its continuation, and in an annex, which has nothing but tables; of a report's
    other tables only what they say of rows already known is taken (quarters, towns, a target given once more).
    """
    rows: list[IndicatorRow] = []
    annexed = is_annex(document)
    for read in _tables(document, year=year):
        before: dict[str, list[int]] = defaultdict(list)
        for i, each in enumerate(rows):
            before[each.name].append(i)
        goes_on = not rows or annexed or read.continues
        for row in read.planned:
            known = next((i for i in before[row.name] if _is_same(rows[i], row)), None)
            if known is not None:
                rows[known] = _joined(rows[known], row, year=year)
            elif goes_on:
                rows.append(row)
    return _numbered(rows)


def result_rows(document: Document, *, year: int) -> tuple[IndicatorRow, ...]:
    """The rows that only tell what `year` came to: of a separate table of results, or of a level whose growth alone is aimed at."""
    rows = [row for read in _tables(document, year=year + 1) for row in read.others if row.results]
    return _numbered(rows)


def planned_year(document: Document) -> int:
    """The latest year that the headings of the document's tables plan for; 0 if they name none."""
    found = [
        cell.said.year
        for read in _tables(document, year=0)
        for row in (*read.planned, *read.others)
        for cell in row.cells
        if cell.said.role == PLAN
    ]
    return max(found, default=0)


def is_annex(document: Document) -> bool:
    """Whether a document is tables and hardly anything else."""
    cells = sum(len(block.text) for block in document.blocks if block.kind is BlockKind.CELL)
    return cells > _MOSTLY * sum(len(block.text) for block in document.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One table as read: rows that have a target, or a column for one, and rows that only tell results."""

    planned: tuple[IndicatorRow, ...]
    others: tuple[IndicatorRow, ...]
    continues: bool  # whether it goes on with the table before it


def _tables(document: Document, *, year: int) -> Iterator[_Read]:
    last: tuple[Columns, Table] | None = None
    for table in document.tables:
        found = columns(table, year=year, unit_line=_unit_line(document, table))
        continues = table.caption is None or "续" in table.caption.text
        if found is None and last is not None and _goes_on(document, last[1], table, year=year):
            found, continues = (replace(last[0], headed=0), table.rows), True
        if found is None:
            last = None
            continue
        last = (found[0], table) if found[1] is table.rows else None
        rows = list(_Reading(table, *found, year=year).rows())
        planned = tuple(row for row, is_planned in rows if is_planned)
        yield _Read(planned=planned, others=tuple(row for row, is_planned in rows if not is_planned), continues=continues)


def _unit_line(document: Document, table: Table) -> str:
    """The line right above a table that says the unit of all of it (单位：万元)."""
    first = min((cell.offset for row in table.rows for cell in row if cell.text), default=0)
    above = document.text[max(0, first - 60) : first]
    lines = [line for line in above.split("\n") if line.strip()]
    return next((line for line in reversed(lines[-2:]) if re.match(r"\s*[（(]?(?:计量)?单位[:：]", line)), "")


def _goes_on(document: Document, before: Table, table: Table, *, year: int) -> bool:
    """Whether a table without a heading is the rest of the one right above it, cut by a page."""
    end = max((cell.end for row in before.rows for cell in row), default=0)
    start = min((cell.offset for row in table.rows for cell in row if cell.text), default=0)
    caption = table.caption.text if table.caption and "续" in table.caption.text else ""
    between = document.text[end:start].replace(caption, "") if end <= start else "?"
    same = max(map(len, before.rows), default=0) == max(map(len, table.rows), default=-1)
    return same and not between.strip() and not heading_rows(table.rows, year=year)


class _Reading:
    """One table being read, row by row; several rows of it may speak of one indicator."""

    def __init__(self, table: Table, laid: Columns, grid: Grid, *, year: int) -> None:
        self._laid, self._grid, self._year = laid, grid, year
        self._is_turned = grid is not table.rows
        self._lines = {cell.offset: _line(row) for row in reversed(table.rows) for cell in row if cell.text}
        self._aimed = {
            said.growth
            for _, said in laid.values
            if (settled := laid.settled(said, year=year)).role == PLAN and settled.year in (year, 0)
        }

    def rows(self) -> Iterator[tuple[IndicatorRow, bool]]:
        """The rows in order, each with whether it has a target or a column for one."""
        heads = {tuple(squeeze(cell.text) for cell in row) for row in self._grid[: self._laid.headed]}
        nature = owner = ""
        last: IndicatorRow | None = None
        for cells in self._grid[self._laid.headed :]:
            texts = [squeeze(cell.text) for cell in cells]
            if tuple(texts) in heads:  # the heading again, on a new page
                continue
            if _is_group(cells, texts, self._laid):
                nature = _nature(next((text for text in texts if text), "")) or nature
                continue
            row = self._row(cells, nature=nature)
            if last is not None and self._laid.aspect is not None and row.name in ("", last.name):
                last = _joined(last, row, year=self._year)
                continue
            if not row.name or _NO_NAME.fullmatch(row.name):
                continue
            if last is not None:
                yield from self._split(last)
            if _HANGING.fullmatch(row.name) and owner:
                row = replace(row, name=f"{owner}{row.name}", nature=row.nature or (last.nature if last else ""))
            else:
                owner = row.name
            last = replace(row, number=last.number + 1 if last else 1)
        if last is not None:
            yield from self._split(last)

    def _row(self, cells: Sequence[Block], *, nature: str) -> IndicatorRow:
        laid = self._laid
        name, unit, marked = _split_name(_text(cells, laid.name))
        aspect = heading(_text(cells, laid.aspect), year=self._year) or Heading()
        shown = list(dict.fromkeys(cell for cell in cells if cell.text.strip()))
        line = self._lines[shown[0].offset] if self._is_turned else _line(shown)
        found = tuple(
            self._cell(cells[i], said.over(aspect), line) for i, said in laid.values if i < len(cells) and cells[i].text.strip()
        )
        given = next((cell.said.unit for cell in found if cell.said.unit and not cell.said.growth), "")
        row = IndicatorRow(
            number=1,
            name=name,
            unit=_bare_unit(_text(cells, laid.unit)) or unit or given or _of_caption(name, laid.caption.unit),
            nature=_nature(_text(cells, laid.nature)) or _nature(marked) or nature,
            target=None,
            results=(),
            offset=line[0],
            end=line[1],
            printed=" | ".join(squeeze(cell.text) for cell in shown),
            owner=_text(cells, laid.office),
            cells=found,
        )
        return _settled(row, year=self._year)

    def _cell(self, cell: Block, said: Heading, line: tuple[int, int]) -> PlanCell:
        start, end = self._lines[cell.offset] if self._is_turned else line
        return PlanCell(said=self._laid.settled(said, year=self._year), block=cell, offset=start, end=end)

    def _split(self, row: IndicatorRow) -> Iterator[tuple[IndicatorRow, bool]]:
        """The row, and its growth as an indicator of its own where levels and growth stand side by side."""
        grows = tuple(cell for cell in row.cells if cell.said.growth)
        if not grows or _MOVES.search(row.name):
            yield row, bool(self._aimed or row.aims(self._year))
            return
        growth = _settled(replace(row, name=f"{row.name}增长", unit="%", cells=grows), year=self._year)
        level = _settled(replace(row, cells=tuple(cell for cell in row.cells if not cell.said.growth)), year=self._year)
        if level.cells:
            # A growth alone is aimed at where a series has no level, and nobody need be asked for one.
            yield level, bool(level.aims(self._year)) or (False in self._aimed and not growth.target)
        yield growth, bool(growth.aims(self._year))


def _line(cells: Sequence[Block]) -> tuple[int, int]:
    filled = [cell for cell in cells if cell.text.strip()]
    return min(cell.offset for cell in filled), max(cell.end for cell in filled)


def _is_group(cells: Sequence[Block], texts: Sequence[str], laid: Columns) -> bool:
    """A row that only names the group below it: one cell across, or nothing but a heading."""
    if len({id(cell) for cell in cells if cell.text.strip()}) <= 1:
        return True
    filled = [i for i, _ in laid.values if i < len(texts) and texts[i]]
    return not filled and bool(_HEADINGS.match(texts[laid.name]) if laid.name < len(texts) else True)


def _settled(row: IndicatorRow, *, year: int) -> IndicatorRow:
    """The row with its target for `year` and its results found among its cells; an actual comes before an estimate."""
    whole = [cell for cell in row.cells if not (cell.said.part or cell.said.period)]
    aims = sorted(
        (cell for cell in whole if cell.said.role == PLAN and cell.said.year in (year, 0)), key=lambda c: not c.said.year
    )
    results: dict[int, Block] = {}
    for cell in sorted((cell for cell in whole if cell.said.role != PLAN), key=lambda c: c.said.role != ACTUAL):
        results.setdefault(cell.said.year, cell.block)
    return replace(row, target=aims[0].block if aims else None, results=tuple(results.items()))


def _joined(row: IndicatorRow, other: IndicatorRow, *, year: int) -> IndicatorRow:
    """One row of two that speak of the same indicator, with the cells of both; what the first says holds."""
    joined = replace(row, cells=(*row.cells, *other.cells), nature=row.nature or other.nature, owner=row.owner or other.owner)
    settled = _settled(replace(joined, unit=row.unit or other.unit), year=year)
    return replace(settled, target=row.target or settled.target)


def _is_same(row: IndicatorRow, other: IndicatorRow) -> bool:
    """Whether a row of another table speaks of the indicator of the same name."""
    return row.unit == other.unit or not other.unit


def _numbered(rows: Sequence[IndicatorRow]) -> tuple[IndicatorRow, ...]:
    """The rows numbered through; a level and its growth, one line of the table, share a number."""
    found: list[IndicatorRow] = []
    number, line = 0, (-1, 0)
    for row in rows:
        number += (row.offset, row.number) != line
        line = (row.offset, row.number)
        found.append(replace(row, number=number))
    return tuple(found)


def _text(cells: Sequence[Block], column: int | None) -> str:
    return squeeze(cells[column].text) if column is not None and column < len(cells) else ""


def _of_caption(name: str, units: str) -> str:
    """The unit that the caption gives all rows; of two (亿元、%) the percentage is the growth's and the share's."""
    given = [unit for unit in re.split(r"[、，,;；和]", units) if is_unit(unit)]
    rates = [unit for unit in given if unit in ("%", "‰")]
    others = [unit for unit in given if unit not in rates]
    if rates and (not others or re.search(r"(?:增长|增速|率|比重|占比|涨幅|强度)$", name)):
        return rates[0]
    return others[0] if len(others) == 1 else ""


def _split_name(text: str) -> tuple[str, str, str]:
    """Name, unit and nature's mark, out of “地区生产总值（亿元）” and its like."""
    text = re.sub(r"^(?:其中|#|＃|※|\*)[：:]?", "", _NUMBERING.sub("", text))
    unit, marked = "", ""
    while found := _BRACKET.search(text):
        inside = found["inside"]
        if "约束" in inside or "预期" in inside:
            marked = inside
        elif is_unit(inside):
            unit = inside
        else:
            break
        text = text[: found.start()]
    return text, unit, marked


def _bare_unit(text: str) -> str:
    """The unit without its brackets, "" for a dash."""
    bare = re.sub(r"^[（(](.*)[）)]$", r"\1", text)
    return "" if re.fullmatch(r"[-—–/\\无]*", bare) else bare


def _nature(text: str) -> str:
    if "约束" in text:
        return "binding"
    return "expected" if "预期" in text or "指导" in text else ""
