"""DA101 Parts and their total · 分项与合计

Tests: parts that a bracket or 其中 ties to a whole, of the same unit and kind, against that whole. Parts that split the whole
(新开工、续建) must add up to it; parts of which only some are named must not exceed it.

Fails: 计划建设项目362个（新开工251个、续建147个）。 251 + 147 = 398, not 362.
Passes: 计划建设项目362个（新开工215个、续建147个）。
Tolerance: the rounding of the printed digits, added up: 179.83 against 179.84 is rounding, not an error.
May be wrong: where parts overlap on purpose; the finding says which numbers were added, so that this shows at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng.audit.draft import Draft, finding, interval
from duheng.audit.finding import Finding, Severity
from duheng.audit.interval import Interval, total
from duheng.audit.rule import Rule
from duheng.read import Claim, Measure


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where named parts come to more than their whole."""
    for claims in draft.sentences:
        for whole in claims:
            parts = [c for c in claims if c.of == whole.offset and c.measure is Measure.LEVEL]
            bounds = [b for b in map(interval, parts) if b is not None]
            limit = interval(whole)
            if parts and limit and len(bounds) == len(parts) and total(bounds).low > limit.high:
                yield _exceeds(whole, parts, total(bounds))


def _exceeds(whole: Claim, parts: list[Claim], added: Interval) -> Finding:
    shown = " + ".join(part.span for part in parts)
    middle = f"{(added.low + added.high) / 2 / 1:f}"
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"分项之和超过合计：{shown} 大于 {whole.span}（{whole.subject}）。请核对分项或合计。",
            f"The parts exceed their whole: {shown} is more than {whole.span} ({whole.subject}). Check the parts or the whole.",
        ),
        [whole, *parts],
        expected=(f"不超过 {whole.span}", f"at most {whole.span}"),
        found=(middle, middle),
    )


RULE = Rule(code="DA101", name=("分项与合计", "Parts and their total"), severity=Severity.ERROR, check=check, page=__doc__)
