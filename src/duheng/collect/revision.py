"""Revisions: what a file changes of what was known, and how reliable the first releases of a series have been."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duheng.collect.figure import Status
from duheng.collect.figures import STATUSES, Figures, Mask, Numbers, Whole
from duheng.measure import Series

_ESTIMATE = STATUSES.index(Status.ESTIMATE)
_SAME = 1e-12  # of the larger value: what two readings of the same printed digits differ by


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """New figures held against those known. Each new row is one of four.

    *New*: nothing was known of its series and period by its day. *Revised*: something else was; `before` has it. *Confirmed*:
    the same number, now of another status, now released or, in a file that dates its figures, known on another day as well.
    *Unchanged*: nothing to keep, as where what was released is given again as internal. An estimate is held against estimates only.
    """

    new: Mask
    revised: Mask
    confirmed: Mask
    before: Numbers  # NaN where nothing was known
    clashing: Whole  # new rows that give another value than an earlier row of the file for the same day

    @property
    def kept(self) -> Mask:
        """The rows that become figures."""
        return self.new | self.revised | self.confirmed

    @property
    def unchanged(self) -> int:
        """How many rows say what is known already."""
        return int(len(self.new) - self.kept.sum())


def weigh(known: Figures, coming: Figures, *, dated: bool) -> Weighing:
    """Hold `coming` against `known`; `dated` where the file tells since when each figure is known."""
    both = known.with_more(coming)
    fresh = np.arange(len(both)) >= len(known)
    estimate = both.status == _ESTIMATE
    order = np.lexsort((np.arange(len(both)), both.vintage, estimate, both.start, both.end, both.number))
    columns = (both.number, both.end, both.start, estimate)
    same = np.ones(max(0, len(order) - 1), dtype=np.bool_)
    for column in columns:
        same &= column[order][1:] == column[order][:-1]
    prior = np.full(len(order), -1, dtype=np.int64)  # of each row the row before it of the same series, period and kind
    prior[order[1:][same]] = order[:-1][same]
    before = np.where(prior >= 0, both.value[prior], np.nan)
    equal = np.abs(both.value - before) <= _SAME * np.maximum(np.abs(both.value), np.abs(before))
    of_day = (prior >= 0) & (both.vintage == both.vintage[prior])
    of_status = (prior >= 0) & (both.status == both.status[prior])
    made_public = (prior >= 0) & both.released & ~both.released[prior]
    nothing = (prior >= 0) & equal & of_status & ~made_public & (of_day | (not dated))
    clash = fresh & (prior >= len(known)) & of_day & ~equal & of_status
    ours = slice(len(known), None)
    return Weighing(
        new=(prior < 0)[ours],
        revised=((prior >= 0) & ~equal)[ours],
        confirmed=((prior >= 0) & equal & ~nothing)[ours],
        before=before[ours],
        clashing=np.flatnonzero(clash[ours]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How far the first releases of one series were from what is known now.

    `revisions` is how often a figure was changed, `periods` how many periods have been observed twice or more; the means are of
    latest less first release over those periods, in the unit of the series.
    """

    series: Series
    periods: int
    revisions: int
    mean: float
    mean_absolute: float
    largest: float


def reliability(figures: Figures) -> tuple[Reliability, ...]:
    """The reliability of the first releases of each series of which a period was published more than once."""
    observed = figures.take(figures.status != _ESTIMATE)
    first, last = observed.first_release(), observed.latest()
    counts, changes = _releases(observed.in_order())
    off = last.value - first.value
    found = []
    for number in range(len(figures.series)):
        rows = (first.number == number) & (counts > 1)
        if rows.any():
            found.append(
                Reliability(
                    series=figures.series[number],
                    periods=int(rows.sum()),
                    revisions=int(changes[rows].sum()),
                    mean=float(off[rows].mean()),
                    mean_absolute=float(np.abs(off[rows]).mean()),
                    largest=float(off[rows][np.abs(off[rows]).argmax()]),
                )
            )
    return tuple(found)


def _releases(ordered: Figures) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each series and period, in the order of `latest`: how many figures there are, and how often the value changed."""
    opens = np.ones(len(ordered), dtype=np.bool_)
    opens[1:] = (np.diff(ordered.number) != 0) | (np.diff(ordered.end) != 0) | (np.diff(ordered.start) != 0)
    changed = np.zeros(len(ordered), dtype=np.int64)
    changed[1:] = (np.diff(ordered.value) != 0) & ~opens[1:]
    group = np.cumsum(opens) - 1
    return np.bincount(group), np.bincount(group, weights=changed).astype(np.int64)
