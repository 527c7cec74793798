"""Many series at once: one row each, the newest value in the last column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duheng.errors import WatchError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Series of equal step, each ending in its own last period.

    `values` has one row for each name; a shorter series is NaN before its first value, and has no gap behind it.
    """

    names: tuple[str, ...]
    values: Numbers  # (series, periods)

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or len(self.names) != len(self.values):
            raise WatchError(reason="One row of values is wanted for each name.", reason_zh="每个序列名应对应一行数值。")
        missing = np.isnan(self.values)
        if missing[:, -1:].any() or (missing[:, 1:] & ~missing[:, :-1]).any():
            raise WatchError(reason="A series has a gap; fill it first.", reason_zh="序列中间有缺值，请先补齐。")

    @classmethod
    def of(cls, series: Mapping[str, Sequence[float]]) -> Panel:
        """The panel of named series, each with its oldest value first and at least one value."""
        width = max((len(values) for values in series.values()), default=0)
        table = np.full((len(series), width), np.nan)
        for row, values in enumerate(series.values()):
            table[row, width - len(values) :] = values
        return cls(names=tuple(series), values=table)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many values each series has."""
        return np.asarray((~np.isnan(self.values)).sum(axis=1), dtype=np.int64)

    def sampled(self, most: int) -> Panel:
        """At most `most` of the series, evenly spread over the panel."""
        if len(self.names) <= most:
            return self
        rows = np.linspace(0, len(self.names) - 1, most).astype(np.int64)
        return Panel(names=tuple(self.names[row] for row in rows), values=self.values[rows])

    def before(self, periods: int, *, least: int) -> tuple[Panel, NDArray[np.int64]]:
        """The panel as it stood `periods` ago, of the series that had `least` values by then, and which rows those are."""
        rows = np.flatnonzero(self.lengths - periods >= least)
        kept = self.values[rows, : self.values.shape[1] - periods]
        return Panel(names=tuple(self.names[row] for row in rows), values=kept), rows
