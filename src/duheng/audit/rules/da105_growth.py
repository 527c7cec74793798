"""DA105 Level, change and growth · 水平、增量与增速

Tests: the growth a report prints against the two levels it gives, in one sentence (由11.6亿元提高到14.6亿元，增长25.9%) or apart
(last year's level in a footnote); a change against both levels; a stock against last year's and what was added; a target for
a stock against the stock there is.

Fails: 2023年地区生产总值580.9亿元，2024年达506亿元，增长5.8%。 The level falls by 12.9 %.
Passes: 2023年地区生产总值480.9亿元，2024年达506亿元，增长5.8%。 5.2 % at current prices, 5.8 % at comparable prices: explained.
Tolerance: the rounding of the printed digits. Growth at comparable prices (生产总值, 增加值, 居民收入) may differ from that of the
levels by the change of prices: since 1997 the deflator of the national product has stayed between about −2 % and 8 %, so
that a gap beyond 8 points is no matter of prices.
May be wrong: where last year's level was revised, or the scope changed; such a gap is a warning, not an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from duheng import pattern as re
from duheng.audit.around import before, between
from duheng.audit.course import Course, signed, thing, year_of
from duheng.audit.draft import Draft, finding, interval
from duheng.audit.finding import Finding, Severity
from duheng.audit.interval import ONE, Interval, shown
from duheng.audit.rule import Rule
from duheng.audit.stock import additions, is_cumulative, is_net, noun
from duheng.plan import Polarity
from duheng.read import Claim, Measure, Role

_DEFLATOR = Decimal("0.08")
_REAL = re.compile(r"生产总值|增加值|GDP|居民.{0,6}收入|可支配收入|总产值")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,12}$")
_MOVED = re.compile(
    r"^[^，。；\d]{0,8}(?:提高|提升|增加|增长|上升|扩大|下降|降低|缩小|减少|跃升|增|降|升)[^，。；\d]{0,2}[到至为](?:了)?$"
)
_AVERAGE = re.compile(r"年均|年平均|复合|实际增|可比|不变价")
_STANDING = re.compile(r"(?:达到?|总数|数量|总量|累计|保有量|发展到|壮大到|扩大到|增至)[^，。；\d]{0,4}$")
_FLOW = re.compile(
    r"新增|新建|新开|新签|新认定|完成|实施|改造|引进|全年|年度|当年|投资|销售|交易|兑现|发放|举办|开展|净增|成交|贷款"
)


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where level, change and growth of one thing do not go together."""
    course = Course.of(draft)
    for claims in draft.sentences:
        yield from _moved(draft, claims)
        yield from _stocks(draft, claims, course)
    for claim in draft.claims:
        if claim.measure is Measure.GROWTH and claim.unit == "%" and claim.comparator != "range":
            yield from _over_years(draft, claim, course)
        elif claim.measure is Measure.LEVEL and claim.role is Role.TARGET:
            yield from _collapses(draft, claim, course)


def _moved(draft: Draft, claims: Sequence[Claim]) -> Iterator[Finding]:
    """由甲提高到乙，增长丙%: all three in one sentence."""
    for old, new, grown in zip(claims, claims[1:], claims[2:], strict=False):
        if not _FROM.search(before(draft, old)) or not _MOVED.search(between(draft, old, new)):
            continue
        words = between(draft, new, grown)
        alone = (
            grown.measure is Measure.GROWTH
            and old.unit != "%"
            and "；" not in words
            and len(words) <= 10
            and not _AVERAGE.search(words)
        )
        if alone and not _AVERAGE.search(before(draft, old)) and not _REAL.search(new.subject):
            yield from _compared(draft, old, new, grown)


def _over_years(draft: Draft, grown: Claim, course: Course) -> Iterator[Finding]:
    """The growth of a year against the levels of it and of the year before, wherever they stand."""
    name, year = thing(draft, grown), year_of(draft, grown)
    if name is None or year is None or (grown.role is Role.TARGET and grown.comparator != "="):
        return
    unit_ = next((c.unit for c in course.levels.get((name, year, grown.role), ())), "")
    new, old = course.at(name, year, grown.role, unit_), course.at(name, year - 1, Role.ACTUAL, unit_)
    if new and old:
        yield from _compared(draft, old, new, grown)


def _compared(draft: Draft, old: Claim, new: Claim, grown: Claim) -> Iterator[Finding]:
    low, high, printed = interval(old), interval(new), signed(grown)
    if low is None or high is None or printed is None:
        return
    implied = high / low - ONE
    if implied.is_open or implied.meets(printed):
        return
    severity = _gravity(draft, new, implied, printed)
    by = f"{shown(implied.middle * 100, max(1, grown.digits))}%"
    message = (
        f"{old.span} 到 {new.span}（{new.subject}）按现数计算增长 {by}，文中增速为 {grown.span}，请核对水平与增速。",
        f"From {old.span} to {new.span} ({new.subject}) is a growth of {by}; the text says {grown.span}. Check levels and growth.",
    )
    why: dict[str, tuple[str, str]] = {}
    if severity is Severity.NOTE:
        why["explanation"] = (
            "增速按可比价格计算或上年数经过修订时，与现价水平之比不同，不是错误。",
            "Growth at comparable prices, or from a revised level, differs from the ratio of the printed levels: not an error.",
        )
    expected, found = (by, by), (grown.span, grown.span)
    yield finding(RULE.code, severity, message, [grown, new, old], expected=expected, found=found, **why)


def _gravity(draft: Draft, new: Claim, implied: Interval, printed: Interval) -> Severity:
    gap = abs(implied.middle - printed.middle)
    opposed = implied.high < 0 < printed.low or printed.high < 0 < implied.low
    priced = bool(_REAL.search(new.subject)) or (draft.keys[new.offset].code or "").startswith("gdp")
    if gap > _DEFLATOR:
        return Severity.ERROR if priced or opposed else Severity.WARNING
    return Severity.WARNING if opposed else Severity.NOTE


def _stocks(draft: Draft, claims: Sequence[Claim], course: Course) -> Iterator[Finding]:
    """This year's stock against last year's and what was added: 156家 + 净增20家 = 176家."""
    amounts = [c for c in claims if c.measure in (Measure.LEVEL, Measure.CHANGE)]
    for added, stock in additions(draft, amounts):
        old = _last_stock(draft, stock, noun(added)) if is_net(draft, added) or is_cumulative(draft, stock) else None
        bounds = [interval(claim) for claim in (added, stock, old) if claim is not None]
        if old is None or None in bounds:
            continue
        plus, whole, before_ = (bound for bound in bounds if bound is not None)
        if not (before_ + plus).meets(whole):
            message = (
                f"上年末 {old.span} 加新增 {added.span}，与 {stock.span}（{stock.subject}）不符，请核对。",
                f"{old.span} at the end of last year and {added.span} more are not {stock.span} ({stock.subject}). Check them.",
            )
            yield finding(RULE.code, Severity.WARNING, message, [stock, added, old])


def _last_stock(draft: Draft, stock: Claim, name: str) -> Claim | None:
    year = year_of(draft, stock)
    fit = [
        claim
        for claim in draft.claims
        if claim.measure is Measure.LEVEL
        and claim.role is Role.ACTUAL
        and claim.unit == stock.unit
        and noun(claim) == name
        and _STANDING.search(before(draft, claim))
        and year is not None
        and year_of(draft, claim) == year - 1
    ]
    return fit[0] if len({claim.value for claim in fit}) == 1 else None


def _collapses(draft: Draft, goal: Claim, course: Course) -> Iterator[Finding]:
    """A target for a stock that is less than half of what there is: no plan undoes that much, so a digit is likely lost."""
    name, year = thing(draft, goal), year_of(draft, goal)
    if name is None or year is None or _FLOW.search(goal.subject) or not _STANDING.search(before(draft, goal)):
        return
    old = course.at(name, year - 1, Role.ACTUAL, goal.unit)
    polarity = draft.naming.polarity(draft.keys[goal.offset].code, name=goal.subject)
    if old is None or _FLOW.search(old.subject) or polarity is Polarity.LOWER:
        return
    high, low = interval(goal), interval(old)
    if high is not None and low is not None and goal.comparator in ("=", "≈") and high.high * 2 < low.low:
        message = (
            f"目标 {goal.span}（{goal.subject}）不到上年 {old.span} 的一半，请核对是否少写了数字。",
            f"The target of {goal.span} ({goal.subject}) is less than half of last year's {old.span}. Check for a lost digit.",
        )
        yield finding(RULE.code, Severity.WARNING, message, [goal, old])


RULE = Rule(
    code="DA105", name=("水平、增量与增速", "Level, change and growth"), severity=Severity.ERROR, check=check, page=__doc__
)
