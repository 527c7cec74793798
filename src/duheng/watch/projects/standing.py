"""How each project of a pool stands in a year: stage, progress, money, what is late, the chance and the lights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from duheng.catalog import BaseRateEntry, LightCriterionEntry, LightRuleEntry
from duheng.plan.plan import Stage
from duheng.plan.pool import MonthReport, PoolProject, Problem
from duheng.watch.chance import Chance
from duheng.watch.projects.criteria import BondMoney, Last, ProjectLight, View, project_light
from duheng.watch.projects.ending import Ending, endings
from duheng.watch.projects.lateness import (
    MilestoneState,
    MissedStart,
    Stalled,
    library_late,
    milestones,
    missed_start,
    stalled,
)
from duheng.watch.projects.money import Difference, differences
from duheng.watch.projects.past import Past, lived
from duheng.watch.projects.progress import Progress, progress, reports

_STALL = "stall"
_STALL_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRules:
    """By what projects are judged: rule sets for lights, what else they look at, and base rates; all of it data."""

    lights: Mapping[str, LightRuleEntry]
    criteria: Mapping[str, LightCriterionEntry] = field(default_factory=dict)
    rates: Mapping[str, BaseRateEntry] = field(default_factory=dict)

    @property
    def stall_months(self) -> int:
        """Months without any progress from which a project is told to stand still."""
        told = (int(each.red) for each in self.criteria.values() if each.counts == _STALL and each.red is not None)
        return next(told, _STALL_MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStanding:
    """How one project stands in a year, by what was known on a day; `lights` by the code of their rule set. Money is fen.

    `newest` is the newest month reported of the year; `progress` is None where the year has no plan of money or no report.
    """

    code: str
    year: int
    as_of: date
    stage: Stage
    since: date | None
    newest: MonthReport | None
    progress: Progress | None
    ending: Ending
    lights: Mapping[str, ProjectLight]
    missed: MissedStart | None
    library_late: int | None
    stalled: Stalled | None
    milestones: tuple[MilestoneState, ...]
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]  # open
    overdue: int  # of them past their day

    @property
    def chance(self) -> Chance:
        """P(the year's investment is completed)."""
        return self.ending.chance


def standings(
    projects: Sequence[PoolProject],
    *,
    year: int,
    as_of: date,
    rules: ProjectRules,
    seed: int,
    last: Mapping[tuple[str, str], Last] | None = None,
    bonds: Mapping[str, Sequence[BondMoney]] | None = None,
    past: Past | None = None,
) -> list[ProjectStanding]:
    """The standing of every project in `year`, in their order, by what was known on the day `as_of`.

    Chances are worked out from the years in `past`, or from the past years of the `projects` themselves. `last` holds the light
    each showed last, by (code of the project, code of the rule set); `bonds` their special-bond money by code. The same `seed`
    gives the same chances.
    """
    known = [progress(each, year=year, as_of=as_of) for each in projects]
    before = past if past is not None else Past.of(lived(projects, before=year))
    ends = endings(projects, known, year=year, as_of=as_of, past=before, rates=rules.rates, seed=seed)
    return [
        _standing(
            View(
                project=each,
                year=year,
                as_of=as_of,
                pace=at.pace() if at else None,
                chance=ending.chance,
                bonds=(bonds or {}).get(each.code, ()),
            ),
            at,
            ending,
            rules=rules,
            last=last or {},
        )
        for each, at, ending in zip(projects, known, ends, strict=True)
    ]


def _standing(
    view: View, at: Progress | None, ending: Ending, *, rules: ProjectRules, last: Mapping[tuple[str, str], Last]
) -> ProjectStanding:
    project, year, as_of = view.project, view.year, view.as_of
    reached = project.reached(on=as_of)
    told = reports(project, year, as_of=as_of)
    unsettled = tuple(each for each in project.problems if each.settled is None or each.settled > as_of)
    return ProjectStanding(
        code=project.code,
        year=year,
        as_of=as_of,
        stage=reached[-1].stage if reached else Stage.UNKNOWN,
        since=reached[-1].on if reached else None,
        newest=told[max(told)] if told else None,
        progress=at,
        ending=ending,
        lights={
            code: project_light(rule, rules.criteria.values(), view, last=last.get((project.code, code)))
            for code, rule in rules.lights.items()
        },
        missed=missed_start(project, year=year, as_of=as_of),
        library_late=library_late(project, as_of=as_of),
        stalled=stalled(project, year=year, as_of=as_of, months=rules.stall_months),
        milestones=tuple(milestones(project.milestones, as_of=as_of)),
        differences=tuple(differences(project, year=year, as_of=as_of)),
        problems=unsettled,
        overdue=sum(each.due is not None and each.due < as_of for each in unsettled),
    )
