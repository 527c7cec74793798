"""A file of figures on its way in: read outside any transaction, then stored, its original kept."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings

from duheng import collect
from duheng.collect import Given, Opened, SheetMapping, Status
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import collecting, watching
from duheng.site.actions.collecting import Source, Taken
from duheng.site.queries import loads
from duheng.site.queries.lexicon import lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as it was handed over."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """Its kind, as its name tells it: .xlsx, .csv.gz."""
        return "".join(
            PurePath(self.name).suffixes[-2:] if self.name.endswith(".gz") else PurePath(self.name).suffixes[-1:]
        ).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How a file is to be taken in: what is said of all of it and of its sheets, only tried out or not, and for which question."""

    given: Given
    said: tuple[SheetMapping, ...] = ()
    trial: bool = False
    asked: int | None = None  # the load that waited for an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A file as it was read, before anything is stored; `again` is the load that brought the very same, and then nothing was read."""

    sent: Sent
    request: Request
    source: Source
    opened: Opened | None = None
    again: int | None = None
    plain: tuple[Mapping[str, Any], ...] = ()


def take_file(*, by: By, at: datetime, sent: Sent, request: Request, progress: Callable[[str], None] = lambda _: None) -> Taken:
    """Take a file in: all of it or nothing. The very same file, with the same said of it, changes nothing.

    Where a person must first say what a column means, it is kept and asked about.
    """
    access.require(by, "figures.load")
    progress("read")
    read = read_file(sent=sent, request=request)
    progress("store")
    taken = keep_file(by=by, at=at, read=read)
    if rests := what_changed(read, taken):
        progress("watch")
        watching.figures_changed(by=by, at=at, codes=rests)
    return taken


def read_file(*, sent: Sent, request: Request) -> FileRead:
    """What a file brings, outside any transaction."""
    told = said(request.given)
    mapping = {"sheets": [each.plain() for each in request.said]} if request.said else {}
    source = Source(name=sent.name, digest=hashlib.sha256(sent.data).hexdigest(), suffix=sent.suffix, given=told)
    read = FileRead(sent=sent, request=request, source=source)
    if known := loads.same(source.digest, told, mapping):
        return replace(read, again=known)
    opened = collect.open_figures(
        sent.data,
        name=sent.name,
        lexicon=lexicon(),
        given=request.given,
        said=request.said,
        memory=loads.remembered,
    )
    plain = tuple(collect.plain_sheet(sheet) for sheet in opened.sheets)
    source = replace(source, mapping={**mapping, "proposed": list(plain)} if plain else mapping)
    return replace(read, source=source, opened=opened, plain=plain)


def keep_file(*, by: By, at: datetime, read: FileRead) -> Taken:
    """Check and store what was read: all of it or nothing."""
    access.require(by, "figures.load")
    if read.opened is None:
        return Taken(again=read.again)
    request, batch = read.request, read.opened.batch
    if batch is None:
        taken = Taken(asks=True)
        if not request.trial:
            taken = collecting.ask(by=by, at=at, source=read.source, load_id=request.asked)
    else:
        taken = collecting.take_in(by=by, at=at, batch=batch, source=read.source, trial=request.trial, load_id=request.asked)
    if taken.load:
        settings.WORKSPACE.keep(read.sent.data, suffix=read.sent.suffix)
        if request.said and not taken.refused and not taken.asks:
            shapes = {sheet.shape: sheet.remembered().plain() for sheet in read.opened.sheets}
            collecting.remember(by=by, at=at, shapes=shapes)
    return replace(taken, sheets=read.plain)


def what_changed(read: FileRead, taken: Taken) -> set[str]:
    """The indicators of which figures were stored."""
    if not taken.load or taken.refused or read.opened is None or read.opened.batch is None:
        return set()
    return {series.indicator for series in read.opened.batch.figures.series}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One figure as a person enters it, with where it is from and why it is entered."""

    indicator: str
    area: str
    measure: str
    period: str
    value: str
    unit: str
    known: date
    status: str
    released: bool
    source: str
    reason: str


def enter(*, by: By, at: datetime, entry: Entry) -> Taken:
    """Take one figure in by hand: read and checked as a file of one row would be."""
    access.require(by, "figures.load")
    rows = io.StringIO()
    heads = ("indicator", "area", "measure", "period", "value", "unit")
    csv.writer(rows).writerows([heads, [getattr(entry, name) for name in heads]])
    given = Given(vintage=entry.known, status=Status(entry.status), released=entry.released)
    batch = collect.long_table(rows.getvalue(), name=entry.source, lexicon=lexicon(), given=given)
    batch = replace(batch, places=["" for _ in batch.places])
    source = Source(name=entry.source, kind="hand", reason=entry.reason, given=said(given))
    tried = collecting.take_in(by=by, at=at, batch=batch, source=source, trial=True)
    if tried.refused or not (tried.new or tried.revised or tried.confirmed):
        return tried
    taken = collecting.take_in(by=by, at=at, batch=batch, source=source)
    if taken.load and not taken.refused:
        watching.figures_changed(by=by, at=at, codes={series.indicator for series in batch.figures.series})
    return taken


def said(given: Given) -> dict[str, object]:
    """What is said of a whole file, as its load keeps it."""
    told: dict[str, object] = {"status": given.status.value, "released": given.released}
    told |= {"columns": dict(given.columns), "constants": dict(given.constants), "months": given.months, "year": given.year}
    return {"known": given.vintage.isoformat()} | {name: value for name, value in told.items() if value}


def given_of(told: Mapping[str, Any], *, today: date) -> Given:
    """What is said of a whole file, from what its load keeps or a form gives; what makes no sense is not said."""
    try:
        known = date.fromisoformat(str(told.get("known") or ""))
    except ValueError:
        known = today
    status, year = str(told.get("status") or "preliminary"), str(told.get("year") or "")
    constants = dict(told.get("constants") or {})
    constants |= {"area": str(told["area"]).strip()} if told.get("area") else {}
    return Given(
        vintage=known,
        status=Status(status) if status in set(Status) else Status.PRELIMINARY,
        released=bool(told.get("released")),
        columns=dict(told.get("columns") or {}),
        constants=constants,
        months=int(told.get("months") or 0),
        year=int(year) if year.isdigit() and 1900 < int(year[:5]) < 2200 else 0,
    )
