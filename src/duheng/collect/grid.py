"""Series side by side, month for month: what forecasts and checks compute on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duheng.collect.figures import Figures, Numbers
from duheng.measure import Period, Series

NOTHING = -1
"""The status of a cell that holds no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A matrix of series × months; a figure stands in the last month of its period.

    `values` is NaN and `status` is `NOTHING` where there is no figure; `months` tells how many months each figure covers, so
    that January and February in one show as 2 in February with nothing in January. Of figures that end in the same month the
    one of the shortest period stands there, but of a series that accumulates the one that begins in January.
    """

    series: tuple[Series, ...]
    first: int  # the month of the first column, counted from January of year 0
    values: Numbers
    status: NDArray[np.int8]  # places in STATUSES
    months: NDArray[np.int32]

    @classmethod
    def of(cls, figures: Figures, *, first: Period | None = None, last: Period | None = None) -> Grid:
        """The grid of figures of which there is one for each series and period, as `as_of` and `latest` give them."""
        start = first.start if first else int(figures.end.min(initial=np.iinfo(np.int32).max)) if len(figures) else 0
        end = last.end if last else int(figures.end.max()) if len(figures) else start - 1
        shape = (len(figures.series), max(0, end - start + 1))
        values, status = np.full(shape, np.nan), np.full(shape, NOTHING, dtype=np.int8)
        months = np.zeros(shape, dtype=np.int32)
        kept = figures.take((figures.end >= start) & (figures.end <= end))
        span = kept.end - kept.start + 1
        sums = np.array([series.measure.accumulates for series in kept.series], dtype=np.bool_)[kept.number]
        kept = kept.take(np.lexsort((np.where(sums, _from_january(kept), -span),)))
        cells = (kept.number, kept.end - start)
        values[cells], status[cells], months[cells] = kept.value, kept.status, kept.end - kept.start + 1
        return cls(series=kept.series, first=start, values=values, status=status, months=months)

    def column(self, period: Period) -> int:
        """The column in which figures that end with `period` stand."""
        return period.end - self.first

    def label(self, column: int) -> str:
        """The month of a column."""
        return Period.between(self.first + column, self.first + column).label


def _from_january(figures: Figures) -> NDArray[np.bool_]:
    return np.asarray(figures.start % 12 == 0)
