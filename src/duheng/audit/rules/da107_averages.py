"""DA107 Averages and ratios of two numbers · 人均、亩均与比值

Tests: an average or ratio against the two numbers it is made of, where the report gives all three for the same time: product
per head (地区生产总值, 常住人口), so many per ten thousand or thousand people, yield per mu (产量, 播种面积), spending per
visitor (旅游收入, 人次), 城乡居民收入比, the share of good-air days (优良天数 of 365 or 366), 拉动倍数.

Fails: 粮食播种面积2.54万亩、产量1.27万吨，平均亩产600公斤。 1.27 over 2.54 is 500 kg.
Passes: 粮食播种面积2.54万亩、产量1.27万吨，平均亩产500公斤。
Tolerance: the rounding of the printed digits. Per head, the year's mean population counts and only the year's end is printed:
no place's mean differs from its end by more than a twentieth, so that only a greater gap is a warning.
May be wrong: where the average is of another group than the totals beside it; the finding shows the division.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from duheng import pattern as re
from duheng.audit.course import year_of
from duheng.audit.draft import Draft, finding, interval, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.interval import Interval, shown
from duheng.audit.rule import Rule
from duheng.measure import unit
from duheng.read import Claim, Measure, Role

_TWENTIETH = Interval(low=Decimal("0.95"), high=Decimal("1.05"))
_EXACT = Interval(low=Decimal(1), high=Decimal(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Average:
    """An average by its name, and the names of what is divided by what; `factor` people (or mu) to one."""

    average: re.Pattern[str]
    over: re.Pattern[str]
    under: re.Pattern[str]
    anywhere: bool = False  # both numbers may stand in other sentences
    factor: int = 1
    slack: Interval = _EXACT


_PEOPLE = re.compile(r"常住人口$")
_AVERAGES = (
    _Average(
        average=re.compile(r"^人均(?:地区生产总值|GDP)$"),
        over=re.compile(r"^(?:地区生产总值|GDP)$"),
        under=_PEOPLE,
        anywhere=True,
        slack=_TWENTIETH,
    ),
    _Average(average=re.compile(r"亩产$|亩均产量$|单产$"), over=re.compile(r"产量$"), under=re.compile(r"面积$")),
    _Average(
        average=re.compile(r"(?:游客|旅游).*(?:人均|人次)?(?:消费|花费)$"),
        over=re.compile(r"(?:旅游|综合)(?:总|综合)?(?:收入|花费|消费)$"),
        under=re.compile(r"游客|旅游人[次数]"),
    ),
    _Average(
        average=re.compile(r"城乡居民(?:人均可支配)?收入比"),
        over=re.compile(r"^城镇(?:居民.*收入)?$"),
        under=re.compile(r"^农村居民.*收入$"),
    ),
    _Average(average=re.compile(r"拉动倍数|杠杆倍数"), over=re.compile(r"带动|拉动|撬动"), under=re.compile(r"补贴|资金|兑付")),
)
_PER_PEOPLE = re.compile(r"^每(?P<n>万|千|百)(?:名|人)?(?:人口|常住人口|居民)?(?:拥有|的)?(?P<what>.{2,16}?)(?:数|量|拥有量)?$")
_RATIO = re.compile(r"^(?:每|人均地区|人均GDP)")
_NUMBERS = {"百": 100, "千": 1000, "万": 10000}
_GOOD_AIR = re.compile(r"空气(?:质量)?优良(?:天数)?(?:率|比例|比率)$")
_GOOD_DAYS = re.compile(r"空气质量优良天数$")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where an average is not what its two numbers give."""
    levels = _Levels(draft)
    for claim in draft.claims:
        if year_of(draft, claim) is None or draft.in_table(claim):
            continue
        for average in (*(a for a in _AVERAGES if a.average.search(claim.subject)), *_per_people(claim)):
            yield from _check(draft, levels, claim, average)
        if claim.measure is Measure.SHARE and _GOOD_AIR.search(claim.subject):
            yield from _good_air(draft, levels, claim)


def _per_people(claim: Claim) -> Iterator[_Average]:
    named = _PER_PEOPLE.match(claim.subject)
    if named and claim.measure is Measure.LEVEL:
        what = re.compile(rf"{re.escape(named['what'])}(?:总量|总数|数量|数)?$")
        yield _Average(
            average=_PER_PEOPLE, over=what, under=_PEOPLE, anywhere=True, factor=_NUMBERS[named["n"]], slack=_TWENTIETH
        )


def _check(draft: Draft, levels: _Levels, claim: Claim, average: _Average) -> Iterator[Finding]:
    over, under = (levels.of(claim, pattern, anywhere=average.anywhere) for pattern in (average.over, average.under))
    top, bottom = over and interval(over), under and interval(under)
    found, said = quantity(claim), interval(claim)
    if over is None or under is None or not top or not bottom or found is None or said is None or bottom.low <= 0:
        return
    factor = Decimal(average.factor) * _mu(under)
    real = (top / bottom * average.slack).times(factor)
    if real.is_open or real.meets(said):
        return
    came = f"{shown(real.middle / found.unit.scale, max(1, claim.digits))}{claim.unit}"
    message = (
        f"{over.span}（{over.subject}）÷ {under.span}（{under.subject}）约为 {came}，文中为 {claim.span}（{claim.subject}），请核对。",
        f"{over.span} ({over.subject}) over {under.span} ({under.subject}) is about {came}; the text says {claim.span}. Check them.",
    )
    yield finding(RULE.code, Severity.WARNING, message, [claim, over, under], expected=(came, came))


def _mu(under: Claim) -> Decimal:
    """Yields are told per mu, whatever the base of areas; anything else per one."""
    found = quantity(under)
    return unit("亩").scale if found and found.unit.dimension == "area" else Decimal(1)


class _Levels:
    """The amounts of a draft's text, found by a pattern of their names; each pattern is sought once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._found: dict[tuple[re.Pattern[str], str, Role], list[Claim]] = {}
        self._sought: set[re.Pattern[str]] = set()

    def of(self, claim: Claim, pattern: re.Pattern[str], *, anywhere: bool) -> Claim | None:
        """The one level of that name, of the same time; in the same sentence unless it may stand anywhere."""
        if not anywhere:
            before = (c for c in self._draft.by_sentence(claim.sentence_offset) if c.offset < claim.offset)
            fit = [c for c in before if (c.period, c.role) == (claim.period, claim.role) and self._fits(c, pattern)]
            return fit[-1] if fit else None
        fit = [c for c in self._anywhere(pattern, claim) if c is not claim]
        return fit[-1] if fit and all(c.value == fit[0].value for c in fit) else None

    def _anywhere(self, pattern: re.Pattern[str], claim: Claim) -> list[Claim]:
        if pattern not in self._sought:
            self._sought.add(pattern)
            for c in self._draft.claims:
                if self._fits(c, pattern):
                    self._found.setdefault((pattern, c.period, c.role), []).append(c)
        return self._found.get((pattern, claim.period, claim.role), [])

    def _fits(self, claim: Claim, pattern: re.Pattern[str]) -> bool:
        named = claim.measure is Measure.LEVEL and claim.of is None and pattern.search(claim.subject)
        return bool(named) and not _RATIO.match(claim.subject) and not self._draft.in_table(claim)


def _good_air(draft: Draft, levels: _Levels, claim: Claim) -> Iterator[Finding]:
    days = levels.of(claim, _GOOD_DAYS, anywhere=True)
    said = interval(claim)
    if days is None or days.comparator != "=" or said is None or not claim.period.isdigit():
        return
    year = int(claim.period)
    length = Decimal(366 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 365)
    share = days.value / length  # days are counted, not rounded
    if not said.low <= share <= said.high:
        came = f"{shown(share * 100, max(1, claim.digits))}%"
        message = (
            f"{days.span} ÷ {length}天 = {came}，文中优良率为 {claim.span}，请核对。",
            f"{days.span} of {length} days is {came}; the text says {claim.span}. Check them.",
        )
        yield finding(RULE.code, Severity.WARNING, message, [claim, days], expected=(came, came))


RULE = Rule(
    code="DA107",
    name=("人均、亩均与比值", "Averages and ratios of two numbers"),
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
