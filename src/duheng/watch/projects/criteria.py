"""The light of a project by a rule set: its progress by the rule itself, what else the rule set looks at, and the worst of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duheng.catalog import LightCriterionEntry, LightRuleEntry
from duheng.plan.plan import Stage
from duheng.plan.pool import PoolProject
from duheng.watch.chance import Chance
from duheng.watch.light import WORSE, Colour, Light, Standpoint, above, light, lit
from duheng.watch.pace import Pace
from duheng.watch.projects.lateness import Said, library_late, missed_start, months_between
from duheng.watch.projects.money import money_en, money_zh

MAIN = "progress"  # the criterion that is the rule set's own
_OF_PROGRESS = ("lag", "ratio")
_FEN = 1_000_000  # to a 万元


@dataclass(frozen=True, slots=True, kw_only=True)
class BondMoney:
    """Special-bond money of a project: how much arrived (fen), when, and how much of it is spent."""

    amount: int
    arrived: date
    spent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The light shown last under a rule set, and the criterion that gave it."""

    colour: Colour
    criterion: str = MAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLight:
    """The light of a project under one rule set: the worst of its criteria.

    `criterion` says which gave it, `reason` why in (zh, en); `each` holds what every criterion that had something to judge gives.
    """

    colour: Colour
    rule: str
    criterion: str
    reason: Said
    each: Mapping[str, Light]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is looked at: a project in a year on a day, with its pace, its chance and its bonds."""

    project: PoolProject
    year: int
    as_of: date
    pace: Pace | None
    chance: Chance
    bonds: Sequence[BondMoney] = ()


def project_light(
    rule: LightRuleEntry, criteria: Iterable[LightCriterionEntry], view: View, *, last: Last | None = None
) -> ProjectLight:
    """The light that a rule set gives a project.

    A light that gets better must pass its number by the rule's slack, as every light does; that holds for the criterion which
    gave the last one. By a rule of progress what is completed is green, whatever of its year's money is still to be settled.
    """
    if view.project.stage(on=view.as_of) is Stage.COMPLETED and rule.looks_at in _OF_PROGRESS:
        done = view.project.reached(on=view.as_of)[-1].on
        said = (f"项目已于{done}完工", f"the project was completed on {done}")
        main = lit(rule, Colour.GREEN, said)
    else:
        before = last.colour if last and last.criterion == MAIN else None
        main = light(rule, Standpoint(pace=view.pace, chance=view.chance, last=before))
    lights = {MAIN: main} | {entry.code: found for entry in criteria if (found := _criterion(rule, entry, view))}
    judged = {code: each for code, each in lights.items() if each.colour in WORSE}
    if not judged:
        return ProjectLight(colour=Colour.NONE, rule=rule.code, criterion=MAIN, reason=_silent(rule, view), each={})
    worst = max(judged, key=lambda code: WORSE.index(judged[code].colour))
    found = judged[worst]
    return ProjectLight(colour=found.colour, rule=rule.code, criterion=worst, reason=found.reason, each=judged)


def _silent(rule: LightRuleEntry, view: View) -> Said:
    if rule.looks_at == "growth":
        return (f"{rule.zh}规则所看的，此项目都没有。", f"The project has nothing that {rule.en} looks at.")
    if rule.looks_at == "chance":
        return view.chance.why
    plan = view.project.plan(view.year)
    if plan is None or not plan.planned:
        return (f"没有{view.year}年投资计划，不亮灯。", f"There is no investment plan for {view.year}, so there is no light.")
    return (f"{view.year}年还没有月度数据，不亮灯。", f"No month of {view.year} is reported yet, so there is no light.")


def _criterion(rule: LightRuleEntry, entry: LightCriterionEntry, view: View) -> Light | None:
    if entry.rule != rule.code:
        return None
    judge = {"start": _start, "library": _library, "funds": _funds, "bonds": _bonds}.get(entry.counts)
    found = judge(entry, view) if judge else None
    return lit(rule, found[0], found[1]) if found else None


_Found = tuple[Colour, Said] | None


def _start(entry: LightCriterionEntry, view: View) -> _Found:
    missed = missed_start(view.project, year=view.year, as_of=view.as_of)
    if missed is None or missed.reason:
        return None
    said = (
        f"计划{missed.planned}开工，至{view.as_of}未开工，已{missed.months}个月，未说明原因",
        f"the start planned for {missed.planned} has not come by {view.as_of}: {_months(missed.months)} without a reason",
    )
    return above(missed.months, entry), said


def _library(entry: LightCriterionEntry, view: View) -> _Found:
    late = library_late(view.project, as_of=view.as_of)
    if late is None or (view.project.total is not None and view.project.total < int(entry.least) * _FEN):
        return None
    said = (f"开工后{late}个月未纳统", f"{_months(late)} after its start it is not in the statistical library")
    return above(late, entry), said


def _funds(entry: LightCriterionEntry, view: View) -> _Found:
    plan = view.project.plan(view.year)
    if plan is None or not plan.planned or not plan.sources or entry.red is None:
        return None
    share = sum(plan.sources.values()) / plan.planned
    cut = float(entry.red)
    said = (
        f"已落实资金占年度计划{share * 100:.0f}%，规定不低于{cut * 100:.0f}%",
        f"{share * 100:.0f} % of the year's plan is in place, and {cut * 100:.0f} % are required",
    )
    return (Colour.RED if share < cut else Colour.GREEN), said


def _bonds(entry: LightCriterionEntry, view: View) -> _Found:
    told = [_bond(entry, each, view.as_of) for each in view.bonds if each.amount > 0 and each.arrived <= view.as_of]
    return max(told, key=lambda found: WORSE.index(found[0]), default=None)


def _bond(entry: LightCriterionEntry, money: BondMoney, as_of: date) -> tuple[Colour, Said]:
    """The light of one issue: spending should follow its window, straight from the day it arrived."""
    window = (_plus(money.arrived, entry.window) - money.arrived).days
    expected = min(1.0, (as_of - money.arrived).days / window) * money.amount
    short = max(0.0, (expected - money.spent) / expected * 100) if expected else 0.0
    said = (
        f"专项债券{money_zh(money.amount)}于{money.arrived}到位，{entry.window}个月内应支出，至{as_of}应支出{money_zh(round(expected))}、"
        f"已支出{money_zh(money.spent)}，低{short:.0f}%",
        f"of special bonds of {money_en(money.amount)} that arrived on {money.arrived}, to be spent in {entry.window} months, "
        f"{money_en(round(expected))} should be spent by {as_of} and {money_en(money.spent)} are: {short:.0f} % below",
    )
    return above(round(short, 6), entry), said


def _plus(day: date, months: int) -> date:
    """The day some months later; the last of the month where there is no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def _months(count: int) -> str:
    return f"{count} month" if count == 1 else f"{count} months"


def time_in(since: date, as_of: date) -> Said:
    """How long something has lasted, in words."""
    months, days = months_between(since, as_of), (as_of - since).days
    return (f"{days}天", f"{days} days") if months < 3 else (f"{months}个月", f"{months} months")
