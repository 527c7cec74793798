"""Where a sheet lists projects: the heads in one row or several, the rows below them, the lines above."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from duheng import pattern as re
from duheng.collect.head import unit_of
from duheng.collect.layout import filled, tidy
from duheng.collect.mapping import pattern
from duheng.collect.number import number
from duheng.collect.projects.amounts import money_unit
from duheng.collect.projects.head import ProjectWords, read_heads
from duheng.read.sheet import Sheet, address

_HEAD_WITHIN = 40  # rows in which the heads must begin
_MOST_HEADS = 5
_LONG = 40  # characters of a head; more is text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet as a list: `heads` of each column from the top down, the rows below, what a place shows (merged cells filled)."""

    name: str
    titles: tuple[str, ...]
    heads: Mapping[int, tuple[str, ...]]
    rows: tuple[int, ...]
    texts: Mapping[tuple[int, int], str] = field(repr=False)
    origins: Mapping[tuple[int, int], tuple[int, int]] = field(repr=False)  # covered place: the cell that covers it

    def text(self, row: int, column: int) -> str:
        """What a place shows."""
        return self.texts.get((row, column), "")

    def own(self, row: int, column: int) -> bool:
        """Whether a place shows what stands in it, and not what a cell above covers it with."""
        return self.origins.get((row, column), (row, column))[0] == row

    def path(self, column: int) -> str:
        """A column's heads in one line, as a mapping names it."""
        return " / ".join(dict.fromkeys(filter(None, self.heads[column])))

    def letter(self, column: int) -> str:
        """A column's letters."""
        return address(0, column)[:-1]

    @property
    def unit(self) -> str:
        """The unit that a line above the heads gives for all amounts."""
        told = (part for title in self.titles for part in re.split(r"[\s　]{2,}|[（(）)]", title))
        return next((unit for part in told if (unit := unit_of(_from_unit(part))) and money_unit(unit)), "")

    @property
    def shape(self) -> str:
        """What tells lists of one shape: the heads without their numbers."""
        told = [pattern(self.path(column)) for column in self.heads]
        return hashlib.sha256(json.dumps(["projects", *told], ensure_ascii=False).encode()).hexdigest()


def table_of(sheet: Sheet, words: ProjectWords, *, named: Sequence[str] = ()) -> Table | None:
    """The list of projects on a sheet, None where it holds none; `named` are heads that a mapping names."""
    texts, origins = filled(sheet)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        by_row.setdefault(row, {})[column] = text
    first = _first_head(by_row, words, frozenset(named))
    if first is None:
        return None
    first = min(origins.get((first, column), (first, column))[0] for column in by_row[first])  # heads that cover it from above
    last = _last_head(first, by_row, origins, words)
    heads = _heads(range(first, last + 1), by_row)
    titles = [text for row in sorted(by_row) if row < first for text in dict.fromkeys(by_row[row].values())]
    rows = tuple(
        row
        for row in sorted(by_row)
        if row > last and not _repeats(by_row[row], heads) and not _numbered(by_row[row], row - last)
    )
    return Table(name=sheet.name.strip(), titles=tuple(titles), heads=heads, rows=rows, texts=texts, origins=origins)


def _first_head(by_row: Mapping[int, Mapping[int, str]], words: ProjectWords, named: frozenset[str]) -> int | None:
    """The row in which most heads are known, a name or a mapped one among them."""
    best, most = None, 1
    for row in sorted(by_row)[:_HEAD_WITHIN]:
        cells = dict.fromkeys(text for text in by_row[row].values() if len(text) <= _LONG)
        if len(named.intersection(map(tidy, cells))) * 2 > len(named) > 0:
            return row
        roles = {found.role for text in cells if (found := read_heads([text], words)).role and found.confidence > 0.4}
        if "name" in roles and len(roles) > most:
            best, most = row, len(roles)
    return best


def _last_head(
    first: int, by_row: Mapping[int, Mapping[int, str]], origins: Mapping[tuple[int, int], tuple[int, int]], words: ProjectWords
) -> int:
    """Heads go on below while their row's cells are covered from above or hold parts: 其中, months, sources of money."""
    last = first
    for row in range(first + 1, first + _MOST_HEADS):
        cells = by_row.get(row, {})
        own = {column: text for column, text in cells.items() if origins.get((row, column), (row, column))[0] >= row}
        if not own:
            if any(origins.get((row, column), (row, column))[0] == first for column in cells):
                last = row
                continue
            break
        covered = any(first <= origins.get((row, column), (row, column))[0] < row for column in cells)
        if any(number(text) is not None or len(text) > _LONG for text in own.values()):
            break
        if not covered and not _parts(own.values(), by_row[last], words):
            break
        last = row
    return last


def _parts(texts: Iterable[str], above: Mapping[int, str], words: ProjectWords) -> bool:
    """Whether a row without covered cells heads parts of the columns above: it names no project and only parts."""
    told = [text for text in texts if text]
    if len(told) >= len(above):
        return False
    known = [found for text in told if (found := read_heads([text], words)).source or found.month or found.role]
    return bool(known) and len(known) * 2 >= len(told)


def _heads(rows: range, by_row: Mapping[int, Mapping[int, str]]) -> dict[int, tuple[str, ...]]:
    """Each column's heads; one that stands over several columns without covering them is the head of those beside it too."""
    columns = sorted({column for row in rows for column in by_row.get(row, {})})
    told = {(row, column): by_row.get(row, {}).get(column, "") for row in rows for column in columns}
    for row in rows[:-1]:
        for place, column in enumerate(columns[1:], 1):
            below = any(told[later, column] for later in rows if later > row)
            over = any(told[sooner, column] for sooner in rows if sooner < row)
            left = columns[place - 1]
            if not told[row, column] and below and not over and any(told[later, left] for later in rows if later > row):
                told[row, column] = told[row, left]
    return {column: tuple(told[row, column] for row in rows) for column in columns}


def _repeats(cells: Mapping[int, str], heads: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a row says the heads again, as on a second page."""
    same = sum(text in heads.get(column, ()) for column, text in cells.items())
    return same >= 2 and same * 2 > len(cells)


def _numbered(cells: Mapping[int, str], after: int) -> bool:
    """Whether the row right below the heads counts the columns: 1 2 3, or 甲 乙 1 2."""
    texts = [cells[column] for column in sorted(cells)]
    counted = [text for text in texts if text not in "甲乙丙丁"]
    if after != 1 or len(counted) < 3 or not all(text.isdigit() for text in counted):
        return False
    numbers = [int(text) for text in counted]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _from_unit(text: str) -> str:
    place = text.find("单位：") if "单位：" in text else text.find("单位:")
    return text[place:] if place >= 0 else text
