"""DP703 N of M done, and which were not? · 只报完成数，没有说哪些未完成

Tests: a report that says how many of its indicators were met, fewer than there were, and does not name those that were not.

Fails: 33项指标，共完成25项，完成率76%。 and no word of the other eight
Passes: 30项指标完成26项。…… 未完成的4项指标为固定资产投资增速、……
Tolerance: none.
May be wrong: where the list stands in an annex that was not given.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule

_KIND = "indicators_met"


def check(draft: Draft) -> Iterator[Finding]:
    """Notes where those not met are not named."""
    for said in draft.plan.stated:
        if said.kind == _KIND and said.open_question[0]:
            yield Finding(
                rule=RULE.code,
                severity=RULE.severity,
                message=said.open_question,
                spots=(Spot(offset=said.mention.offset, end=said.mention.end),),
                sentence=said.mention.sentence,
            )


RULE = Rule(
    code="DP703",
    name=("只报完成数，没有说哪些未完成", "N of M done, and which were not?"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
