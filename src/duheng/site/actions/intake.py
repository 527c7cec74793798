"""A file of figures on its way in: read outside any transaction, then stored, its original kept."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath

from django.conf import settings

from duheng import collect
from duheng.collect import Given, SheetMapping, Status
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


def take_file(*, by: By, at: datetime, sent: Sent, request: Request, progress: Callable[[str], None] = lambda _: None) -> Taken:
    """Take a file in: all of it or nothing. The very same file, with the same said of it, changes nothing.

    Where a person must first say what a column means, it is kept and asked about.
    """
    access.require(by, "figures.load")
    told = said(request.given)
    mapping = {"sheets": [each.plain() for each in request.said]} if request.said else {}
    source = Source(name=sent.name, digest=hashlib.sha256(sent.data).hexdigest(), suffix=sent.suffix, given=told)
    if known := loads.same(source.digest, told, mapping):
        return Taken(again=known)
    progress("read")
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
    progress("store")
    asked = request.asked
    if opened.batch is None:
        taken = collecting.ask(by=by, at=at, source=source, load_id=asked) if not request.trial else Taken(asks=True)
    else:
        taken = collecting.take_in(by=by, at=at, batch=opened.batch, source=source, trial=request.trial, load_id=asked)
    if taken.load:
        settings.WORKSPACE.keep(sent.data, suffix=sent.suffix)
        if request.said and not taken.refused and not taken.asks:
            collecting.remember(by=by, at=at, shapes={sheet.shape: sheet.remembered().plain() for sheet in opened.sheets})
    if taken.load and opened.batch is not None and not taken.refused:
        progress("watch")
        watching.figures_changed(by=by, at=at, codes={series.indicator for series in opened.batch.figures.series})
    return replace(taken, sheets=plain)


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
    told |= {"columns": dict(given.columns), "constants": dict(given.constants), "months": given.months}
    return {"known": given.vintage.isoformat()} | {name: value for name, value in told.items() if value}
