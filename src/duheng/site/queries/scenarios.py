"""Scenarios as pages show them: what is in, what is out and why, who pays, and how two of them differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duheng.allocate import Answer, AnswerStatus, Comparison, FundYear, Pin, Problem, Project, compare, kept, standing
from duheng.site.queries import allocation
from duheng.site.queries.allocation import Ask
from duheng.site.records.models import PoolProject, Scenario

STATES: Mapping[str, tuple[str, str]] = {
    "waiting": ("排队中", "waiting"),
    "solving": ("测算中", "working"),
    "done": ("已完成", "done"),
    "failed": ("未完成", "failed"),
    "cancelled": ("已取消", "cancelled"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A project that is in: when it starts, what it is paid by year and by whom, what is due later."""

    project: Project
    pk: int | None
    start: int
    by_year: tuple[int, ...]
    by_fund: tuple[tuple[str, int], ...]
    later: int

    @property
    def paid(self) -> int:
        """All that it is paid, in fen."""
        return sum(self.by_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A project that is left out: why, and the cheapest change that would let it in, where that was worked out."""

    project: Project
    pk: int | None
    reasons: tuple[tuple[str, str], ...]
    remedy: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A scenario with its answer taken apart."""

    row: Scenario
    asked: Ask
    problem: Problem
    answer: Answer
    chosen: tuple[Chosen, ...]
    out: tuple[Out, ...]
    funds: tuple[tuple[str, tuple[FundYear, ...]], ...]
    pins: tuple[tuple[int, Pin, str, str], ...]  # place, pin, project, fund

    @property
    def impossible(self) -> bool:
        """Whether what must be in cannot be in together."""
        return self.answer.status is AnswerStatus.INFEASIBLE

    @property
    def paid(self) -> int:
        """All that is paid, in fen."""
        return sum(each.amount for each in self.answer.payments)

    @property
    def year_sums(self) -> list[int]:
        """What is paid in each year."""
        return [sum(each.amount for each in self.answer.payments if each.year == year) for year in self.problem.years]

    @property
    def left(self) -> int:
        """What the funds have over and nobody is paid, in the last year and, where it is lost, in the others."""
        last = self.problem.years[-1]
        return sum(each.available - each.used if each.year == last else each.expired for each in self.answer.funds)

    @property
    def standing(self) -> tuple[str, str]:
        """How good the answer is, in (zh, en)."""
        return standing(self.answer, language="zh"), standing(self.answer, language="en")

    @property
    def told(self) -> Mapping[str, Any]:
        """What was explained beside the answer."""
        return self.row.told or {}

    @property
    def left_out(self) -> Sequence[tuple[tuple[str, str], int]]:
        """Why projects of the workspace are not in the problem."""
        return allocation.left_out_words(self.told.get("left_out", {}))

    @property
    def more(self) -> list[tuple[str, tuple[str, str]]]:
        """What one more 亿元 in each fund would buy."""
        names = allocation.names(self.problem)[1]
        told = self.told.get("more", {})
        return [(names[code], (each["words"][0], each["words"][1])) for code, each in told.items() if code in names]


def result(row: Scenario) -> Result | None:
    """A scenario's answer; None where there is none yet."""
    if row.problem is None or row.answer is None:
        return None
    problem, answer = kept.problem_of(row.problem), kept.answer_of(row.answer)
    keys = dict(PoolProject.objects.filter(code__in=list(problem.by_code)).values_list("code", "pk"))
    return Result(
        row=row,
        asked=Ask.of(row.asked),
        problem=problem,
        answer=answer,
        chosen=tuple(_chosen(problem, answer, keys)),
        out=tuple(_out(problem, answer, keys, (row.told or {}).get("remedies", {}))),
        funds=tuple((fund.title, tuple(each for each in answer.funds if each.fund == fund.code)) for fund in problem.funds),
        pins=tuple(_pins(problem)),
    )


def _chosen(problem: Problem, answer: Answer, keys: Mapping[str, int]) -> list[Chosen]:
    by_year: Counter[tuple[str, int]] = Counter()
    by_fund: Counter[tuple[str, str]] = Counter()
    for each in answer.payments:
        by_year[each.project, each.year] += each.amount
        by_fund[each.project, each.fund] += each.amount
    later: Counter[str] = Counter()
    for due in answer.commitments:
        later[due.project] += due.amount
    made = [
        Chosen(
            project=problem.by_code[each.project],
            pk=keys.get(each.project),
            start=each.start,
            by_year=tuple(by_year[each.project, year] for year in problem.years),
            by_fund=tuple(
                (fund.title, by_fund[each.project, fund.code]) for fund in problem.funds if by_fund[each.project, fund.code]
            ),
            later=later[each.project],
        )
        for each in answer.selected
    ]
    return sorted(made, key=lambda one: (not one.project.committed, one.start, -one.project.priority, one.project.code))


def _out(problem: Problem, answer: Answer, keys: Mapping[str, int], remedies: Mapping[str, Any]) -> list[Out]:
    made = []
    for each in answer.unfunded:
        words = remedies.get(each.project, {}).get("words")
        made.append(
            Out(
                project=problem.by_code[each.project],
                pk=keys.get(each.project),
                reasons=tuple(reason.words for reason in each.reasons),
                remedy=(words[0], words[1]) if words else None,
            )
        )
    return sorted(made, key=lambda one: (-one.project.priority, one.project.code))


def _pins(problem: Problem) -> list[tuple[int, Pin, str, str]]:
    projects, funds = allocation.names(problem)
    return [(place, pin, projects[pin.project], funds.get(pin.fund or "", "")) for place, pin in enumerate(problem.pins)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two scenarios side by side, with the names of what differs."""

    before: Result
    after: Result
    changes: Comparison
    projects: Mapping[str, str]
    funds: Mapping[str, str]

    @property
    def amounts(self) -> list[tuple[str, str, int, int, int, int]]:
        """Payments that differ: project, fund, year, before, after, difference."""
        return [
            (self.projects[each.project], self.funds[each.fund], each.year, each.before, each.after, each.after - each.before)
            for each in self.changes.amounts
        ]

    @property
    def entered(self) -> list[tuple[str, int]]:
        """What came in, with its start."""
        return [(self.projects[code], self.after.answer.starts[code]) for code in self.changes.entered]

    @property
    def left(self) -> list[tuple[str, int]]:
        """What went out, with the start it had."""
        return [(self.projects[code], self.before.answer.starts[code]) for code in self.changes.left]

    @property
    def moved(self) -> list[tuple[str, int, int]]:
        """What starts in another year."""
        return [(self.projects[each.project], each.before, each.after) for each in self.changes.moved]


def compared(before: Result, after: Result) -> Compared:
    """How the second differs from the first."""
    old, new = allocation.names(before.problem), allocation.names(after.problem)
    return Compared(
        before=before,
        after=after,
        changes=compare(before.answer, after.answer),
        projects=old[0] | new[0],
        funds=old[1] | new[1],
    )
