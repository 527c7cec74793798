"""DT205 Text against table · 正文与表格的数不同

Tests: a number of the text against the cell of a table of indicators that speaks of the same thing, period and role (the target
of the plan year, or a result).

Fails: 确保全年工业投资增长30%以上 beside the row 工业投资增速 … 20
Passes: 建议地区生产总值增长6%以上 beside 地区生产总值增速 … 6; 城镇新增就业1万人以上 beside 10000; 增长9%、力争10% beside 9
Tolerance: half a unit of the last printed digit of each number. Of a target the number itself counts: 3%以上 beside 4 is found,
though 4 is more than 3.
May be wrong: where the sentence speaks of a part of the place, or of a narrower group, without saying so beside the number.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng.audit.draft import Draft, finding
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.rules.dt201_restated import can_be_one
from duheng.audit.same import by_time, is_stretch, of_its_own_year, shares_a_qualifier, shown_apart, standing, things
from duheng.read import Claim, Role


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where the text has another number than the table."""
    for claims in things(draft).values():
        for group in by_time(claims):
            cells = [c for c in group if draft.in_table(c)]
            for claim in group:
                if cells and not draft.in_table(claim) and _is_comparable(draft, claim) and not can_be_one(cells[0], claim):
                    yield _other(draft, claim, cells[0])


def _is_comparable(draft: Draft, claim: Claim) -> bool:
    return of_its_own_year(draft, claim) and not is_stretch(draft, claim) and not shares_a_qualifier(draft, claim)


def _other(draft: Draft, claim: Claim, cell: Claim) -> Finding:
    (zh, en), name = standing(draft, cell), cell.subject
    kind = ("目标", "target") if claim.role is Role.TARGET else ("结果", "result")
    here, there = shown_apart(draft, claim, cell)
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"正文与表格不一：“{name}”{kind[0]}，此处为{here[0]}，{zh}为{there[0]}。请核实以哪个为准。",
            f"Text and table differ: the {kind[1]} for {name} is {here[1]} here and {there[1]} in {en}. Check which one holds.",
        ),
        [claim, cell],
        expected=there,
        found=here,
    )


RULE = Rule(
    code="DT205",
    name=("正文与表格的数不同", "Text against table"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
