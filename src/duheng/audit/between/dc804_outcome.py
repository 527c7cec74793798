"""DC804 Last year's target and the result stated now · 上年目标与今年所报结果

Tests: the targets of an earlier plan of the same place, given with `--against`, against the results for that year in this report.

Fails: the plan of 2025 aims at 地区生产总值增长6%以上; the report of 2026 states a growth of 5.8 % for 2025.
Passes: it states 6.1 %.
Tolerance: what the target's own words leave open: 左右 forgives, 以上 does not.
May be wrong: where the target was changed during the year by a resolution. It is a note: the report should say that it was missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from duheng.audit.apart import apart
from duheng.audit.comparison import Beside, Comparison
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.likewise import same_place
from duheng.plan import Outcome, PlannedIndicator, Result


def check(draft: Draft, others: Sequence[Draft]) -> Iterator[Finding]:
    """Findings where a result stated now misses the target that an earlier plan set for its year."""
    for earlier in others:
        if earlier.plan.year >= draft.plan.year or not same_place(draft, earlier):
            continue
        results = {each.code: each.actual for each in draft.plan.indicators if each.code and each.actual}
        for indicator in earlier.plan.indicators:
            result = results.get(indicator.code or "")
            if result is None or _year(result) != earlier.plan.year:
                continue
            if indicator.target.met_by(result).outcome is Outcome.MISSED:
                yield _missed(indicator, result, earlier)


def _year(result: Result) -> int:
    return int(result.period[:4]) if result.period[:4].isdecimal() else 0


def _missed(indicator: PlannedIndicator, result: Result, earlier: Draft) -> Finding:
    aim = indicator.mentions[0]
    aimed = indicator.target.text or indicator.target.shown()
    target, reached = apart((indicator.target.value or Decimal(0), aimed), (result.value, result.text))
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(
            f"{indicator.name}：《{earlier.document.name}》的目标是“{target[0]}”，本报告的结果是“{reached[0]}”，未达到。请核对数字，并说明原因。",
            f"{indicator.name}: the target in “{earlier.document.name}” was “{target[1]}”, the result stated here is “{reached[1]}”, "
            "which misses it. Check the number, and say why.",
        ),
        spots=(
            Spot(offset=result.mention.offset, end=result.mention.end),
            Spot(offset=aim.offset, end=aim.end, document=earlier.document.name),
        ),
        sentence=result.mention.sentence,
        expected=target,
        found=reached,
    )


RULE = Comparison(
    code="DC804",
    name=("上年目标与今年所报结果", "Last year's target and the result stated now"),
    severity=Severity.NOTE,
    beside=Beside.AGAINST,
    check=check,
    page=__doc__,
)
