"""A list of projects on its way into the pool: read outside any transaction, stored whole or not at all, and taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from duheng.collect import projects as lists
from duheng.collect.projects import ListMapping, ProjectList
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import collecting, event, pool_pairing, pool_standing, pool_storing, pool_telling
from duheng.site.actions.collecting import Source, Taken
from duheng.site.actions.intake import Sent
from duheng.site.queries import loads, pool_words
from duheng.site.records.models import (
    Load,
    PoolBank,
    PoolDelay,
    PoolGate,
    PoolMilestone,
    PoolMonth,
    PoolPaper,
    PoolProblem,
    PoolStage,
    PoolTold,
    PoolYear,
    SheetShape,
)

FACTS = (PoolTold, PoolYear, PoolMonth, PoolStage, PoolProblem, PoolDelay, PoolBank, PoolGate, PoolMilestone, PoolPaper)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How a list is to be taken in: known since when, what is said of its sheets, only tried out or not, for which question."""

    known: date
    said: tuple[ListMapping, ...] = ()
    trial: bool = False
    asked: int | None = None  # the load that waited for an answer
    simulated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRead:
    """A list that was read and is not stored yet; `opened` is None where the very same file counts already, as load `again`."""

    sent: Sent
    request: Request
    source: Source
    opened: ProjectList | None = None
    again: int | None = None


def take_list(*, by: By, at: datetime, sent: Sent, request: Request, progress: Callable[[str], None] = lambda _: None) -> Taken:
    """Take a list of projects in: all of it or nothing. The very same file, with the same said of it, changes nothing.

    Where a person must first say what a column means, it is kept and asked about.
    """
    access.require(by, "projects.load")
    progress("read")
    read = read_list(sent=sent, request=request)
    progress("store")
    return keep_list(by=by, at=at, read=read)


def read_list(*, sent: Sent, request: Request) -> ListRead:
    """What a list tells, outside any transaction."""
    told: dict[str, object] = {"known": request.known.isoformat()} | ({"simulated": True} if request.simulated else {})
    mapping = {"sheets": [each.plain() for each in request.said]} if request.said else {}
    source = Source(name=sent.name, kind="projects", digest=hashlib.sha256(sent.data).hexdigest(), suffix=sent.suffix, given=told)
    if known := loads.same(source.digest, told, mapping):
        return ListRead(sent=sent, request=request, source=source, again=known)
    opened = lists.open_projects(
        sent.data,
        name=sent.name,
        words=pool_words.words(),
        known=request.known,
        said=request.said,
        memory=pool_words.remembered,
    )
    plain = [sheet.plain() for sheet in opened.sheets]
    source = replace(source, mapping={**mapping, "proposed": plain, "controls": _controls(opened)})
    return ListRead(sent=sent, request=request, source=source, opened=opened)


@transaction.atomic
def keep_list(*, by: By, at: datetime, read: ListRead) -> Taken:
    """Check and store what was read: all of it or nothing."""
    access.require(by, "projects.load")
    opened, request = read.opened, read.request
    if opened is None:
        return Taken(again=read.again)
    if not opened.asks:
        taken = _take(by=by, at=at, opened=opened, source=read.source, request=request)
    elif request.trial:
        taken = Taken(asks=True)
    else:
        load = collecting.keep_load(by, at, read.source, Taken(asks=True), request.asked)
        taken = Taken(asks=True, load=load.pk)
    if taken.load:
        settings.WORKSPACE.keep(read.sent.data, suffix=read.sent.suffix)
        if request.said and not taken.refused and not taken.asks:
            _remember(by=by, at=at, opened=opened)
    return replace(taken, sheets=tuple(sheet.plain() for sheet in opened.sheets))


def _controls(opened: ProjectList) -> list[dict[str, object]]:
    return [
        {"group": each.group, "what": each.what, "stated": each.stated, "found": each.found, "holds": each.holds}
        for each in opened.controls
    ]


def _take(*, by: By, at: datetime, opened: ProjectList, source: Source, request: Request) -> Taken:
    telling = pool_storing.Telling(
        by=by, at=at, load=None, known=request.known, currency=opened.currency, simulated=request.simulated
    )
    counts = pool_storing.count(opened.projects, telling)
    taken = Taken(new=counts.new, revised=counts.revised, unchanged=counts.unchanged, doubts=(*opened.doubts, *counts.doubts))
    if request.trial:
        return taken
    load = collecting.keep_load(by, at, source, taken, request.asked)
    if not taken.refused:
        telling.load = load
        stored = pool_storing.store(opened.projects, telling)
        pool_telling.settle(stored.touched)
        pool_standing.changed(at=at, as_of=localdate(at), keys=stored.touched)
        pool_pairing.renew(stored.touched, at=at)
        event.record(by=by, at=at, kind="projects.load", on=load, after={"new": taken.new, "revised": taken.revised})
    return replace(taken, load=load.pk)


def _remember(*, by: By, at: datetime, opened: ProjectList) -> None:
    """Keep what was said of lists, for the next ones of their shape."""
    for sheet in opened.sheets:
        told = {"mapping": {**sheet.said, "sheet": "*", "kind": "projects"}, "at": at, "by": by.name}
        SheetShape.objects.update_or_create(fingerprint=sheet.shape, defaults=told)


@transaction.atomic
def undo(*, by: By, at: datetime, load_id: int, reason: str = "") -> None:
    """Take back all that a list told: what was told before stands again, and what nothing else tells of is gone."""
    access.require(by, "projects.load")
    load = Load.objects.select_for_update().get(pk=load_id)
    if load.state != "done" or load.kind != "projects":
        return
    load.state, load.undone_at, load.undone_by = "undone", at, by.name
    load.save(update_fields=["state", "undone_at", "undone_by"])
    told = PoolTold.objects.filter(load=load).values_list("project", "project__merged_into")
    touched = {pk for row in told for pk in row if pk is not None}
    for table in FACTS:
        table.objects.filter(load=load).update(withdrawn=True)
    pool_telling.carry_again(touched)
    pool_telling.settle(touched)
    pool_standing.changed(at=at, as_of=localdate(at), keys=touched)
    pool_pairing.renew(touched, at=at)
    event.record(by=by, at=at, kind="projects.undo", on=load, reason=reason)
