"""Keeping how projects of the pool stand: worked out anew for those whose facts changed, every light that turned with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from duheng.plan.plan import Stage
from duheng.plan.pool import MonthReport, PoolProject, StageChange
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.queries import pool_bonds, pool_outlook, pool_past, pool_values
from duheng.site.records import models as records
from duheng.watch import Colour, Method, projects

_BATCH = 500
_FIELDS = (
    "as_of", "stage", "stage_since", "started", "completed", "onset", "planned", "month", "silent", "works", "counted", "paid",
    "done", "done_q1", "done_q2", "done_q3", "done_q4", "due", "share", "lag", "chance", "method", "why_zh",
    "why_en", "path", "in_library", "problems", "overdue", "stalled_zh", "stalled_en",
)  # fmt: skip
_Key = tuple[int, int, str]  # project, year, rule
_GATHERED: ContextVar[set[int] | None] = ContextVar("gathered", default=None)  # projects to work out at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What came of working the pool out: projects, and lights of this year that turned."""

    projects: int
    turned: int


@transaction.atomic
def refresh(*, by: By, at: datetime, as_of: date) -> Refreshed:
    """Work out how every project of the pool stands on `as_of`, and at the end of each earlier year it has facts of."""
    access.require(by, "watch.refresh")
    records.PoolStanding.objects.filter(Q(project__withdrawn=True) | Q(project__merged_into__isnull=False)).delete()
    done = _work_out(list(records.PoolProject.objects.all()), at=at, as_of=as_of)
    _turn()
    on = records.PoolProject.objects.first()
    if on is not None:
        event.record(
            by=by, at=at, kind="pool.refresh", on=on,
            after={"as_of": str(as_of), "projects": done.projects, "turned": done.turned},
        )  # fmt: skip
    return done


@contextmanager
def gathered(*, at: datetime, as_of: date) -> Iterator[None]:
    """Let many actions tell things of projects, and work these out once at the end."""
    token = _GATHERED.set(set())
    try:
        yield
        keys = _GATHERED.get() or set()
    finally:
        _GATHERED.reset(token)
    changed(at=at, as_of=as_of, keys=keys)


@transaction.atomic
def changed(*, at: datetime, as_of: date, keys: Collection[int]) -> Refreshed:
    """Work out anew the projects whose facts an action has just changed; the action's own event tells of it.

    Those that were merged into another, or whose load was undone, stand nowhere from now on.
    """
    done = Counter[str]()
    gathering = _GATHERED.get()
    if gathering is not None:
        gathering.update(keys)
        return Refreshed(projects=0, turned=0)
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        rows = list(records.PoolProject.objects.filter(pk__in=some))
        gone = set(some) - {row.pk for row in rows}
        records.PoolStanding.objects.filter(project__in=gone).delete()
        told = _work_out(rows, at=at, as_of=as_of)
        done.update(projects=told.projects, turned=told.turned)
    _turn()
    return Refreshed(projects=done["projects"], turned=done["turned"])


def _turn() -> None:
    """Tell everyone who keeps anything of the standings that it is old."""
    records.PoolTurn.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})


def _work_out(rows: Sequence[records.PoolProject], *, at: datetime, as_of: date) -> Refreshed:
    turned = 0
    for start in range(0, len(rows), _BATCH):
        some = {row.pk: row for row in rows[start : start + _BATCH]}
        values = pool_values.of(some.values())
        last = _last(some)
        told = _standings(values, last, as_of=as_of)
        made = [_columns(some[pk], values[pk], standing) for pk, standing in told]
        _drop_other_years(some, made)
        kept = records.PoolStanding.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["project", "year"], update_fields=list(_FIELDS)
        )
        turned += _keep_lights([(row, standing) for row, (_, standing) in zip(kept, told, strict=True)], last, at, as_of.year)
    return Refreshed(projects=len(rows), turned=turned)


def _standings(
    values: Mapping[int, PoolProject], last: Mapping[_Key, projects.Last], *, as_of: date
) -> list[tuple[int, projects.ProjectStanding]]:
    """Each project in each year it has facts of, and in this one; by what is known now, at the end of years that are over."""
    by_year: dict[int, list[int]] = {}
    for pk, value in values.items():
        for year in {plan.year for plan in value.years} | {month.year for month in value.months} | {as_of.year}:
            by_year.setdefault(year, []).append(pk)
    found: list[tuple[int, projects.ProjectStanding]] = []
    past, bonds = pool_past.past(before=as_of.year), pool_bonds.Bonds(values)
    for year, keys in sorted(by_year.items()):
        day = as_of if as_of.year <= year else date(year, 12, 31)
        before = {(values[pk].code, rule): light for (pk, of, rule), light in last.items() if of == year}
        told = projects.standings(
            [values[pk] for pk in keys],
            year=year,
            as_of=day,
            rules=pool_outlook.rules(),
            seed=pool_outlook.SEED,
            last=before,
            past=past,
            bonds={values[pk].code: bonds.of(pk, as_of=day) for pk in keys},
        )
        found += zip(keys, told, strict=True)
    return found


def _columns(row: records.PoolProject, value: PoolProject, told: projects.ProjectStanding) -> records.PoolStanding:
    plan, at = value.plan(told.year), told.progress
    months = list(projects.reports(value, told.year, as_of=told.as_of).values())
    before = [each for each in value.months if each.year <= told.year]
    reasons = told.stalled.reasons if told.stalled else ()
    return records.PoolStanding(
        project=row,
        year=told.year,
        as_of=told.as_of,
        stage=told.stage.value,
        stage_since=told.since,
        started=projects.started_on(value, as_of=told.as_of),
        completed=next((each.on for each in value.reached(on=told.as_of) if _completes(each, told.year)), None),
        onset=plan.onset.value if plan and plan.onset else "",
        planned=plan.planned if plan else None,
        month=told.newest.month if told.newest else None,
        silent=at.silent if at else 0,
        works=_newest(months, "works"),
        counted=_newest(months, "counted"),
        paid=_newest(months, "paid"),
        done=at.done if at else None,
        due=_due(value, told),
        **_quarters(value, told),
        share=at.share if at else None,
        lag=at.lag if at else None,
        chance=told.chance.p,
        method=told.chance.method.value,
        why_zh=told.chance.why[0],
        why_en=told.chance.why[1],
        path=_path(told.ending),
        in_library=_newest(before, "in_library"),
        problems=len(told.problems),
        overdue=told.overdue,
        stalled_zh="；".join(zh for zh, _ in reasons),
        stalled_en="; ".join(en for _, en in reasons),
    )


def _quarters(value: PoolProject, told: projects.ProjectStanding) -> dict[str, int]:
    """What is done by the end of each quarter, as a summary of the quarter counts it."""
    ends = {f"done_q{number}": 3 * number for number in range(1, 5)}
    return {name: projects.summary([value], year=told.year, through=month, as_of=told.as_of).done for name, month in ends.items()}


def _completes(change: StageChange, year: int) -> bool:
    return change.stage is Stage.COMPLETED and change.on.year == year


def _due(value: PoolProject, told: projects.ProjectStanding) -> int | None:
    """What should be done by now; where no month is reported, by the month before the last that ended."""
    plan = value.plan(told.year)
    if plan is None or plan.planned is None:
        return None
    if told.progress:
        return round(plan.planned * told.progress.time)
    over = told.as_of.year > told.year or (told.as_of.month, told.as_of.day) == (12, 31)
    return round(plan.planned * projects.time_share(value, told.year, 12 if over else max(0, told.as_of.month - 2))[0])


def _path(ending: projects.Ending) -> list[list[int]] | None:
    """What the year may come to, for the chart; nothing where it is decided or nothing can be said."""
    if ending.fan is None or ending.chance.method is Method.DECIDED:
        return None
    return [[round(amount) for amount in line] for line in ending.fan]


def _newest(months: Sequence[MonthReport], name: str) -> Any:
    """What the newest month says that says it at all."""
    return next((value for each in reversed(months) if (value := getattr(each, name)) is not None), None)


def _drop_other_years(rows: Collection[int], made: Sequence[records.PoolStanding]) -> None:
    """Forget years of which a project has no facts any more."""
    keep = {(each.project_id, each.year) for each in made}
    old = records.PoolStanding.objects.filter(project__in=rows).values_list("pk", "project_id", "year")
    gone = [pk for pk, project, year in old if (project, year) not in keep]
    records.PoolStanding.objects.filter(pk__in=gone).delete()


def _last(rows: Collection[int]) -> dict[_Key, projects.Last]:
    lights = records.PoolLight.objects.filter(standing__project__in=rows)
    told = lights.values_list("standing__project_id", "standing__year", "rule", "colour", "criterion")
    return {
        (project, year, rule): projects.Last(colour=Colour(colour), criterion=criterion)
        for project, year, rule, colour, criterion in told
    }


def _keep_lights(
    told: Sequence[tuple[records.PoolStanding, projects.ProjectStanding]],
    last: Mapping[_Key, projects.Last],
    at: datetime,
    this_year: int,
) -> int:
    kept: list[records.PoolLight] = []
    turned: list[records.PoolLight] = []
    changes: list[records.PoolLightChange] = []
    for row, standing in told:
        for rule, light in standing.lights.items():
            known = last.get((row.project_id, row.year, rule))
            reason = {"reason_zh": light.reason[0], "reason_en": light.reason[1]}
            same = known is not None and known.colour is light.colour
            (kept if same else turned).append(_light(row, light, reason))
            if known is not None and not same and row.year == this_year:
                turn = {"before": known.colour.value, "after": light.colour.value, "as_of": row.as_of, "at": at}
                changes.append(records.PoolLightChange(project_id=row.project_id, rule=rule, **turn, **reason))
    _store(kept, ["reason_zh", "reason_en", "criterion"])
    _store(turned, ["reason_zh", "reason_en", "criterion", "colour", "since"])
    records.PoolLightChange.objects.bulk_create(changes)
    return len(changes)


def _light(row: records.PoolStanding, light: projects.ProjectLight, reason: Mapping[str, str]) -> records.PoolLight:
    return records.PoolLight(
        standing=row, rule=light.rule, colour=light.colour.value, criterion=light.criterion, since=row.as_of, **reason
    )


def _store(lights: Sequence[records.PoolLight], fields: list[str]) -> None:
    records.PoolLight.objects.bulk_create(lights, update_conflicts=True, unique_fields=["standing", "rule"], update_fields=fields)
