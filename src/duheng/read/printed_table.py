"""A ruled table as it is printed: its cells' lines, a row broken over the end of a page, a heading repeated overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duheng.read.leaf import Glyph, Line, joined, lines, within
from duheng.read.ruled import Frame

_PADDING = 10.0  # points a cell leaves free at its two sides
_SAME = 4.0  # points: columns of a table that goes on overleaf


@dataclass(frozen=True, slots=True, eq=False)
class PrintedCell:
    """A cell of a table on one page: its lines, and how wide it is; the same object in every place it covers."""

    lines: list[Line]
    width: float

    @property
    def text(self) -> str:
        """The cell's lines, those put together that go on."""
        found: list[list[Line]] = []
        for line in self.lines:
            if found and self.is_full(found[-1][-1], line):
                found[-1].append(line)
            else:
                found.append([line])
        return "\n".join(map(joined, found))

    def is_full(self, last: Line, line: Line) -> bool:
        """Whether what begins `line` had no room any more behind `last`."""
        return last.right - last.left + line.lead > self.width - _PADDING

    def goes_on(self, below: PrintedCell) -> bool:
        """Whether a cell at the foot of a page goes on in the one overleaf."""
        return bool(self.lines and below.lines) and self.is_full(self.lines[-1], below.lines[0])


def printed_rows(frame: Frame, glyphs: Sequence[Glyph], page: int) -> list[list[PrintedCell]]:
    """The cells of a table on one page; rows and columns in which nothing of their own stands are left out."""
    places: dict[tuple[int, int], list[Glyph]] = {}
    for at, found in within(glyphs, frame.columns, frame.rows).items():
        places.setdefault(frame.owners[at], []).extend(found)
    spans: dict[tuple[int, int], list[int]] = {}
    for (_, column), owner in frame.owners.items():
        spans.setdefault(owner, []).append(column)
    cells = {
        owner: PrintedCell(lines(places.get(owner, []), page=page), frame.columns[max(over) + 1] - frame.columns[min(over)])
        for owner, over in spans.items()
    }
    width = len(frame.columns) - 1
    rows = [[cells[frame.owners[row, column]] for column in range(width)] for row in range(len(frame.rows) - 1)]
    kept = [column for column in range(width) if not column or any(row[column] is not row[column - 1] for row in rows)]
    return [
        [row[column] for column in kept]
        for place, row in enumerate(rows)
        if not place or any(cell is not above for cell, above in zip(row, rows[place - 1], strict=True))
    ]


def without_heading(rows: list[list[PrintedCell]], before: Sequence[Sequence[PrintedCell]]) -> list[list[PrintedCell]]:
    """The rows of a table overleaf without the heading that is repeated there."""
    count = 0
    while count < min(len(rows), len(before)) and [cell.text for cell in rows[count]] == [cell.text for cell in before[count]]:
        count += 1
    return rows[count:]


def put_together(rows: list[list[PrintedCell]], overleaf: list[list[PrintedCell]]) -> None:
    """Puts the rows overleaf behind those of the page before, the two halves of a row that is broken between them made one."""
    if rows and overleaf and len(rows[-1]) == len(overleaf[0]) and _is_half(rows[-1], overleaf[0]):
        for above, below in dict(zip(rows[-1], overleaf[0], strict=True)).items():
            above.lines.extend(below.lines)
        del overleaf[0]
    rows += overleaf


def _is_half(above: Sequence[PrintedCell], below: Sequence[PrintedCell]) -> bool:
    """Whether a row overleaf only ends the one above: it has nothing new in it, lacks something, and goes on from full lines."""
    pairs = list(zip(above, below, strict=True))
    if any(two.lines and not one.lines for one, two in pairs) or not any(one.lines and not two.lines for one, two in pairs):
        return False
    return any(one.goes_on(two) for one, two in pairs)


def goes_on_overleaf(before: Frame, frame: Frame) -> bool:
    """Whether a frame on top of a page has the columns of the one at the foot of the page before."""
    return len(before.columns) == len(frame.columns) and all(
        abs(one - other) <= _SAME for one, other in zip(before.columns, frame.columns, strict=True)
    )
