"""A plain sheet, one thing a row: its columns found by their heads, its cells checked, what is wrong told by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from duheng.appraise.data_table import DataTable, plain_head
from duheng.errors import AppraiseError

_EMPTY = frozenset(("", "-", "--", "—", "/", "无"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a sheet may have, under any of its `names`."""

    key: str
    names: tuple[str, ...]
    required: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """What is wrong with one row of a sheet (1-based, as the sheet counts), in (zh, en)."""

    row: int
    column: str
    message: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """The rows of a sheet with their cells by column key (missing ones empty), and what is wrong by row.

    `heads` are the heads of all columns by place, for those whose heads say something themselves, as years.
    """

    rows: tuple[tuple[int, dict[str, str]], ...]
    problems: tuple[RowProblem, ...]
    heads: tuple[str, ...] = ()
    others: tuple[tuple[int, dict[str, str]], ...] = ()  # cells of the columns that nobody asked for, by head


def sheet_rows(data: bytes, *, name: str, columns: Sequence[Column]) -> SheetRows:
    """The rows of the first sheet that has the required columns.

    Raises AppraiseError that names the columns that are missing; what is wrong with single rows is among the problems.
    """
    wanted = {alias.casefold(): column.key for column in columns for alias in (*column.names, column.key)}
    required = {column.key for column in columns if column.required}

    def is_head(cells: Sequence[str]) -> bool:
        return required <= {wanted.get(plain_head(cell)) for cell in cells}

    table = DataTable.of(data, name=name, is_head=is_head)
    heads = [plain_head(head) for head in table.heads]
    found = {wanted[head]: place for place, head in reversed(list(enumerate(heads))) if head in wanted}
    missing = [column.names[0] for column in columns if column.required and column.key not in found]
    if missing:
        told, known = "、".join(missing), "、".join(column.names[0] for column in columns)
        raise AppraiseError(
            reason=f"{name}: there is no column {told}. The first row names the columns: {known}.",
            reason_zh=f"{name} 缺少列：{told}。表头应写明：{known}。",
        )
    return _read(table, found, columns)


def _read(table: DataTable, found: dict[str, int], columns: Sequence[Column]) -> SheetRows:
    rows: list[tuple[int, dict[str, str]]] = []
    others: list[tuple[int, dict[str, str]]] = []
    problems: list[RowProblem] = []
    rest = [(place, head) for place, head in enumerate(table.heads) if head and place not in found.values()]
    for number, row in zip(table.lines, table.rows, strict=True):
        cells = {column.key: _cell(row, found.get(column.key)) for column in columns}
        wrong = [problem for column in columns if (problem := _checked(number, column, cells))]
        problems += wrong
        if not wrong:
            rows.append((number, cells))
            others.append((number, {head: _cell(row, place) for place, head in rest}))
    return SheetRows(rows=tuple(rows), problems=tuple(problems), heads=table.heads, others=tuple(others))


def _cell(row: Sequence[str], place: int | None) -> str:
    cell = row[place] if place is not None and place < len(row) else ""
    return "" if cell in _EMPTY else cell


def _checked(row: int, column: Column, cells: dict[str, str]) -> RowProblem | None:
    cell, name = cells[column.key], column.names[0]
    if not cell:
        message = (f"“{name}”为空，请填写。", f"“{name}” is empty. Fill it.")
        return RowProblem(row=row, column=column.key, message=message) if column.required else None
    if not column.number:
        return None
    number = decimal_of(cell)
    if number is None:
        message = (f"“{name}”的“{cell[:40]}”不是数，请改正。", f"“{cell[:40]}” in “{name}” is not a number. Correct it.")
        return RowProblem(row=row, column=column.key, message=message)
    cells[column.key] = f"{number:f}"
    return None


def decimal_of(text: str) -> Decimal | None:
    """A cell as a number: thousands parted or not, a percent sign left aside; None where it is none."""
    try:
        number = Decimal(text.replace(",", "").replace("，", "").rstrip("%％").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None
