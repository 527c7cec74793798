"""An answer held against its problem, in whole numbers, without any of what made it.

Every answer passes here before it is shown. Ceilings, needs and funds are worked out anew from what was given, so that a slip in
the model, in the solver or in rounding cannot vouch for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor

from duheng.allocate.answer import Answer, AnswerStatus
from duheng.allocate.fault import Words
from duheng.allocate.problem import Problem
from duheng.allocate.project import Project
from duheng.errors import AnswerUnsound

_SHOWN = 3


def check(problem: Problem, answer: Answer) -> None:
    """Raise `AnswerUnsound` where the answer breaks anything that the problem says."""
    found = list(breaches(problem, answer))
    if found:
        raise AnswerUnsound(
            reason="".join(f"{en} " for _, en in found[:_SHOWN]), reason_zh="".join(zh for zh, _ in found[:_SHOWN])
        )


def breaches(problem: Problem, answer: Answer) -> Iterator[Words]:
    """Everything that the answer breaks, in (zh, en)."""
    if answer.status is AnswerStatus.INFEASIBLE:
        if answer.selected or answer.payments or not answer.conflict or not answer.conflict.reasons:
            yield (
                "无可行方案却列出了安排，或没有说明冲突。",
                "There is no plan, yet one is listed, or the conflict is not told.",
            )
        return
    for of in (_lists, _sums_up, _choices, _links, _pins, _needs, _ceilings, _funds, _commitments):
        yield from of(problem, answer)


def _projects(problem: Problem) -> dict[str, Project]:
    return {project.code: project for project in problem.projects}


def _lists(problem: Problem, answer: Answer) -> Iterator[Words]:
    """Every project is once in or once out; every payment is one amount of something that is there."""
    codes = Counter([each.project for each in answer.selected] + [each.project for each in answer.unfunded])
    for code in {project.code for project in problem.projects} | set(codes):
        if codes[code] != 1 or code not in _projects(problem):
            yield (f"项目 {code} 列了 {codes[code]} 次。", f"Project {code} is listed {codes[code]} times.")
    if any(not each.reasons for each in answer.unfunded):
        yield ("有未纳入项目没有理由。", "A project is left out without a reason.")
    ways = Counter((each.project, each.fund, each.year) for each in answer.payments)
    funds = {fund.code for fund in problem.funds}
    for (code, fund, year), count in ways.items():
        if count > 1 or fund not in funds or year not in problem.years or code not in answer.starts:
            yield (f"资金安排不成立：{code}、{fund}、{year}。", f"No such payment can be: {code}, {fund}, {year}.")
    for paid in answer.payments:
        if type(paid.amount) is not int or paid.amount <= 0:
            yield (f"{paid.project} 的金额不是正的整数分。", f"An amount for {paid.project} is not a positive number of fen.")


def _sums_up(problem: Problem, answer: Answer) -> Iterator[Words]:
    priorities = {project.code: project.priority for project in problem.projects}
    total = sum(Fraction(priorities[each.project]) for each in answer.selected if each.project in priorities)
    if total != Fraction(answer.objective):
        yield (f"优先级合计应为 {total}。", f"The priorities add up to {total}.")
    if not answer.gap >= 0:
        yield ("差距为负。", "The gap is negative.")


def _choices(problem: Problem, answer: Answer) -> Iterator[Words]:
    """What must be in is, and everything starts within its window and the plan."""
    for project in problem.projects:
        start = answer.starts.get(project.code)
        if start is None:
            if project.mandatory:
                yield (f"必保项目 {project.code} 未纳入。", f"{project.code} must be in, and is not.")
        elif not project.earliest <= start <= project.latest or start not in problem.years:
            yield (f"{project.code} 不能在 {start} 年开工。", f"{project.code} cannot start in {start}.")


def _links(problem: Problem, answer: Answer) -> Iterator[Words]:
    starts = answer.starts
    for project in problem.projects:
        if project.code not in starts:
            continue
        for other in project.requires:
            if other not in starts or starts[other] > starts[project.code]:
                yield (
                    f"{project.code} 的前提 {other} 未纳入或开工更晚。",
                    f"{project.code} requires {other}, which is out or starts later.",
                )
        for other in project.excludes:
            if other in starts:
                yield (
                    f"{project.code} 与 {other} 互斥而同时纳入。",
                    f"{project.code} and {other} exclude each other, and are both in.",
                )


def _pins(problem: Problem, answer: Answer) -> Iterator[Words]:
    starts = answer.starts
    for pin in problem.pins:
        start = starts.get(pin.project)
        if pin.included is not None and pin.included != (start is not None):
            yield (f"没有遵守对 {pin.project} 的指定。", f"The pin of {pin.project} is not kept.")
        if start is None:
            continue
        if pin.start is not None and start != pin.start:
            yield (f"{pin.project} 指定 {pin.start} 年开工。", f"{pin.project} is pinned to start in {pin.start}.")
        if pin.fund is not None:
            paid = sum(each.amount for each in answer.payments if (each.project, each.fund) == (pin.project, pin.fund))
            least = pin.amount
            if least is None:
                project = _projects(problem)[pin.project]
                least = min(_most(project, pin.fund), sum(_needs_of(project, start, problem.years).values()))
            if paid < least:
                yield (f"{pin.fund} 对 {pin.project} 的安排少于指定。", f"{pin.fund} pays {pin.project} less than is pinned.")


def _needs_of(project: Project, start: int, years: tuple[int, ...]) -> dict[int, int]:
    return {year: project.yearly[year - start] for year in years if 0 <= year - start < len(project.yearly)}


def _most(project: Project, fund: str) -> int:
    """The fen a fund may pay a project over all years."""
    total = sum(project.yearly) + sum(project.spent.values())
    return max(0, floor(total * Fraction(project.ceilings.get(fund, 0))) - project.spent.get(fund, 0))


def _needs(problem: Problem, answer: Answer) -> Iterator[Words]:
    """What falls due within the plan is paid to the fen, and nothing else is."""
    paid: Counter[tuple[str, int]] = Counter()
    for each in answer.payments:
        paid[each.project, each.year] += each.amount
    due: Counter[tuple[str, int]] = Counter()
    for chosen in answer.selected:
        project = _projects(problem).get(chosen.project)
        for year, need in _needs_of(project, chosen.start, problem.years).items() if project else ():
            due[chosen.project, year] += need
    for code, year in paid.keys() | due.keys():
        if paid[code, year] != due[code, year]:
            yield (
                f"{code} {year} 年应付 {due[code, year]} 分，安排了 {paid[code, year]} 分。",
                f"{code} needs {due[code, year]} fen in {year} and is paid {paid[code, year]}.",
            )


def _ceilings(problem: Problem, answer: Answer) -> Iterator[Words]:
    projects = _projects(problem)
    paid: Counter[tuple[str, str]] = Counter()
    for each in answer.payments:
        paid[each.project, each.fund] += each.amount
    for (code, fund), amount in paid.items():
        if code in projects and amount > _most(projects[code], fund):
            yield (f"{fund} 对 {code} 超出比例上限。", f"{fund} pays {code} more than its ceiling.")


def _funds(problem: Problem, answer: Answer) -> Iterator[Words]:
    """Year by year: what a fund has, what it pays, what it loses; and the answer says the same."""
    told = {(each.fund, each.year): (each.available, each.used, each.expired) for each in answer.funds}
    used: Counter[tuple[str, int]] = Counter()
    for each in answer.payments:
        used[each.fund, each.year] += each.amount
    for fund in problem.funds:
        left = 0
        for year in problem.years:
            have = floor(fund.amounts.get(year, 0) * Fraction(fund.likelihood.get(year, 1))) + (left if fund.carry_over else 0)
            left = have - used[fund.code, year]
            if left < 0:
                yield (f"{fund.code} {year} 年超支 {-left} 分。", f"{fund.code} overspends {year} by {-left} fen.")
            if told.get((fund.code, year)) != (have, used[fund.code, year], 0 if fund.carry_over else left):
                yield (f"{fund.code} {year} 年的收支列错了。", f"{fund.code} in {year} is listed wrongly.")
    if len(told) != len(answer.funds) or len(told) != len(problem.funds) * len(problem.years):
        yield ("资金收支行数不对。", "There are too many or too few rows of funds.")


def _commitments(problem: Problem, answer: Answer) -> Iterator[Words]:
    """What falls due after the plan is told, and nothing else."""
    told = Counter({(each.project, each.year): each.amount for each in answer.commitments})
    due: Counter[tuple[str, int]] = Counter()
    projects: Mapping[str, Project] = _projects(problem)
    for chosen in answer.selected:
        if chosen.project in projects:
            for number, need in enumerate(projects[chosen.project].yearly):
                if need and chosen.start + number > problem.years[-1]:
                    due[chosen.project, chosen.start + number] = need
    if told != due or len(told) != len(answer.commitments):
        yield ("后年支出责任列错了。", "The commitments after the plan are listed wrongly.")
