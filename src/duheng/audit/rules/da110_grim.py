"""DA110 A rate that no whole number gives · 不可能的比率（GRIM）

Tests: a rate of a small set whose size alone is given (对7个项目…，完成率为50%): is there any whole number of members that gives
it, rounded as it is printed?

Fails: 7个项目开工，开工率为50%。 3 of 7 is 43 %, 4 of 7 is 57 %.
Passes: 8个项目开工，开工率为50%。
Tolerance: the rounding of the printed digits; a set so large that every rate can be had is not tested.
May be wrong: often, since the rate may be weighted or of another set; so it is a note, worth a look and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR
from itertools import pairwise

from duheng.audit.around import before, between
from duheng.audit.draft import Draft, finding, interval, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.rated import RATE, SHARE, rated
from duheng.audit.rule import Rule
from duheng.read import Claim, Measure


def check(draft: Draft) -> Iterator[Finding]:
    """Notes on rates that no whole number of the set beside them can give."""
    known = {each.rate.offset for each in rated(draft)}
    for claims in draft.sentences:
        for size, rate in pairwise(claims):
            if rate.offset not in known and _is_set(draft, size) and _is_rate(draft, size, rate) and not _possible(size, rate):
                message = (
                    f"{size.span} 中没有哪个整数能得出 {rate.span}，请看比率或个数是否有误。",
                    f"No whole number of {size.span} gives {rate.span}. See whether the rate or the count is right.",
                )
                yield finding(RULE.code, Severity.NOTE, message, [rate, size])


def _is_set(draft: Draft, size: Claim) -> bool:
    found = quantity(size)
    counted = found is not None and found.unit.dimension == "count" and found.unit.scale == 1 and size.comparator == "="
    return counted and size.measure is Measure.LEVEL and size.of is None and not draft.in_table(size)


def _is_rate(draft: Draft, size: Claim, rate: Claim) -> bool:
    words = before(draft, rate, marks="，；。：（、")
    near = between(draft, size, rate).count("，") <= 1 and "；" not in between(draft, size, rate)
    of_set = rate.measure in (Measure.SHARE, Measure.COMPLETION) and rate.unit == "%" and rate.comparator == "="
    return near and of_set and bool(RATE.match(words) or SHARE.match(words))


def _possible(size: Claim, rate: Claim) -> bool:
    bound = interval(rate)
    if bound is None:
        return True
    least = (bound.low * size.value).to_integral_value(ROUND_CEILING)
    return least <= (bound.high * size.value).to_integral_value(ROUND_FLOOR)


RULE = Rule(
    code="DA110",
    name=("不可能的比率（GRIM）", "A rate that no whole number gives"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
