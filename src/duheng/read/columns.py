"""The columns of a table of indicators, whichever way it is laid: names, units, natures, owners, and what each value column says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from duheng import pattern as re
from duheng.read.document import Block, Table
from duheng.read.heading import Heading, heading, is_bare_year, is_part, is_unit, squeeze

Grid = Sequence[Sequence[Block]]

_NAME = re.compile(r"指标名称|指标内容|主要指标|指标$|^指标|^项目(?:名称)?$|^名称$")
_NOT_NAME = re.compile(r"属性|性质|类型|类别|目标|完成|单位|值|序号|编号|分类|责任|体系|任务")
_UNIT = re.compile(r"单位(?!.*名称)|计量")
_NATURE = re.compile(r"属性|性质|类型|约束")
_OFFICE = re.compile(r"责任|牵头|部门|主管|主办|填报")
_OF_PROJECTS = re.compile(r"建设(?:内容|性质|规模|地点|单位|年限|周期)|总投资|投资计划|计划投资|业主")
_OF_TASKS = re.compile(
    r"(?:任务|工作)(?:内容|举措|措施|分工|名称|要求)|(?:工作|重点|主要|目标)任务$|具体(?:措施|内容)|完成时限|时间节点"
)
_ASPECT = re.compile(
    r"总[量额值]|绝对[值额数量]|数值|(?:同比|比上年)?(?:增长率?|增速|增幅)(?:[（(]%[）)])?"
    r"|(?:20\d\d年|[本今上去当]年)?(?:全年)?(?:计划|目标|预期目标|实际|预计|实际完成|预计完成|完成|完成数|计划数|目标值|实际值)[数值]?"
)
_LABELS = re.compile(r"年份|年度|时间|时期|项目|类别|指标|镇|街道|地区|区县|县市|单位|部门|园区|辖区|区域")
_VALUE = re.compile(r"[≥≤><≧≦约-]?\d|正增长|完成|[与和]|[-—–/]+$")
_NUMBERED = re.compile(r"序号|编号|备注|说明")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of a table holds what; `values` are the columns of targets and results with what their headings say."""

    name: int
    unit: int | None
    nature: int | None
    office: int | None
    aspect: int | None  # a column that says row by row what others say in headings: 总量 and 增速, 计划 and 完成
    values: tuple[tuple[int, Heading], ...]
    headed: int  # rows of heading
    caption: Heading  # what the table's caption says of all of it

    def settled(self, said: Heading, *, year: int) -> Heading:
        """A cell's heading with what only the caption, or nothing, says: a bare year is a plan's from `year` on."""
        whole = said.over(Heading(year=self.caption.year, role=self.caption.role))
        if whole.role:
            return whole
        past = whole.year and whole.year < year
        return whole.over(Heading(role="actual" if past else "plan"))


def columns(table: Table, *, year: int, unit_line: str = "") -> tuple[Columns, Grid] | None:
    """The columns by their headings and the rows they stand over, None if this is no table of indicators.

    A table with its indicators across is turned, so that its rows are indicators too.
    """
    caption = _of_caption(table, unit_line, year=year)
    found = _down(table.rows, caption, year=year)
    if found is not None:
        return found, table.rows
    return _across(table.rows, caption, year=year)


def _of_caption(table: Table, unit_line: str, *, year: int) -> Heading:
    text = squeeze(table.caption.text) if table.caption else ""
    texts = [text, *(squeeze(row[0].text) for row in table.rows[:3] if _is_across(row))]
    around = {found for each in texts for found in re.findall(r"20\d\d", each)}
    said = heading("".join(texts), year=year) or Heading()
    unit = re.search(r"单位[:：](?P<units>[^）)]+)", squeeze("".join([*texts, unit_line])))
    return Heading(
        year=int(next(iter(around))) if len(around) == 1 else 0,
        role=said.role,
        period=said.period,
        unit=unit["units"] if unit else "",
    )


def _is_across(row: Sequence[Block]) -> bool:
    """Whether one cell spans the whole row: a title inside the table."""
    return len(row) > 1 and len({id(cell) for cell in row}) == 1


def _down(grid: Grid, caption: Heading, *, year: int) -> Columns | None:
    """The columns of a table with its indicators down."""
    headed = heading_rows(grid, year=year)
    if not headed or len(grid) <= headed:
        return None
    width = max(len(row) for row in grid)
    heads = [_heading(grid, column, headed) for column in range(width)]
    name = _name_column(heads, year=year)
    if name is None or _is_of_others(heads, heads[name]):
        return None
    name, aspect = _aspect(grid[headed:], name, width)
    special = [_first(heads, _UNIT, skip=name, but=_OFFICE), _first(heads, _NATURE, skip=name), _first(heads, _OFFICE, skip=name)]
    values = _values(heads, skip={name, aspect, *special}, year=year)
    if not any(said.role or said.year or caption.role for _, said in values):
        return None
    return Columns(
        name=name,
        unit=special[0],
        nature=special[1],
        office=special[2],
        aspect=aspect,
        values=tuple(values),
        headed=headed,
        caption=caption,
    )


def _is_of_others(heads: Sequence[str], name: str) -> bool:
    """Whether the table lists projects, or divides tasks among offices."""
    tasks = any(_OF_TASKS.search(head) for head in heads) and "指标" not in name
    return tasks or any(_OF_PROJECTS.search(head) for head in heads)


def heading_rows(grid: Grid, *, year: int) -> int:
    """How many rows from the top are headings: those with a heading's word before the first row that has none."""
    count = 0
    for row in grid[:5]:
        texts = [squeeze(cell.text) for cell in row]
        above = grid[count - 1] if count else None
        hangs = above is not None and any(cell is other for cell, other in zip(row, above, strict=False) if cell.text)
        titled = not count and _is_across(row)
        if titled or _looks_headed(texts, year=year) or hangs:
            count += 1
        else:
            break
    return count if count > 1 or (grid and not _is_across(grid[0])) else 0


def _looks_headed(texts: Sequence[str], *, year: int) -> bool:
    named = any(_NAME.search(text) and not _NOT_NAME.search(text) and len(text) <= 10 for text in texts)
    rest = [text for text in texts if text]
    told = [said for text in rest if (said := heading(text, year=year)) and not re.match(r"[≥≤]?\d[\d.]*%?$", text)]
    tells = sum(bool(said.role or said.year or said.period or (said.growth and len(rest) < 9)) for said in told)
    # “增长5%左右” in a cell is a target, not a heading.
    valued = any(re.search(r"\d", text) and not re.search(r"20\d\d|季度|月|[（(]|Q\d", text) for text in rest)
    return len(set(rest)) > 1 and not valued and (named or (tells * 2 >= len(rest) and tells > 1))


def _heading(grid: Grid, column: int, headed: int) -> str:
    texts: list[str] = []
    for row in grid[:headed]:
        text = squeeze(row[column].text) if column < len(row) and not _is_across(row) else ""
        if text and text not in texts:
            texts.append(text)
    return "".join(texts)


def _name_column(heads: Sequence[str], *, year: int) -> int | None:
    named = [i for i, head in enumerate(heads) if _NAME.search(head) and not _NOT_NAME.search(head)]
    exact = [i for i in named if "名称" in heads[i]]
    # A merged heading over a class and its indicators repeats: the last of its columns holds the indicators.
    if named:
        return (exact or named)[-1]
    roles = [said.role for head in heads[1:] if (said := heading(head, year=year))]
    return 0 if heads and not heads[0] and "plan" in roles and len([role for role in roles if role]) > 1 else None


def _aspect(body: Grid, name: int, width: int) -> tuple[int, int | None]:
    """The columns of names and of aspects: one heading often stands over both."""
    for column in range(name, min(name + 2, width)):
        texts = [squeeze(row[column].text) for row in body if column < len(row) and squeeze(row[column].text)]
        if len(texts) > 1 and all(_ASPECT.fullmatch(text) for text in texts):
            return (name - 1, column) if column == name and name else (name, column if column != name else None)
    return name, None


def _first(heads: Sequence[str], pattern: re.Pattern[str], *, skip: int, but: re.Pattern[str] | None = None) -> int | None:
    for i, head in enumerate(heads):
        if i != skip and pattern.search(head) and not (but and but.search(head)):
            return i
    return None


def _values(heads: Sequence[str], *, skip: set[int | None], year: int) -> list[tuple[int, Heading]]:
    found: list[tuple[int, Heading]] = []
    for i, head in enumerate(heads):
        said = None if i in skip or not head else heading(head, year=year)
        if said is None or not (said.tells or is_bare_year(head)):
            continue
        if said.growth and not (said.role or said.year or said.part) and found and found[-1][0] == i - 1:
            # 比上年增长, behind the column of the level it speaks of
            said = said.over(Heading(year=found[-1][1].year, role=found[-1][1].role, period=found[-1][1].period))
        found.append((i, said))
    parts = {said.part for _, said in found if said.part}
    return found if len(parts) > 1 else [(i, said) for i, said in found if not said.part]


def _across(grid: Grid, caption: Heading, *, year: int) -> tuple[Columns, Grid] | None:
    """The columns of a table with its indicators across and years, towns or offices down, turned."""
    body = [row for row in grid if not _is_across(row)]
    start = next((i for i, row in enumerate(body) if row and _is_label(squeeze(row[0].text), year=year)), 0)
    if not start or start > 3 or not _is_corner(squeeze(body[0][0].text)):
        return None
    labels = [squeeze(row[0].text) for row in body[start:] if row]
    heads = [squeeze(cell.text) for row in body[:start] for cell in row]
    if _is_of_others(heads, "") or not _are_labels(labels, year=year) or not _is_valued(body[start:]):
        return None
    turned = tuple(zip_longest(*body, fillvalue=Block(offset=body[0][0].offset, text="")))[1:]
    first, *kinds = [[squeeze(row[i].text) for row in turned] for i in range(start)]
    unit = next((i for i, texts in enumerate(kinds, start=1) if all(is_unit(_bare(text)) for text in texts if text)), None)
    aspect = next((i for i, texts in enumerate(kinds, start=1) if all(_ASPECT.fullmatch(text) for text in texts if text)), None)
    named = [i for i in range(start) if i not in (unit, aspect)]
    values = _values(["", *labels], skip=set(), year=year)
    unit = unit if unit is not None else _label_of_units(labels, start)
    if not values or not any(first) or not named:
        return None
    return Columns(
        name=named[-1],
        unit=unit,
        nature=None,
        office=None,
        aspect=aspect,
        values=tuple((i - 1 + start, said) for i, said in values),
        headed=0,
        caption=caption,
    ), turned


def _label_of_units(labels: Sequence[str], start: int) -> int | None:
    return next((start + i for i, label in enumerate(labels) if _UNIT.fullmatch(label) or label in ("单位", "计量单位")), None)


def _bare(text: str) -> str:
    return re.sub(r"^[（(](.*)[）)]$", r"\1", text)


def _is_corner(text: str) -> bool:
    return not text or (len(text) <= 8 and bool(_LABELS.search(text)))


def _is_label(text: str, *, year: int) -> bool:
    if not text or text in ("单位", "计量单位"):
        return bool(text)
    said = heading(text, year=year)
    return said is not None and bool(said.role or said.part or said.whole or is_bare_year(text)) and len(text) <= 20


def _are_labels(labels: Sequence[str], *, year: int) -> bool:
    """Whether the first column tells years and roles, or towns and offices, and nothing else."""
    known = [_is_label(label, year=year) for label in labels if label and not _NUMBERED.search(label)]
    parts = sum(is_part(label) for label in labels)
    aims = any((said := heading(label, year=year)) and (said.role or said.year) for label in labels)
    return all(known) and (parts > 1 or (bool(aims) and not parts))


def _is_valued(body: Grid) -> bool:
    cells = [squeeze(cell.text) for row in body for cell in row[1:] if squeeze(cell.text)]
    return bool(cells) and sum(bool(_VALUE.match(cell)) for cell in cells) * 2 > len(cells)
