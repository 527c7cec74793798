"""DU406 More than the place produces · 超过地区生产总值的金额

Tests: an amount of a kind that is a part of what the place produces or spends in a year (funds, subsidies, tax, revenue, value
added, wages, loans granted to firms), against the gross regional product that the report itself gives.

Fails: 地区生产总值506亿元 …… 帮助企业获得知识价值信用贷款1200亿元
Passes: 存贷款余额, 总投资, 总产值, 营业收入, 进出口 (stocks, sums of years and turnovers do exceed it); amounts of 全国 or 全市
Tolerance: the printed intervals of both; only what is surely larger is found.
May be wrong: where a bank or a fund works far beyond the place.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft, finding, interval, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.same import before, of_its_own_year, shown, standing, thing_of
from duheng.read import Claim, Measure

_GDP = "gdp.level"
_WITHIN = re.compile(
    r"增加值$|资金|补助|补贴|奖[补励]|税收|退税|减税|预算收入|财政收入|财政支出|预算支出|专项债|国债|救助|消费券|贷款$|融资$|零售额$|工资|"
    r"经费|旅游收入|旅游总花费|票房|损失"
)
_BEYOND = re.compile(
    r"余额|总投资|资产|规模|累计|授信|社会融资|基金|存款|产值|营业?收|交易|成交|进出口|结算|总额(?!$)|担保|保额|市值|担保|债务|带动|撬动"
)
_ELSEWHERE = re.compile(r"全国|全球|世界|集团|公司|银行")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where an amount is more than the gross regional product."""
    products = [c for c in draft.claims if draft.keys[c.offset].code == _GDP and c.measure is Measure.LEVEL]
    known = [(bounds.high, c) for c in products if (bounds := interval(c)) and not bounds.is_open and of_its_own_year(draft, c)]
    if not known:
        return
    high, product = max(known, key=lambda each: each[0])
    for claim in draft.claims:
        bounds = interval(claim)
        if bounds and bounds.low > high and _is_of_the_place(draft, claim):
            yield _beyond(draft, claim, product)


def _is_of_the_place(draft: Draft, claim: Claim) -> bool:
    found = quantity(claim)
    if found is None or found.unit.dimension != "money" or claim.measure is not Measure.LEVEL or thing_of(draft, claim) is None:
        return False
    words = before(draft, claim)[-20:] + claim.subject
    named = bool(_WITHIN.search(claim.subject)) and not _BEYOND.search(claim.subject)
    foreign = any(word in claim.subject for word in draft.naming.place.foreign)
    return named and not foreign and not _ELSEWHERE.search(words) and of_its_own_year(draft, claim)


def _beyond(draft: Draft, claim: Claim, product: Claim) -> Finding:
    zh, en = standing(draft, product)
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"“{claim.subject}”{claim.span}超过了本地一年的生产总值（{zh}：{shown(draft, product)}）。请核对“万”“亿”。",
            f"{claim.subject}, {claim.span}, is more than the place produces in a year ({en}: {shown(draft, product)}). "
            "Check 万 and 亿.",
        ),
        [claim, product],
        expected=(f"不超过{shown(draft, product)}", f"at most {shown(draft, product)}"),
        found=(claim.span, claim.span),
    )


RULE = Rule(
    code="DU406",
    name=("超过地区生产总值的金额", "More than the place produces"),
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
