"""DA103 Completion and other ratios · 完成率与比率

Tests: a rate of completion beside what was to be done and what was (33项指标…完成25项，完成率76%; 计划投资142.5亿元，实际完成
148.9亿元，完成率104.5%); how many are not done against those that are; the kinds of a set, each with what is done of it,
against all that is done (约束性8项全部完成 + 预期性完成17项 = 25项).

Fails: 80个重点项目中有75个按计划推进，推进顺利率达98.3%。 75 of 80 is 93.8 %.
Passes: 80个重点项目中有75个按计划推进，推进顺利率达93.8%。
Tolerance: the rounding of every printed digit, carried through; a count in ones is exact.
May be wrong: where a rate is weighted (by investment rather than by number); the finding shows what was divided by what.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.around import atom, behind
from duheng.audit.draft import Draft, finding
from duheng.audit.family import Family, How, families
from duheng.audit.finding import Finding, Severity
from duheng.audit.rated import rated
from duheng.audit.rule import Rule
from duheng.audit.rules.da102_shares import mismatch
from duheng.read import Claim, Measure

_ALL_DONE = re.compile(r"^[^。；]{0,4}，(?:已|均)?全部(?:完成|达标|实现|办结)")
_UNDONE = re.compile(r"^未(?:完成|达标|实现|达到)")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a rate is not what was done of what was to be done."""
    for each in rated(draft):
        if each.rate.measure is Measure.COMPLETION and each.holds is False:
            yield mismatch(RULE, each)
    found = families(draft)
    for family in found:
        if family.how is How.DONE:
            yield from _undone(draft, family)
            yield from _by_kind(draft, family, found)


def _undone(draft: Draft, family: Family) -> Iterator[Finding]:
    """30项，完成26项。…未完成的4项."""
    whole, done = family.whole, family.parts[0]
    for rest in draft.beside(whole):
        near = rest.offset > done.offset
        if near and _UNDONE.match(rest.subject) and atom(rest) == atom(whole) and rest.value != whole.value - done.value:
            left = f"{whole.value - done.value:f}{rest.unit}"
            message = (
                f"{whole.span} 减去已完成的 {done.span} 是 {left}，文中说未完成 {rest.span}，请核对。",
                f"{whole.span} less the {done.span} that are done leaves {left}, the text says {rest.span}. Check them.",
            )
            yield finding(RULE.code, Severity.ERROR, message, [rest, whole, done], expected=(left, left))


def _by_kind(draft: Draft, family: Family, found: tuple[Family, ...]) -> Iterator[Finding]:
    """What is done of each kind, added up, against all that is done."""
    done = family.parts[0]
    for kinds in found:
        if kinds.whole is not family.whole or kinds.how is not How.ALL:
            continue
        met = [_met(draft, part, found) for part in kinds.parts]
        known = [claim for claim in met if claim is not None]
        came = sum(int(claim.value) for claim in known)
        if len(known) == len(met) and came != done.value:
            listed = " + ".join(claim.span for claim in known)
            message = (
                f"各类完成数之和为 {listed} = {came}{done.unit}，与共完成 {done.span} 不符，请核对。",
                f"What is done of each kind, {listed}, comes to {came}{done.unit}, not {done.span}. Check them.",
            )
            yield finding(RULE.code, Severity.ERROR, message, [done, *known], expected=(f"{came}", f"{came}"))


def _met(draft: Draft, part: Claim, found: tuple[Family, ...]) -> Claim | None:
    """What is done of one kind: all of it where the words say so."""
    if _ALL_DONE.match(draft.document.text[part.end : part.end + 16]) and not behind(draft, part):
        return part
    return next((each.parts[0] for each in found if each.how is How.DONE and each.whole is part), None)


RULE = Rule(
    code="DA103", name=("完成率与比率", "Completion and other ratios"), severity=Severity.ERROR, check=check, page=__doc__
)
