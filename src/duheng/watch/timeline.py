"""The periods of a series as it labels them: counted, so that gaps show, and continued in the same hand."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from duheng import pattern as re
from duheng.errors import WatchError

_MONTH = re.compile(r"(\d{4})([-/.]?)(\d{1,2})|(\d{4})年(\d{1,2})月")
_QUARTER = re.compile(r"(\d{4})(-?)[Qq]([1-4])|(\d{4})年(?:第)?([1-4一二三四])季度")
_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Places of labels on a line of equal steps: `places[i]` is where label i stands, `label(place)` writes any place."""

    places: tuple[int, ...]
    label: Callable[[int], str]

    @classmethod
    def of(cls, labels: Sequence[str]) -> Timeline:
        """The timeline of labels of one kind: whole numbers or years, months, quarters, or days a fixed step apart.

        >>> line = Timeline.of(["2024-11", "2024-12", "2025-02"])
        >>> line.places, line.label(line.places[-1] + 1)
        ((24298, 24299, 24301), '2025-03')

        Raises `WatchError` for a label that is none of these, or not of the kind of the first.
        """
        for kind in (_whole, _months, _quarters, _days):
            made = kind([label.strip() for label in labels])
            if made is not None:
                return made
        raise WatchError(
            reason=f"“{_odd(labels)}” is not a period like the others; write 2025-07, 2025-Q3, 2025, 2025-07-31 or whole numbers.",
            reason_zh=f"“{_odd(labels)}”与其他时期写法不一；请写成 2025-07、2025-Q3、2025、2025-07-31 或整数。",
        )


def _whole(labels: Sequence[str]) -> Timeline | None:
    if not all(re.fullmatch(r"-?\d{1,5}", label) for label in labels):
        return None
    return Timeline(places=tuple(int(label) for label in labels), label=str)


def _months(labels: Sequence[str]) -> Timeline | None:
    found = [_MONTH.fullmatch(label) for label in labels]
    parts = [(int(each[1] or each[4]), int(each[3] or each[5])) for each in found if each]
    if len(parts) < len(labels) or any(not 1 <= month <= 12 for _, month in parts):
        return None
    last = found[-1]
    between = last[2] if last and last[1] else None

    def label(place: int) -> str:
        year, month = divmod(place, 12)
        return f"{year}年{month + 1}月" if between is None else f"{year}{between}{month + 1:02d}"

    return Timeline(places=tuple(year * 12 + month - 1 for year, month in parts), label=label)


def _quarters(labels: Sequence[str]) -> Timeline | None:
    found = [_QUARTER.fullmatch(label) for label in labels]
    parts = [(int(each[1] or each[4]), _quarter(each[3] or each[5])) for each in found if each]
    if len(parts) < len(labels):
        return None
    last = found[-1]
    between = last[2] if last and last[1] else None

    def label(place: int) -> str:
        year, quarter = divmod(place, 4)
        return f"{year}年{_QUARTERS[quarter]}季度" if between is None else f"{year}{between}Q{quarter + 1}"

    return Timeline(places=tuple(year * 4 + quarter for year, quarter in parts), label=label)


def _quarter(text: str) -> int:
    return _QUARTERS.index(text) if text in _QUARTERS else int(text) - 1


def _days(labels: Sequence[str]) -> Timeline | None:
    found = [_DAY.fullmatch(label) for label in labels]
    try:
        days = [date(int(each[1]), int(each[3]), int(each[4])) for each in found if each]
    except ValueError:
        return None
    if len(days) < len(labels):
        return None
    between = found[-1][2] if found[-1] else "-"
    ends = all(day.day == calendar.monthrange(day.year, day.month)[1] for day in days)
    if len(days) > 1 and (ends or len({day.day for day in days}) == 1):
        return _monthly(days, between, ends=ends)
    return _stepped(days, between)


def _monthly(days: Sequence[date], between: str, *, ends: bool) -> Timeline:
    def label(place: int) -> str:
        year, month = place // 12, place % 12 + 1
        day = calendar.monthrange(year, month)[1] if ends else days[-1].day
        return _written(date(year, month, day), between)

    return Timeline(places=tuple(day.year * 12 + day.month - 1 for day in days), label=label)


def _stepped(days: Sequence[date], between: str) -> Timeline | None:
    gaps = Counter(abs((later - sooner).days) for sooner, later in pairwise(sorted(days)))
    step = gaps.most_common(1)[0][0] if gaps else 1
    first = min(days)
    if not step or any((day - first).days % step for day in days):
        return None
    return Timeline(
        places=tuple((day - first).days // step for day in days),
        label=lambda place: _written(first + timedelta(days=place * step), between),
    )


def _written(day: date, between: str) -> str:
    return f"{day.year}{between}{day.month:02d}{between}{day.day:02d}"


def _odd(labels: Sequence[str]) -> str:
    """The label to show: the first that is no period of any kind, else the first unlike the first."""
    kinds = [
        next((place for place, kind in enumerate((_whole, _months, _quarters, _days)) if kind([label.strip()])), None)
        for label in labels
    ]
    return next((label for label, kind in zip(labels, kinds, strict=True) if kind is None or kind != kinds[0]), labels[0])
