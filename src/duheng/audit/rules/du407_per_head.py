"""DU407 Per head, by orders · 人均数量级不对

Tests: amounts of money per head (人均生产总值, 人均可支配收入, 劳动生产率) of one report against each other, and the gross regional
product over the amount per head, which is the number of people.

Fails: 人均GDP达11.2亿元; 居民人均可支配收入51868万元 beside 人均地区生产总值11.2万元
Passes: 人均可支配收入51868元 beside 人均地区生产总值11.2万元; 游客人均消费656元 (of others than the residents)
Tolerance: two orders between two amounts; a hundred people where the product is divided.
May be wrong: hardly; such a place has nobody in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from duheng import pattern as re
from duheng.audit.draft import Draft, finding, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.same import shown, standing
from duheng.read import Claim, Measure

_OF_RESIDENTS = re.compile(r"人均(?:地区|国内)?(?:生产总值|GDP)|人均可支配收入|人均消费支出|劳动生产率|平均工资")
_ORDERS = 100
_FEWEST = 100  # people


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where an amount per head cannot be."""
    amounts = [c for c in draft.claims if c.measure is Measure.LEVEL and _OF_RESIDENTS.search(c.subject) and _is_money(c)]
    reported: set[int] = set()
    for claim in amounts:
        if product := _too_few(draft, claim):
            reported.add(claim.offset)
            yield _finding(draft, claim, product, ("折合不到一百人", "that makes fewer than a hundred people"))
    for pair in combinations([c for c in amounts if c.offset not in reported], 2):
        if _apart(*pair):
            odd, other = _odd_first(pair, amounts)
            if odd.offset not in reported:
                reported.add(odd.offset)
                yield _finding(draft, odd, other, ("两者相差百倍以上", "a hundred times apart"))


def _is_money(claim: Claim) -> bool:
    found = quantity(claim)
    return found is not None and found.unit.dimension in ("money", "money/count", "money/people") and found.base > 0


def _base(claim: Claim) -> float:
    found = quantity(claim)
    return float(abs(found.base)) if found else 0.0


def _too_few(draft: Draft, claim: Claim) -> Claim | None:
    """The product of which the amount per head leaves next to nobody."""
    if draft.keys[claim.offset].code != "gdp.per_capita.level":
        return None
    products = (c for c in draft.claims if draft.keys[c.offset].code == "gdp.level" and c.measure is Measure.LEVEL)
    return next((c for c in products if 0 < _base(c) < _FEWEST * _base(claim)), None)


def _apart(left: Claim, right: Claim) -> bool:
    low, high = sorted((_base(left), _base(right)))
    return high >= _ORDERS * low


def _odd_first(pair: tuple[Claim, Claim], amounts: Sequence[Claim]) -> tuple[Claim, Claim]:
    """The one of two that is apart from more of the others, then the other."""
    first, second = sorted(pair, key=lambda c: -sum(_apart(c, other) for other in amounts))
    return first, second


def _finding(draft: Draft, claim: Claim, beside: Claim, why: tuple[str, str]) -> Finding:
    zh, en = standing(draft, beside)
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"人均数量级不对：“{claim.subject}”为{shown(draft, claim)}，{zh}“{beside.subject}”为{shown(draft, beside)}，{why[0]}。"
            "请核对单位。",
            f"Per head by orders wrong: {claim.subject} is {shown(draft, claim)}, {beside.subject} in {en} is {shown(draft, beside)}: "
            f"{why[1]}. Check the unit.",
        ),
        [claim, beside],
        found=(shown(draft, claim),) * 2,
    )


RULE = Rule(
    code="DU407",
    name=("人均数量级不对", "Per head, by orders"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
