"""DT206 One rank, two places · 同一位次前后不同

Tests: two ranks of the same thing among the same others in the same year: both of its growth, or both of its level.

Fails: 固定资产投资增长4.4%，居中心城区第2。…… 固投增长4.4%，增速居中心城区第5位
Passes: 总量居全市第5、增速居全市第2; 居中心城区第1、全市第3
Tolerance: none. A rank behind a level and a growth together (506亿元、增长5.8%，居第3) may be of either and is not compared.
May be wrong: where the thing ranked has a narrower scope in one of the sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duheng.audit.draft import Draft, finding
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.same import of_its_own_year, pairs, standing
from duheng.read import Claim, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """What is ranked, by what measure, among whom, when."""

    name: str
    basis: str
    among: str
    period: str


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a thing has two ranks."""
    found: dict[_Ranked, list[Claim]] = {}
    for claim in draft.claims:
        if claim.measure is Measure.RANK and of_its_own_year(draft, claim) and (ranked := _ranked(draft, claim)):
            found.setdefault(ranked, []).append(claim)
    for claims in found.values():
        for earlier, later in pairs(claims):
            if earlier.value != later.value and earlier.sentence_offset != later.sentence_offset:
                yield _two(draft, earlier, later)
                break


def _ranked(draft: Draft, claim: Claim) -> _Ranked | None:
    what, _, among = claim.subject.removesuffix("位次").rpartition("在")
    key = draft.naming.name(what)
    basis = key.measure if key.measure != "level" else _basis(draft, claim, key.core)
    if not basis or not among or len(key.core) < 2:
        return None
    return _Ranked(name=key.core, basis=basis, among=among, period=claim.period)


def _basis(draft: Draft, claim: Claim, core: str) -> str:
    """The one measure of the thing that the sentence tells before its rank; empty where it tells several."""
    before = (c for c in draft.by_sentence(claim.sentence_offset) if c.offset < claim.offset and c.measure is not Measure.RANK)
    told = {draft.keys[c.offset].measure for c in before if draft.keys[c.offset].name == core}
    return told.pop() if len(told) == 1 else ""


def _two(draft: Draft, earlier: Claim, later: Claim) -> Finding:
    (zh, en), name = standing(draft, earlier), later.subject.removesuffix("位次")
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"“{name}”的位次前后不同：此处为“{later.span}”，{zh}为“{earlier.span}”。请核实。",
            f"Two ranks for {name}: {later.span} here, {earlier.span} in {en}. Check which one holds.",
        ),
        [later, earlier],
        expected=(earlier.span,) * 2,
        found=(later.span,) * 2,
    )


RULE = Rule(
    code="DT206",
    name=("同一位次前后不同", "One rank, two places"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
