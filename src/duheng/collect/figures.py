"""Figures by the million: one value over columns, from which rows are taken without ever becoming objects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from duheng.collect.figure import Figure, Status
from duheng.errors import CollectError
from duheng.measure import Basis, Period, Series, SeriesMeasure

STATUSES = tuple(Status)
_CODES = {status: code for code, status in enumerate(STATUSES)}
_ESTIMATE = _CODES[Status.ESTIMATE]
_EXACT = 15  # decimals that a double can hold
_COLUMNS = ("number", "start", "end", "vintage", "status", "released", "value", "digits", "row")

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Rows of figures as columns of equal length, in the order in which they became known to us.

    `number` is the place of a row's series in `series`. `start` and `end` are its first and last month, counted from January
    of year 0 (`Period.start`). `status` is a place in `STATUSES`. `row` is whatever the store calls the row. Of two figures of
    one day, the later row counts.
    """

    series: tuple[Series, ...]
    number: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    vintage: NDArray[np.datetime64]
    status: NDArray[np.int8]
    released: Mask
    value: Numbers
    digits: NDArray[np.int8]
    row: Whole

    def __post_init__(self) -> None:
        if len({len(getattr(self, name)) for name in _COLUMNS}) != 1:
            raise CollectError(reason="The columns of figures differ in length.", reason_zh="各列长度不一。")

    @classmethod
    def of(cls, rows: Iterable[Figure]) -> Figures:
        """The figures of some rows, in their order."""
        kept = list(rows)
        places = {series: place for place, series in enumerate(dict.fromkeys(row.series for row in kept))}
        return cls(
            series=tuple(places),
            number=np.array([places[row.series] for row in kept], dtype=np.int32),
            start=np.array([row.period.start for row in kept], dtype=np.int32),
            end=np.array([row.period.end for row in kept], dtype=np.int32),
            vintage=np.array([row.vintage for row in kept], dtype="datetime64[D]"),
            status=np.array([_CODES[row.status] for row in kept], dtype=np.int8),
            released=np.array([row.released for row in kept], dtype=np.bool_),
            value=np.array([float(row.value) for row in kept], dtype=np.float64),
            digits=np.array([min(row.digits, _EXACT) for row in kept], dtype=np.int8),
            row=np.arange(len(kept), dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator[Figure]:
        """The rows as figures; for pages and tests, not for a million."""
        for place in range(len(self)):
            yield self.figure(place)

    def figure(self, place: int) -> Figure:
        """One row as a figure, its value with the decimals it was printed with."""
        return Figure(
            series=self.series[self.number[place]],
            period=Period.between(int(self.start[place]), int(self.end[place])),
            value=Decimal(f"{self.value[place]:.{self.digits[place]}f}"),
            vintage=self.vintage[place].item(),
            status=STATUSES[self.status[place]],
            released=bool(self.released[place]),
        )

    def take(self, rows: Mask | Whole) -> Figures:
        """Some of the rows, by mask or by place."""
        return replace(self, **{name: getattr(self, name)[rows] for name in _COLUMNS})

    def where(
        self,
        *,
        indicator: str | Collection[str] | None = None,
        area: str | Collection[str] | None = None,
        measure: SeriesMeasure | Collection[SeriesMeasure] | None = None,
        basis: Basis | None = None,
        unit: str | None = None,
    ) -> Figures:
        """The figures of the series that are all of what is given; series of which none is left are dropped."""
        wanted = {"indicator": indicator, "area": area, "measure": measure, "basis": basis, "unit": unit}
        tests = [(name, _among(value)) for name, value in wanted.items() if value is not None]
        return self.of_series(lambda series: all(test(getattr(series, name)) for name, test in tests))

    def of_series(self, wanted: Callable[[Series], bool]) -> Figures:
        """The figures of the series that `wanted` picks, and those series only."""
        picked = [place for place, series in enumerate(self.series) if wanted(series)]
        places = np.full(len(self.series), -1, dtype=np.int32)
        places[picked] = np.arange(len(picked), dtype=np.int32)
        numbers = places[self.number]
        kept = self.take(numbers >= 0)
        return replace(kept, series=tuple(self.series[place] for place in picked), number=numbers[numbers >= 0])

    def within(self, first: Period, last: Period) -> Figures:
        """The figures whose period ends between the ends of two others, both included."""
        return self.take((self.end >= first.end) & (self.end <= last.end))

    def only(self, *statuses: Status) -> Figures:
        """The figures of these statuses."""
        return self.take(np.isin(self.status, [_CODES[status] for status in statuses]))

    def public(self) -> Figures:
        """The figures that have been released: what a public page, an open interface or an export may show."""
        return self.take(self.released)

    def as_of(self, day: date, *, estimates: bool = False) -> Figures:
        """What was known on `day`: of each series and period the latest figure known by then.

        An office's estimate never stands in for an observation: they are asked for apart, with `estimates`.
        """
        kind = (self.status == _ESTIMATE) == estimates
        return self.take(kind & (self.vintage <= np.datetime64(day, "D")))._one_each(last=True)

    def latest(self, *, estimates: bool = False) -> Figures:
        """Of each series and period the latest figure there is."""
        return self.take((self.status == _ESTIMATE) == estimates)._one_each(last=True)

    def first_release(self) -> Figures:
        """Of each series and period the observation that was known first."""
        return self.take(self.status != _ESTIMATE)._one_each(last=False)

    def in_order(self) -> Figures:
        """The rows sorted by series, period and when they became known."""
        return self.take(self._order())

    def with_more(self, more: Figures) -> Figures:
        """These figures and more behind them, the series of both in one list."""
        places = {series: place for place, series in enumerate(dict.fromkeys((*self.series, *more.series)))}
        moved = np.array([places[series] for series in more.series], dtype=np.int32)
        joined = {name: np.concatenate((getattr(self, name), getattr(more, name))) for name in _COLUMNS if name != "number"}
        number = np.concatenate((self.number, moved[more.number] if len(more) else more.number))
        return Figures(series=tuple(places), number=number, **joined)

    def _order(self) -> Whole:
        return np.lexsort((np.arange(len(self)), self.vintage, self.start, self.end, self.number))

    def _one_each(self, *, last: bool) -> Figures:
        if not len(self):
            return self
        order = self._order()
        same = (np.diff(self.number[order]) == 0) & (np.diff(self.end[order]) == 0) & (np.diff(self.start[order]) == 0)
        edge = np.ones(len(order), dtype=np.bool_)
        if last:
            edge[:-1] = ~same
        else:
            edge[1:] = ~same
        return self.take(order[edge])


def _among(value: str | Collection[str]) -> Callable[[str], bool]:
    wanted = {value} if isinstance(value, str) else set(value)
    return lambda given: given in wanted


assert {field.name for field in fields(Figures)} == {"series", *_COLUMNS}
