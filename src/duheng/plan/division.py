"""A sheet that says who does what (任务分工表, 目标分解表): its rows as duties, whatever the order and words of its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from duheng import pattern as re
from duheng.plan.office import roles
from duheng.read import Document, open_document

Cells = Sequence[str]
TEXT_KINDS = (".csv", ".tsv")

# What heads a column, the likeliest pattern first; 单位 alone is a unit of measurement, 责任单位 an office.
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("lead", r"牵头|主责|主办|leadoffice"),
        ("support", r"配合|协办|协同|参与|支持单位|supporting"),
        ("leader", r"领导|责任人|分管|包联|leader"),
        ("charged", r"责任(?:单位|部门|主体)|承办|落实单位|实施单位|业主|责任分工|office"),
        ("deadline", r"时限|时间|期限|进度|节点|deadline"),
        ("code", r"^编号$|代码|^code$"),
        ("number", r"^序号?$|^序$|^no\.?$"),
        ("unit", r"^(?:计量)?单位$|^unit$"),
        ("indicator", r"^(?:主要|核心|考核|预期)?指标(?:名称|项目)?$|^indicator"),
        ("goal", r"目标值|(?:本年|年度|全年|20\d\d年)(?:度)?(?:预期)?目标$|目标要求|^目标$|target"),
        ("name", r"任务|工作|事项|项目|指标|内容|举措|措施|task|project"),
        ("group", r"类别|分类|领域|板块|类型|大项|部分"),
    )
)
_OWNING = frozenset(("lead", "support", "charged"))
_NAMING = frozenset(("name", "indicator"))
_HEAD_ROWS = 8  # title and notes stand above the head; further down there is none
_DEEPEST = 3  # rows of a head
_GROUP = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[部篇])")
_KINDS = (
    ("indicator", re.compile("指标|indicators", re.IGNORECASE)),
    ("project", re.compile("项目|projects", re.IGNORECASE)),
    ("task", re.compile("任务|工作|tasks", re.IGNORECASE)),
)
_NUMBERED = re.compile(r"(?:^|(?<=[\s；;。]))[（(]?\d{1,2}[)）.．、]\s*(?=\D)")
_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One row of such a sheet: what is to be done, who leads and who supports, under which leader, by when.

    `carried` marks offices that stand in a row above whose cell was merged down, as far as plain text lets one tell.
    """

    row: int  # as people count it in the sheet, from 1
    name: str
    number: str = ""
    code: str = ""
    kind: str = ""  # "indicator", "project", "task" where the sheet says so
    group: str = ""
    unit: str = ""
    goal: str = ""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    leader: str = ""
    deadline: str = ""
    carried: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The names in a row that names several things: its lines, or what follows its numbers."""
        lines = [line.strip(" ；;。") for line in re.split(r"[\n\r；;]+", self.name)]
        if len([line for line in lines if line]) < 2:
            lines = _NUMBERED.split(self.name)
        found = [_NUMBERED.sub("", line).strip(" ；;。") for line in lines]
        return tuple(part for part in found if len(part) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Which column holds what, and how many rows the head has."""

    columns: dict[str, int]
    depth: int

    def cell(self, row: Cells, field: str) -> str:
        place = self.columns.get(field)
        return row[place].strip() if place is not None and place < len(row) else ""


def of_file(path: Path | None = None, *, data: bytes | None = None, name: str = "") -> tuple[Duty, ...]:
    """The duties in a sheet of any kind that can be read; raises a `ReadError` that says what to do, and gives none for no sheet."""
    name = name or (path.name if path else "")
    if Path(name).suffix.lower() in TEXT_KINDS:
        return of_text(open_document(path, data=data, name=f"{name}.txt").text)
    document = open_document(path, data=data, name=name)
    return of_document(document) or of_text(document.text)


def of_document(document: Document) -> tuple[Duty, ...]:
    """The duties in the tables of a document; a table without a head of its own goes on with the one before."""
    found: list[Duty] = []
    layout, first = None, 1
    for table in document.tables:
        rows = [tuple(cell.text for cell in row) for row in table.rows]
        start = _head(rows)
        if start is not None:
            layout, begin = start[1], start[0] + start[1].depth
        elif layout is not None and rows and len(rows[0]) > max(layout.columns.values()):
            begin = 0
        else:
            first += len(rows)
            continue
        found += _duties(rows, layout, begin=begin, first=first, merged=True)
        first += len(rows)
    return tuple(found)


def of_text(text: str) -> tuple[Duty, ...]:
    """The duties in a table pasted from a sheet (cells parted by tabs) or kept as .csv; empty where it has no head."""
    rows = rows_of(text)
    start = _head(rows)
    if start is None:
        return ()
    return tuple(_duties(rows, start[1], begin=start[0] + start[1].depth, first=1, merged=False))


def rows_of(text: str) -> list[tuple[str, ...]]:
    """The cells of pasted text or .csv; a quoted cell may hold line breaks."""
    text = text.lstrip("\ufeff").replace("\0", "")
    parted = "\t" if "\t" in text else ","
    previous = csv.field_size_limit(1 << 20)
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=parted)]
    except csv.Error:
        return [tuple(line.split(parted)) for line in text.splitlines()]
    finally:
        csv.field_size_limit(previous)


def _head(rows: Sequence[Cells]) -> tuple[int, _Layout] | None:
    """Where the head begins and what its columns are: it names what is to be done, and somebody who does it."""
    for start in range(min(_HEAD_ROWS, len(rows))):
        best: _Layout | None = None
        for depth in range(1, min(_DEEPEST, len(rows) - start) + 1):
            columns = _columns(rows[start : start + depth])
            if columns and (best is None or len(columns) > len(best.columns)):
                best = _Layout(columns=columns, depth=depth)
        if best:
            return start, best
    return None


def _columns(head: Sequence[Cells]) -> dict[str, int]:
    """The columns under a head of one or several rows, or none; a deeper row says more than the one above."""
    if any(_is_body(row) for row in head):
        return {}
    found: dict[str, int] = {}
    for place in range(max(map(len, head), default=0)):
        labels = [re.sub(r"\s+", "", row[place]).lower() for row in reversed(head) if place < len(row)]
        field = next((field for label in labels if label and (field := _field(label))), "")
        if field and field not in found:
            found[field] = place
    return found if _NAMING & set(found) and (_OWNING & set(found) or "leader" in found) else {}


def _field(label: str) -> str:
    return next((field for field, pattern in _HEADS if len(label) <= 24 and pattern.search(label)), "")


def _is_body(row: Cells) -> bool:
    """Whether a row holds what a head never does: a number of its own, or one text across its whole width."""
    filled = [cell.strip() for cell in row if cell.strip()]
    across = len(set(filled)) == 1 and len(row) > 2
    return not filled or across or bool(re.fullmatch(r"\d+", filled[0])) or max(map(len, filled)) > 40


def _duties(rows: Sequence[Cells], layout: _Layout, *, begin: int, first: int, merged: bool) -> Iterator[Duty]:
    group, kind = "", ""
    above: Duty | None = None
    task = ""
    width = max(layout.columns.values()) + 1
    for place in range(begin, len(rows)):
        row = (*rows[place], *("",) * (width - len(rows[place])))
        heading = _heading(row, layout)
        if heading:
            group, above, task = heading, None, ""
            if not (kind and heading.startswith("（")):  # a smaller heading leaves the kind of its part
                kind = next((kind for kind, word in _KINDS if word.search(heading)), "")
            continue
        if _columns([row]):
            continue  # the head again, on the next page
        group = layout.cell(row, "group") or group
        task = layout.cell(row, "name") or task
        duty = _duty(row, layout, group=group, task=task)
        if duty is None:
            continue
        duty = replace(duty, row=first + place, kind=duty.kind or kind)
        if not merged and above is not None and not (duty.lead or duty.support) and not _stated(row, layout):
            duty = replace(
                duty,
                lead=above.lead,
                support=above.support,
                leader=duty.leader or above.leader,
                deadline=duty.deadline or above.deadline,
                carried=True,
            )
        above = duty
        yield duty


def _duty(row: Cells, layout: _Layout, *, group: str, task: str) -> Duty | None:
    indicator = layout.cell(row, "indicator")
    own = layout.cell(row, "name")
    name = indicator or own
    if not name:
        return None
    lead, support = _offices(row, layout)
    return Duty(
        row=0,
        name=name,
        number=layout.cell(row, "number"),
        code=layout.cell(row, "code"),
        kind="indicator" if indicator and "name" in layout.columns else "",
        group=(task if indicator and task != indicator else "") or group,
        unit=layout.cell(row, "unit"),
        goal=layout.cell(row, "goal"),
        lead=lead,
        support=support,
        leader=line(layout.cell(row, "leader")),
        deadline=line(layout.cell(row, "deadline")),
    )


def _offices(row: Cells, layout: _Layout) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and supporting offices; where only 责任单位 is given, the first of them leads, as offices read it."""
    lead, beside = roles(layout.cell(row, "lead"))
    support = [*beside, *(name for part in roles(layout.cell(row, "support")) for name in part)]
    named, besides = roles(layout.cell(row, "charged"))
    if not lead and named:
        lead, named = named[:1], named[1:]
    support += [*named, *besides]
    return lead, tuple(name for name in dict.fromkeys(support) if name not in lead)


def _heading(row: Cells, layout: _Layout) -> str:
    """The words of a row that only heads those below it: one text across the table, or numbered like a heading."""
    filled = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
    if len(filled) != 1:
        return ""
    across = sum(cell.strip() == filled[0] for cell in row) > max(2, len(row) // 2)
    names = {layout.columns[field] for field in _NAMING & set(layout.columns)}
    first = next(place for place, cell in enumerate(row) if cell.strip())
    return filled[0] if across or _GROUP.match(filled[0]) or first not in names else ""


def _stated(row: Cells, layout: _Layout) -> bool:
    """Whether the row says something where offices stand, if only that there are none yet."""
    return any(layout.cell(row, field) for field in _OWNING)


def line(text: str) -> str:
    """The text of a cell on one line; a dash says nothing."""
    plain = re.sub(r"\s+", " ", re.sub(r"\s*[\n\r]\s*", "；", text.strip()))[:_LIMIT].strip()
    return "" if re.fullmatch(r"[-—–/ ]*|待明确|待定", plain) else plain
