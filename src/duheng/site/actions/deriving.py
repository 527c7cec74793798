"""Derived figures: what formulas make of a load, in the same transaction, and made anew where a load is undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from duheng import collect
from duheng.collect import Batch, Figure, Figures
from duheng.measure import Area
from duheng.site.access import By
from duheng.site.queries import figures as stored
from duheng.site.queries import known as catalog
from duheng.site.records import models as records

_MARKED = 500


def batch_of(changed: Figures) -> Batch | None:
    """What the formulas make of figures that changed; None where nothing depends on them.

    A published figure of a derived indicator is never stood beside by one of our own making.
    """
    wanted = collect.needed(catalog.formulas(), {series.indicator for series in changed.series})
    if not wanted:
        return None
    made = collect.derive(catalog.formulas(), catalog.indicators(), stored.of_indicators(wanted), changed)
    taken = _published({figure.series.key for figure in made})
    kept = [one for one in made if (one.series.key, one.period.start, one.period.end) not in taken]
    return _batch(kept) if kept else None


def withdraw(indicators: set[str], *, by: By, at: datetime) -> Figures | None:
    """Take back what was derived from figures of these indicators; returns the figures that it is to be made of anew."""
    wanted = collect.needed(catalog.formulas(), indicators)
    derived = {formula.code for formula in catalog.formulas()} & wanted
    if not derived:
        return None
    loads = records.Load.objects.filter(kind="formula", state="done", figures__series__indicator__in=derived).distinct()
    codes = set(records.Series.objects.filter(figures__load__in=loads).values_list("indicator", flat=True))
    inputs = {code for formula in catalog.formulas() if formula.code in codes for code, _ in formula.inputs}
    for load in loads:
        load.state, load.undone_at, load.undone_by = "undone", at, by.name
        load.save(update_fields=["state", "undone_at", "undone_by"])
    return stored.of_indicators(inputs | indicators)


def _published(keys: set[str]) -> set[tuple[str, int, int]]:
    """The series and periods of which there is a figure that no formula made."""
    found: set[tuple[str, int, int]] = set()
    ordered = sorted(keys)
    for at in range(0, len(ordered), _MARKED):
        rows = records.Figure.objects.filter(
            ~Q(load__kind="formula"), load__state="done", series__key__in=ordered[at : at + _MARKED]
        )
        found |= set(rows.values_list("series__key", "start", "end"))
    return found


def _batch(made: Sequence[Figure]) -> Batch:
    codes = {figure.series.indicator for figure in made}
    return Batch(
        figures=Figures.of(made),
        printed=[str(figure.value) for figure in made],
        places=[catalog.indicators()[figure.series.indicator].formula or "" for figure in made],
        dated=True,
        names={code: catalog.indicators()[code].zh for code in codes},
        areas={figure.series.area: Area(code=figure.series.area, zh=figure.series.area) for figure in made},
    )
