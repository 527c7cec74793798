"""DP705 Aimed at below what there is · 目标低于已有水平

Tests: a number of things there are (科技型企业达785家) against the number aimed at for the next year (达1000家); and the level of any
other indicator of the catalog against one aimed at that is less than half of it; for what a plan wants more of.

Fails: 科技型企业累计达785家 …… 科技型企业达100家; 技术合同交易额达20亿元 …… 技术合同登记金额达到2.2亿元
Passes: 新增科技型企业100家 (an addition); 死亡人数, 能耗 (wanted less); 785家 …… 780家左右
Tolerance: for things counted the rounding of both numbers, and what 约 and 左右 allow; else a half, for amounts of a year do vary.
May be wrong: where the count is cleared of what no longer qualifies; the plan then says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from duheng import pattern as re
from duheng.audit.draft import Draft, finding, interval, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.same import Thing, clause_before, is_criterion, is_piecework, of_its_own_year, shown, standing, things
from duheng.plan import Polarity
from duheng.read import Claim, Measure, Role

_STOCK = re.compile(r"(?:达到?|总数|总量|累计|增[至到]|共有?|拥有|保有量|扩大到|发展到|突破)[^，。；、\d]{0,4}$")
_FLOW = re.compile(r"(?<!高)新[增建设改认培引开入签]|净增|增加|每年|当年|接待|吸引|招|就业|签约|举办|开展|服务|惠及|人次")
_COUNTS = ("count", "people")
_HALF = 2


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where fewer are aimed at than there are."""
    for thing, claims in things(draft).items():
        stocks = [c for c in claims if _is_stock(draft, thing, c)]
        reached = [c for c in stocks if c.role is Role.ACTUAL]
        aims = [c for c in stocks if c.role is Role.TARGET]
        pair = next(((had, aim) for had, aim in product(reached, aims) if _is_below(had, aim)), None)
        if pair and draft.naming.polarity(_code(thing), name=pair[1].subject) is Polarity.HIGHER:
            yield _below(draft, *pair)


def _code(thing: Thing) -> str | None:
    return thing.name if thing.known else None


def _is_stock(draft: Draft, thing: Thing, claim: Claim) -> bool:
    """Whether a claim tells how many there are, or for an indicator of the catalog how much."""
    found = quantity(claim)
    if claim.measure is not Measure.LEVEL or found is None or found.unit.dimension in ("ratio", "points"):
        return False
    if is_criterion(draft, claim) or is_piecework(claim) or not of_its_own_year(draft, claim):
        return False
    words = clause_before(draft, claim).rpartition("、")[2]
    told = draft.in_table(claim) or bool(_STOCK.search(words)) or (thing.known and found.unit.dimension not in _COUNTS)
    return told and not _FLOW.search(words + claim.subject) and not thing.name.endswith(".new")


def _is_below(had: Claim, aim: Claim) -> bool:
    reached, aimed = quantity(had), quantity(aim)
    bounds = interval(had)
    if reached is None or aimed is None or bounds is None or aim.period <= had.period or aim.comparator == "≈":
        return False
    if aimed.unit.dimension in _COUNTS:
        # A floor lies open above, so what is printed counts: 100家以上 after 785家 aims at less than there is.
        return aimed.interval[1] < bounds.low
    return aimed.interval[1] * _HALF < reached.interval[0]


def _below(draft: Draft, had: Claim, aim: Claim) -> Finding:
    zh, en = standing(draft, had)
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"目标低于已有水平：“{aim.subject}”目标{shown(draft, aim)}，{zh}“{had.subject}”已达{shown(draft, had)}。"
            "请核对数字，或说明是新增。",
            f"{aim.subject}: {shown(draft, aim)} aimed at, {shown(draft, had)} reached ({en}). "
            "Check the number, or say that it is an addition.",
        ),
        [aim, had],
        expected=(f"不少于{shown(draft, had)}", f"at least {shown(draft, had)}"),
        found=(shown(draft, aim),) * 2,
    )


RULE = Rule(
    code="DP705",
    name=("目标低于已有水平", "Aimed at below what there is"),
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
