"""DA106 The growth of a whole and of its parts · 总体增速与分项增速

Tests: the growth of a whole against that of parts that divide it (进出口 and 出口, 进口; 地区生产总值 and its three sectors), told
in one passage for one period: it must lie between the least and the greatest of them. Where a share, its change and the
growth of part and whole are all given, the share must have moved the way the growths say (a note).

Fails: 进出口总额增长3.8%，其中出口增长5.2%，进口增长4.6%。 A whole cannot grow less than every part.
Passes: 进出口总额增长3.8%，其中出口增长5.2%，进口下降1.6%。
Tolerance: the rounding of the printed digits.
May be wrong: where the growths are of different periods or currencies; averages (居民收入 of town and country) are not tested,
since people move between the groups.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from duheng.audit.course import signed, thing, year_of
from duheng.audit.draft import Draft, finding
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.read import Claim, Measure, Role

# Wholes with the parts that divide them, as the catalog codes them.
_DIVIDED = (
    ("trade.total", ("trade.exports", "trade.imports")),
    ("gdp", ("gdp.primary", "gdp.secondary", "gdp.tertiary")),
)
_PASSAGE = 400  # characters from the first growth to the last


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a whole grows more, or less, than every one of its parts; and shares that moved the other way."""
    growths = [(name, c) for c in draft.claims if c.measure is Measure.GROWTH and c.unit == "%" and (name := thing(draft, c))]
    named: dict[str, list[Claim]] = defaultdict(list)
    for name, claim in growths:
        named[name].append(claim)
    for whole_name, part_names in _DIVIDED:
        for whole in named[whole_name]:
            parts = [_beside(draft, whole, named[each]) for each in part_names]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                yield from _outside(whole, known)
    yield from _shares(draft, growths)


def _beside(draft: Draft, whole: Claim, fit: Sequence[Claim]) -> Claim | None:
    """The growth of a part that is told in the same passage for the same time."""
    first = bisect_left(fit, whole.offset - _PASSAGE, key=lambda claim: claim.offset)
    passage = takewhile(lambda claim: claim.offset <= whole.offset + _PASSAGE, islice(fit, first, None))
    near = [c for c in passage if (c.period, c.role) == (whole.period, whole.role)]
    single = [c for c in near if year_of(draft, c) and year_of(draft, whole)]
    return min(single, key=lambda c: abs(c.offset - whole.offset)) if single else None


def _outside(whole: Claim, parts: Sequence[Claim]) -> Iterator[Finding]:
    bounds = [bound for bound in map(signed, parts) if bound is not None]
    total = signed(whole)
    if total is None or len(bounds) < len(parts) or total.is_open or any(bound.is_open for bound in bounds):
        return
    if min(bound.low for bound in bounds) <= total.high and total.low <= max(bound.high for bound in bounds):
        return
    listed = "、".join(f"{part.subject}{part.value}%" for part in parts)
    message = (
        f"总体增速 {whole.value}%（{whole.subject}）不在各部分增速（{listed}）之间，请核对。",
        f"The whole's growth, {whole.value}% ({whole.subject}), does not lie between those of its parts ({listed}). Check them.",
    )
    yield finding(RULE.code, Severity.ERROR, message, [whole, *parts])


def _shares(draft: Draft, growths: Sequence[tuple[str, Claim]]) -> Iterator[Finding]:
    """A share that rose while its part grew less than the whole, or the other way round."""
    by_name = {(name, c.period, c.role): c for name, c in growths}
    for moved in draft.claims:
        part_name, cut, whole_name = draft.keys[moved.offset].name.partition("占")
        if moved.measure is not Measure.CHANGE or not cut or year_of(draft, moved) is None:
            continue
        when = moved.period, moved.role
        part, whole = (_named(draft, name, when, by_name) for name in (part_name, whole_name))
        faster, slower = part and signed(part), whole and signed(whole)
        if part is None or whole is None or not faster or not slower:
            continue
        if (moved.value > 0 and faster.high < slower.low) or (moved.value < 0 and faster.low > slower.high):
            message = (
                f"占比变动 {moved.span}，而部分增速为 {part.span}、总体增速为 {whole.span}，方向不一致，请核对。",
                f"The share moved by {moved.span}, while its part grew by {part.span} and the whole by {whole.span}. Check them.",
            )
            yield finding(RULE.code, Severity.NOTE, message, [moved, part, whole])


def _named(draft: Draft, name: str, when: tuple[str, Role], by_name: dict[tuple[str, str, Role], Claim]) -> Claim | None:
    code = draft.naming.bind(name, unit="%", measure=Measure.GROWTH)
    core = code.removesuffix(".growth") if code else draft.naming.name(name).core
    return by_name.get((core, *when))


RULE = Rule(
    code="DA106",
    name=("总体增速与分项增速", "The growth of a whole and of its parts"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
