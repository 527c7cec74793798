"""A table with one head line: each row a unit or an enterprise, each column one thing that is known of it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from duheng.collect import content, sheets_of
from duheng.collect.long_table import delimiter
from duheng.collect.number import is_missing, number
from duheng.collect.sheets import is_workbook
from duheng.errors import AppraiseError, EmptyDocument, NoBytes
from duheng.read.encoding import decode
from duheng.read.kind import mistaken
from duheng.read.sheet import Sheet

_PLAIN = frozenset("0123456789.-+eE")
IsHead = Callable[[Sequence[str]], bool]
"""Whether a line of cells is the head of a table."""

_Line = tuple[int, list[str]]  # its number, its cells
_CELLS = 500_000  # that show something: ten thousand enterprises in fifty columns
_MARKS = ",\t;"  # what may part the columns of a text
_LOOKED_AT = 10  # lines among which the head is sought
_SHOWN = 40  # characters of a cell in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """Heads and rows of text, and where each stands: `lines` are the rows' numbers as a person counts them, from 1."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    sheet: str = ""

    @classmethod
    def open(cls, path: Path, *, is_head: IsHead | None = None) -> DataTable:
        """The table in a file: .csv, or the first sheet of .xlsx, .xls, .et, .ods that holds one.

        `is_head` tells the head line from lines of title above it; without it, lines that fill no more than half of the
        columns are titles.

        Raises `ReadError` for a file that is none of these, `AppraiseError` for a table without heads.
        """
        return cls.of(content(path), name=path.name, is_head=is_head)

    @classmethod
    def of(cls, data: bytes, *, name: str, is_head: IsHead | None = None) -> DataTable:
        """The table in the bytes of a file."""
        if not data:
            raise NoBytes(name=name)
        if wrong := mistaken(data, name=name):
            raise wrong
        if is_workbook(data):
            sheets = [(_lines_of_sheet(each), each.name) for each in sheets_of(data, name=name, cells=_CELLS) if each.cells]
            found = next(
                (each for each in sheets if is_head and _head_at(each[0], is_head) is not None), sheets[0] if sheets else ([], "")
            )
        else:
            found = _lines_of_text(decode(data, name=name), name), ""
        return cls._of_lines(_from_head(found[0], is_head), name, found[1])

    @classmethod
    def _of_lines(cls, lines: list[_Line], name: str, sheet: str) -> DataTable:
        if not lines:
            raise EmptyDocument(name=name)
        heads = [" ".join(head.split()) for head in lines[0][1]]
        while heads and not heads[-1]:
            heads.pop()
        for head in heads:
            if head and heads.count(head) > 1:
                raise AppraiseError(
                    reason=f"{name}: the column “{head}” stands twice in the head line. Keep one, or rename it.",
                    reason_zh=f"{name}：表头“{head}”重复。请只留一列或改名。",
                )
        width = len(heads)
        rows = [[cell.strip() for cell in cells[:width]] + [""] * (width - len(cells)) for _, cells in lines[1:]]
        return cls(name=name, heads=tuple(heads), rows=rows, lines=[line for line, _ in lines[1:]], sheet=sheet)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def place(self, row: int, head: str = "") -> tuple[str, str]:
        """Where a row, or a cell of it, stands, in English and Chinese."""
        sheet_en, sheet_zh = (f", sheet “{self.sheet}”", f"工作表“{self.sheet}”") if self.sheet else ("", "")
        column_en, column_zh = (f", column “{head}”", f"“{head}”列") if head else ("", "")
        line = self.lines[row]
        return f"{self.name}{sheet_en}, row {line}{column_en}", f"{self.name} {sheet_zh}第 {line} 行{column_zh}"

    def texts(self, head: str) -> list[str]:
        """What each row says under a head. Raises `AppraiseError` where there is no such column."""
        if head not in self.heads:
            near = get_close_matches(head, self.heads, 1)
            guess_en, guess_zh = (f" (did you mean “{near[0]}”?)", f"（是不是“{near[0]}”？）") if near else ("", "")
            raise AppraiseError(
                reason=f"{self.name}: there is no column “{head}”{guess_en}. Add it, or correct its name.",
                reason_zh=f"{self.name}：没有“{head}”列{guess_zh}。请补上或改正列名。",
            )
        place = self.heads.index(head)
        return [row[place] for row in self.rows]

    def numbers(self, head: str) -> list[float]:
        """The numbers under a head, NaN where there is none. Raises `AppraiseError`, which names the cell that holds words."""
        return [self._number(row, head, text) for row, text in enumerate(self.texts(head))]

    def _number(self, row: int, head: str, text: str) -> float:
        if text and _PLAIN.issuperset(text):
            try:
                value = float(text)
                if math.isfinite(value):
                    return value
            except ValueError:
                pass
        if is_missing(text):
            return math.nan
        found = number(text)
        if found is None or not math.isfinite(found.value):
            self.refuse(
                row,
                head,
                f"“{text[:_SHOWN]}” is not a number. Correct it, or leave the cell empty where there is none.",
                f"“{text[:_SHOWN]}”不是数字。请改正；没有数据请留空。",
            )
        return found.value

    def refuse(self, row: int, head: str, en: str, zh: str) -> NoReturn:
        """Say what is wrong with a cell, where it stands, and what to do."""
        where_en, where_zh = self.place(row, head)
        raise AppraiseError(reason=f"{where_en}: {en}", reason_zh=f"{where_zh}：{zh}")

    def unique(self, head: str) -> list[str]:
        """The codes under a head: each there, and once. Raises `AppraiseError` that names both rows of a code given twice."""
        seen: dict[str, int] = {}
        for row, code in enumerate(self.texts(head)):
            if not code:
                self.refuse(row, head, "the code is missing; fill it in.", "缺少代码，请补上。")
            if code in seen:
                first = self.lines[seen[code]]
                self.refuse(
                    row,
                    head,
                    f"“{code}” was given in row {first} already. Keep one of the two, or correct the code.",
                    f"“{code}”已在第 {first} 行出现。请只留一个，或改正代码。",
                )
            seen[code] = row
        return list(seen)


def plain_head(head: str) -> str:
    """A head without its unit in brackets, in small letters.

    >>> plain_head("用地面积（亩）"), plain_head(" GDP (亿元)")
    ('用地面积', 'gdp')
    """
    return head.partition("（")[0].partition("(")[0].strip().casefold()


def _head_at(lines: Sequence[_Line], is_head: IsHead) -> int | None:
    """Where the head line stands among the first lines."""
    return next((at for at, (_, cells) in enumerate(lines[:_LOOKED_AT]) if is_head([cell.strip() for cell in cells])), None)


def _from_head(lines: list[_Line], is_head: IsHead | None) -> list[_Line]:
    """The lines from the head on, without those of title above it, which fill fewer columns."""
    at = _head_at(lines, is_head) if is_head else None
    if at is None:
        filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in lines[:_LOOKED_AT]]
        at = next((place for place, count in enumerate(filled) if count * 2 > max(filled)), 0)
    return lines[at:]


def _lines_of_text(text: str, name: str) -> list[_Line]:
    first = text.splitlines()[:_LOOKED_AT]
    fullest = max(first, key=lambda line: max(line.count(mark) for mark in _MARKS), default="")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter(fullest))
    try:
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as wrong:
        raise AppraiseError(
            reason=f"{name}, line {reader.line_num}: this is not CSV ({wrong}). Save the table as CSV again, and retry.",
            reason_zh=f"{name} 第 {reader.line_num} 行：CSV 格式有误（{wrong}）。请重新另存为 CSV 再试。",
        ) from wrong


def _lines_of_sheet(sheet: Sheet) -> list[_Line]:
    """The rows of a sheet that hold anything."""
    found: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.cells.items():
        found.setdefault(row, {})[column] = text
    rows = sorted(found)
    width = 1 + max(max(cells) for cells in found.values())
    return [(row + 1, [found[row].get(column, "") for column in range(width)]) for row in rows]
