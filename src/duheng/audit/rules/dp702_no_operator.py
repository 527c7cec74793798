"""DP702 Targets without a bound · 没有限定词的目标

Tests: the targets for the plan's own year in the table that are bare numbers, neither 以上 nor 以内 nor 左右, while others of them
carry a bound. What was planned for the year before is settled, and is not asked about.

Fails: a table with “≥300” in one row and a bare “58” in another (one note for the table)
Passes: a table in which every number has its bound; a table without any (its caption or its note may say what a number means)
Tolerance: none.
May be wrong: where the plan means exactly that number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng.audit.draft import Draft, spots
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.measure import Comparator
from duheng.read import Claim, Role

_NAMED = 3  # indicators that the message names; all are marked


def check(draft: Draft) -> Iterator[Finding]:
    """One note where a table bounds some of its targets and leaves others bare."""
    cells = _of_the_plan(draft, [c for c in draft.claims if c.role is Role.TARGET and draft.in_table(c)])
    bare = [c for c in cells if c.comparator == Comparator.EQUAL]
    if not bare or len(bare) == len(cells):
        return
    names = list(dict.fromkeys(c.subject for c in bare))
    some, more = "、".join(names[:_NAMED]), ("等", " …") if len(names) > _NAMED else ("", "")
    yield Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(
            f"表中{len(cells)}个数值目标有{len(bare)}个没有限定词（{some}{more[0]}）。请确认是“以上”“左右”还是正好。",
            f"{len(bare)} of {len(cells)} numbers of the table have no bound ({some}{more[1]}). Say whether at least, about or exactly.",
        ),
        spots=spots(*bare),
        sentence=bare[0].sentence,
    )


def _of_the_plan(draft: Draft, cells: Sequence[Claim]) -> list[Claim]:
    """Those of the year planned for; where the document does not tell it, of the last year that has any."""
    years = {cell.period[:4] for cell in cells}
    year = str(draft.plan.year) if str(draft.plan.year) in years else max(years, default="")
    return [cell for cell in cells if cell.period[:4] == year]


RULE = Rule(
    code="DP702",
    name=("没有限定词的目标", "Targets without a bound"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
