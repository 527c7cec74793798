"""DU409 A headline amount beside the product · 主要总量与生产总值数量级不符

Tests: what a place sells, invests, collects, lends and trades in a year (社会消费品零售总额, 固定资产投资, 一般公共预算收入, 税收, 存贷款
余额, 总产值, 增加值, 旅游收入, 研发经费, 进出口) against its gross regional product in the same report.

Fails: 地区生产总值562.4亿元 …… 社会消费品零售总额186.3万元
Passes: 一般公共预算收入31.86亿元, 贷款余额812.7亿元 (within three orders of the product)
Tolerance: three orders below the product, four for trade, tourism and research, which may be next to nothing; two orders above it.
May be wrong: for a part of the place that the sentence names further off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng import pattern as re
from duheng.audit.draft import Draft, finding, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.same import shown, standing, thing_of
from duheng.read import Claim, Measure

_GDP = "gdp.level"
# Catalog codes of what is about as large as the product, and of what may be far smaller.
_LARGE = re.compile(
    r"gdp\.(?:secondary|tertiary)\.level|retail\.(?:total|above_scale)\.level|investment\.fixed\.level|services\.level|"
    r"fiscal\.(?:revenue|revenue\.total|tax|expenditure)\.level|finance\.(?:deposits|loans|deposits_loans)(?:\.rmb)?\.level|"
    r"industry\.(?:level|output\.level|above_scale\.(?:output|value_added)\.level|strategic\.output\.level)"
)
_SMALL = re.compile(
    r"trade\.(?:total|exports|imports)\.level|tourism\.revenue\.level|rd\.expenditure\.level|sales\.retail\.level|retail\.online\.level|"
    r"investment\.(?:industrial|infrastructure|property|private|manufacturing)\.level|technology\.contracts\.level"
)
_SEVERAL = 3  # amounts off the product from which on it is the product that is in question, if they are most
_BELOW, _FAR_BELOW, _ABOVE = 1000, 10_000, 100


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a headline amount is orders off the product."""
    product = next((c for c in draft.claims if draft.keys[c.offset].code == _GDP and c.measure is Measure.LEVEL), None)
    if product is None or not _base(product):
        return
    compared = [claim for claim in draft.claims if _is_headline(draft, claim)]
    off = [claim for claim in compared if _is_off(draft.keys[claim.offset].code or "", _base(claim) / _base(product))]
    if len(off) >= _SEVERAL and len(off) * 2 > len(compared):
        yield _product_is_off(draft, off, product)  # one slip, said once
    else:
        yield from (_off(draft, claim, product) for claim in off)


def _is_headline(draft: Draft, claim: Claim) -> bool:
    code = draft.keys[claim.offset].code
    headline = code is not None and bool(_LARGE.fullmatch(code) or _SMALL.fullmatch(code))
    return headline and claim.measure is Measure.LEVEL and _base(claim) > 0 and thing_of(draft, claim) is not None


def _is_off(code: str, ratio: float) -> bool:
    """Whether an amount is that many times the product; nothing is said of other units than money of this country."""
    if not ratio:
        return False
    if _LARGE.fullmatch(code):
        return ratio < 1 / _BELOW or ratio > _ABOVE
    return bool(_SMALL.fullmatch(code)) and (ratio < 1 / _FAR_BELOW or ratio > _ABOVE)


def _base(claim: Claim) -> float:
    found = quantity(claim)
    return float(abs(found.base)) if found and found.unit.dimension == "money" else 0.0


def _product_is_off(draft: Draft, off: Sequence[Claim], product: Claim) -> Finding:
    example, number = off[0], shown(draft, product)
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"地区生产总值{number}与文中 {len(off)} 个主要总量的数量级都不相称（如“{example.subject}”{shown(draft, example)}），"
            "多半是它自己的单位有误。请核对“万”“亿”。",
            f"The gross regional product, {number}, is orders off {len(off)} headline amounts ({example.subject}, "
            f"{shown(draft, example)}, for one), so its own unit is likely wrong. Check 万 and 亿.",
        ),
        [product, example],
        found=(number, number),
    )


def _off(draft: Draft, claim: Claim, product: Claim) -> Finding:
    zh, en = standing(draft, product)
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"“{claim.subject}”{shown(draft, claim)}与地区生产总值（{zh}：{shown(draft, product)}）的数量级不相称。请核对“万”“亿”。",
            f"{claim.subject}, {shown(draft, claim)}, is orders off the gross regional product ({en}: {shown(draft, product)}). "
            "Check 万 and 亿.",
        ),
        [claim, product],
        found=(shown(draft, claim),) * 2,
    )


RULE = Rule(
    code="DU409",
    name=("主要总量与生产总值数量级不符", "A headline amount beside the product"),
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
