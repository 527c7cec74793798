"""DP701 A target below last year's result · 目标低于上年结果

Tests: the target of each indicator against last year's result, where the report gives both in one unit and the indicator has a
better direction. What is done anew each year (新增, 改造) is work, not a level to be held, and is left out.

Fails: 旅游收入 9.5亿元 as this year's target, after 9.83亿元 last year (a note: a plan may mean it)
Passes: 11.5万元 after 11.2万元; 空气质量优良天数300天以上 after 313天 (a floor: told with --explain)
Tolerance: the rounding of the result's printed digits.
May be wrong: never in the numbers; whether the plan means to hold back is for its authors to say. A bound (以上, 以内) is a floor or
a ceiling, not what is expected, and is explained instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule
from duheng.errors import UnitUnknown
from duheng.measure import unit
from duheng.plan import Assigned, Mention, PlannedIndicator, Polarity, Result

_HALF = Decimal("0.5")
_BOUND = re.compile(r"以[上内下]|不[低少高大超]|左右|[≥≤><约近]|超过|突破|稳定|保持|控制")
_WORK = re.compile(r"^(?:新|改|建|扩|完成|实施|开工|盘活|培育|引进|造林|营造林|治理|整治)|改造|新增|净增|再就业|绿化")


def check(draft: Draft) -> Iterator[Finding]:
    """Notes where less is aimed at than was reached."""
    for each in draft.plan.indicators:
        known = each.row is not None or (each.code is not None and not _WORK.search(each.name))
        if known and each.actual and not isinstance(each.target, Assigned) and _is_behind(each, each.actual):
            yield _below(draft, each, each.actual)


def _is_behind(indicator: PlannedIndicator, result: Result) -> bool:
    target = indicator.target
    best = target.value2 if target.value2 is not None and target.polarity is Polarity.HIGHER else target.value
    aim, half = _base(best, target.unit), _base(_HALF.scaleb(-result.digits), result.unit)
    reached = _base(result.value, result.unit)
    if aim is None or reached is None or half is None or target.polarity is Polarity.NEUTRAL:
        return False
    short = reached - aim if target.polarity is Polarity.HIGHER else aim - reached
    return short > half


def _base(value: Decimal | None, symbol: str) -> Decimal | None:
    try:
        return None if value is None else value * unit(symbol).scale
    except UnitUnknown:
        return None


def _below(draft: Draft, indicator: PlannedIndicator, result: Result) -> Finding:
    aim, place = indicator.mentions[0], result.mention
    target = indicator.target
    is_bound = any(_BOUND.search(draft.document.text[m.offset : m.end]) for m in indicator.mentions) or bool(
        _BOUND.search(target.text)
    )
    why = (
        "目标是底线或上限，不是预期水平；底线低于上年结果不是差错。",
        "The target is a floor or a ceiling, not what is expected: no error.",
    )
    shown = target.shown() if target.text.replace(".", "").isdigit() else target.text
    reached = f"{result.text}{result.unit}" if result.text[-1:].isdecimal() else result.text
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(
            f"目标不及上年：“{indicator.name}”目标{shown}，上年结果{reached}。请确认是否有意。",
            f"{indicator.name}: the target, {shown}, falls short of last year's result, {reached}. Check that this is meant.",
        ),
        spots=(_spot(aim), _spot(place)),
        sentence=aim.sentence,
        expected=(reached, reached),
        found=(shown, shown),
        explanation=why if is_bound else None,
    )


def _spot(mention: Mention) -> Spot:
    return Spot(offset=mention.offset, end=mention.end)


RULE = Rule(
    code="DP701",
    name=("目标低于上年结果", "A target below last year's result"),
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
