"""DP702 Targets without a bound · 没有限定词的目标

Tests: the targets of the table that are bare numbers, neither 以上 nor 以内 nor 左右, while others of the same table carry a bound.

Fails: a table with “≥300” in one row and a bare “58” in another (one note for the table)
Passes: a table in which every number has its bound; a table without any (its caption or its note may say what a number means)
Tolerance: none.
May be wrong: where the plan means exactly that number.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng.audit.draft import Draft, spots
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.measure import Comparator
from duheng.read import Role

_NAMED = 3  # indicators that the message names; all are marked


def check(draft: Draft) -> Iterator[Finding]:
    """One note where a table bounds some of its targets and leaves others bare."""
    cells = [c for c in draft.claims if c.role is Role.TARGET and draft.in_table(c)]
    bare = [c for c in cells if c.comparator == Comparator.EQUAL]
    if not bare or len(bare) == len(cells):
        return
    some = "、".join(c.subject for c in bare[:_NAMED])
    yield Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(
            f"表中{len(cells)}个数值目标有{len(bare)}个没有限定词（{some}等）。请确认是“以上”“左右”还是正好。",
            f"{len(bare)} of the {len(cells)} numbers of the table have no bound ({some} …). Say whether at least, about or exactly.",
        ),
        spots=spots(*bare),
        sentence=bare[0].sentence,
    )


RULE = Rule(
    code="DP702",
    name=("没有限定词的目标", "Targets without a bound"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
