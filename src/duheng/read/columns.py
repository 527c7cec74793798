"""The columns of a table of indicators: which holds the name, the unit, the nature, and which year's targets or results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duheng.read.document import Table

_NAME = re.compile(r"指标名称|指标内容|主要指标|指标$|^指标|^项目(?:名称)?$|^名称$")
_NOT_NAME = re.compile(r"属性|性质|类型|类别|目标|完成|单位|值|序号|编号|分类|责任|体系")
_UNIT = re.compile(r"单位(?!.*名称)|计量")
_NATURE = re.compile(r"属性|性质|类型|约束")
_PLAN = re.compile(r"目标|计划|预期|建议|安排|预计增长|奋斗")
_RESULT = re.compile(r"完成|实际|执行|实绩|预计|初步|实现|快报|现状|基期|基数")
_YEAR = re.compile(r"(20\d\d)\s*年?|([本今上去])年")
_OFFICE = re.compile(r"责任单位|牵头|部门|主管")
_OF_PROJECTS = re.compile(r"建设(?:内容|性质|规模|地点|单位|年限|周期)|总投资|投资计划|计划投资|业主")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of a table holds what; `plans` and `results` are keyed by year (0 where the heading names none)."""

    name: int
    unit: int | None
    nature: int | None
    plans: dict[int, int]
    results: dict[int, int]
    headed: int  # rows of heading

    def plan(self, year: int) -> int | None:
        """The column of the targets for `year`: its own, or the only one without a year."""
        return self.plans.get(year, self.plans.get(0))


def columns(table: Table, *, year: int) -> Columns | None:
    """The columns by their headings, None if this is no table of indicators."""
    headed = _heading_rows(table)
    if not headed or len(table.rows) <= headed:
        return None
    width = max(len(row) for row in table.rows)
    heads = [_heading(table, column, headed) for column in range(width)]
    name = _name_column(heads)
    if name is None or any(_OF_PROJECTS.search(head) for head in heads):
        return None
    around = _year_of_caption(table)
    plans, results = _year_columns(heads, around=around, year=year, skip=name)
    if not plans and not results:
        return None
    return Columns(
        name=name,
        unit=_first(heads, _UNIT, skip=name, but=_OFFICE),
        nature=_first(heads, _NATURE, skip=name),
        plans=plans,
        results=results,
        headed=headed,
    )


def _heading_rows(table: Table) -> int:
    """How many rows from the top are headings: those with a heading's word before the first row that has none."""
    count = 0
    for row in table.rows[:4]:
        texts = [squeeze(cell.text) for cell in row]
        above = table.rows[count - 1] if count else None
        hangs = above is not None and any(cell is other for cell, other in zip(row, above, strict=False) if cell.text)
        if _looks_headed(texts) or hangs:
            count += 1
        else:
            break
    return count


def _looks_headed(texts: Sequence[str]) -> bool:
    named = any(_NAME.search(text) and not _NOT_NAME.search(text) and len(text) <= 10 for text in texts)
    rest = [text for text in texts if text]
    years = sum(bool(_YEAR.search(text) or _PLAN.search(text) or _RESULT.search(text)) for text in rest)
    return len(set(rest)) > 1 and (named or (years * 2 >= len(rest) and years > 1))


def _heading(table: Table, column: int, headed: int) -> str:
    texts: list[str] = []
    for row in table.rows[:headed]:
        text = squeeze(row[column].text) if column < len(row) else ""
        if text and text not in texts:
            texts.append(text)
    return "".join(texts)


def _name_column(heads: Sequence[str]) -> int | None:
    named = [i for i, head in enumerate(heads) if _NAME.search(head) and not _NOT_NAME.search(head)]
    exact = [i for i in named if "名称" in heads[i]]
    # A merged heading over a class and its indicators repeats: the last of its columns holds the indicators.
    return (exact or named)[-1] if named else None


def _first(heads: Sequence[str], pattern: re.Pattern[str], *, skip: int, but: re.Pattern[str] | None = None) -> int | None:
    for i, head in enumerate(heads):
        if i != skip and pattern.search(head) and not (but and but.search(head)):
            return i
    return None


def _year_columns(heads: Sequence[str], *, around: int, year: int, skip: int) -> tuple[dict[int, int], dict[int, int]]:
    plans: dict[int, int] = {}
    results: dict[int, int] = {}
    for i, head in enumerate(heads):
        if (
            i == skip
            or _OFFICE.search(head)
            or (re.search(r"增速|增长|%|比上年|完成率|完成情况$", head) and _RESULT.search(head) is None)
        ):
            continue
        when = _year_of(head, year=year) or around
        if _RESULT.search(head) and not re.search(r"目标|计划(?!完成)", head):
            results.setdefault(when, i)
        elif _PLAN.search(head) and not _NATURE.search(head):
            plans.setdefault(when, i)
        elif _YEAR.fullmatch(head):
            (plans if when >= year else results).setdefault(when, i)
    return plans, results


def _year_of(text: str, *, year: int) -> int:
    found = _YEAR.search(text)
    if not found:
        return 0
    if found[1]:
        return int(found[1])
    return year if found[2] in "本今" else year - 1


def _year_of_caption(table: Table) -> int:
    years = re.findall(r"20\d\d", table.caption.text) if table.caption else []
    return int(years[-1]) if len(set(years)) == 1 else 0


def squeeze(text: str) -> str:
    """The text of a cell without the spaces and line breaks that only lay it out."""
    return re.sub(r"\s+", "", text)
