"""DT203 The bound that the table lost · 表格丢了“以上”“以内”

Tests: a target that the text bounds (以上, 以内, 左右) while its cell in the table is a bare number, the numbers being equal.

Fails: 建议地区生产总值增长6%以上 beside a cell “6”
Passes: a cell “≥6”, “6以上”, “6左右”
Tolerance: none; the words either stand there or do not.
May be wrong: never in what it says, but a plan may mean by a bare number what its text spells out: hence a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng.audit.draft import Draft, finding
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.rules.dt201_restated import can_be_one
from duheng.audit.same import by_time, is_stretch, shown, standing, things
from duheng.measure import Comparator
from duheng.read import Claim, Role

_BOUNDS = frozenset({Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW, Comparator.ABOUT})


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a cell has lost the bound of its target."""
    for claims in things(draft).values():
        for group in by_time(claims):
            cell = next((c for c in group if draft.in_table(c) and c.comparator == Comparator.EQUAL), None)
            told = next((c for c in group if _bounds(draft, c)), None)
            if cell and told and cell.role is Role.TARGET and can_be_one(cell, told):
                yield _lost(draft, cell, told)


def _bounds(draft: Draft, claim: Claim) -> bool:
    return not draft.in_table(claim) and claim.comparator in _BOUNDS and not is_stretch(draft, claim)


def _lost(draft: Draft, cell: Claim, told: Claim) -> Finding:
    zh, en = standing(draft, told)
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"表中“{cell.subject}”的目标只写{shown(draft, cell)}，{zh}写的是“{told.span}”。建议表中补上限定词。",
            f"The table gives {shown(draft, cell)} for {cell.subject}; {en} says “{told.span}”. Add the bound to the table.",
        ),
        [cell, told],
        expected=(told.span,) * 2,
        found=(shown(draft, cell),) * 2,
    )


RULE = Rule(
    code="DT203",
    name=("表格丢了“以上”“以内”", "The bound that the table lost"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
