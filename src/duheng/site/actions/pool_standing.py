"""Keeping how projects of the pool stand: worked out anew for those whose facts changed, every light that turned with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from duheng import watch
from duheng.plan import pool as nouns
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.queries import outlook, pool_values
from duheng.site.records import models as records
from duheng.watch import Colour

_BATCH = 500
_FIELDS = (
    "as_of", "stage", "stage_since", "onset", "planned", "month", "works", "counted", "paid", "share", "lag", "chance",
    "in_library", "problems", "overdue", "stalled_zh", "stalled_en",
)  # fmt: skip
_Key = tuple[int, int, str]  # project, year, rule


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
    on = records.PoolProject.objects.first()
    if on is not None:
        event.record(
            by=by, at=at, kind="pool.refresh", on=on,
            after={"as_of": str(as_of), "projects": done.projects, "turned": done.turned},
        )  # fmt: skip
    return done


@transaction.atomic
def changed(*, at: datetime, as_of: date, projects: Collection[int]) -> Refreshed:
    """Work out anew the projects whose facts an action has just changed; the action's own event tells of it.

    Those that were merged into another, or whose load was undone, stand nowhere from now on.
    """
    done = Counter[str]()
    wanted = sorted(set(projects))
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        rows = list(records.PoolProject.objects.filter(pk__in=some))
        gone = set(some) - {row.pk for row in rows}
        records.PoolStanding.objects.filter(project__in=gone).delete()
        told = _work_out(rows, at=at, as_of=as_of)
        done.update(projects=told.projects, turned=told.turned)
    return Refreshed(projects=done["projects"], turned=done["turned"])


def _work_out(rows: Sequence[records.PoolProject], *, at: datetime, as_of: date) -> Refreshed:
    turned = 0
    for start in range(0, len(rows), _BATCH):
        some = rows[start : start + _BATCH]
        values = pool_values.of(some)
        made = [standing for row in some for standing in _standings(row, values[row.pk], as_of)]
        _drop_other_years(some, made)
        last = _last(some)
        kept = records.PoolStanding.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["project", "year"], update_fields=list(_FIELDS)
        )
        turned += _keep_lights(kept, values, last, at=at, this_year=as_of.year)
    return Refreshed(projects=len(rows), turned=turned)


def _standings(row: records.PoolProject, value: nouns.PoolProject, as_of: date) -> Iterator[records.PoolStanding]:
    years = {plan.year for plan in value.years} | {month.year for month in value.months} | {as_of.year}
    for year in sorted(years):
        yield _standing(row, value, year=year, as_of=min(as_of, date(year, 12, 31)))


def _standing(row: records.PoolProject, value: nouns.PoolProject, *, year: int, as_of: date) -> records.PoolStanding:
    plan = next((each for each in value.years if each.year == year), None)
    months = [each for each in value.months if each.year == year]
    reached = max((each for each in value.stages if each.on <= as_of), key=lambda each: each.on, default=None)
    open_now = [each for each in value.problems if each.settled is None or each.settled > as_of]
    works = _newest(months, "works")
    planned = plan.planned if plan else None
    return records.PoolStanding(
        project=row,
        year=year,
        as_of=as_of,
        stage=value.stage(on=as_of).value,
        stage_since=reached.on if reached else None,
        onset=plan.onset.value if plan and plan.onset else "",
        planned=planned,
        month=months[-1].month if months else None,
        works=works,
        counted=_newest(months, "counted"),
        paid=_newest(months, "paid"),
        share=works / planned if works is not None and planned else None,
        in_library=_newest([each for each in value.months if each.year <= year], "in_library"),
        problems=len(open_now),
        overdue=sum(each.due is not None and each.due < as_of for each in open_now),
    )


def _newest(months: Sequence[nouns.MonthReport], name: str) -> Any:
    """What the newest month says that says it at all."""
    return next((getattr(each, name) for each in reversed(months) if getattr(each, name) is not None), None)


def _drop_other_years(rows: Sequence[records.PoolProject], made: Sequence[records.PoolStanding]) -> None:
    """Forget years of which a project has no facts any more."""
    keep = {(each.project_id, each.year) for each in made}
    old = records.PoolStanding.objects.filter(project__in=rows).values_list("pk", "project_id", "year")
    gone = [pk for pk, project, year in old if (project, year) not in keep]
    records.PoolStanding.objects.filter(pk__in=gone).delete()


def _last(rows: Sequence[records.PoolProject]) -> dict[_Key, Colour]:
    lights = records.PoolLight.objects.filter(standing__project__in=rows)
    told = lights.values_list("standing__project_id", "standing__year", "rule", "colour")
    return {(project, year, rule): Colour(colour) for project, year, rule, colour in told}


def _keep_lights(
    standings: Sequence[records.PoolStanding],
    values: Mapping[int, nouns.PoolProject],
    last: Mapping[_Key, Colour],
    *,
    at: datetime,
    this_year: int,
) -> int:
    kept: list[records.PoolLight] = []
    turned: list[records.PoolLight] = []
    changes: list[records.PoolLightChange] = []
    for standing in standings:
        for rule in outlook.rules().lights.values():
            before = last.get((standing.project_id, standing.year, rule.code))
            light = _light(rule, standing, before)
            reason = {"reason_zh": light.reason[0], "reason_en": light.reason[1]}
            row = records.PoolLight(standing=standing, rule=rule.code, colour=light.colour.value, since=standing.as_of, **reason)
            (kept if before is light.colour else turned).append(row)
            if before is not None and before is not light.colour and standing.year == this_year:
                turn = {"before": before.value, "after": light.colour.value, "as_of": standing.as_of, "at": at}
                changes.append(records.PoolLightChange(project_id=standing.project_id, rule=rule.code, **turn, **reason))
    _store(kept, ["reason_zh", "reason_en"])
    _store(turned, ["reason_zh", "reason_en", "colour", "since"])
    records.PoolLightChange.objects.bulk_create(changes)
    return len(changes)


def _store(lights: Sequence[records.PoolLight], fields: list[str]) -> None:
    records.PoolLight.objects.bulk_create(lights, update_conflicts=True, unique_fields=["standing", "rule"], update_fields=fields)


def _light(rule: Any, standing: records.PoolStanding, last: Colour | None) -> watch.Light:
    pace = None
    if standing.share is not None and standing.month and standing.planned:
        elapsed = standing.month / 12
        pace = watch.Pace(
            reached=standing.share, goal=1.0, elapsed=elapsed, lag=(standing.share - elapsed) * 100,
            ratio=standing.share / elapsed,
        )  # fmt: skip
    return watch.light(rule, watch.Standpoint(pace=pace, chance=None, last=last))
