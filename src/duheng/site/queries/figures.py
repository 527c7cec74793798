"""Figures from the tables to columns, without becoming objects on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
from django.db import connection

from duheng.collect import Figures
from duheng.measure import Basis, Series, SeriesMeasure
from duheng.site.records import models as records

_CHUNK = 500
_COLUMNS = 'f.id, f.series_id, f.start, f."end", f.vintage, f.status, f.released, f.value, f.digits'
_FROM = "records_figure f JOIN records_load l ON l.id = f.load_id AND l.state = 'done'"
_FETCHED = 100_000


def all_figures() -> Figures:
    """Every figure of the workspace that counts: those of loads that were undone do not."""
    return _figures(list(records.Series.objects.select_related("area")), None)


def of_series(rows: Sequence[records.Series]) -> Figures:
    """The figures of some series, in the order in which they came in; `series` of the result is in the order of `rows`."""
    return _figures(rows, [row.pk for row in rows])


def of_indicators(codes: Collection[str], *, area: str | None = None) -> Figures:
    """The figures of some indicators, of one area or of all."""
    found = records.Series.objects.filter(indicator__in=list(codes)).select_related("area")
    return of_series(list(found.filter(area__code=area) if area else found))


def noun(row: records.Series) -> Series:
    """A series' row as the library's noun."""
    return Series(
        indicator=row.indicator,
        area=row.area.code,
        measure=SeriesMeasure(row.measure),
        basis=Basis(row.basis),
        unit=row.unit,
    )


def _figures(rows: Sequence[records.Series], keys: list[int] | None) -> Figures:
    places = {row.pk: place for place, row in enumerate(rows)}
    parts = [_columns(part) for part in _parts(keys)]
    joined = [np.concatenate([part[place] for part in parts]) for place in range(9)] if len(parts) != 1 else parts[0]
    row, key = joined[0], joined[1]
    order = np.argsort(row, kind="stable")
    known = np.array(sorted(places), dtype=np.int64)
    ranks = np.array([places[each] for each in known.tolist()], dtype=np.int32)
    number = ranks[np.searchsorted(known, key)] if len(known) else np.zeros(0, dtype=np.int32)
    start, end, vintage, status, released, value, digits = (column[order] for column in joined[2:])
    return Figures(
        series=tuple(noun(each) for each in rows),
        number=number[order],
        start=start,
        end=end,
        vintage=vintage,
        status=status,
        released=released,
        value=value,
        digits=digits,
        row=row[order],
    )


def _parts(keys: list[int] | None) -> Iterable[list[int] | None]:
    if keys is None:
        return [None]
    return [keys[at : at + _CHUNK] for at in range(0, len(keys), _CHUNK)] or [[]]


_KINDS: Sequence[Any] = (
    np.int64, np.int64, np.int32, np.int32, "datetime64[D]", np.int8, np.bool_, np.float64, np.int8
)  # fmt: skip


def _columns(keys: list[int] | None) -> list[Any]:
    """The nine columns of the figures of some series, or of all."""
    if keys == []:
        return [np.zeros(0, dtype=kind) for kind in _KINDS]
    parts: list[list[Any]] = [[np.zeros(0, dtype=kind)] for kind in _KINDS]
    with connection.cursor() as cursor:
        if keys is None:
            cursor.execute(f"SELECT {_COLUMNS} FROM {_FROM}")  # noqa: S608 — names only
        else:
            marks = ", ".join(["%s"] * len(keys))
            cursor.execute(f"SELECT {_COLUMNS} FROM {_FROM} WHERE f.series_id IN ({marks})", keys)  # noqa: S608 — names and marks
        while rows := cursor.fetchmany(_FETCHED):
            for part, column, kind in zip(parts, zip(*rows, strict=True), _KINDS, strict=True):
                part.append(np.array(column, dtype=kind))
    return [np.concatenate(part) for part in parts]
