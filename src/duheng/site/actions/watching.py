"""Keeping how targets stand: worked out anew when figures or targets change, every light that turned with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from duheng import watch
from duheng.collect import STATUSES, Figures, Status
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.queries import living_plan, outlook, visible
from duheng.site.records import models as records
from duheng.watch import Colour

_ESTIMATE = STATUSES.index(Status.ESTIMATE)


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
    internal = _internal(rows, held)
    for day in (*([] if codes is not None else _missing(plan, as_of)), as_of):
        versions = _worked_out(rows, held, internal, year=plan.year, as_of=day)
        _keep_points(rows, versions, day)
        turned += _keep_lights(rows, versions, day=day, at=at)
    _keep(rows, versions, plan.year, as_of=as_of, at=at)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """How one target stands, for whom."""

    row: records.Indicator
    audience: str
    standing: watch.Standing
    last: Mapping[tuple[str, str], Colour]


def _internal(rows: Sequence[records.Indicator], held: Figures) -> dict[int, bool]:
    """The targets that rest on figures which have not been released; false where those are estimates of offices only."""
    unreleased = np.flatnonzero(~held.released)
    estimates = held.status[unreleased] == _ESTIMATE

    def codes(places: Any) -> set[str]:
        return {held.series[number].indicator for number in np.unique(held.number[places]).tolist()}

    observed, expected = codes(unreleased[~estimates]), codes(unreleased[estimates])
    asked = {row.pk: outlook.codes_of(each) for row, each in zip(rows, outlook.watched(rows), strict=True)}
    return {pk: bool(wanted & observed) for pk, wanted in asked.items() if wanted & (observed | expected)}


def _worked_out(
    rows: Sequence[records.Indicator], held: Figures, internal: Mapping[int, bool], *, year: int, as_of: date
) -> list[_Version]:
    """The standing of each target; of one that rests on internal figures, a second one for those who may not see them."""
    last = {audience: _last(rows, audience) for audience in (visible.OFFICE, visible.PUBLIC)}
    office = outlook.work_out(rows, year=year, as_of=as_of, last=last[visible.OFFICE], held=held)
    public = office
    if any(internal.values()):
        public = outlook.work_out(rows, year=year, as_of=as_of, last=last[visible.PUBLIC], held=held.public())
    found = []
    for row, mine, theirs in zip(rows, office, public, strict=True):
        if row.pk not in internal:
            found.append(_Version(row=row, audience=visible.ALL, standing=mine, last=last[visible.OFFICE]))
            continue
        shown = theirs if internal[row.pk] else _without_estimate(mine)
        found.append(_Version(row=row, audience=visible.OFFICE, standing=mine, last=last[visible.OFFICE]))
        found.append(_Version(row=row, audience=visible.PUBLIC, standing=shown, last=last[visible.PUBLIC]))
    return found


def _without_estimate(standing: watch.Standing) -> watch.Standing:
    course = standing.course
    return replace(standing, course=replace(course, estimate=None, estimate_off=None, estimate_years=0)) if course else standing


def _last(rows: Sequence[records.Indicator], audience: str) -> dict[tuple[str, str], Colour]:
    """The lights that an audience was shown last."""
    lights = records.Light.objects.filter(indicator__in=rows, audience__in=(visible.ALL, audience))
    return {(str(light.indicator_id), light.rule): Colour(light.colour) for light in lights}


def _keep_points(rows: Sequence[records.Indicator], versions: Sequence[_Version], day: date) -> None:
    records.StandingPoint.objects.filter(indicator__in=rows, as_of=day).delete()
    records.StandingPoint.objects.bulk_create(
        records.StandingPoint(
            indicator=each.row,
            audience=each.audience,
            as_of=day,
            known_to=each.standing.course.known_to if each.standing.course else "",
            reached=each.standing.pace.reached if each.standing.pace else None,
            p=each.standing.chance.p,
            method=each.standing.chance.method.value,
            **_ends(each.standing),
        )
        for each in versions
    )


def _ends(standing: watch.Standing) -> dict[str, float | None]:
    """Where the year may end; nothing where nothing can be said."""
    prospect = standing.prospect
    shares = {"median": 0.5, "low80": 0.1, "high80": 0.9}
    return {name: prospect.quantile(share) if prospect else None for name, share in shares.items()}


def _keep_lights(rows: Sequence[records.Indicator], versions: Sequence[_Version], *, day: date, at: datetime) -> int:
    """Each light as it is now, its day kept where its colour is, and those that turned; returns how many the office saw turn."""
    since = _since(rows)
    changes, lights = [], []
    for each in versions:
        told = {"indicator": each.row, "audience": each.audience}
        for rule, light in each.standing.lights.items():
            reason = {"reason_zh": light.reason[0], "reason_en": light.reason[1]}
            before = each.last.get((str(each.row.pk), rule))
            begun = since.get((each.row.pk, rule, each.audience, light.colour.value), day)
            lights.append(records.Light(**told, rule=rule, colour=light.colour.value, since=begun, **reason))
            if before is not None and before is not light.colour:
                turn = {"before": before.value, "after": light.colour.value, "as_of": day, "at": at}
                changes.append(records.LightChange(**told, rule=rule, **turn, **reason))
    records.Light.objects.filter(indicator__in=rows).delete()
    records.Light.objects.bulk_create(lights)
    records.LightChange.objects.bulk_create(changes)
    return sum(change.audience != visible.PUBLIC for change in changes)


def _since(rows: Sequence[records.Indicator]) -> dict[tuple[int, str, str, str], date]:
    """Since when each light shows its colour, for every audience that saw it."""
    found: dict[tuple[int, str, str, str], date] = {}
    for light in records.Light.objects.filter(indicator__in=rows):
        own = {visible.ALL: (visible.OFFICE, visible.PUBLIC), visible.OFFICE: (visible.ALL,), visible.PUBLIC: ()}[light.audience]
        for audience in (light.audience, *own):
            found[light.indicator_id, light.rule, audience, light.colour] = light.since
    return found


def _keep(rows: Sequence[records.Indicator], versions: Sequence[_Version], year: int, *, as_of: date, at: datetime) -> None:
    records.Standing.objects.filter(indicator__in=rows).delete()
    records.Standing.objects.bulk_create(
        records.Standing(indicator=each.row, audience=each.audience, as_of=as_of, computed_at=at, **_columns(each.standing, year))
        for each in versions
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
