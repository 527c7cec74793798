"""Lists of projects that came in: what each brought, its groups beside the totals it prints, the pairs it raised."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from duheng.collect.projects import money_unit
from duheng.site.queries import pool_pairs, wording
from duheng.site.records.models import Load, PoolProject

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlLine:
    """A number that a list prints of a group, beside what its projects come to, in the unit of its column."""

    group: str
    what: str  # "count", or the head of the column
    unit: str
    stated: str
    found: str
    holds: bool


def controls(load: Load) -> list[ControlLine]:
    """What the list prints of its groups, in its order."""
    units = {column["head"]: column["unit"] for sheet in load.mapping.get("proposed", []) for column in sheet["columns"]}
    return [
        ControlLine(
            group=told["group"],
            what=told["what"],
            unit=units.get(told["what"], ""),
            stated=_shown(told["stated"], units.get(told["what"], "")),
            found=_shown(told["found"], units.get(told["what"], "")),
            holds=told["holds"],
        )
        for told in load.mapping.get("controls", [])
    ]


def projects(load: Load) -> list[PoolProject]:
    """The projects that the list tells of, as they stand now."""
    if load.state != "done":
        return []
    return list(PoolProject.objects.filter(told__load=load).distinct())


def open_pairs(load: Load) -> int:
    """How many pairs of likely one project wait for a decision that have one of the list's projects."""
    mine = PoolProject.objects.filter(told__load=load).values("pk")
    return pool_pairs.waiting().filter(Q(left__in=mine) | Q(right__in=mine)).count()


def _shown(value: int, unit: str) -> str:
    found = money_unit(unit)
    return wording.number(Decimal(value) / found.scale) if found else f"{value:,}"
