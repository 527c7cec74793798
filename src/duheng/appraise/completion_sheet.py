"""The sheet of a mid-term evaluation: one target over several years a row, a column for each year's value."""

from __future__ import annotations

from decimal import Decimal

from duheng import pattern as re
from duheng.appraise.completion_midterm import LongKind, LongTarget
from duheng.appraise.sheet_rows import Column, RowProblem, decimal_of, sheet_rows
from duheng.errors import AppraiseError

_COLUMNS = (
    Column(key="name", names=("指标", "指标名称", "name", "indicator"), required=True),
    Column(key="unit", names=("单位", "unit")),
    Column(key="kind", names=("类型", "目标类型", "kind"), required=True),
    Column(key="base_year", names=("基年", "基期年", "base_year"), required=True, number=True),
    Column(key="end_year", names=("目标年", "期末年", "end_year"), required=True, number=True),
    Column(key="base", names=("基期值", "基期", "base"), number=True),
    Column(key="target", names=("目标值", "目标", "target"), required=True, number=True),
)
_KINDS = {
    "水平": LongKind.LEVEL,
    "累计": LongKind.CUMULATIVE,
    "年均增长": LongKind.AVERAGE_GROWTH,
    "累计降低": LongKind.REDUCTION,
    "上限": LongKind.CEILING,
    "下限": LongKind.FLOOR,
}
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|\.0)?")


def read_long_targets(data: bytes, *, name: str) -> tuple[tuple[LongTarget, ...], tuple[RowProblem, ...]]:
    """The targets of a sheet whose years are heads (2021, 2022年 …), and what is wrong by row.

    Raises AppraiseError where columns are missing.
    """
    read = sheet_rows(data, name=name, columns=_COLUMNS)
    targets: list[LongTarget] = []
    problems = list(read.problems)
    for (row, cells), (_, others) in zip(read.rows, read.others, strict=True):
        made = _target(row, cells, others)
        if isinstance(made, LongTarget):
            targets.append(made)
        else:
            problems.append(made)
    return tuple(targets), tuple(sorted(problems, key=lambda each: each.row))


def _target(row: int, cells: dict[str, str], others: dict[str, str]) -> LongTarget | RowProblem:
    kind = _KINDS.get(cells["kind"]) or next((each for each in LongKind if each.value == cells["kind"].casefold()), None)
    if kind is None:
        told_zh, told_en = "、".join(_KINDS), ", ".join(LongKind)
        message = (
            f"没有“{cells['kind']}”这种类型，可用：{told_zh}。",
            f"There is no kind “{cells['kind']}”; use one of {told_en}.",
        )
        return RowProblem(row=row, column="kind", message=message)
    values: dict[int, Decimal] = {}
    for head, cell in others.items():
        if (year := _YEAR.fullmatch(head)) and cell:
            number = decimal_of(cell)
            if number is None:
                message = (f"{head} 的“{cell[:40]}”不是数，请改正。", f"“{cell[:40]}” of {head} is not a number. Correct it.")
                return RowProblem(row=row, column=head, message=message)
            values[int(year.group(1))] = number
    try:
        return LongTarget(
            name=cells["name"],
            unit=cells["unit"],
            kind=kind,
            base_year=int(Decimal(cells["base_year"])),
            end_year=int(Decimal(cells["end_year"])),
            target=Decimal(cells["target"]),
            base=Decimal(cells["base"]) if cells["base"] else None,
            values=values,
        )
    except AppraiseError as wrong:
        return RowProblem(row=row, column="name", message=(wrong.message("zh"), wrong.message("en")))
