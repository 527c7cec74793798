"""Why a project is left out, in words: what forbids it, or what it lacks as the money stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duheng.allocate import money
from duheng.allocate.answer import Reason, Unfunded
from duheng.allocate.model import Way, possible_starts
from duheng.allocate.payments import pay
from duheng.allocate.problem import Problem
from duheng.allocate.project import Project

_YI = 10**10  # fen in 亿元
_TRIES = 20
_Free = Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An answer as it is looked back on: what starts when, what is paid, what each fund has left in each year.

    `rivals` are, by fund, those of the projects that it pays which are worth least for their money; `tries` is how many projects
    may still be tried beside all that is in, which takes a linear programme each.
    """

    problem: Problem
    starts: Mapping[str, int]
    payments: Mapping[Way, int]
    free: _Free
    rivals: Mapping[str, Project]
    tries: list[int]


def unfunded(problem: Problem, starts: Mapping[str, int], payments: Mapping[Way, int]) -> tuple[Unfunded, ...]:
    """Every project that is out, each with at least one reason."""
    standing = Standing(
        problem=problem,
        starts=starts,
        payments=payments,
        free=free(problem, payments),
        rivals=_rivals(problem, payments),
        tries=[_TRIES],
    )
    excluded = _excluded(problem, starts)
    return tuple(
        Unfunded(project=project.code, reasons=tuple(_reasons(standing, project, excluded[project.code])))
        for project in problem.projects
        if project.code not in starts
    )


def free(problem: Problem, payments: Mapping[Way, int]) -> dict[tuple[str, int], int]:
    """The fen of each fund that one more project could be paid in a year, all other payments as they are.

    What a carry-over fund has left in a year is there only as far as later years do not need it.
    """
    used: dict[tuple[str, int], int] = defaultdict(int)
    for (_, fund, year), amount in payments.items():
        used[fund, year] += amount
    left: dict[tuple[str, int], int] = {}
    for source in problem.funds:
        kept = 0
        for year in problem.years:
            kept = source.counted(year) - used[source.code, year] + (kept if source.carry_over else 0)
            left[source.code, year] = kept
        if source.carry_over:
            for year in reversed(problem.years[:-1]):
                left[source.code, year] = min(left[source.code, year], left[source.code, year + 1])
    return left


def _excluded(problem: Problem, starts: Mapping[str, int]) -> dict[str, list[str]]:
    """For each project those that are in and cannot be beside it."""
    found: dict[str, list[str]] = defaultdict(list)
    for project in problem.projects:
        for other in project.excludes:
            for one, two in ((project.code, other), (other, project.code)):
                if two in starts and two not in found[one]:
                    found[one].append(two)
    return found


def _reasons(standing: Standing, project: Project, excluded: list[str]) -> Iterator[Reason]:
    hard = [*_forbidden(standing, project), *_beyond(standing.problem, project), *_linked(standing, project, excluded)]
    yield from hard or _outranked(standing, project)


def _reason(code: str, zh: str, en: str) -> Reason:
    return Reason(code=f"allocate.{code}", words=(zh, en))


def _forbidden(standing: Standing, project: Project) -> Iterator[Reason]:
    if any(pin.project == project.code and pin.included is False for pin in standing.problem.pins):
        yield _reason("pinned", "已指定不纳入。", "It is pinned out.")
    if project.total and not any(project.ceiling(fund) for fund in project.ceilings):
        yield _reason(
            "ineligible",
            "没有可以使用的资金：没有任何资金对它有比例上限。请核对资金投向条件。",
            "No fund may pay for it: it has no ceiling above nought in any. Check what each fund may be used for.",
        )


def _beyond(problem: Problem, project: Project) -> Iterator[Reason]:
    """Its own ceilings, or its funds before anybody else is paid, do not suffice whenever it starts."""
    starts, unit = problem.starts(project), problem.unit
    most = sum(project.ceiling(fund) for fund in project.ceilings)
    if not most or not starts:
        return
    if not possible_starts(problem, project):
        least = min(sum(problem.payable(project, start).values()) for start in starts)
        yield _reason(
            "ceilings",
            f"规划期内至少要付 {money.printed(least, unit)}，各项资金按比例上限最多只能付 {money.printed(most, unit)}，"
            f"差 {money.printed(least - most, unit)}。",
            f"At least {money.printed(least, unit)} fall due within the plan, and its funds may pay {money.printed(most, unit)} at most "
            f"within their ceilings: {money.printed(least - most, unit)} are lacking.",
        )
        return
    empty = free(problem, {})
    shortages = [shortage for start in possible_starts(problem, project) if (shortage := _short(problem, project, start, empty))]
    if len(shortages) == len(possible_starts(problem, project)):
        year, need, there = min(shortages, key=lambda each: each[1] - each[2])
        yield _reason(
            "alone",
            f"即使只安排它一个也不够：{year} 年需 {money.printed(need, unit)}，可用资金最多 {money.printed(there, unit)}。",
            f"Even alone it could not be paid: in {year} it needs {money.printed(need, unit)}, and its funds have at most "
            f"{money.printed(there, unit)}.",
        )


def _short(problem: Problem, project: Project, start: int, left: _Free) -> tuple[int, int, int] | None:
    """The year that lacks most when the project starts in `start`: the year, its need, and what is there at most."""
    found = [
        (year, need, sum(min(project.ceiling(fund), left[fund, year]) for fund in project.ceilings))
        for year, need in problem.payable(project, start).items()
    ]
    lacking = [each for each in found if each[2] < each[1]]
    return max(lacking, key=lambda each: each[1] - each[2], default=None)


def _linked(standing: Standing, project: Project, excluded: list[str]) -> Iterator[Reason]:
    problem, starts = standing.problem, standing.starts
    for code in project.requires:
        zh, en = _named(problem, code)
        if code not in starts:
            yield _reason("requires", f"以{zh}为前提，而后者未纳入。", f"It requires {en}, which is out.")
        elif starts[code] > project.latest:
            yield _reason(
                "requires",
                f"以{zh}为前提，后者 {starts[code]} 年才开工，晚于它最迟的开工年份 {project.latest}。",
                f"It requires {en}, which starts in {starts[code]}, after its own latest start in {project.latest}.",
            )
    for code in excluded:
        zh, en = _named(problem, code)
        yield _reason("excludes", f"与已纳入的{zh}互斥。", f"It and {en}, which is in, exclude each other.")


def _named(problem: Problem, code: str) -> tuple[str, str]:
    name = problem.by_code[code].name
    return (f"“{name}”（{code}）", f"“{name}” ({code})") if name else (code, code)


def _outranked(standing: Standing, project: Project) -> Iterator[Reason]:
    """Nothing forbids it but the money that is left, or its own worth."""
    problem, unit = standing.problem, standing.problem.unit
    beside_zh, beside_en = _beside(standing, project)
    shortages = {start: _short(problem, project, start, standing.free) for start in possible_starts(problem, project)}
    if shortages and all(shortages.values()):
        year, need, there = min((each for each in shortages.values() if each), key=lambda each: each[1] - each[2])
        needed, left = money.printed(need, unit), money.printed(there, unit)
        zh = f"资金已安排给其他项目：{year} 年需 {needed}，可用资金只余 {left}。{beside_zh}"
        en = f"The money goes to others: in {year} it needs {needed}, and its funds have {left} left. {beside_en}"
        yield _reason("money", zh, en.rstrip())
    elif project.priority <= 0:
        yield _reason(
            "priority", "优先级不大于零，纳入不增加优先级合计。", "Its priority is not above nought: it would add nothing."
        )
    else:
        yield _tried(standing, project, [start for start, short in shortages.items() if short is None])


def _tried(standing: Standing, project: Project, starts: Sequence[int]) -> Reason:
    """Why it is out although each year by itself has money for it: it is tried alone, and beside all that is in."""
    problem = standing.problem
    beside_zh, beside_en = _beside(standing, project)
    if not standing.tries[0]:
        zh = "求解结束时未能安排；可缩小 --gap 或放宽 --time-limit 继续求优。"
        return _reason("gap", zh, "There was no room for it when the search ended. Ask for a smaller --gap or more time.")
    standing.tries[0] -= 1
    if all(pay(problem, {project.code: start}) is None for start in possible_starts(problem, project)):
        zh = "即使只安排它一个，可用资金受年度和比例上限所限也付不清。"
        return _reason("alone", zh, "Even alone it could not be paid within the years and ceilings of its funds.")
    if any(_fits(standing, project, start) for start in starts):
        return _reason(
            "gap",
            "资金尚够，但纳入后优先级合计的增加在允许的差距之内；缩小 --gap 或放宽 --time-limit 可继续求优。",
            "There is money for it; what it would add lies within the gap that was allowed. Ask for a smaller --gap or more time.",
        )
    zh = f"可用资金受年度和比例上限所限，付不清它的全部需求。{beside_zh}"
    en = f"What its funds have left cannot pay all of it within their years and ceilings. {beside_en}"
    return _reason("money", zh, en.rstrip())


def _fits(standing: Standing, project: Project, start: int) -> bool:
    """Whether it could be paid beside all that is in, which starts as it does; the payments may change."""
    starts = standing.starts
    if any(starts.get(code, start + 1) > start for code in project.requires):
        return False
    return pay(standing.problem, {**starts, project.code: start}) is not None


def _rivals(problem: Problem, payments: Mapping[Way, int]) -> dict[str, Project]:
    """By fund, the project that is worth least for its money among those that are in by choice and paid from it."""
    pinned = {pin.project for pin in problem.pins}
    found: dict[str, Project] = {}
    for code, fund in dict.fromkeys((code, fund) for code, fund, _ in payments):
        project = problem.by_code[code]
        if project.mandatory or code in pinned or not any(project.yearly):
            continue
        if fund not in found or _worth(project) < _worth(found[fund]):
            found[fund] = project
    return found


def _beside(standing: Standing, project: Project) -> tuple[str, str]:
    """Its priority for its money, beside the least of those that are in and paid from its funds."""
    rivals = [standing.rivals[fund] for fund in project.ceilings if fund in standing.rivals and project.ceiling(fund)]
    if not rivals or not any(project.yearly):
        return ("", "")
    least = min(rivals, key=_worth)
    own, other, (zh, en) = f"{_worth(project):.2f}", f"{_worth(least):.2f}", _named(standing.problem, least.code)
    return (
        f"它每亿元的优先级为 {own}，用同样资金而纳入的最低为 {other}，即{zh}。",
        f"Its priority for each 亿元 is {own}; the least of those that are in and paid from its funds is {other}, {en}.",
    )


def _worth(project: Project) -> Decimal:
    return project.priority * _YI / sum(project.yearly)
