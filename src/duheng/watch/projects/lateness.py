"""What is late about a project: its start, its place in the statistical library, its milestones; and whether it stands still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duheng.plan.plan import Stage
from duheng.plan.pool import Milestone, Onset, PoolProject
from duheng.watch.projects.progress import amounts, main_amount, month_end, months_over, reports

BUILDING = (Stage.STARTED, Stage.UNDER_CONSTRUCTION)
_BEGUN = (*BUILDING, Stage.COMPLETED)
_START = "start_date"  # the gate of the catalog that is the start itself
_START_WORD = "开工"
Said = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedStart:
    """A start that was planned and has not come: since when, for how many months running, and the reason if one is given."""

    planned: date
    months: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneState:
    """A milestone with the days it is or was late; early: negative; None while it is neither due nor done."""

    name: str
    planned: date | None
    actual: date | None
    late: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stalled:
    """Standing still while the plan goes on: since when, for how many whole months, and what says so, each in (zh, en)."""

    since: date
    months: int
    reasons: tuple[Said, ...]


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; never below 0."""
    return max(0, (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day))


def started_on(project: PoolProject, *, as_of: date) -> date | None:
    """The day it was started, by its changes of stage or the gate that is the start; None where it has not been."""
    days = [change.on for change in project.reached(on=as_of) if change.stage in _BEGUN]
    days += [gate.met for gate in project.gates if gate.kind == _START and gate.met and gate.met <= as_of]
    return min(days, default=None)


def planned_start(project: PoolProject, *, year: int) -> date | None:
    """The day it is to be started: of the gate, else of a milestone that names the start, else of its own dates in its first year.

    A start of which only the year is told is due by that year's end.
    """
    due = [gate.due for gate in project.gates if gate.kind == _START and gate.due]
    due += [each.planned for each in project.milestones if _START_WORD in each.name and each.planned]
    if due:
        return due[0]
    plan, begins = project.plan(year), project.begins
    if begins is None or plan is None or plan.onset is not Onset.NEW:
        return None
    return date(begins.year, 12, 31) if (begins.month, begins.day) == (1, 1) else begins


def missed_start(project: PoolProject, *, year: int, as_of: date) -> MissedStart | None:
    """The start it missed; None where it was started, none was planned, or its day has not passed.

    It counts as one month from the day on, and as many as months have ended since without a start.
    """
    planned = planned_start(project, year=year)
    if planned is None or planned >= as_of or project.stage(on=as_of) in _BEGUN or started_on(project, as_of=as_of):
        return None
    ended = (as_of.year - planned.year) * 12 + months_over(as_of.year, as_of=as_of) - (planned.month - 1)
    told = [each for each in project.delays if each.since is None or each.since <= as_of]
    return MissedStart(planned=planned, months=max(1, ended), reason=(told[-1].words or told[-1].reason) if told else "")


def library_late(project: PoolProject, *, as_of: date) -> int | None:
    """Whole months since its start in which it has not come into the statistical library; None where nobody says it is not."""
    started = started_on(project, as_of=as_of)
    if started is None or project.stage(on=as_of) is Stage.COMPLETED:
        return None
    told = [
        (each.year, each.month, each.known or month_end(each.year, each.month), each.in_library)
        for each in project.months
        if each.in_library is not None and (each.known or month_end(each.year, each.month)) <= as_of
    ]
    if not told or any(inside for *_, inside in told):
        return None
    return months_between(started, as_of)


def milestones(told: Sequence[Milestone], *, as_of: date) -> list[MilestoneState]:
    """Each milestone as it stands on a day."""
    return [_milestone(each, as_of) for each in told]


def _milestone(each: Milestone, as_of: date) -> MilestoneState:
    actual = each.actual if each.actual and each.actual <= as_of else None
    due = each.planned is not None and (actual is not None or each.planned < as_of)
    late = ((actual or as_of) - each.planned).days if due and each.planned else None
    return MilestoneState(name=each.name, planned=each.planned, actual=actual, late=late)


def stalled(project: PoolProject, *, year: int, as_of: date, months: int) -> Stalled | None:
    """Whether a project that is being built has shown no works, no new stage, no gate and no milestone for some whole months.

    None where it is not being built, where the year has no plan of money for it, or where its end has passed without one.
    """
    plan = project.plan(year)
    if project.stage(on=as_of) not in BUILDING or plan is None or not plan.planned:
        return None
    works, stage, step = _last_works(project, as_of), _last_stage(project, as_of), _last_step(project, as_of)
    moved = max((day for day in (works, stage, step) if day), default=None)
    if moved is None or (still := months_between(moved, as_of)) < months:
        return None
    return Stalled(since=moved, months=still, reasons=tuple(_reasons(project, works, step, as_of)))


def _last_works(project: PoolProject, as_of: date) -> date | None:
    """The end of the newest month whose works grew; of all years, each counted from its January."""
    for year in sorted({each.year for each in project.months}, reverse=True):
        told = reports(project, year, as_of=as_of)
        by = main_amount(told)
        known = amounts(told, by) if by else {}
        grown = [month for month, value in known.items() if value > max((known[m] for m in known if m < month), default=0)]
        if grown:
            return month_end(year, grown[-1])
    return None


def _last_stage(project: PoolProject, as_of: date) -> date | None:
    return max((change.on for change in project.reached(on=as_of)), default=None)


def _last_step(project: PoolProject, as_of: date) -> date | None:
    days = [each.actual for each in project.milestones] + [gate.met for gate in project.gates]
    return max((day for day in days if day and day <= as_of), default=None)


def _reasons(project: PoolProject, works: date | None, step: date | None, as_of: date) -> list[Said]:
    found: list[Said] = []
    if works:
        found.append((f"{works.year}年{works.month}月以后没有新增投资", f"no works since {works:%B %Y}"))
    else:
        found.append(("从未报过完成投资", "no works were ever reported"))
    if step:
        found.append((f"最近一个节点完成于{step}", f"the last step was done on {step}"))
    late = [each for each in milestones(project.milestones, as_of=as_of) if each.actual is None and each.late]
    found += [(f"“{each.name}”逾期{each.late}天", f"“{each.name}” is {each.late} days late") for each in late]
    unsettled = [each for each in project.problems if each.settled is None or each.settled > as_of]
    found += [(f"未解决的问题：{each.what}", f"open problem: {each.what}") for each in unsettled]
    return found
