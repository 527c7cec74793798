"""How a year's targets ended, from the plans and figures of the workspace as known on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from duheng import appraise
from duheng.appraise import Completion, Judged, Outturn, ProjectsDone, Tally, TaskJudged
from duheng.measure import OWN
from duheng.plan import Nature, Plan, target_to_dict
from duheng.site.queries import figures, known, living_plan, outlook, wording, years
from duheng.site.queries.indicators import target
from duheng.site.records import models as records

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
    """The years of the place that have targets as known on a day, the newest first."""
    plans = years.plans_of(plan)
    earlier = {one["year"] for each in plans for row in each.indicators.all() for one in row.earlier}
    return sorted((year for year in {each.year for each in plans} | earlier if date(year, 1, 1) <= as_of), reverse=True)


def usual(known: list[int], *, as_of: date) -> int:
    """Which of these years is meant where none is named: the latest that is over, else the latest."""
    return next((year for year in known if as_of > date(year, 12, 31)), known[0])


def of(plan: records.Plan, *, year: int, as_of: date) -> Year:
    """The targets of `year` of the place of `plan`, judged on `as_of`."""
    rows = years.plans_of(plan)
    plans = [living_plan.outline(each) for each in rows]
    made = _completion(rows, plans, year=year, as_of=as_of)
    last = _completion(rows, plans, year=year - 1, as_of=as_of)
    own = next((each for each in rows if each.year == year), None)
    whole = living_plan.load(own) if own is not None else None
    results = {each.promised.code: each.outturn for each in made.items if each.promised.code and each.outturn}
    return Year(
        made=made,
        last=last if last.items else None,
        plan=own,
        projects=appraise.projects_done(whole.projects) if whole is not None and whole.projects else None,
        tasks=appraise.tasks_judged(whole.tasks, _whole(results, whole, year, as_of), entries=known.indicators())
        if whole is not None
        else (),
    )


def _completion(rows: list[records.Plan], plans: list[Plan], *, year: int, as_of: date) -> Completion:
    entries = known.indicators()
    sources = appraise.from_plans(plans, year=year, as_of=as_of, entries=entries)
    versions = _versions(rows, plans, year=year, as_of=as_of)
    promised = [replace(each, **versions.get(each.key, {})) for each in sources.promised]
    codes = {each.code for each in promised if each.code}
    figured = appraise.from_figures(promised, _figures(codes), entries=entries, year=year, as_of=as_of)
    return appraise.completion(
        promised,
        appraise.together(sources.outturns, figured),
        year=year,
        as_of=as_of,
        stated=sources.stated,
        before=sources.before,
        rule=outlook.rules().judged,
    )


def _figures(codes: set[str]) -> Any:
    """The figures of some indicators, and of the levels that weigh their growth."""
    wanted = codes | {f"{code.removesuffix('.growth')}.level" for code in codes if code.endswith(".growth")}
    found = records.Series.objects.filter(Q(indicator__in=wanted), area__code=OWN).select_related("area")
    return figures.of_series(list(found))


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
            if len(force) > 1:
                found[key]["first"] = target(versions[0])
    return found


def _whole(results: Mapping[str, Outturn], plan: Plan, year: int, as_of: date) -> Mapping[str, Outturn]:
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
    found = appraise.from_figures(asked, _figures(set(codes)), entries=known.indicators(), year=year, as_of=as_of)
    over = as_of > date(year, 12, 31)
    return {**results, **{code: each[0] for code, each in found.items() if over and each[0].whole}}


def told(year: Year) -> dict[str, Any]:
    """A year judged as plain values, for programs."""
    made = year.made
    return {
        "year": made.year,
        "as_of": made.as_of.isoformat(),
        "stated": [
            {
                "kind": held.statement.kind,
                "words": list(wording.STATEMENTS[held.statement.kind]),
                "value": float(held.statement.value),
                "unit": held.statement.unit,
                "computed": [float(held.low), float(held.high)],
                "agrees": held.agrees,
                "sentence": held.statement.mention.sentence,
            }
            for held in made.stated
        ],
        "computed": {
            "all": _tally(made.tally()),
            **{nature.value: _tally(made.tally(nature)) for nature in NATURES},
        },
        "last_year": _tally(year.last.tally()) if year.last else None,
        "targets": [_item(each) for each in made.items],
        "projects": _projects(year.projects),
        "tasks": [{"number": each.task.number, "title": each.task.title, "outcome": each.outcome.value} for each in year.tasks],
    }


def _tally(count: Tally) -> dict[str, Any]:
    return {
        "total": count.total,
        "met": count.met,
        "basically_met": count.basically_met,
        "missed": count.missed,
        "not_yet_known": count.open,
        "rate": float(count.rate) if count.rate is not None else None,
    }


def _item(each: Judged) -> dict[str, Any]:
    entry = known.entry(each.promised.code)
    languages = ("zh", "en")
    return {
        "indicator": each.promised.code or each.promised.name,
        "name": [each.promised.name, entry.en if entry else ""],
        "unit": each.promised.unit,
        "nature": each.promised.nature.value,
        "target": target_to_dict(each.promised.target)
        | {"said": [wording.target(each.promised.target, unit=each.promised.unit, language=one) for one in languages]},
        "first": target_to_dict(each.promised.first) if each.promised.first else None,
        "result": _outturn(each.outturn),
        "so_far": _outturn(each.so_far),
        "outcome": each.outcome.value,
        "outcome_at_first": each.at_first.outcome.value if each.at_first else None,
        "margin": float(each.verdict.margin) if each.verdict.margin is not None else None,
        "why": list(each.verdict.why),
        "provisional": each.provisional,
        "otherwise": _outturn(each.otherwise),
        "due": each.due.isoformat() if each.due else None,
    }


def _outturn(each: Outturn | None) -> dict[str, Any] | None:
    if each is None:
        return None
    mark = wording.COMPARATORS.get(each.comparator, "")
    return {
        "value": float(each.value),
        "unit": each.unit,
        "said": [f"{mark}{wording.quantity(each.value, each.unit, language=one)}" for one in ("zh", "en")],
        "origin": each.origin.value,
        "comparator": each.comparator,
        "known_to": each.known_to,
        "estimate": each.estimate,
        "simulated": each.simulated,
    }


def _projects(done: ProjectsDone | None) -> dict[str, Any] | None:
    if done is None:
        return None
    return {
        "total": done.total,
        "stages": {stage.value: count for stage, count in done.stages.items()},
        "aimed": done.aimed,
        "reached": done.reached,
        "unknown": done.unknown,
        "short": [each.name for each in done.short],
    }
