"""What is told of the projects of the pool, put together: a project shows the latest said of each thing, of loads not undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.timezone import localdate

from duheng.plan.plan import Stage
from duheng.site.actions import searching
from duheng.site.records.models import Load, PoolMonth, PoolProject, PoolStage, PoolTold, PoolYear

TEXTS = ("approval_code", "approval", "nature", "sector", "place", "owner", "office", "group", "content")
TOLD = ("name", *TEXTS, "total", "sources", "currency", "begins", "ends", "latitude", "longitude", "also", "public", "simulated")
_FOUND_BY = ("name", "aliases", "approval_code", "owner", "withdrawn")
_DAYS = ("begins", "ends")
_PART = 400  # rows asked for or written at once: below what SQLite takes
YEAR_FACTS = ("planned", "onset", "sources", "monthly", "before")
MONTH_FACTS = ("works", "counted", "paid", "in_library", "words")
_EMPTY: tuple[Any, ...] = (None, "", {}, [])


def parts(ids: Iterable[int]) -> Iterable[list[int]]:
    """Ids in runs that a database takes at once."""
    found = sorted(set(ids))
    return (found[at : at + _PART] for at in range(0, len(found), _PART))


class Knowledge:
    """Since when what is told is known: the day its list says, else the day it was entered."""

    def __init__(self) -> None:
        found = Load.objects.filter(kind="projects").values_list("pk", "given__known")
        self._lists = {pk: date.fromisoformat(known) for pk, known in found if known}

    def since(self, row: Any) -> date:
        """The day of a told thing."""
        return self._lists.get(row.load_id) or localdate(row.at)

    def order(self, row: Any) -> tuple[date, int]:
        """What is known later counts more, whenever it was loaded."""
        return self.since(row), row.pk


def settle(project_ids: Iterable[int]) -> None:
    """Work out anew what these projects show, after something told of them was added or taken back."""
    knowledge = Knowledge()
    for ids in parts(project_ids):
        told: dict[int, list[PoolTold]] = defaultdict(list)
        for row in PoolTold.objects.filter(project__in=ids):
            told[row.project_id].append(row)
        stages: dict[int, list[PoolStage]] = defaultdict(list)
        for change in PoolStage.objects.filter(project__in=ids, withdrawn=False):
            stages[change.project_id].append(change)
        absorbed: dict[int, list[PoolTold]] = defaultdict(list)
        for row in PoolTold.objects.filter(project__merged_into__in=ids, withdrawn=False).select_related("project"):
            absorbed[row.project.merged_into_id or 0].append(row)
        changed: dict[str, list[PoolProject]] = defaultdict(list)
        projects = list(PoolProject.every.filter(pk__in=ids))
        for project in projects:
            values = _of_stages(stages[project.pk])
            if told[project.pk]:
                mine, others = (sorted(found[project.pk], key=knowledge.order) for found in (told, absorbed))
                values |= _shown(mine, others)
            for name, value in values.items():
                if getattr(project, name) != value:
                    setattr(project, name, value)
                    changed[name].append(project)
        for name, rows in changed.items():
            PoolProject.every.bulk_update(rows, [name], batch_size=_PART)
        renamed = {row.pk for name in _FOUND_BY for row in changed.get(name, ())}
        searching.enter_pool(projects, renamed=renamed)


def _shown(told: Sequence[PoolTold], absorbed: Sequence[PoolTold]) -> dict[str, Any]:
    """What a project's columns are: by what is told of itself, and where that says nothing, of those merged into it."""
    standing = [row for row in told if not row.withdrawn]
    if not standing:
        return {"withdrawn": True}
    every = [*absorbed, *standing]
    facts = put_together(row.facts for row in every)
    names = [*(row.facts["name"] for row in every if row.facts.get("name")), *facts.pop("aliases", ())]
    values = {name: column(name, facts.get(name)) for name in TOLD if name in facts}
    first = told[0].facts
    values |= {name: column(name, None) for name in TOLD if name not in facts and any(name in row.facts for row in told)}
    name = facts.get("name") or first.get("name", "")
    return {**values, "withdrawn": False, "aliases": [each for each in dict.fromkeys(names) if each != name]}


def put_together(told: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The latest said of each thing; texts of columns kept as printed are gathered."""
    found: dict[str, Any] = {}
    for facts in told:
        for name, value in facts.items():
            joined = name in ("also", "sources", "aliases") and name in found
            if joined:
                value = {**found[name], **value} if isinstance(value, dict) else [*found[name], *value]
            found[name] = value
    return found


def column(name: str, value: Any) -> Any:
    """A told value as the column holds it; where nothing is told, as it is without."""
    if name in _DAYS:
        return date.fromisoformat(value) if value else None
    if value is None:
        field = PoolProject._meta.get_field(name)
        return field.get_default()  # type: ignore[union-attr]
    return value


def _of_stages(changes: Sequence[PoolStage]) -> dict[str, Any]:
    last = max(changes, key=lambda change: (change.on, change.pk), default=None)
    return {"stage": last.stage if last else Stage.UNKNOWN.value, "stage_since": last.on if last else None}


def carry(row: Model, before: Model | None, names: Sequence[str], *, beneath: bool = False) -> None:
    """Fill what a year's or month's row does not tell itself from the row before it.

    Of a row `beneath` the one before it, which is known later, only what that one does not tell counts.
    """
    carried = []
    for name in names:
        if before is not None and getattr(before, name) not in _EMPTY and (beneath or getattr(row, name) in _EMPTY):
            setattr(row, name, getattr(before, name))
            carried.append(name)
    row.carried = carried  # type: ignore[attr-defined]


def carry_again(project_ids: Iterable[int]) -> None:
    """Fill the rows of years and months anew, after some before them were taken back."""
    for ids in parts(project_ids):
        _carry_table(PoolYear, ids, ("year",), YEAR_FACTS)
        _carry_table(PoolMonth, ids, ("year", "month"), MONTH_FACTS)


def _carry_table(
    table: type[PoolYear] | type[PoolMonth], ids: Sequence[int], keys: tuple[str, ...], names: Sequence[str]
) -> None:
    latest: dict[tuple[Any, ...], Model] = {}
    changed = []
    for row in table.objects.filter(project__in=ids, withdrawn=False).order_by("id"):
        key = (row.project_id, *(getattr(row, each) for each in keys))
        before = {name: getattr(row, name) for name in (*names, "carried")}
        for name in row.carried:
            setattr(row, name, table._meta.get_field(name).get_default())  # type: ignore[union-attr]
        carry(row, latest.get(key), names)
        latest[key] = row
        if before != {name: getattr(row, name) for name in (*names, "carried")}:
            changed.append(row)
    if changed:
        table.objects.bulk_update(changed, [*names, "carried"], batch_size=_PART)  # type: ignore[arg-type]
