"""DT202 One target, two units or two directions · 同一目标单位或方向不一

Tests: two numbers of one name, period and role that are printed with the same digits but with units of different kinds (5.5% and
5.5个百分点, 30件 and 30%); and targets of which one place says at least and another at most.

Fails: 空气质量优良天数不低于300天 beside ≤300
Passes: 44000家 and 4.4万户 (both count); 30件 and 30件/万人 (the row's unit repeats its name)
Tolerance: none; the printed digits are the same.
May be wrong: where a level and its rate happen to have the same digits; digits of one figure alone (5) are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng.audit.draft import Draft, finding, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.rules.dt201_restated import can_be_one
from duheng.audit.same import by_time, is_piecework, of_its_own_year, pairs, shown, standing, things
from duheng.measure import Comparator
from duheng.read import Claim, Role

_FLOORS = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})
_CEILINGS = frozenset({Comparator.AT_MOST, Comparator.BELOW})
_SHORT = 4
_DIGITS = 2  # a single figure is equal to another by chance too often


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where units or directions of one thing differ."""
    for claims in things(draft).values():
        for group in by_time(claims):
            yield from (_opposed(draft, *pair) for pair in pairs(group) if _is_opposed(*pair))
    for named in _by_name(draft).values():
        yield from (_unlike(draft, *pair) for pair in pairs(named) if _is_unlike(draft, *pair))


def _by_name(draft: Draft) -> dict[tuple[str, str, str], list[Claim]]:
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in draft.claims:
        name = draft.keys[claim.offset].name
        if len(name) >= _SHORT and not is_piecework(claim) and of_its_own_year(draft, claim):
            found.setdefault((name, claim.period, claim.role.value), []).append(claim)
    return found


def _is_opposed(left: Claim, right: Claim) -> bool:
    sides = {c.comparator in _FLOORS for c in (left, right) if c.comparator in _FLOORS | _CEILINGS}
    return left.role is Role.TARGET and len(sides) == 2 and can_be_one(left, right)


def _is_unlike(draft: Draft, left: Claim, right: Claim) -> bool:
    if left.sentence_offset == right.sentence_offset or abs(left.value) != abs(right.value) or left.digits != right.digits:
        return False
    first, second = quantity(left), quantity(right)
    if first is None or second is None or len(str(abs(left.value)).replace(".", "")) < _DIGITS:
        return False
    # A table may leave what its row's name says out of the unit: 万人发明专利拥有量, 件.
    kinds = {first.unit.dimension.partition("/")[0], second.unit.dimension.partition("/")[0]}
    return len(kinds) == 2


def _opposed(draft: Draft, left: Claim, right: Claim) -> Finding:
    zh, en = standing(draft, left)
    return finding(
        RULE.code,
        Severity.ERROR,
        (
            f"“{right.subject}”的目标方向相反：此处“{shown(draft, right)}”，{zh}“{shown(draft, left)}”，一处是下限，一处是上限。",
            f"The target for {right.subject} is a floor in one place and a ceiling in another: "
            f"“{shown(draft, right)}” here, “{shown(draft, left)}” in {en}.",
        ),
        [right, left],
    )


def _unlike(draft: Draft, left: Claim, right: Claim) -> Finding:
    zh, en = standing(draft, left)
    return finding(
        RULE.code,
        Severity.WARNING,
        (
            f"“{right.subject}”数字相同而单位不同：此处“{shown(draft, right)}”，{zh}“{shown(draft, left)}”。请核对单位。",
            f"{right.subject}: the same digits with two units, {shown(draft, right)} here, {shown(draft, left)} in {en}. "
            "Check the unit.",
        ),
        [right, left],
        expected=(shown(draft, left),) * 2,
        found=(shown(draft, right),) * 2,
    )


RULE = Rule(
    code="DT202",
    name=("同一目标单位或方向不一", "One target, two units or two directions"),
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
