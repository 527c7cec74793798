"""The rows of a table of indicators, each with its name, unit, nature and the cells of its target and results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from duheng import measure
from duheng.errors import UnitUnknown
from duheng.read.columns import Columns, columns, squeeze
from duheng.read.document import Block, Document, Table

_NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、](?=\D))")
_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]*)[）)]$")
# A row that says only how the row above it moved: 增长率, 增速, 比上年增长.
_HANGING = re.compile(r"(?:其中)?[：:]?(?:比上年|同比|年均)?(?:增长率?|增速|增幅|增长速度)")
_HEADINGS = re.compile(r"^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[）)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One indicator of a table, as printed, brackets stripped; `nature` is "binding", "expected" or "" where nothing says."""

    number: int  # 1-based among the table's indicators
    name: str
    unit: str
    nature: str
    target: Block | None
    results: tuple[tuple[int, Block], ...]  # (year, cell); year 0 where the heading names none
    offset: int
    end: int
    printed: str  # the row as one line

    @classmethod
    def of_text(cls, *, name: str, unit: str) -> IndicatorRow:
        """An indicator that no table has, so that its result is sought like any other's."""
        return cls(number=0, name=name, unit=unit, nature="", target=None, results=(), offset=0, end=0, printed="")


def plan_rows(document: Document, *, year: int) -> tuple[IndicatorRow, ...]:
    """The rows of the table that gives the targets for `year`, in order; empty where the report has no such table."""
    rows: list[IndicatorRow] = []
    for table in document.tables:
        laid = columns(table, year=year)
        if laid is not None and laid.plan(year) is not None:
            found = list(_rows(table, laid, year=year, first=len(rows) + 1))
            if not rows or _is_continued(table):
                rows.extend(found)
    return tuple(rows)


def result_rows(document: Document, *, year: int) -> tuple[IndicatorRow, ...]:
    """The rows of tables that only tell what `year` came to (a separate table of results beside the one of targets)."""
    rows: list[IndicatorRow] = []
    for table in document.tables:
        laid = columns(table, year=year)
        if laid is not None and laid.plan(year + 1) is None and laid.results:
            rows.extend(_rows(table, laid, year=year, first=len(rows) + 1))
    return tuple(rows)


def _is_continued(table: Table) -> bool:
    return table.caption is None or "续" in table.caption.text


def _rows(table: Table, laid: Columns, *, year: int, first: int) -> Iterator[IndicatorRow]:
    nature = owner = above = ""
    number = first
    for cells in table.rows[laid.headed :]:
        texts = [squeeze(cell.text) for cell in cells]
        if _is_group(cells, texts, laid):
            nature = _nature(next((text for text in texts if text), "")) or nature
            continue
        if laid.name >= len(cells) or not texts[laid.name]:
            continue
        row = _row(cells, laid, year=year, number=number, nature=nature)
        if _HANGING.fullmatch(row.name) and owner:
            row = replace(row, name=f"{owner}{row.name}", nature=row.nature or above)
        else:
            owner, above = row.name, row.nature
        yield row
        number += 1


def _is_group(cells: Sequence[Block], texts: Sequence[str], laid: Columns) -> bool:
    """A row that only names the group below it: one cell across, or nothing but a heading."""
    if len({id(cell) for cell in cells if cell.text.strip()}) <= 1:
        return True
    filled = [i for i in (*laid.plans.values(), *laid.results.values()) if i < len(texts) and texts[i]]
    return not filled and bool(_HEADINGS.match(texts[laid.name]) if laid.name < len(texts) else True)


def _row(cells: Sequence[Block], laid: Columns, *, year: int, number: int, nature: str) -> IndicatorRow:
    name, unit, marked = _split_name(squeeze(cells[laid.name].text))
    stated, said = _text(cells, laid.unit), _text(cells, laid.nature)
    target = _cell(cells, laid.plan(year))
    results = tuple((when, cell) for when, i in laid.results.items() if (cell := _cell(cells, i)) and cell.text.strip())
    shown = dict.fromkeys(cell for cell in cells if cell.text.strip())
    return IndicatorRow(
        number=number,
        name=name,
        unit=_bare_unit(stated) or unit,
        nature=_nature(said) or _nature(marked) or nature,
        target=target if target and target.text.strip() else None,
        results=results,
        offset=min(cell.offset for cell in shown),
        end=max(cell.end for cell in shown),
        printed=" | ".join(squeeze(cell.text) for cell in shown),
    )


def _cell(cells: Sequence[Block], column: int | None) -> Block | None:
    return cells[column] if column is not None and column < len(cells) else None


def _text(cells: Sequence[Block], column: int | None) -> str:
    cell = _cell(cells, column)
    return squeeze(cell.text) if cell else ""


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


def is_unit(text: str) -> bool:
    """Whether `text` is a unit of measurement alone."""
    try:
        return bool(text) and measure.unit(text) is not None
    except UnitUnknown:
        return False


def _bare_unit(text: str) -> str:
    """The unit without its brackets, "" for a dash."""
    bare = re.sub(r"^[（(](.*)[）)]$", r"\1", text)
    return "" if re.fullmatch(r"[-—–/\\无]*", bare) else bare


def _nature(text: str) -> str:
    if "约束" in text:
        return "binding"
    return "expected" if "预期" in text or "指导" in text else ""
