"""The standing of a plan's targets, worked out from the figures of the workspace as they were known on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q

from duheng import catalog, watch
from duheng.collect import Figures
from duheng.measure import OWN, Period
from duheng.plan import InStepWith, Nature, Target, in_unit, target_to_dict
from duheng.site.queries import figures, known, wording
from duheng.site.records import models as records
from duheng.site.records.shape import target_of
from duheng.watch import Colour, Rules, Standing, Watched

SEED = 20260120


@lru_cache(maxsize=1)
def rules() -> Rules:
    """By what targets are judged here: the catalog's rule sets, with the workspace's own laid over them."""
    return Rules(
        lights=catalog.load("light_rules", overlay=settings.WORKSPACE.catalog),
        rates=catalog.load("base_rates", overlay=settings.WORKSPACE.catalog),
    )


@lru_cache(maxsize=1)
def phrases() -> Sequence[catalog.PhraseEntry]:
    """The office's phrases for a chance, the best first."""
    return sorted(catalog.load("phrases", overlay=settings.WORKSPACE.catalog).values(), key=lambda phrase: -phrase.least)


def phrase(p: float | None) -> catalog.PhraseEntry | None:
    """The phrase for a chance."""
    return None if p is None else next((each for each in phrases() if p >= float(each.least)), phrases()[-1])


def watched(rows: Collection[records.Indicator]) -> list[Watched]:
    """The targets of indicators as the library watches them."""
    return [_watched(row) for row in rows]


def work_out(
    rows: Collection[records.Indicator],
    *,
    year: int,
    as_of: date,
    last: Mapping[tuple[str, str], Colour] | None = None,
    held: Figures | None = None,
) -> list[Standing]:
    """The standing of each indicator's target; `held` are the figures where they have been fetched already."""
    asked = watched(rows)
    return watch.standings(
        asked,
        figures=held if held is not None else fetch(asked),
        entries=known.indicators(),
        year=year,
        as_of=as_of,
        rules=rules(),
        seed=SEED,
        last=last,
        above=_above(),
    )


def codes_of(asked: Watched) -> set[str]:
    """The indicators whose figures a target rests on: its own, the level that weighs its growth, and what it is held beside."""
    codes = {asked.code} if asked.code else set()
    codes |= {f"{code.removesuffix('.growth')}.level" for code in codes if code.endswith(".growth")}
    if isinstance(asked.target, InStepWith):
        codes |= {reference.code for reference in asked.target.references if reference.code}
    return codes


def fetch(asked: Sequence[Watched]) -> Figures:
    """The figures that some targets rest on: their own, the levels that weigh their growth, and what they are held beside."""
    codes = {code for each in asked for code in codes_of(each)}
    areas = [OWN, *([above] if (above := _above()) else [])]
    found = records.Series.objects.filter(Q(indicator__in=codes), area__code__in=areas).select_related("area")
    return figures.of_series(list(found))


def _above() -> str | None:
    """The area that the workspace's own lies in, if anybody has told."""
    own = records.Area.objects.filter(code=OWN).select_related("parent").first()
    return own.parent.code if own and own.parent else None


def _watched(row: records.Indicator) -> Watched:
    newest = max(row.targets.all(), key=lambda version: version.number)
    target = target_of(
        kind=newest.kind, value=newest.value, value2=newest.value2, note=newest.note, text=newest.text, extra=newest.extra
    )
    start = in_unit(row.actual_value, unit=row.actual_unit, wanted=row.unit) if row.actual_value is not None else None
    points = {
        Period.parse(point.period).last[1]: float(point.target.goal)
        for point in target.checkpoints
        if point.target.goal is not None
    }
    return Watched(
        key=str(row.pk),
        code=row.code,
        target=target,
        nature=Nature(row.nature),
        start=float(start) if start is not None else None,
        checkpoints=points,
    )


def told(plan: records.Plan, *, as_of: date, rule: str) -> list[dict[str, Any]]:
    """How the targets of a plan stand, as plain values; nothing is kept."""
    rows = list(plan.indicators.prefetch_related("targets"))
    standings = work_out(rows, year=plan.year, as_of=as_of)
    asked = watched(rows)
    return [_told(row, each.target, standing, rule) for row, each, standing in zip(rows, asked, standings, strict=True)]


def _told(row: records.Indicator, target: Target, standing: Standing, rule: str) -> dict[str, Any]:
    entry, light = known.entry(row.code), standing.lights[rule]
    prospect, course = standing.prospect, standing.course
    ends = {"median": 0.5, "lo80": 0.1, "hi80": 0.9, "lo95": 0.025, "hi95": 0.975}
    return {
        "indicator": row.code or row.name,
        "name": [row.name, entry.en if entry else ""],
        "target": target_to_dict(target)
        | {"said": [wording.target(target, unit=row.unit, language=language) for language in ("zh", "en")]},
        "light": light.colour.value,
        "rule": rule,
        "reason": list(light.reason),
        "p_met": standing.chance.p,
        "method": standing.chance.method.value,
        "forecast": {name: prospect.quantile(share) for name, share in ends.items()} if prospect else None,
        "pace": asdict(standing.pace) if standing.pace else None,
        "office_estimate": course.estimate if course else None,
        "office_estimate_off": course.estimate_off if course else None,
        "known_to": course.known_to if course else None,
        "simulated": course.simulated if course else False,
    }
