"""Indicators as a table shows them: target in words, starting point, distance to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from duheng.catalog import IndicatorEntry
from duheng.plan.scale import in_unit
from duheng.plan.target import USUAL_RULE, Target
from duheng.plan.verdict import Polarity
from duheng.site.queries import known as catalog
from duheng.site.queries import owners, places, wording
from duheng.site.queries.owners import Owner
from duheng.site.queries.places import Place
from duheng.site.records.models import Indicator, Plan, TargetVersion
from duheng.site.records.shape import target_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Last year's result beside this year's target; it judges nothing."""

    value: Decimal
    shown: str
    unit: str
    period: str
    comparator: str
    gap: Decimal | None  # target less result, in the target's unit; None where they cannot be compared
    easier: bool | None  # whether the target asks for less than was reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator of a plan."""

    pk: int
    position: int
    row: int | None
    code: str | None
    name: str
    english: str
    unit: str
    nature: str
    aim: Target
    start: Start | None
    place: Place | None
    places: tuple[Place, ...]
    changed: bool
    owner: Owner


def rows(plan: Plan) -> list[Row]:
    """All indicators of the plan, in the order of its table."""
    found = list(plan.indicators.prefetch_related("targets"))
    said = places.of("indicator", [row.pk for row in found])
    held = owners.of("indicator", found, plan=plan)
    return [_row(row, said.get(row.pk, []), held[row.pk]) for row in found]


def row(indicator: Indicator) -> Row:
    """One indicator."""
    held = owners.of("indicator", [indicator], plan=indicator.plan)
    return _row(indicator, places.of("indicator", [indicator.pk]).get(indicator.pk, []), held[indicator.pk])


def target(version: TargetVersion) -> Target:
    """The target a version holds."""
    return target_of(
        kind=version.kind,
        value=version.value,
        value2=version.value2,
        note=version.note,
        text=version.text,
        extra=version.extra,
    )


def _row(indicator: Indicator, said: Sequence[Place], owner: Owner) -> Row:
    versions = sorted(indicator.targets.all(), key=lambda version: version.number)
    aim = target(versions[-1])
    known = catalog.entry(indicator.code)
    return Row(
        pk=indicator.pk,
        position=indicator.position,
        row=indicator.row,
        code=indicator.code,
        name=indicator.name,
        english=known.en if known else "",
        unit=indicator.unit,
        nature=indicator.nature,
        aim=aim,
        start=_start(indicator, aim, polarity=_polarity(known, aim)),
        place=next((place for place in said if place.purpose == "said"), None),
        places=tuple(said),
        changed=len(versions) > 1,
        owner=owner,
    )


def _polarity(known: IndicatorEntry | None, aim: Target) -> Polarity:
    if aim.polarity is not Polarity.NEUTRAL or known is None:
        return aim.polarity
    return Polarity(known.polarity)


def _start(indicator: Indicator, aim: Target, *, polarity: Polarity) -> Start | None:
    if indicator.actual_value is None:
        return None
    gap = None
    reached = in_unit(indicator.actual_value, unit=indicator.actual_unit, wanted=aim.unit or indicator.unit)
    if aim.value is not None and reached is not None:
        gap = aim.value - reached
    mark = wording.COMPARATORS.get(indicator.actual_comparator, "")
    return Start(
        value=indicator.actual_value,
        shown=f"{mark}{wording.number(indicator.actual_value)}",
        unit=indicator.actual_unit,
        period=indicator.actual_period,
        comparator=indicator.actual_comparator,
        gap=gap,
        easier=_easier(gap, aim, polarity=polarity),
    )


def _easier(gap: Decimal | None, aim: Target, *, polarity: Polarity) -> bool | None:
    """Whether last year's result lies beyond the target on its good side; within 左右 or a range it does not."""
    if gap is None or polarity is Polarity.NEUTRAL or aim.value is None:
        return None
    beyond = -gap if polarity is Polarity.HIGHER else gap
    if aim.kind == "around":
        beyond -= USUAL_RULE.forgiven(aim.value, aim.unit)
    elif aim.value2 is not None:
        beyond -= abs(aim.value2 - aim.value)
    return beyond > 0
