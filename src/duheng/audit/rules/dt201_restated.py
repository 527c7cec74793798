"""DT201 The same thing stated twice · 同一件事前后两个数

Tests: two numbers of the running text, boxes and footnotes that speak of one thing (the same indicator or the same name), in the
same measure, period and area, both as results or both as targets. They must be able to be one number.

Fails: 全年固定资产投资增长4.4%。…… 固投增长4.8%，
Passes: 实现地区生产总值506亿元。…… 2024年地区生产总值506.3亿元。 (506 is 506.3, rounded: told with --explain)
Tolerance: half a unit of the last printed digit of each number; a result given as a bound (突破, 以上, 约) agrees with whatever
lies inside it. A target is set, not measured: its digits must be the same, whatever bound stands beside them (6%以上 and 7%以上 are two
targets), except where the units differ (4.4万户, 44000家). A stretch (力争10%) is not compared.
May be wrong: where one name stands for two things that only the sentence around tells apart; both sentences are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng import pattern as re
from duheng.audit.draft import Draft, finding, interval
from duheng.audit.finding import Finding, Severity
from duheng.audit.interval import Interval
from duheng.audit.rule import Rule
from duheng.audit.same import (
    Thing,
    by_time,
    is_criterion,
    is_piecework,
    is_stretch,
    of_its_own_year,
    pairs,
    printed,
    shares_a_qualifier,
    shown,
    shown_apart,
    standing,
    things,
)
from duheng.read import Claim, Measure, Role

_GROWTH = re.compile(r"(?:增速|增长率?|增幅|涨幅|降幅|降低|下降)$")
_TELLING = 6  # characters from which a name that no indicator has is taken to mean one thing


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where one thing has two numbers in the text."""
    for thing, claims in things(draft).items():
        for group in by_time([c for c in claims if _is_comparable(draft, thing, c)]):
            if not any(draft.in_table(c) for c in group):  # a table is what the text is held against: DT205
                yield from _of_group(draft, thing, group)


def _of_group(draft: Draft, thing: Thing, group: Sequence[Claim]) -> Iterator[Finding]:
    """One finding for each claim that an earlier one speaks against, or is the same as but for rounding."""
    clashed: set[int] = set()
    for earlier, later in pairs(group):
        if later.offset in clashed or earlier.sentence_offset == later.sentence_offset:
            continue
        if not can_be_one(earlier, later):
            clashed.add(later.offset)
            yield _two(draft, thing, (earlier, later))
        elif _is_rounded(earlier, later):
            yield _rounded(draft, (earlier, later))


def can_be_one(left: Claim, right: Claim) -> bool:
    """Whether two claims of one thing can be one number; of targets the printed numbers must be."""
    if left.role is Role.TARGET and right.role is Role.TARGET:
        return _is_one_target(left, right)
    first, second = interval(left), interval(right)
    opposed = left.value * right.value < 0 and left.measure is right.measure is Measure.GROWTH
    return first is None or second is None or (_overlap(first, second) and not opposed)


def _is_one_target(left: Claim, right: Claim) -> bool:
    """A target is set, not measured: in one unit its digits must be the same; in two (4.4万户, 44000家) one may be rounded."""
    alike = left.value2 is None and right.value2 is None and left.unit == right.unit
    if alike and "≈" not in (left.comparator, right.comparator):
        return abs(left.value) == abs(right.value)
    first, second = printed(left), printed(right)
    return first is None or second is None or _overlap(first, second)


def _overlap(first: Interval, second: Interval) -> bool:
    """Whether the intervals share more than an end: 6.5 is printed 6 or 7, but never both by one hand. A count (86家) is one point."""
    if first.low == first.high or second.low == second.high:
        return first.meets(second)
    return first.low < second.high and second.low < first.high


def _is_comparable(draft: Draft, thing: Thing, claim: Claim) -> bool:
    if is_stretch(draft, claim) or is_criterion(draft, claim) or not of_its_own_year(draft, claim):
        return False
    if is_piecework(claim) or (shares_a_qualifier(draft, claim) and not draft.in_table(claim)):
        return False
    return thing.known or len(thing.name) >= _TELLING


def _is_rounded(left: Claim, right: Claim) -> bool:
    plain = left.comparator == right.comparator == "="
    first, second = printed(left), printed(right)
    return plain and first is not None and second is not None and first.low + first.high != second.low + second.high


def _two(draft: Draft, thing: Thing, pair: tuple[Claim, Claim]) -> Finding:
    earlier, later = pair
    (zh, en), name = standing(draft, earlier), _said_of(later)
    here, there = shown_apart(draft, later, earlier)
    return finding(
        RULE.code,
        Severity.ERROR if thing.known or later.measure is not Measure.LEVEL else Severity.WARNING,
        (
            f"“{name}”前后不一：此处为{here[0]}，{zh}为{there[0]}。时期和口径相同，请核实以哪个为准。",
            f"Two numbers for {name}: {here[1]} here, {there[1]} in {en}. Period and scope are the same; check which one holds.",
        ),
        [later, earlier],
        expected=there,
        found=here,
    )


def _said_of(claim: Claim) -> str:
    """What a claim measures, with the word for growth where only the verb says it: 地区生产总值…增长5.8%."""
    unsaid = claim.measure is Measure.GROWTH and not _GROWTH.search(claim.subject)
    return f"{claim.subject}增速" if unsaid else claim.subject


def _rounded(draft: Draft, pair: tuple[Claim, Claim]) -> Finding:
    earlier, later = pair
    both = f"{shown(draft, earlier)}, {shown(draft, later)}"
    return finding(
        RULE.code,
        Severity.NOTE,
        (f"“{later.subject}”两处写法不同：{both}。", f"{later.subject} is printed in two ways: {both}."),
        [later, earlier],
        explanation=(
            "两数四舍五入后一致，不是差错。",
            "Each is the other within the rounding of its printed digits: no error.",
        ),
    )


RULE = Rule(
    code="DT201",
    name=("同一件事前后两个数", "The same thing stated twice"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
