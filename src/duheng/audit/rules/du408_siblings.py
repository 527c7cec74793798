"""DU408 One of a list, by orders · 同列数据中数量级不同的一个

Tests: three or more amounts of one sentence that are siblings, for one that is a hundred times more or less than every other. They
are siblings when they share their closing words (…年度计划投资), are parts of one whole, or stand side by side behind 分别.

Fails: 制造业类年度计划投资41.17亿元，商贸类年度计划投资14.7万元，基础设施类年度计划投资18.79亿元
Passes: amounts within two orders of one another
Tolerance: two orders.
May be wrong: where one sibling really is that small; hence a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from duheng import pattern as re
from duheng.audit.draft import Draft, finding, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.read import Claim, Measure

_ORDERS = 100
_FEWEST = 3  # of which two agree
_SHARED = 4  # closing characters that siblings share
_JOINT = re.compile(r"[、，]?[和及与]?")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where one amount of a list is orders off its siblings."""
    for claims in draft.sentences:
        if draft.in_table(claims[0]):
            continue
        reported: set[int] = set()
        for family in _families(draft, [c for c in claims if _is_amount(c)]):
            for claim in family if len(family) >= _FEWEST else ():
                if claim.offset not in reported and _is_odd(claim, family):
                    reported.add(claim.offset)
                    yield _odd(claim, family)


def _is_amount(claim: Claim) -> bool:
    found = quantity(claim)
    return claim.measure is Measure.LEVEL and found is not None and found.unit.dimension == "money" and found.base != 0


def _families(draft: Draft, amounts: Sequence[Claim]) -> Iterator[list[Claim]]:
    yield from _by(amounts, lambda c: c.subject[-_SHARED:] if len(c.subject) > _SHARED else None)
    yield from _by(amounts, lambda c: c.of)
    run: list[Claim] = []
    for claim in amounts:
        if run and not _JOINT.fullmatch(draft.document.text[run[-1].end : claim.offset]):
            yield run
            run = []
        run.append(claim)
    yield run


def _by(amounts: Sequence[Claim], key: Callable[[Claim], Hashable]) -> Iterator[list[Claim]]:
    families: dict[Hashable, list[Claim]] = {}
    for claim in amounts:
        if (kin := key(claim)) is not None:
            families.setdefault(kin, []).append(claim)
    yield from families.values()


def _is_odd(claim: Claim, family: Sequence[Claim]) -> bool:
    others = sorted(_base(c) for c in family if c is not claim)
    together = others[-1] < _ORDERS * others[0]
    return together and (_base(claim) >= _ORDERS * others[-1] or _base(claim) * _ORDERS <= others[0])


def _base(claim: Claim) -> float:
    found = quantity(claim)
    return float(abs(found.base)) if found else 0.0


def _odd(claim: Claim, family: Sequence[Claim]) -> Finding:
    beside = [c for c in family if c is not claim]
    shown = "、".join(c.span for c in beside[:3])
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"同列数据数量级不同：“{claim.subject}”为{claim.span}，其余为{shown}等，相差百倍以上。请核对“万”“亿”。",
            f"{claim.subject} is {claim.span}, its siblings are {shown}: a hundred times apart. Check 万 and 亿.",
        ),
        [claim, *beside],
        found=(claim.span, claim.span),
    )


RULE = Rule(
    code="DU408",
    name=("同列数据中数量级不同的一个", "One of a list, by orders"),
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
