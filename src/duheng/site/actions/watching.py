"""Keeping how targets stand: worked out anew when figures or targets change, every light that turned with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from duheng import watch
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.queries import living_plan, outlook
from duheng.site.records import models as records
from duheng.watch import Colour

_FIELDS = (
    "as_of", "computed_at", "series", "known_to", "simulated", "accumulation", "pace", "p", "method", "why_zh", "why_en",
    "median", "low80", "high80", "office_estimate", "office_off", "office_years", "above", "rank", "path",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What came of working a plan's outlook out: targets, and lights that turned."""

    targets: int
    turned: int


@transaction.atomic
def refresh(
    *, by: By, at: datetime, plan_id: int, as_of: date, codes: Collection[str] | None = None, rebuild: bool = False
) -> Refreshed:
    """Work out how the targets of a plan stand on `as_of`, and how they stood at each month's end before it that is not kept yet.

    `codes` names the indicators whose figures changed: only they are worked out, and what is held beside them. `rebuild` forgets
    what was kept first, as when a load was taken back.
    """
    access.require(by, "watch.refresh")
    if not _of_here().filter(pk=plan_id).exists():
        return Refreshed(targets=0, turned=0)
    plan = records.Plan.objects.select_for_update().get(pk=plan_id)
    if rebuild:
        _forget(plan)
    rows = _rows(plan, codes)
    turned = 0
    held = outlook.fetch(outlook.watched(rows))
    for day in (*([] if codes is not None else _missing(plan, as_of)), as_of):
        last = _last(rows)
        standings = outlook.work_out(rows, year=plan.year, as_of=day, last=last, held=held)
        _keep_points(rows, standings, day)
        turned += _keep_lights(rows, standings, last, day=day, at=at)
    _keep(rows, standings, plan.year, as_of=as_of, at=at)
    event.record(by=by, at=at, kind="watch.refresh", on=plan, after={"as_of": str(as_of), "targets": len(rows), "turned": turned})
    return Refreshed(targets=len(rows), turned=turned)


def figures_changed(*, by: By, at: datetime, codes: Collection[str], taken_back: bool = False) -> None:
    """Work out anew what rests on the figures of some indicators; all of it where figures that were counted on are taken back."""
    wanted = set(codes) | {f"{code.removesuffix('.level')}.growth" for code in codes if code.endswith(".level")}
    for plan in _of_here().filter(indicators__code__in=wanted).distinct():
        begun = records.Standing.objects.filter(indicator__plan=plan).exists()
        only = wanted if begun and not taken_back else None
        refresh(by=by, at=at, plan_id=plan.pk, as_of=localdate(at), codes=only, rebuild=taken_back)


def _of_here() -> QuerySet[records.Plan]:
    """The plans that the workspace's figures are about: those of the place whose plan is the newest, and of a year that is known."""
    newest = living_plan.current()
    return records.Plan.objects.filter(area=newest.area if newest else "", year__gt=0)


def _forget(plan: records.Plan) -> None:
    for noun in (records.Standing, records.StandingPoint, records.Light, records.LightChange):
        noun._default_manager.filter(indicator__plan=plan).delete()


def _rows(plan: records.Plan, codes: Collection[str] | None) -> list[records.Indicator]:
    """The indicators to work out: all, or those of some codes with those that are held beside them."""
    rows = list(plan.indicators.prefetch_related("targets"))
    if codes is None:
        return rows
    wanted = set(codes)
    asked = {each.key: each for each in outlook.watched(rows)}
    return [row for row in rows if row.code in wanted or _beside(asked[str(row.pk)]) & wanted]


def _beside(asked: watch.Watched) -> set[str]:
    return {reference.code for reference in getattr(asked.target, "references", ()) if reference.code}


def _missing(plan: records.Plan, as_of: date) -> list[date]:
    """The month's ends of the plan's year before `as_of` of which nothing is kept."""
    kept = set(records.StandingPoint.objects.filter(indicator__plan=plan).values_list("as_of", flat=True))
    ends = [date(plan.year + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(1, 13)]
    return [end for end in ends if end < as_of and end not in kept]


def _last(rows: Sequence[records.Indicator]) -> dict[tuple[str, str], Colour]:
    lights = records.Light.objects.filter(indicator__in=rows)
    return {(str(light.indicator_id), light.rule): Colour(light.colour) for light in lights}


def _keep_points(rows: Sequence[records.Indicator], standings: Sequence[watch.Standing], day: date) -> None:
    records.StandingPoint.objects.filter(indicator__in=rows, as_of=day).delete()
    records.StandingPoint.objects.bulk_create(
        records.StandingPoint(
            indicator=row,
            as_of=day,
            known_to=standing.course.known_to if standing.course else "",
            reached=standing.pace.reached if standing.pace else None,
            p=standing.chance.p,
            method=standing.chance.method.value,
            **_ends(standing),
        )
        for row, standing in zip(rows, standings, strict=True)
    )


def _ends(standing: watch.Standing) -> dict[str, float | None]:
    """Where the year may end; nothing where nothing can be said."""
    prospect = standing.prospect
    shares = {"median": 0.5, "low80": 0.1, "high80": 0.9}
    return {name: prospect.quantile(share) if prospect else None for name, share in shares.items()}


def _keep_lights(
    rows: Sequence[records.Indicator],
    standings: Sequence[watch.Standing],
    last: Mapping[tuple[str, str], Colour],
    *,
    day: date,
    at: datetime,
) -> int:
    changes, lights = [], []
    for row, standing in zip(rows, standings, strict=True):
        for rule, light in standing.lights.items():
            reason = {"reason_zh": light.reason[0], "reason_en": light.reason[1]}
            before = last.get((str(row.pk), rule))
            lights.append(records.Light(indicator=row, rule=rule, colour=light.colour.value, since=day, **reason))
            if before is not None and before is not light.colour:
                turn = {"before": before.value, "after": light.colour.value, "as_of": day, "at": at}
                changes.append(records.LightChange(indicator=row, rule=rule, **turn, **reason))
    _store_lights(lights, last)
    records.LightChange.objects.bulk_create(changes)
    return len(changes)


def _store_lights(lights: Sequence[records.Light], last: Mapping[tuple[str, str], Colour]) -> None:
    """Each light as it is now; its day stays where its colour does."""
    kept: list[records.Light] = []
    turned: list[records.Light] = []
    for light in lights:
        (kept if last.get((str(light.indicator_id), light.rule)) == light.colour else turned).append(light)
    unique = ["indicator", "rule"]
    reasons = ["reason_zh", "reason_en"]
    records.Light.objects.bulk_create(kept, update_conflicts=True, unique_fields=unique, update_fields=reasons)
    records.Light.objects.bulk_create(
        turned, update_conflicts=True, unique_fields=unique, update_fields=[*reasons, "colour", "since"]
    )


def _keep(
    rows: Sequence[records.Indicator], standings: Sequence[watch.Standing], year: int, *, as_of: date, at: datetime
) -> None:
    records.Standing.objects.bulk_create(
        (
            records.Standing(indicator=row, as_of=as_of, computed_at=at, **_columns(standing, year))
            for row, standing in zip(rows, standings, strict=True)
        ),
        update_conflicts=True,
        unique_fields=["indicator"],
        update_fields=list(_FIELDS),
    )


def _columns(standing: watch.Standing, year: int) -> dict[str, Any]:
    course, chance = standing.course, standing.chance
    return {
        "series": course.series.key if course else "",
        "known_to": course.known_to if course else "",
        "simulated": course.simulated if course else False,
        "accumulation": course.track.accumulation.value if course else "",
        "pace": asdict(standing.pace) if standing.pace else None,
        "p": chance.p,
        "method": chance.method.value,
        "why_zh": chance.why[0],
        "why_en": chance.why[1],
        "office_estimate": course.estimate if course else None,
        "office_off": course.estimate_off if course else None,
        "office_years": course.estimate_years if course else 0,
        "above": course.above if course else None,
        "rank": course.rank if course else None,
        "path": _path(standing, year),
        **_ends(standing),
    }


def _path(standing: watch.Standing, year: int) -> dict[str, Any] | None:
    """What the chart draws: what each year had come to by each step, and the fan."""
    if standing.course is None or standing.prospect is None:
        return None
    track = standing.course.track
    return {
        "steps": track.steps,
        "known": len(track.known(year)),
        "now": _plain(track.so_far(track.known(year))),
        "before": _plain(track.so_far(track.known(year - 1))),
        "fan": [_plain(line) for line in standing.prospect.fan],
    }


def _plain(values: Any) -> list[float]:
    return [float(f"{value:.8g}") for value in np.asarray(values)]
