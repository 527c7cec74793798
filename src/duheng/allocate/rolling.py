"""The plan rolled on: its first year is done, its commitments are kept, and one more year is in sight (三年滚动)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from duheng.allocate.answer import Answer, Reason
from duheng.allocate.fund import Fund
from duheng.allocate.pin import Pin
from duheng.allocate.problem import Problem
from duheng.allocate.project import Project
from duheng.errors import AllocateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """The problem of the next years; which projects were completed, and which dropped out of it, with the reason."""

    problem: Problem
    completed: tuple[str, ...]
    dropped: tuple[tuple[str, Reason], ...]


def roll(problem: Problem, answer: Answer, *, added: Mapping[str, int] | None = None, keep_starts: bool = False) -> Rolled:
    """The next problem once the first year of an answer has been carried out as it says.

    What started is under way (`committed`), must be in and goes on; what it was paid counts as spent, also against ceilings. What
    is left of carry-over funds is there in the next year, for certain. `added` are the fen of each fund in the year that comes
    into sight. `keep_starts` pins later starts as they were decided; otherwise they may be decided anew. Raises `AllocateError`
    for an answer without a plan, or for one whose problem would have nothing left.
    """
    if answer.conflict:
        raise AllocateError(
            reason="the answer has no plan that could be rolled on; settle its conflict first.",
            reason_zh="该方案不可行，不能滚动。请先解决冲突。",
        )
    turn = _Turn(problem, answer)
    kept = [each for project in problem.projects if (each := turn.project(project)) is not None]
    if not kept:
        raise AllocateError(
            reason="after its first year nothing is left to decide; make a new problem.",
            reason_zh="第一年之后已无待定项目。请另建问题。",
        )
    codes = {project.code for project in kept}
    return Rolled(
        problem=replace(
            problem,
            years=turn.years,
            funds=tuple(turn.fund(fund, (added or {}).get(fund.code, 0)) for fund in problem.funds),
            projects=tuple(turn.linked(project, codes) for project in kept),
            pins=tuple(turn.pins(codes, keep_starts)),
            notes=(),
        ),
        completed=tuple(turn.completed),
        dropped=tuple(turn.dropped.items()),
    )


class _Turn:
    """One year's turn."""

    def __init__(self, problem: Problem, answer: Answer) -> None:
        self.problem, self.starts = problem, answer.starts
        self.gone = problem.years[0]
        self.years = (*problem.years[1:], problem.years[-1] + 1)
        self.begun = {code for code, start in self.starts.items() if start == self.gone}
        self.paid: dict[str, dict[str, int]] = defaultdict(dict)
        for each in answer.payments:
            if each.year == self.gone:
                self.paid[each.project][each.fund] = each.amount
        self.left = {each.fund: each.available - each.used for each in answer.funds if each.year == self.gone}
        self.completed = [code for code in self.starts if code in self.begun and not any(problem.by_code[code].yearly[1:])]
        self.dropped: dict[str, Reason] = {}
        self._drop()

    def _drop(self) -> None:
        """What can no longer be in: its time is over, it cannot be beside what has begun, or it requires what dropped out."""
        for project in self.problem.projects:
            reason = self._over(project)
            if project.code not in self.begun and reason is not None:
                self.dropped[project.code] = reason
        before = -1
        while before != len(self.dropped):
            before = len(self.dropped)
            for project in self.problem.projects:
                lost = next((code for code in project.requires if code in self.dropped), None)
                if lost and project.code not in self.begun:
                    words = (f"以 {lost} 为前提，而后者已退出。", f"It requires {lost}, which dropped out.")
                    self.dropped.setdefault(project.code, Reason(code="allocate.requires", words=words))

    def _over(self, project: Project) -> Reason | None:
        if project.latest < self.years[0]:
            words = (f"最迟 {project.latest} 年开工，已过期。", f"Its latest start was {project.latest}, which is over.")
            return Reason(code="allocate.window", words=words)
        for code in self.begun:
            if code in project.excludes or project.code in self.problem.by_code[code].excludes:
                words = (f"与已开工的 {code} 互斥。", f"It and {code}, which has begun, exclude each other.")
                return Reason(code="allocate.excludes", words=words)
        return None

    def project(self, project: Project) -> Project | None:
        """The project in the next problem; nothing for one that is completed or dropped out."""
        if project.code in self.completed or project.code in self.dropped:
            return None
        if project.code not in self.begun:
            return replace(project, earliest=max(project.earliest, self.years[0]))
        spent = dict(project.spent)
        for fund, amount in self.paid[project.code].items():
            spent[fund] = spent.get(fund, 0) + amount
        first = self.years[0]
        return replace(
            project, yearly=project.yearly[1:], spent=spent, mandatory=True, committed=True, earliest=first, latest=first
        )

    def linked(self, project: Project, codes: set[str]) -> Project:
        """The project without links to what is no longer there: what it required is done, what it excluded is out."""
        return replace(
            project,
            requires=tuple(code for code in project.requires if code in codes),
            excludes=tuple(code for code in project.excludes if code in codes),
        )

    def fund(self, fund: Fund, added: int) -> Fund:
        """The fund in the next years, with what it carries over."""
        first, last = self.years[0], self.years[-1]
        amounts = {year: fund.amounts[year] for year in self.years if year in fund.amounts}
        likelihood = {year: fund.likelihood[year] for year in self.years if year in fund.likelihood}
        if fund.carry_over and self.left.get(fund.code):
            amounts[first] = fund.counted(first) + self.left[fund.code]
            likelihood[first] = Decimal(1)
        if added:
            amounts[last] = amounts.get(last, 0) + added
        return replace(fund, amounts=amounts, likelihood=likelihood)

    def pins(self, codes: set[str], keep_starts: bool) -> list[Pin]:
        """The pins that still say something, less what was paid; and starts as they were decided, if they are kept."""
        kept = []
        for pin in self.problem.pins:
            if pin.project not in codes:
                continue
            paid = self.paid[pin.project].get(pin.fund or "", 0)
            start = None if pin.start is None or pin.start < self.years[0] or pin.project in self.begun else pin.start
            amount = None if pin.amount is None else max(0, pin.amount - paid)
            kept.append(replace(pin, start=start, amount=amount))
        if keep_starts:
            later = {code: start for code, start in self.starts.items() if code in codes and code not in self.begun}
            kept = [replace(pin, start=None) if pin.project in later else pin for pin in kept]
            kept += [Pin(project=code, included=True, start=start) for code, start in later.items()]
        return kept
