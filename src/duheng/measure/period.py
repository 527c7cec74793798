"""Periods that figures and targets belong to: a year, a quarter, a year to date, a span of years."""

from __future__ import annotations

from dataclasses import dataclass

from duheng import pattern as re
from duheng.errors import MeasureError

_LABEL = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:\.\.(\d\d))?)|/(\d{4}))?")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """A run of whole months, from the first to the last, both included.

    >>> Period.parse("2025-Q3").label, Period.parse("2025-01..09").label, Period.parse("2021/2025").label
    ('2025-Q3', '2025-01..09', '2021/2025')
    """

    first: tuple[int, int]  # (year, month)
    last: tuple[int, int]

    def __post_init__(self) -> None:
        if self.last < self.first or not all(1 <= month <= 12 for _, month in (self.first, self.last)):
            raise MeasureError(reason=f"No such period: {self.first} to {self.last}.")

    @classmethod
    def parse(cls, label: str) -> Period:
        """The period a label names: 2025, 2025-H1, 2025-Q3, 2025-07, 2025-01..09 (year to date) or 2021/2025.

        Raises `MeasureError`.
        """
        match = _LABEL.fullmatch(label)
        if not match:
            raise MeasureError(
                reason=f"“{label}” is not a period; write 2025, 2025-H1, 2025-Q3, 2025-07, 2025-01..09 or 2021/2025."
            )
        year, half, quarter, month, to, until = match.groups()
        start, end = 1, 12
        if half:
            start, end = int(half) * 6 - 5, int(half) * 6
        elif quarter:
            start, end = int(quarter) * 3 - 2, int(quarter) * 3
        elif month:
            start, end = int(month), int(to or month)
        return cls(first=(int(year), start), last=(int(until or year), end))

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(first=(year, 1), last=(year, 12))

    @classmethod
    def span(cls, first: int, last: int) -> Period:
        """The calendar years from `first` to `last`, as a five-year plan has them."""
        return cls(first=(first, 1), last=(last, 12))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """One calendar month."""
        return cls(first=(year, month), last=(year, month))

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """The first to fourth quarter of a year."""
        return cls(first=(year, number * 3 - 2), last=(year, number * 3))

    @classmethod
    def to_date(cls, year: int, month: int) -> Period:
        """The year from January to `month`."""
        return cls(first=(year, 1), last=(year, month))

    @classmethod
    def between(cls, start: int, end: int) -> Period:
        """The period from month `start` to month `end`, both counted from year 0 as `start` and `end` of a period are.

        >>> Period.between(Period.parse("2025-Q3").start, Period.parse("2025-Q3").end).label
        '2025-Q3'
        """
        return cls(first=(start // 12, start % 12 + 1), last=(end // 12, end % 12 + 1))

    @property
    def start(self) -> int:
        """The first month, counted from January of year 0: what columns of figures hold."""
        return self.first[0] * 12 + self.first[1] - 1

    @property
    def end(self) -> int:
        """The last month, counted from January of year 0."""
        return self.last[0] * 12 + self.last[1] - 1

    @property
    def months(self) -> int:
        """How many months it covers."""
        return self.end - self.start + 1

    @property
    def label(self) -> str:
        """The period as data carries it; `Period.parse` reads it back."""
        (year, start), (until, end) = self.first, self.last
        if year != until:
            return f"{year}/{until}"
        if (start, end) == (1, 12):
            return str(year)
        if end - start == 5 and end % 6 == 0:
            return f"{year}-H{end // 6}"
        if end - start == 2 and end % 3 == 0:
            return f"{year}-Q{end // 3}"
        return f"{year}-{start:02d}" if start == end else f"{year}-{start:02d}..{end:02d}"
