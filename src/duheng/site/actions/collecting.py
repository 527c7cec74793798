"""Figures into the tables: all of a file or nothing, the same file only once, and never over what was known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from duheng import collect
from duheng.collect import Batch, Doubt, Figures, Weighing
from duheng.measure import Area, Series
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import bulk, deriving, event, watching
from duheng.site.queries import figures as stored
from duheng.site.queries import known as catalog
from duheng.site.records import models as records

_COLUMNS = (
    "series_id", "start", "end", "vintage", "status", "released", "value", "digits", "printed", "load_id", "place"
)  # fmt: skip
_SHOWN = 60
_MARKED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a batch is from: a file with its content's hash, or a person's entry with a reason."""

    name: str
    kind: str = "file"
    digest: str = ""
    suffix: str = ""
    reason: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    mapping: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a batch; `load` is None where there was nothing to keep, or it was only tried out."""

    load: int | None = None
    again: int | None = None  # the load that brought the very same file before
    new: int = 0
    revised: int = 0
    confirmed: int = 0
    unchanged: int = 0
    missing: int = 0
    doubts: tuple[Doubt, ...] = ()
    asks: bool = False  # a person must first say what a column means
    sheets: tuple[Mapping[str, Any], ...] = ()  # what each sheet was taken for

    @property
    def refused(self) -> bool:
        """Whether errors kept it out."""
        return any(doubt.severity is collect.Severity.ERROR for doubt in self.doubts)


@transaction.atomic
def take_in(*, by: By, at: datetime, batch: Batch, source: Source, trial: bool = False, load_id: int | None = None) -> Taken:
    """Store what is new in a batch; nothing at all where an error stands against it, or on trial.

    `load_id` is the load that waited for an answer, and is now done.
    """
    access.require(by, "figures.load")
    rows = _series(batch.figures.series)
    known = stored.of_series(_known_series(batch, rows))
    weighing = collect.weigh(known, batch.figures, dated=batch.dated)
    doubts = (*batch.doubts, *_clashes(batch, weighing), *_checked(batch, weighing, known))
    taken = Taken(
        new=int(weighing.new.sum()),
        revised=int(weighing.revised.sum()),
        confirmed=int(weighing.confirmed.sum()),
        unchanged=weighing.unchanged,
        missing=batch.missing,
        doubts=doubts,
    )
    if trial:
        return taken
    load = keep_load(by, at, source, taken, load_id)
    if not taken.refused:
        _store(batch, weighing.kept, load, rows)
        counts = {"new": taken.new, "revised": taken.revised, "confirmed": taken.confirmed}
        event.record(by=by, at=at, kind="figures.load", on=load, after=counts, reason=source.reason)
        _derive(by, at, batch.figures.take(np.flatnonzero(weighing.kept)), of=load.name)
    return replace(taken, load=load.pk)


@transaction.atomic
def ask(*, by: By, at: datetime, source: Source, load_id: int | None = None) -> Taken:
    """Keep a file whose columns a person must first explain."""
    access.require(by, "figures.load")
    taken = Taken(asks=True)
    return replace(taken, load=keep_load(by, at, source, taken, load_id).pk)


@transaction.atomic
def remember(*, by: By, at: datetime, shapes: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep what was said of tables, for the next ones of their shape."""
    access.require(by, "figures.load")
    for fingerprint, mapping in shapes.items():
        told = {"mapping": dict(mapping), "at": at, "by": by.name}
        records.SheetShape.objects.update_or_create(fingerprint=fingerprint, defaults=told)


@transaction.atomic
def undo(*, by: By, at: datetime, load_id: int, reason: str = "") -> None:
    """Take back all that a load brought: its figures stay in the table and count for nothing."""
    access.require(by, "figures.undo")
    load = records.Load.objects.select_for_update().get(pk=load_id)
    if load.state != "done":
        return
    load.state, load.undone_at, load.undone_by = "undone", at, by.name
    load.save(update_fields=["state", "undone_at", "undone_by"])
    event.record(by=by, at=at, kind="figures.undo", on=load, reason=reason)
    indicators = set(records.Series.objects.filter(figures__load=load).values_list("indicator", flat=True))
    again = deriving.withdraw(indicators, by=by, at=at)
    if again is not None:
        _derive(by, at, again, of=load.name)
    codes = set(records.Figure.objects.filter(load=load).values_list("series__indicator", flat=True).distinct())
    watching.figures_changed(by=by, at=at, codes=codes, taken_back=True)


def _derive(by: By, at: datetime, changed: Figures, *, of: str) -> None:
    """Store what the formulas make of figures that changed, as a load of its own."""
    batch = deriving.batch_of(changed)
    if batch is None:
        return
    rows = _series(batch.figures.series)
    known = stored.of_series(_known_series(batch, rows))
    kept = collect.weigh(known, batch.figures, dated=False)
    taken = Taken(new=int(kept.new.sum()), revised=int(kept.revised.sum()), confirmed=int(kept.confirmed.sum()))
    if taken.new or taken.revised or taken.confirmed:
        load = keep_load(by, at, Source(name=of, kind="formula"), taken, None)
        _store(batch, kept.kept, load, rows)


def keep_load(by: By, at: datetime, source: Source, taken: Taken, load_id: int | None) -> records.Load:
    """The row of a load: made, or the one that waited for an answer filled in."""
    state = "asked" if taken.asks else "refused" if taken.refused else "done"
    kept = ("new", "revised", "confirmed", "unchanged") if state == "done" else ()
    values: dict[str, Any] = {
        "name": source.name[:255],
        "kind": source.kind,
        "state": state,
        "digest": source.digest,
        "suffix": source.suffix,
        "given": dict(source.given),
        "mapping": dict(source.mapping),
        "reason": source.reason,
        "at": at,
        "by": by.name,
        "missing": taken.missing,
        **{name: getattr(taken, name) for name in kept},
    }
    load = records.Load(pk=load_id, **values)
    load.save()
    load.doubts.all().delete()
    records.LoadDoubt.objects.bulk_create(_doubt(load, doubt) for doubt in taken.doubts)
    return load


def _doubt(load: records.Load, doubt: Doubt) -> records.LoadDoubt:
    return records.LoadDoubt(
        load=load,
        rule=doubt.rule,
        severity=doubt.severity.value,
        message_zh=doubt.message[0],
        message_en=doubt.message[1],
        place=doubt.place[:120],
        series=doubt.series,
        period=doubt.period,
        value=doubt.value[:60],
    )


def _clashes(batch: Batch, weighing: Weighing) -> tuple[Doubt, ...]:
    """Rows of one file that give two values for the same series, period and day."""
    message = (
        "同一序列、时期、日期在文件中给出了两个不同的值。请只留一个。",
        "The file gives two values for one series, period and day. Keep one.",
    )
    found = []
    for place in weighing.clashing[:_MARKED].tolist():
        figure = batch.figures.figure(place)
        found.append(
            Doubt(
                rule="twice",
                severity=collect.Severity.ERROR,
                message=message,
                place=batch.places[place],
                series=figure.series.key,
                period=figure.period.label,
                value=batch.printed[place],
            )
        )
    return tuple(found)


def _known_series(batch: Batch, rows: Mapping[str, records.Series]) -> list[records.Series]:
    """The series of a batch that are known, and those that its figures are held against."""
    mine = [rows[series.key] for series in batch.figures.series if series.key in rows]
    others = collect.companions(catalog.checks(), {series.indicator for series in batch.figures.series})
    beside = records.Series.objects.filter(indicator__in=others).exclude(key__in=list(rows)[:_MARKED]).select_related("area")
    return list({row.pk: row for row in (*mine, *(beside if others else ()))}.values())


def _checked(batch: Batch, weighing: Weighing, known: Figures) -> tuple[Doubt, ...]:
    """What the checks doubt in the figures that would be kept."""
    places = np.flatnonzero(weighing.kept)
    coming = collect.Coming(
        known=known,
        figures=batch.figures.take(places),
        places=_Picked(batch.places, places),
        printed=_Picked(batch.printed, places),
    )
    return collect.check(coming, catalog.checks())


class _Picked(Sequence[str]):
    """Some of a long list, without a copy."""

    def __init__(self, texts: Sequence[str], places: Any) -> None:
        self._texts, self._places = texts, places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, place: Any) -> Any:
        return self._texts[int(self._places[place])]


def _series(wanted: Sequence[Series]) -> dict[str, records.Series]:
    """The rows there are of these series, by key."""
    keys = [series.key for series in wanted]
    found: dict[str, records.Series] = {}
    for at in range(0, len(keys), _MARKED):
        part = records.Series.objects.filter(key__in=keys[at : at + _MARKED]).select_related("area")
        found |= {row.key: row for row in part}
    return found


def _store(batch: Batch, kept: Any, load: records.Load, rows: dict[str, records.Series]) -> None:
    """The rows of a batch that are kept, into the table of figures; its new series and areas first."""
    _make_series(batch, rows)
    figures = batch.figures
    places = np.flatnonzero(kept)
    keys = np.array([rows[series.key].pk for series in figures.series] or [0], dtype=np.int64)[figures.number[places]]
    chosen = places.tolist()
    columns = (
        keys.tolist(),
        figures.start[places].tolist(),
        figures.end[places].tolist(),
        np.datetime_as_string(figures.vintage[places]).tolist() if chosen else [],
        figures.status[places].tolist(),
        figures.released[places].tolist(),
        figures.value[places].tolist(),
        figures.digits[places].tolist(),
        [batch.printed[place][:_SHOWN] for place in chosen],
        [load.pk] * len(chosen),
        [batch.places[place][:80] for place in chosen],
    )
    bulk.insert(records.Figure, _COLUMNS, zip(*columns, strict=True))


def _make_series(batch: Batch, rows: dict[str, records.Series]) -> None:
    wanted = [series for series in batch.figures.series if series.key not in rows]
    areas = _make_areas(batch, {series.area for series in wanted})
    new = [
        records.Series(
            key=series.key,
            indicator=series.indicator,
            name=batch.names.get(series.indicator, series.indicator)[:200],
            area=areas[series.area],
            measure=series.measure.value,
            basis=series.basis.value,
            unit=series.unit,
        )
        for series in wanted
    ]
    records.Series.objects.bulk_create(new, batch_size=1000)
    rows |= _series(wanted)


def _make_areas(batch: Batch, wanted: set[str]) -> dict[str, records.Area]:
    """The rows of areas by code; those that are new are made, each after the one it lies in."""
    areas = {area.code: area for area in records.Area.objects.all()}

    def made(code: str) -> records.Area:
        if code not in areas:
            told = batch.areas.get(code) or Area(code=code, zh=code)
            parent = made(told.parent) if told.parent else None
            areas[code] = records.Area.objects.create(code=code, zh=told.zh, en=told.en, parent=parent)
        return areas[code]

    for code in sorted(wanted):
        made(code)
    return areas
