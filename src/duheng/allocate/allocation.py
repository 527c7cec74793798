"""A problem solved: decided, paid to the fen, explained, and checked before anybody sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from time import monotonic

from duheng.allocate.answer import Answer, AnswerStatus, Commitment, FundYear, Payment, Selected
from duheng.allocate.check import check
from duheng.allocate.conflict import conflict
from duheng.allocate.decide import Decision, decide
from duheng.allocate.doubt import doubts
from duheng.allocate.model import Way
from duheng.allocate.payments import pay
from duheng.allocate.problem import Problem
from duheng.allocate.reasons import unfunded
from duheng.errors import AllocateError, NoAnswerYet

GAP = 0.001
SECONDS = 60.0
_TRIES = 50  # decisions that a solver's tolerance lets pass and whole fen do not
_DIGITS = Decimal("0.000001")


def solve(problem: Problem, *, gap: float = GAP, seconds: float = SECONDS, first: Answer | None = None) -> Answer:
    """The best answer to a problem, proved to be within `gap` of the best possible unless `seconds` run out before.

    `first` is an answer to begin with, to this problem or to one much like it: where it holds, none that is worse comes out.
    Every answer has passed `check`. Raises `NoAnswerYet` where the time runs out before any answer is found, and `AnswerUnsound`
    where one does not pass.
    """
    if not (0 <= gap <= 1 and seconds > 0):
        raise AllocateError(
            reason=f"a gap of {gap} or a limit of {seconds} seconds makes no sense; take a gap from 0 to 1 and a limit above 0.",
            reason_zh=f"差距 {gap} 或时限 {seconds} 秒不成立；差距请取 0 到 1，时限请大于 0。",
        )
    answer = _solved(problem, gap, seconds, first)
    check(problem, answer)
    return answer


def _solved(problem: Problem, gap: float, seconds: float, first: Answer | None) -> Answer:
    end = monotonic() + seconds
    forbidden: list[Mapping[str, int]] = []
    begin = _beginning(problem, first) if first else None
    while len(forbidden) < _TRIES and (not forbidden or monotonic() < end):
        decision = decide(problem, gap=gap, seconds=max(end - monotonic(), 0.1), forbidden=forbidden, first=begin)
        if decision is None:
            return Answer(status=AnswerStatus.INFEASIBLE, conflict=conflict(problem), warnings=(*problem.notes, *doubts(problem)))
        payments = pay(problem, decision.starts)
        if payments is not None:
            return _answer(problem, decision, payments, gap)
        forbidden.append(decision.starts)
    raise NoAnswerYet(seconds=f"{seconds:g}")


def _beginning(problem: Problem, first: Answer) -> tuple[Mapping[str, int], Mapping[Way, int]] | None:
    """The starts of an answer and payments for them, as far as this problem has these projects and they can be paid."""
    starts = {code: year for code, year in first.starts.items() if code in problem.by_code and year in problem.years}
    payments = pay(problem, starts)
    return (starts, payments) if payments is not None else None


def _answer(problem: Problem, decision: Decision, payments: Mapping[Way, int], gap: float) -> Answer:
    starts = {project.code: decision.starts[project.code] for project in problem.projects if project.code in decision.starts}
    off = _gap(decision)
    return Answer(
        status=AnswerStatus.OPTIMAL if off <= Decimal(str(gap)) else AnswerStatus.FEASIBLE,
        objective=Decimal(decision.reached) / decision.scale,
        gap=off,
        selected=tuple(Selected(project=code, start=start) for code, start in starts.items()),
        payments=tuple(
            Payment(project=code, fund=fund, year=year, amount=payments[code, fund, year])
            for code in starts
            for fund in problem.by_code[code].ceilings
            for year in problem.years
            if payments.get((code, fund, year))
        ),
        unfunded=unfunded(problem, starts, payments),
        funds=tuple(_fund_years(problem, payments)),
        commitments=tuple(_commitments(problem, starts)),
        warnings=(*problem.notes, *doubts(problem)),
    )


def _gap(decision: Decision) -> Decimal:
    """How much better another answer could be, as a share of this one; rounded up, so that nought means proved."""
    if decision.bound <= decision.reached:
        return Decimal(0)
    if not decision.reached:
        return Decimal(1)
    off = Decimal(decision.bound - decision.reached) / abs(decision.reached)
    return off.quantize(_DIGITS, rounding="ROUND_CEILING")


def _fund_years(problem: Problem, payments: Mapping[Way, int]) -> Iterator[FundYear]:
    used: dict[tuple[str, int], int] = defaultdict(int)
    for (_, code, year), amount in payments.items():
        used[code, year] += amount
    for fund in problem.funds:
        left = 0
        for year in problem.years:
            available = fund.counted(year) + (left if fund.carry_over else 0)
            left = available - used[fund.code, year]
            yield FundYear(
                fund=fund.code, year=year, available=available, used=used[fund.code, year], expired=0 if fund.carry_over else left
            )


def _commitments(problem: Problem, starts: Mapping[str, int]) -> Iterator[Commitment]:
    for code, start in starts.items():
        for year, need in problem.by_code[code].needs(start).items():
            if year > problem.years[-1]:
                yield Commitment(project=code, year=year, amount=need)
