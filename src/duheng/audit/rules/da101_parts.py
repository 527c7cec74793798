"""DA101 Parts and their total · 分项与合计

Tests: parts that a bracket, 其中, 按…分 or a total behind them (以上共计) ties to a whole, of the same unit and kind, against that
whole. Parts that divide the whole must add up to it: complements (新开工、续建; 约束性、预期性), a breakdown (按行业分), a list that
ends with 其余, a bracket behind the number, the three sectors of regional product. Parts of which only some are named, and
what is done of a set, must not exceed it.

Fails: 计划建设项目362个（新开工251个、续建147个）。 251 + 147 = 398, not 362.
Passes: 计划建设项目362个（新开工215个、续建147个）。
Tolerance: the rounding of the printed digits, added up: 179.83 against 179.84 is rounding, not an error, and is explained.
May be wrong: where parts overlap on purpose, or a bracket names only some; the finding says which numbers were added, so
that this shows at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.around import atom, before
from duheng.audit.draft import Draft, finding, interval
from duheng.audit.family import Family, How, families
from duheng.audit.finding import Finding, Severity
from duheng.audit.interval import Interval, shown
from duheng.audit.rule import Rule
from duheng.read import Claim, Measure

_ABOVE = re.compile(r"(?:以上|上述)(?:各项|各类)?(?:共计|合计|总计|共有?)$|^(?:共计|合计|总计)$")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where parts do not come to their whole."""
    for family in (*families(draft), *_totals(draft)):
        added, whole = family.added, interval(family.whole)
        if added is None or whole is None:
            continue
        if added.low > whole.high:
            yield _exceeds(family)
        elif family.how is How.ALL and not added.meets(whole):
            yield _short(family)
        elif family.how is How.ALL and _looks_off(family, added, whole):
            yield _rounded(family)


def _looks_off(family: Family, added: Interval, whole: Interval) -> bool:
    return family.sum != abs(family.whole.value) and not (added.is_open or whole.is_open) and family.whole.comparator == "="


def _totals(draft: Draft) -> Iterator[Family]:
    """Totals behind their parts: 一是…提出6项指标。二是…5项指标。…以上共计28项指标."""
    for whole in draft.claims:
        if whole.measure is not Measure.LEVEL or not _ABOVE.search(before(draft, whole)):
            continue
        parts = [c for c in draft.beside(whole) if c.offset < whole.offset and _is_summand(c, whole)]
        if len(parts) > 1:
            yield Family(whole=whole, parts=tuple(parts), how=How.ALL)


def _is_summand(part: Claim, whole: Claim) -> bool:
    """A number of the same thing, that is no part of another."""
    if part.of is not None:
        return False
    alike = part.measure is Measure.LEVEL and (atom(part), part.role) == (atom(whole), whole.role)
    return alike and bool(part.subject) and part.subject[-2:] == whole.subject[-2:]


def _parts(family: Family) -> str:
    return " + ".join(f"{_name(part)}{part.span}" for part in family.parts)


def _name(claim: Claim) -> str:
    return claim.subject if len(claim.subject) <= 12 else ""


def _exceeds(family: Family) -> Finding:
    whole = family.whole
    came = f"{shown(family.sum, family.digits)}{whole.unit}"
    if len(family.parts) == 1:
        part = family.parts[0]
        message = (
            f"部分大于总体：{_name(part)}{part.span} 大于 {_name(whole)}{whole.span}，请核对二者。",
            f"A part exceeds its whole: {part.span} ({part.subject}) is more than {whole.span} ({whole.subject}). Check both.",
        )
    else:
        message = (
            f"分项之和超过合计：{_parts(family)} = {came}，大于 {_name(whole)}{whole.span}，请核对分项或合计。",
            f"The parts exceed their whole: {_parts(family)} = {came}, more than {whole.span} ({whole.subject}). "
            "Check the parts or the whole.",
        )
    severity = Severity.WARNING if family.how is How.DONE else Severity.ERROR
    expected = (f"不超过 {whole.span}", f"at most {whole.span}")
    return finding(RULE.code, severity, message, [whole, *family.parts], expected=expected, found=(came, came))


def _short(family: Family) -> Finding:
    whole = family.whole
    came = f"{shown(family.sum, family.digits)}{whole.unit}"
    message = (
        f"分项相加与合计不符：{_parts(family)} = {came}，合计为 {_name(whole)}{whole.span}，请核对。",
        f"The parts do not add up: {_parts(family)} = {came}, the whole is {whole.span} ({whole.subject}). Check them.",
    )
    claims = [whole, *family.parts]
    return finding(RULE.code, Severity.ERROR, message, claims, expected=(whole.span, whole.span), found=(came, came))


def _rounded(family: Family) -> Finding:
    whole = family.whole
    came = f"{shown(family.sum, family.digits)}{whole.unit}"
    message = (
        f"分项之和 {came} 与合计 {whole.span} 略有出入。",
        f"The parts add to {came}, the whole is printed as {whole.span}.",
    )
    why = (
        "差额在各数四舍五入的误差之内，不是错误。",
        "The gap lies within the rounding of the printed digits: not an error.",
    )
    return finding(RULE.code, Severity.NOTE, message, [whole, *family.parts], explanation=why)


RULE = Rule(code="DA101", name=("分项与合计", "Parts and their total"), severity=Severity.ERROR, check=check, page=__doc__)
