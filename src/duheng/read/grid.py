"""The cells of a Word table laid out in rows and columns, merged ones in every place they cover."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from duheng.read.bounds import COLUMNS
from duheng.read.package import W
from duheng.read.run import ALTERNATE, chosen
from duheng.read.style import is_on, small

Cell = etree._Element | None  # None: a gap before the first cell of a row
_WRAPPERS = {W + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_WIDEST = 200


def grid(table: etree._Element) -> list[list[Cell]]:
    """The rows of a table, each with a cell for every column; a merged cell is the same element in each place."""
    rows: list[list[Cell]] = []
    for row in within(table, W + "tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            rows.append(_row(row, rows[-1] if rows else []))
    return _without_hairlines([row for row in rows if row])


def within(node: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The children of `node` with one of `tags`, also where a wrapper (content control, tracked insertion) stands between."""
    for child in node:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from within(child, *tags)
        elif child.tag == ALTERNATE:
            yield from within(chosen(child), *tags)


def _row(row: etree._Element, above: list[Cell]) -> list[Cell]:
    before = row.find(f"{W}trPr/{W}gridBefore")
    cells: list[Cell] = [None] * (0 if before is None else min(small(before.get(W + "val")), _WIDEST))
    for cell in within(row, W + "tc"):
        if len(cells) > COLUMNS:  # which is refused as soon as the table is met
            break
        properties = cell.find(W + "tcPr")
        if properties is None:
            cells.append(cell)
            continue
        if properties.find(W + "cellDel") is not None:
            continue
        owner: Cell = cell
        if _continues(properties, "vMerge") and len(cells) < len(above):
            owner = above[len(cells)]
        elif _continues(properties, "hMerge") and cells:
            owner = cells[-1]
        span = properties.find(W + "gridSpan")
        cells.extend([owner] * (1 if span is None else max(1, min(small(span.get(W + "val")), _WIDEST))))
    return cells


def _continues(properties: etree._Element, merge: str) -> bool:
    mark = properties.find(W + merge)
    return mark is not None and mark.get(W + "val", "continue") == "continue" and is_on(mark.get(W + "val"))


def _without_hairlines(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Columns in which every row only goes on with the cell beside are no columns: borders that do not quite meet make them."""
    width = max(map(len, rows), default=0)
    extra = [place for place in range(1, width) if all(len(row) <= place or row[place] is row[place - 1] for row in rows)]
    return [[cell for place, cell in enumerate(row) if place not in extra] for row in rows] if extra else rows
