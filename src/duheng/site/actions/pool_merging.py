"""Two projects of the pool said to be one, or two: decisions that can be taken back exactly."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from duheng.errors import AlreadyDecided
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event, pool_standing, pool_telling
from duheng.site.actions.journal import Journal
from duheng.site.records.models import (
    Decision,
    PoolBank,
    PoolDelay,
    PoolGate,
    PoolMilestone,
    PoolMonth,
    PoolPair,
    PoolPaper,
    PoolProblem,
    PoolProject,
    PoolStage,
    PoolYear,
    Project,
)

# What each table's rows are about: of one thing the project that is kept has its own word, the other's is not brought over.
_ABOUT: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (PoolYear, ("year",)),
    (PoolMonth, ("year", "month")),
    (PoolStage, ("stage",)),
    (PoolGate, ("kind",)),
    (PoolMilestone, ("name",)),
    (PoolProblem, ("what",)),
    (PoolDelay, ("reason", "words")),
    (PoolBank, ("bank",)),
    (PoolPaper, ("digest",)),
)


@transaction.atomic
def same(*, by: By, at: datetime, pair_id: int, keep_id: int | None = None, reason: str = "") -> Decision:
    """The two are one: everything told of the other goes to the one that is kept (the first, unless told).

    A pair of a report's project and one of the pool is linked.
    """
    access.require(by, "projects.edit")
    pair = _open(pair_id)
    journal = Journal(by=by, at=at, kind="merge", name=str(pair), plan=None)
    kept = pair.left
    if pair.planned is not None:
        journal.change(pair.planned, pooled=pair.left)
    elif pair.right is not None:
        kept, other = (pair.right, pair.left) if keep_id == pair.right.pk else (pair.left, pair.right)
        _absorb(journal, kept, other)
    journal.change(pair, state="same", decided_at=at, decided_by=by.name)
    pool_telling.settle([kept.pk])
    pool_standing.changed(at=at, as_of=localdate(at), keys=[kept.pk, pair.left_id, *filter(None, [pair.right_id])])
    made = event.record(by=by, at=at, kind="pool.same", on=kept, after={"merged": _names(pair)}, reason=reason)
    return journal.close(made)


@transaction.atomic
def apart(*, by: By, at: datetime, pair_id: int, reason: str = "") -> Decision:
    """The two are two: they are not asked about again."""
    access.require(by, "projects.edit")
    pair = _open(pair_id)
    journal = Journal(by=by, at=at, kind="dismiss", name=str(pair), plan=None)
    journal.change(pair, state="apart", decided_at=at, decided_by=by.name)
    made = event.record(by=by, at=at, kind="pool.apart", on=pair.left, after={"merged": _names(pair)}, reason=reason)
    return journal.close(made)


def _open(pair_id: int) -> PoolPair:
    pair = PoolPair.objects.select_for_update(of=("self",)).select_related("left", "right", "planned").get(pk=pair_id)
    if pair.state != "open":
        words = {"same": ("同一项目", "one project"), "apart": ("不同项目", "two projects")}[pair.state]
        when = pair.decided_at.strftime("%Y-%m-%d %H:%M") if pair.decided_at else ""
        raise AlreadyDecided(name=str(pair), by=pair.decided_by, at=when, state=words[1], state_zh=words[0])
    return pair


def _absorb(journal: Journal, kept: PoolProject, other: PoolProject) -> None:
    """All that is told of `other`, where nothing is told of `kept`, and its place in plans and other pairs."""
    for row in (other, *PoolProject.every.filter(merged_into=other)):
        journal.change(row, merged_into=kept)
    for table, about in _ABOUT:
        mine = set(table.objects.filter(project=kept, withdrawn=False).values_list(*about))
        for row in table.objects.filter(project=other, withdrawn=False).order_by("id"):
            if tuple(getattr(row, name) for name in about) not in mine:
                journal.change(row, project=kept)
    for planned in Project.every.filter(pooled=other):
        journal.change(planned, pooled=kept)


def _names(pair: PoolPair) -> list[str]:
    return [pair.left.name, (pair.right or pair.planned or pair.left).name]
