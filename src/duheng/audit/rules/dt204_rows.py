"""DT204 Rows of the table against the text's count · 表格行数与正文所说的指标数

Tests: what the text says of its own plan (共33项指标, 约束性指标8项, 其余25项为预期性) against the rows of the table of targets,
all of them and by nature (指标属性).

Fails: 约束性指标8项 beside a table of which 7 rows are marked 约束性
Passes: 33 rows, 8 marked 约束性 and 25 预期性
Tolerance: none; rows are counted.
May be wrong: where the table shows a selection (部分指标); then say so in its caption.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule
from duheng.plan import Statement

_COUNTS = {
    "indicators_total": ("指标", "indicators"),
    "binding_total": ("约束性指标", "binding indicators"),
    "expected_total": ("预期性指标", "expected indicators"),
}
_SELECTION = re.compile(r"部分|摘选|节选|主要指标摘")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where the rows are not as many as the text says."""
    first = next((each for each in draft.plan.indicators if each.row is not None), None)
    if first is None or any(table.caption and _SELECTION.search(table.caption.text) for table in draft.document.tables):
        return
    for said in draft.plan.stated:
        if said.kind in _COUNTS and said.computed is not None and said.computed != said.value:
            yield _differ(said, Spot(offset=first.mentions[0].offset, end=first.mentions[0].end))


def _differ(said: Statement, rows: Spot) -> Finding:
    zh, en = _COUNTS[said.kind]
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(
            f"正文说{zh}{said.value}项，表中数得{said.computed}项。请核对指标属性一列和行数。",
            f"The text counts {said.value} {en}, the table has {said.computed}. Check the rows and their nature.",
        ),
        spots=(Spot(offset=said.mention.offset, end=said.mention.end), rows),
        sentence=said.mention.sentence,
        expected=(f"{said.value}项", str(said.value)),
        found=(f"{said.computed}项", str(said.computed)),
    )


RULE = Rule(
    code="DT204",
    name=("表格行数与正文所说的指标数", "Rows of the table against the text's count"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
