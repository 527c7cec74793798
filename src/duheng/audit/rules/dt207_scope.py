"""DT207 Two scopes, two numbers · 口径不同，数也不同

Tests: a number of a wider place (全市, 全国) beside the place's own number of the same thing, measure, period and role. Nothing is
wrong with that: this rule only explains, when asked (--explain).

Fails: never
Passes: 全区地区生产总值增速目标6.5%以上 beside 全市地区生产总值增长6%
Tolerance: none.
May be wrong: where the wider word stands by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft, finding
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.rules.dt201_restated import can_be_one
from duheng.audit.same import shown, standing
from duheng.read import Claim, Measure


def check(draft: Draft) -> Iterator[Finding]:
    """Explanations where a wider place has another number."""
    wider = re.compile("|".join(map(re.escape, draft.naming.place.foreign)))
    own = {(key.code, c.period, c.role): c for c in reversed(draft.claims) if (key := draft.keys[c.offset]).code}
    for claim in draft.claims:
        if claim.measure is Measure.RANK or not wider.search(claim.subject):
            continue
        code = draft.naming.bind(wider.sub("", claim.subject), unit=claim.unit, measure=claim.measure)
        beside = own.get((code, claim.period, claim.role)) if code else None
        if beside and beside.unit == claim.unit and not can_be_one(beside, claim):
            yield _explained(draft, claim, beside)


def _explained(draft: Draft, claim: Claim, own: Claim) -> Finding:
    zh, en = standing(draft, own)
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"“{claim.subject}”{shown(draft, claim)}与{zh}“{own.subject}”{shown(draft, own)}不同。",
            f"{claim.subject}, {shown(draft, claim)}, differs from {own.subject}, {shown(draft, own)}, in {en}.",
        ),
        [claim, own],
        explanation=("两数的范围不同，不是差错。", "The two speak of different places: no error."),
    )


RULE = Rule(
    code="DT207",
    name=("口径不同，数也不同", "Two scopes, two numbers"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
