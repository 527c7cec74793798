"""DU401 万 for 亿 · 数量级差错

Tests: two numbers of one thing (the same indicator or the same name), whatever their years, of which one is a hundred times the
other or more; for amounts of money also two names that share a long stretch (知识价值信用贷款).

Fails: 去年兑现项目资金1500余万元 beside a target of 不少于1500亿元; 技术合同成交额20亿元 beside a target of 22万元
Passes: 新增充电桩500个 beside 累计5万个 (what was added is not the stock)
Tolerance: two orders. Nothing that a plan measures grows a hundredfold in the years one report speaks of; where putting 万 for 亿
brings the two within one order, the finding says so and is an error, else a warning.
May be wrong: for a thing that begins near nothing; both numbers are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from duheng import pattern as re
from duheng.audit.draft import Draft, finding, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.same import before, is_criterion, is_piecework, pairs, shown, standing, thing_of, things
from duheng.read import Claim, Measure

_ORDERS = 100  # two orders of magnitude
_ONE_ORDER = 10
_OFTEN = 2  # other mentions that a number is apart from, for it to be the one in question
_SLIPS = tuple(Decimal(10) ** power for power in (-8, -4, 4, 8))  # 万 for 亿, 万 left out, 亿 left out
_ADDED = re.compile(r"新增|净增|新建|新设|新认定|新培育|增加|当年")
_SHARED = 6  # characters in a row that two names of one amount share
_PER_HEAD = re.compile(r"人均|户均|亩均|地均|每|均价|单价|标准")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where two numbers of one thing are orders apart."""
    reported: set[int] = set()
    for claims in things(draft).values():
        apart = list(_apart_by_orders(draft, pairs(claims)))
        odd = _odd_one(apart)
        for pair in [odd] if odd else apart:
            if pair[1].offset not in reported:
                reported.update(claim.offset for each in apart for claim in each) if odd else reported.add(pair[1].offset)
                yield _apart(draft, pair, Severity.ERROR if _is_slip(*pair) else Severity.WARNING)
    amounts = [c for c in draft.claims if _is_amount(draft, c)]
    for pair in _apart_by_orders(draft, _sharing_a_name(draft, amounts)):
        if not reported & {c.offset for c in pair}:
            reported.add(pair[1].offset)
            yield _apart(draft, pair, Severity.WARNING)


def _odd_one(apart: Sequence[tuple[Claim, Claim]]) -> tuple[Claim, Claim] | None:
    """Of a number and the one that all others of its thing are apart from, the pair to show, the odd one behind."""
    if len(apart) < _OFTEN:
        return None
    common = set.intersection(*({claim.offset for claim in pair} for pair in apart))
    first, second = apart[0]
    odd = first if first.offset in common else second
    return (second if odd is first else first, odd) if common else None


def _apart_by_orders(draft: Draft, two: Iterable[tuple[Claim, Claim]]) -> Iterator[tuple[Claim, Claim]]:
    for earlier, later in two:
        one, other = _base(earlier), _base(later)
        # By what is printed: a bound opens one side of an interval, but 1500亿元以上 and 1500万元 are apart all the same.
        apart = one and other and max(one, other) >= _ORDERS * min(one, other)
        levels = apart and _is_level(draft, earlier) and _is_level(draft, later)
        if levels and earlier.sentence_offset != later.sentence_offset and _is_alike(draft, earlier, later):
            yield earlier, later


def _sharing_a_name(draft: Draft, amounts: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """The pairs of amounts whose names share a long stretch, in the order of the text."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, claim in enumerate(amounts):
        name = draft.keys[claim.offset].name
        for stretch in {name[i : i + _SHARED] for i in range(len(name) - _SHARED + 1)}:
            holders[stretch].append(place)
    found = {pair for places in holders.values() for pair in pairs(places)}
    return ((amounts[earlier], amounts[later]) for earlier, later in sorted(found))


def _is_level(draft: Draft, claim: Claim) -> bool:
    found = quantity(claim)
    if claim.measure is not Measure.LEVEL or found is None or found.unit.dimension in ("ratio", "points", "rank"):
        return False
    counted = found.unit.dimension == "count" and is_piecework(claim)
    return not counted and not is_criterion(draft, claim)


def _is_amount(draft: Draft, claim: Claim) -> bool:
    found = quantity(claim)
    return (
        found is not None and found.unit.dimension == "money" and _is_level(draft, claim) and thing_of(draft, claim) is not None
    )


def _base(claim: Claim) -> Decimal:
    found = quantity(claim)
    return abs(found.base) if found else Decimal(0)


def _is_alike(draft: Draft, left: Claim, right: Claim) -> bool:
    """Not what was added beside what there is, nor an amount per head beside a total."""
    words = [before(draft, c)[-12:] + c.subject for c in (left, right)]
    return all(bool(pattern.search(words[0])) == bool(pattern.search(words[1])) for pattern in (_ADDED, _PER_HEAD))


def _is_slip(left: Claim, right: Claim) -> bool:
    ratio = _base(left) / _base(right)
    return any(slip / _ONE_ORDER < ratio < slip * _ONE_ORDER for slip in _SLIPS)


def _apart(draft: Draft, pair: tuple[Claim, Claim], severity: Severity) -> Finding:
    earlier, later = pair
    zh, en = standing(draft, earlier)
    hint = ("，像是“万”与“亿”之误", "; it looks like 万 for 亿, or the reverse") if _is_slip(*pair) else ("", "")
    return finding(
        RULE.code,
        severity,
        (
            f"数量级相差悬殊：“{later.subject}”此处为{shown(draft, later)}，{zh}“{earlier.subject}”为{shown(draft, earlier)}{hint[0]}。"
            "请核对单位。",
            f"Orders apart: {later.subject} is {shown(draft, later)} here, {earlier.subject} is {shown(draft, earlier)} in {en}{hint[1]}. "
            "Check the unit.",
        ),
        [later, earlier],
        expected=(shown(draft, earlier),) * 2,
        found=(shown(draft, later),) * 2,
    )


RULE = Rule(
    code="DU401",
    name=("数量级差错", "万 for 亿"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
