"""Which projects of the pool are asked about as one, and which projects of a report's plan they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from duheng.plan.kinship import Kin, Likeness, plain_name
from duheng.plan.place import Place
from duheng.plan.pool_pairs import Entry, likely_pairs
from duheng.site.actions.pool_telling import parts
from duheng.site.queries import living_plan
from duheng.site.records.models import Plan, PoolPair, PoolProject, PoolTold, Project

_BATCH = 400
_ASKED = (Likeness.SAME, Likeness.LIKELY_SAME)


def renew(touched: Collection[int], *, at: datetime) -> None:
    """Ask anew about projects whose names or facts have changed, and link the plans' projects that are exactly theirs."""
    for ids in parts(touched):
        PoolPair.objects.filter(state="open", left__in=ids).delete()
        PoolPair.objects.filter(state="open", right__in=ids).delete()
    Project.every.filter(pooled__withdrawn=True).update(pooled=None)
    projects = list(PoolProject.objects.all())
    _propose(projects, frozenset(touched), at)
    for plan in Plan.objects.all():
        link(plan, projects=projects, at=at)


def link(plan: Plan, *, at: datetime, projects: Iterable[PoolProject] | None = None) -> int:
    """Link the projects that a plan names with those of the pool: exactly one of the same name is linked, likely ones are asked about."""
    rows = list(PoolProject.objects.all() if projects is None else projects)
    named = list(plan.projects.filter(pooled=None))
    if not rows or not named:
        return 0
    place = Place(area=plan.area)
    by_name: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for name in (row.name, *row.aliases):
            by_name[plain_name(name, place=place)].add(row.pk)
    asked = {(pair.left_id, pair.planned_id or 0) for pair in PoolPair.objects.filter(planned__in=named)}
    linked, left = [], []
    for project in named:
        found = set().union(*(by_name.get(plain_name(name, place=place), set()) for name in (project.name, *project.aliases)))
        found -= {pool for pool, planned in asked if planned == project.pk}
        if len(found) == 1:
            project.pooled_id = found.pop()
            linked.append(project)
        else:
            left.append(project)
    Project.every.bulk_update(linked, ["pooled"], batch_size=_BATCH)
    _ask_of_plan(left, rows, place, asked, at)
    return len(linked)


def _ask_of_plan(named: list[Project], rows: list[PoolProject], place: Place, asked: set[tuple[int, int]], at: datetime) -> None:
    names = [name for row in rows for name in (row.name, *row.aliases)]
    kin = Kin([*names, *(name for row in named for name in (row.name, *row.aliases))], place=place)
    pool = {name: row for row in reversed(rows) for name in (row.name, *row.aliases)}
    plan = {name: project for project in named for name in (project.name, *project.aliases)}
    made: dict[tuple[int, int], PoolPair] = {}
    for one, two in kin.candidates():
        for left, right in ((one, two), (two, one)):
            row, project = pool.get(left), plan.get(right)
            if row is None or project is None or (row.pk, project.pk) in asked or (row.pk, project.pk) in made:
                continue
            kinship = kin.compare(left, right)
            if kinship.likeness in _ASKED:
                made[row.pk, project.pk] = PoolPair(left=row, planned=project, reasons=[[True, *kinship.reason]], at=at)
    PoolPair.objects.bulk_create(made.values(), batch_size=_BATCH)


def _propose(projects: list[PoolProject], touched: frozenset[int], at: datetime) -> None:
    area = living_plan.current()
    place = Place(area=area.area if area else "")
    known = set(PoolPair.objects.filter(right__isnull=False).values_list("left", "right"))
    made = [
        PoolPair(left_id=pair.left, right_id=pair.right, reasons=[[each.likely, *each.text] for each in pair.reasons], at=at)
        for pair in likely_pairs(list(_entries(projects)), place=place, among=touched)
        if (pair.left, pair.right) not in known
    ]
    PoolPair.objects.bulk_create(made, batch_size=_BATCH)


def _entries(projects: list[PoolProject]) -> Iterator[Entry]:
    lists: dict[int, set[int]] = defaultdict(set)
    for project, load in PoolTold.objects.filter(withdrawn=False, load__isnull=False).values_list("project", "load"):
        lists[project].add(load)
    for row in projects:
        yield Entry(
            key=row.pk,
            names=(row.name, *row.aliases),
            approval_code=row.approval_code,
            owner=row.owner,
            place=row.place,
            total=row.total,
            begins=row.begins,
            lists=frozenset(lists[row.pk]),
        )
