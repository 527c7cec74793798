"""DR305 The shape of a table · 表格的序号、列和表头

Tests: the column of serial numbers, which counts on from 1; a row with fewer or more cells than all the others; a cell whose
kind (number, nature 约束性/预期性) is not that of its column while the next column has it: the row has slipped; a header row
that stands again in the middle.

Fails: 序号 1, 2, 4, 4, 5; a row whose unit stands under 指标名称 and whose nature under 单位.
Passes: serial numbers that begin anew below a group row; empty serial cells of 其中 rows.
May be wrong: where rows were merged by hand; a repeated header is a note, for long tables repeat it on each page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.numbered import Mark
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.audit.sequence import Slip, runs, slips
from duheng.read import Block, Table

_SERIAL_HEAD = re.compile(r"序\s*号|编\s*号|No\.?", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,3}")
_NATURE = re.compile(r"约束性|预期性")
_NUMBER = re.compile(r"[≥≤<>＜＞±]?\s*-?\d[\d,.]*\s*[%％]?(?:左右|以上|以内|以下)?")
_UNIT = re.compile(r"[（(]?[^\s（()）\d]{1,8}(?:/[^\s（()）\d]{1,8})?[）)]?")
_ROWS = 5  # rows from which a table has a shape
_MOST = 0.8  # share of a column that makes its kind


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a table's serial numbers, columns or header do not hold together."""
    for table in draft.document.tables:
        if len(table.rows) >= _ROWS:
            yield from _serials(draft, table)
            yield from _ragged(draft, table)
            yield from _slipped(draft, table)
            yield from _headed_again(draft, table)


def _serials(draft: Draft, table: Table) -> Iterator[Finding]:
    column = next((i for row in table.rows[:3] for i, cell in enumerate(row) if _SERIAL_HEAD.fullmatch(cell.text.strip())), None)
    if column is None:
        return
    cells = [row[column] for row in table.rows if len(row) > column and _WHOLE.fullmatch(row[column].text.strip())]
    marks = [Mark(value=int(cell.text), form="{n}", offset=cell.offset, end=cell.end) for cell in dict.fromkeys(cells)]
    for run in runs([mark.value for mark in marks]):
        row = marks[run]
        for slip in slips([mark.value for mark in row]):
            yield _serial(draft, row[slip.index], slip)


def _serial(draft: Draft, mark: Mark, slip: Slip) -> Finding:
    return pointed(
        draft,
        RULE,
        (
            f"表中序号“{mark.value}”不连续，此处应为“{slip.expected}”。请看是漏了一行、多了一行，还是序号有误。",
            f"The serial number {mark.value} is out of turn; {slip.expected} is due here. Is a row missing or doubled?",
        ),
        [(mark.offset, mark.end)],
        Severity.ERROR,
    )


def _ragged(draft: Draft, table: Table) -> Iterator[Finding]:
    widths = Counter(len(row) for row in table.rows)
    usual, count = widths.most_common(1)[0]
    if count < _MOST * len(table.rows):
        return
    for row in table.rows[1:]:
        filled = [cell for cell in row if cell.text.strip()]
        if len(row) != usual and len(filled) > 1:
            yield _row(
                draft,
                filled,
                f"这一行有{len(row)}格，其他各行有{usual}格。请看是否漏了或多了一格。",
                f"This row has {len(row)} cells, the others {usual}. Is a cell missing or too many?",
            )


def _slipped(draft: Draft, table: Table) -> Iterator[Finding]:
    """Rows of which two cells are of the kind that the neighbouring column is of."""
    width = Counter(len(row) for row in table.rows).most_common(1)[0][0]
    rows = [row for row in table.rows if len(row) == width]
    kinds = [_usual([_kind(row[i].text) for row in rows]) for i in range(width)]
    for row in rows[1:]:
        own = [_kind(cell.text) for cell in row]
        for step in (1, -1):
            moved = [i for i in range(width) if 0 <= i + step < width and _stands_in(own[i], kinds[i], kinds[i + step])]
            if len(moved) > 1:
                yield _row(
                    draft,
                    [row[i] for i in moved],
                    "这一行的内容与各列不符，像是整行错了一列。请核对各格。",
                    "The cells of this row do not fit their columns: the row seems to have slipped by one. Check each cell.",
                )
                break


def _stands_in(own: str, column: str, beside: str) -> bool:
    return bool(own and column and beside) and own != column and own == beside


def _headed_again(draft: Draft, table: Table) -> Iterator[Finding]:
    head = [cell.text.strip() for cell in table.rows[0]]
    for row in table.rows[2:]:
        if [cell.text.strip() for cell in row] == head and len(set(head)) > 2:
            zh, en = "表头在表中间又出现一次。如非跨页续表，请删去。", "The header stands again inside the table. Delete it."
            yield _row(draft, [row[0]], zh, en, Severity.NOTE)


def _kind(text: str) -> str:
    bare = text.strip()
    for kind, pattern in (("nature", _NATURE), ("number", _NUMBER), ("unit", _UNIT)):
        if pattern.fullmatch(bare):
            return kind
    return "words" if bare else ""


def _usual(kinds: Sequence[str]) -> str:
    filled = Counter(kind for kind in kinds[1:] if kind)
    if not filled:
        return ""
    kind, count = filled.most_common(1)[0]
    return kind if count >= _MOST * filled.total() else ""


def _row(draft: Draft, cells: Sequence[Block], zh: str, en: str, severity: Severity = Severity.WARNING) -> Finding:
    return pointed(draft, RULE, (zh, en), [(cell.offset, cell.end) for cell in cells], severity)


RULE = Rule(code="DR305", name=("表格的形状", "The shape of a table"), severity=Severity.WARNING, check=check, page=__doc__)
