"""DA102 Shares and structure · 占比与结构

Tests: a share beside its part and whole (年度计划投资41.17亿元，占比22.9%); the shares of parts that divide a whole, and the
three sectors' (三次产业结构0.3:40.7:59), which must come to 100; each sector's share against its value added; "A占B比重" against
A and B where the document gives both.

Fails: 计划建设项目362个，推进建设208个，占比85%。 208 of 362 is 57.5 %.
Passes: 计划建设项目362个，推进建设308个，占比85%。 308 of 362 is 85.1 %.
Tolerance: the rounding of every printed digit, carried through; shares that come to 99.9 for that reason are explained.
May be wrong: where a share is of another whole than the nearest; the finding names the whole it was held against.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from duheng import pattern as re
from duheng.audit.around import between
from duheng.audit.draft import Draft, finding, interval
from duheng.audit.family import How, families
from duheng.audit.finding import Finding, Severity
from duheng.audit.interval import ONE, shown, total
from duheng.audit.rated import Rated, rated, shares_of
from duheng.audit.rule import Rule
from duheng.audit.same import of_its_own_year
from duheng.read import Claim, Measure

_SECTOR = re.compile(r"^第[一二三]产业比重$")
_SEVERAL = 3  # shares of one whole that do not hold, for the whole to be in question
_NAMED = re.compile(r"^(?P<part>[^占]{2,}?)占(?P<whole>[^占]{2,}?)的?(?:比重|比例|的?比)$")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a share is not what its part is of its whole, or shares do not come to 100."""
    found = [each for each in rated(draft) if each.rate.measure is Measure.SHARE]
    yield from _mismatches(found)
    for family in families(draft):
        shares = shares_of(family, found)
        if len(shares) > 1 and family.how is How.ALL:
            yield from _whole_hundred(shares, (f"{len(shares)}项占比", f"The {len(shares)} shares"))
    triples = list(_triples(draft))
    for three in triples:
        yield from _whole_hundred(three, ("三次产业比重", "The three sectors' shares"))
    yield from _sectors(draft, triples)
    yield from (mismatch(RULE, each, Severity.WARNING) for each in _by_name(draft) if each.holds is False)


def _mismatches(found: Sequence[Rated]) -> Iterator[Finding]:
    """What does not hold, share by share; where none of several shares of one whole holds, it is the whole that is in question."""
    of_whole: dict[int, list[Rated]] = {}
    for each in found:
        of_whole.setdefault(each.wholes[0].offset, []).append(each)
    for shares in of_whole.values():
        wrong = [each for each in shares if each.holds is False]
        if len(wrong) >= _SEVERAL and len(wrong) == len(shares):
            yield _wrong_whole(wrong)
        else:
            yield from (mismatch(RULE, each) for each in wrong)


def _wrong_whole(wrong: Sequence[Rated]) -> Finding:
    whole, first = wrong[0].wholes[0], wrong[0]
    message = (
        f"{whole.span}（{whole.subject}）与以它为总数的 {len(wrong)} 个占比都不符：如 {first.parts[0].span} ÷ {whole.span} = "
        f"{first.worked_out}，文中为 {first.rate.span}。请先核对 {whole.span}。",
        f"{whole.span} ({whole.subject}) agrees with none of the {len(wrong)} shares of it: {first.parts[0].span} of {whole.span} "
        f"is {first.worked_out}, not {first.rate.span}, for one. Check {whole.span} first.",
    )
    rates = [each.rate for each in wrong]
    return finding(RULE.code, Severity.ERROR, message, [whole, *rates], found=(whole.span, whole.span))


def mismatch(rule: Rule, each: Rated, severity: Severity = Severity.ERROR) -> Finding:
    """The finding for a rate that its part and whole do not give."""
    whole, rate = each.wholes[0], each.rate
    parts = " + ".join(part.span for part in each.parts)
    sum_ = f"（{parts}）" if len(each.parts) > 1 else parts
    message = (
        f"{sum_} ÷ {whole.span}（{whole.subject}）= {each.worked_out}，与文中的 {rate.span} 不符，请核对三个数。",
        f"{parts} of {whole.span} ({whole.subject}) is {each.worked_out}, not {rate.span}. Check the three numbers.",
    )
    expected = (each.worked_out, each.worked_out)
    return finding(rule.code, severity, message, [rate, *each.parts, whole], expected=expected, found=(rate.span, rate.span))


def _whole_hundred(shares: Sequence[Claim], name: tuple[str, str]) -> Iterator[Finding]:
    bounds = [bound for bound in map(interval, shares) if bound is not None]
    came = shown(sum((abs(share.value) for share in shares), start=type(shares[0].value)(0)), max(c.digits for c in shares))
    listed = " + ".join(share.span for share in shares)
    if len(bounds) < len(shares) or float(came) == 100:
        return
    if total(bounds).meets(ONE):
        message = (f"{name[0]}之和为 {came}，不是 100。", f"{name[1]} come to {came}, not 100.")
        why = ("各项四舍五入所致，不是错误。", "Each is rounded: not an error.")
        yield finding(RULE.code, Severity.NOTE, message, shares, explanation=why)
        return
    message = (
        f"{name[0]}之和应为 100：{listed} = {came}，请核对。",
        f"{name[1]} must come to 100: {listed} = {came}. Check them.",
    )
    yield finding(RULE.code, Severity.ERROR, message, shares, expected=("100", "100"), found=(came, came))


def _triples(draft: Draft) -> Iterator[tuple[Claim, Claim, Claim]]:
    shares = [c for c in draft.claims if c.measure is Measure.SHARE and _SECTOR.match(c.subject)]
    for three in zip(shares, shares[1:], shares[2:], strict=False):
        if [c.subject[1] for c in three] == list("一二三") and all(between(draft, a, b) in ":：∶" for a, b in pairwise(three)):
            yield three


def _sectors(draft: Draft, triples: Sequence[tuple[Claim, Claim, Claim]]) -> Iterator[Finding]:
    """Each sector's share against its value added, where the same paragraph gives both."""
    for family in families(draft):
        for three in triples:
            near = family.parts[-1].sentence_offset == three[0].sentence_offset
            if near and len(family.parts) == 3 and draft.keys[family.whole.offset].code == "gdp.level":
                each = zip(family.parts, three, strict=True)
                yield from _mismatches([Rated(rate=share, parts=(part,), wholes=(family.whole,)) for part, share in each])


def _by_name(draft: Draft) -> Iterator[Rated]:
    """Shares that name their part and whole, where the document gives an amount of each for the same time."""
    for rate in draft.claims:
        named = _NAMED.match(rate.subject) if rate.measure is Measure.SHARE and rate.unit == "%" else None
        if named and of_its_own_year(draft, rate):
            part, whole = _level(draft, named["part"], rate), _level(draft, named["whole"], rate)
            if part and whole:
                yield Rated(rate=rate, parts=(part,), wholes=(whole,))


def _level(draft: Draft, name: str, rate: Claim) -> Claim | None:
    core = draft.naming.name(name).core
    fit = [
        claim
        for claim in draft.named(core)
        if claim.measure is Measure.LEVEL
        and (claim.period, claim.role) == (rate.period, rate.role)
        and of_its_own_year(draft, claim)
    ]
    return fit[0] if len({(claim.value, claim.unit) for claim in fit}) == 1 else None


RULE = Rule(code="DA102", name=("占比与结构", "Shares and structure"), severity=Severity.ERROR, check=check, page=__doc__)
