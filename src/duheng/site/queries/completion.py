"""How a year's targets ended, from the plans and figures of the workspace as known on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from duheng import appraise
from duheng.appraise import Completion, Judged, Outturn, ProjectsDone, TaskJudged
from duheng.collect import Figures
from duheng.measure import OWN
from duheng.plan import Nature, Plan
from duheng.site.access import Role
from duheng.site.queries import boards, figures, indicators, known, living_plan, outlook, owners, visible, years
from duheng.site.queries.indicators import Row, target
from duheng.site.records import models as records

COUNTS = ("indicators_met", "binding_met", "expected_met", "indicators_missed", "completion_rate", "expected_completion_rate")
NATURES = (Nature.BINDING, Nature.EXPECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year judged: its targets, beside last year's, and how far the projects and tasks of its plan are.

    `plan` is the stored plan of the year itself; None where only the next year's table prints its targets.
    """

    made: Completion
    last: Completion | None
    plan: records.Plan | None
    projects: ProjectsDone | None
    tasks: tuple[TaskJudged, ...]


def years_of(plan: records.Plan, *, as_of: date) -> list[int]:
    """The years of the place of which targets are known on a day, or of which a report says how many were met; the newest first."""
    plans = years.plans_of(plan)
    earlier = {one["year"] for each in plans for row in each.indicators.all() for one in row.earlier}
    said = records.Statement.objects.filter(plan__in=[each for each in plans if date(each.year, 1, 1) <= as_of], kind__in=COUNTS)
    counted = {int(period) for period in said.values_list("period", flat=True) if period.isdigit()}
    known = {each.year for each in plans} | earlier | counted
    return sorted((year for year in known if date(year, 1, 1) <= as_of), reverse=True)


def usual(known: list[int], *, as_of: date) -> int:
    """Which of these years is meant where none is named: the latest that is over, else the latest."""
    return next((year for year in known if as_of > date(year, 12, 31)), known[0])


def of(plan: records.Plan, *, year: int, as_of: date, role: Role = Role.EDITOR) -> Year:
    """The targets of `year` of the place of `plan`, judged on `as_of` by the figures that a role may see."""
    rows = years.plans_of(plan)
    plans = [living_plan.outline(each) for each in rows]
    made = _completion(rows, plans, year=year, as_of=as_of, role=role)
    last = _completion(rows, plans, year=year - 1, as_of=as_of, role=role)
    own = next((each for each in rows if each.year == year), None)
    whole = living_plan.load(own) if own is not None else None
    results = {each.promised.code: each.outturn for each in made.items if each.promised.code and each.outturn}
    return Year(
        made=made,
        last=last if last.items else None,
        plan=own,
        projects=appraise.projects_done(whole.projects) if whole is not None and whole.projects else None,
        tasks=appraise.tasks_judged(whole.tasks, _whole(results, whole, made, role), entries=known.indicators())
        if whole is not None
        else (),
    )


def _completion(rows: list[records.Plan], plans: list[Plan], *, year: int, as_of: date, role: Role) -> Completion:
    entries = known.indicators()
    sources = appraise.from_plans(plans, year=year, as_of=as_of, entries=entries)
    versions = _versions(rows, plans, year=year, as_of=as_of)
    promised = [replace(each, **versions.get(each.key, {})) for each in sources.promised]
    codes = {each.code for each in promised if each.code}
    figured = appraise.from_figures(promised, _figures(codes, role), entries=entries, year=year, as_of=as_of)
    return appraise.completion(
        promised,
        appraise.together(sources.outturns, figured),
        year=year,
        as_of=as_of,
        stated=sources.stated,
        before=sources.before,
        rule=outlook.rules().judged,
    )


def _figures(codes: set[str], role: Role) -> Figures:
    """The figures of some indicators that a role may see, and of the levels that weigh their growth."""
    wanted = codes | {f"{code.removesuffix('.growth')}.level" for code in codes if code.endswith(".growth")}
    found = records.Series.objects.filter(Q(indicator__in=wanted), area__code=OWN).select_related("area")
    return visible.figures(figures.of_series(list(found)), role)


def _versions(rows: list[records.Plan], plans: list[Plan], *, year: int, as_of: date) -> Mapping[str, dict[str, Any]]:
    """The target in force on a day, and the one first set, of each indicator of the year's plan whose target was revised."""
    at = next((place for place, each in enumerate(rows) if each.year == year), None)
    if at is None:
        return {}
    found: dict[str, dict[str, Any]] = {}
    stored = rows[at].indicators.prefetch_related("targets")
    for key, row in zip(appraise.keyed(plans[at]), stored, strict=False):
        versions = sorted(row.targets.all(), key=lambda version: version.number)
        if len(versions) > 1:
            force = [version for version in versions if version.number == 1 or version.at.date() <= as_of]
            found[key] = {"target": target(force[-1])}
            if len(force) > 1 and _aims(versions[0]) != _aims(force[-1]):
                found[key]["first"] = target(versions[0])
    return found


def _aims(version: records.TargetVersion) -> tuple[Any, ...]:
    """What a version aims at: a confirmation by the superior changes nothing of it."""
    return version.kind, version.value, version.value2, version.text


def _whole(results: Mapping[str, Outturn], plan: Plan, made: Completion, role: Role) -> Mapping[str, Outturn]:
    """Whole-year results by code: those of the targets, and of what only tasks promise."""
    codes = {one.indicator for task in plan.tasks for one in task.commitments if one.indicator} - set(results)
    asked = [
        appraise.Promised(
            key=code, name=code, unit=one.unit, nature=Nature.UNSTATED, target=appraise.promise_target(one), code=code
        )
        for task in plan.tasks
        for one in task.commitments
        if (code := one.indicator) in codes and code
    ]
    if not asked:
        return results
    held = _figures(set(codes), role)
    found = appraise.from_figures(asked, held, entries=known.indicators(), year=made.year, as_of=made.as_of)
    over = made.as_of > date(made.year, 12, 31)
    return {**results, **{code: each[0] for code, each in found.items() if over and each[0].whole}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One target on the page of completion: with its row in a stored plan, last year's verdict, and its rank among peers."""

    each: Judged
    english: str
    row: Row | None
    before: Judged | None
    rank: tuple[int, int] | None

    @property
    def name(self) -> str:
        """What the plan calls it."""
        return self.each.promised.name

    @property
    def plain(self) -> bool:
        """Whether the reason of the verdict can be read in English: one with a unit of 万 or a word repeats the row's own cells."""
        return self.each.verdict.margin is None or (self.each.promised.target.unit or self.each.promised.unit) in ("%", "‰", "")

    @property
    def offices(self) -> frozenset[str]:
        """What a filter by office compares."""
        return self.row.owner.keys if self.row else frozenset((owners.NOBODY,))


def lines(year: Year, *, plan: records.Plan, role: Role) -> list[Line]:
    """The targets of a year in the order of its table, those that only the text has last."""
    rows = _rows(year, plan)
    last = {each.promised.key: each for each in year.last.items} if year.last else {}
    codes = {each.promised.code for each in year.made.items if each.promised.code}
    ranks = boards.ranks(codes, year=year.made.year, role=role, as_of=year.made.as_of)
    return [
        Line(
            each=each,
            english=entry.en if (entry := known.entry(each.promised.code)) else "",
            row=rows.get(each.promised.key),
            before=last.get(each.promised.key),
            rank=ranks.get(each.promised.code or ""),
        )
        for each in sorted(year.made.items, key=lambda one: not one.promised.listed)
    ]


def _rows(year: Year, plan: records.Plan) -> dict[str, Row]:
    """The rows of the stored plan that has the year's targets: its own, else the next year's."""
    after = next((each for each in years.plans_of(plan) if each.year == year.made.year + 1), None)
    holder = year.plan or after
    if holder is None:
        return {}
    return dict(zip(appraise.keyed(living_plan.outline(holder)), indicators.rows(holder), strict=False))
