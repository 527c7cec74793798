"""DC805 The draft and the ledger · 报告与台账

Tests: the targets and last year's results that a draft states against those of a living plan, given with `--plan`: the office's
ledger, where a target may have been changed and a result corrected since the report was imported.

Fails: the plan has 固定资产投资增速 at 6 %; the draft says 固定资产投资增长5%。
Passes: it says 增长6%, or 6%以上 where the plan has 6.
Tolerance: the rounding of the printed digits on both sides; a bound (以上, 左右) is not held against a bare number.
May be wrong: where the ledger is behind the draft; then it is the ledger that has to be changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from duheng.audit.apart import apart
from duheng.audit.comparison import Beside, Comparison
from duheng.audit.draft import Draft, finding
from duheng.audit.finding import Finding, Severity
from duheng.plan import Plan, PlannedIndicator
from duheng.plan.scale import in_unit, plain
from duheng.read import Claim, Measure, Role

# What is told of the indicator rather than its number: days more than last year, its place among others.
_MOVES = frozenset({Measure.CHANGE, Measure.RANK, Measure.MULTIPLE})


def check(draft: Draft, others: Sequence[Draft]) -> Iterator[Finding]:
    """Findings where a number of the draft is not the number in the ledger."""
    for other in others:
        ledger = other.plan
        known = {each.code: each for each in ledger.indicators if each.code}
        for claim in draft.claims:
            indicator = known.get(draft.keys[claim.offset].code or "")
            kept = _kept(indicator, claim, ledger) if indicator else ()
            if claim.measure in _MOVES:
                continue
            if indicator and kept and not any(_agree(claim, value, indicator, claim.role) for value in kept):
                yield _differs(claim, indicator, kept[0])


def _kept(indicator: PlannedIndicator, claim: Claim, ledger: Plan) -> tuple[Decimal, ...]:
    """The numbers of the ledger that the claim may state: the target and its stretch, or the result of the same year."""
    if claim.role is Role.TARGET and claim.period == str(ledger.year):
        return tuple(value for value in (indicator.target.value, indicator.target.value2) if value is not None)
    result = indicator.actual
    if claim.role is Role.ACTUAL and result is not None and claim.period == result.period:
        return (result.value,)
    return ()


def _agree(claim: Claim, value: Decimal, indicator: PlannedIndicator, role: Role) -> bool:
    """Whether one is the other, rounded as it is printed; numbers of different kinds are not held against each other."""
    symbol = indicator.actual.unit if role is Role.ACTUAL and indicator.actual else indicator.unit
    kept = in_unit(value, unit=symbol, wanted=claim.unit)
    if kept is None:
        return True
    stated = [abs(each) for each in (claim.value, claim.value2) if each is not None]
    return any(_rounds_to(abs(kept), each, claim.digits) or _rounds_to(each, abs(kept), _digits(kept)) for each in stated)


def _rounds_to(exact: Decimal, printed: Decimal, digits: int) -> bool:
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) == printed


def _digits(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _differs(claim: Claim, indicator: PlannedIndicator, value: Decimal) -> Finding:
    aim, year = claim.role is Role.TARGET, claim.period[:4]
    symbol = indicator.unit if aim or indicator.actual is None else indicator.actual.unit
    kept, told = f"{plain(value)}{symbol}", ("目标", "target") if aim else ("结果", "result")
    said, has = apart((claim.value, claim.span), (value, kept))
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"“{indicator.name}”{year}年的{told[0]}，报告写{said[0]}，台账是{has[0]}。请核对报告，或更新台账。",
            f"{indicator.name}, {told[1]} for {year}: the draft says {said[1]}, the ledger has {has[1]}. "
            "Check the draft, or bring the ledger up to date.",
        ),
        [claim],
        expected=has,
        found=said,
    )


RULE = Comparison(
    code="DC805",
    name=("报告与台账", "The draft and the ledger"),
    severity=Severity.WARNING,
    beside=Beside.LEDGER,
    check=check,
    page=__doc__,
)
