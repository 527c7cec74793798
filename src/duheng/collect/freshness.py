"""How up to date figures are (指标动态率): of the indicators an office owns, how many have the newest figure that must be out."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duheng.catalog import IndicatorEntry
from duheng.collect.figures import Figures
from duheng.measure import OWN, Period

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """One owner's indicators: how many are up to date, and which are not, with the period that was to be there."""

    owner: str
    fresh: int
    stale: tuple[tuple[str, str, str], ...]  # code, newest period there is ("" where none), period wanted

    @property
    def count(self) -> int:
        """How many indicators the owner has."""
        return self.fresh + len(self.stale)

    @property
    def share(self) -> float:
        """The share that is up to date, from 0 to 1."""
        return self.fresh / self.count if self.count else 1.0


def freshness(
    figures: Figures, entries: Sequence[IndicatorEntry], *, as_of: date, owners: Mapping[str, str] | None = None
) -> tuple[Freshness, ...]:
    """The freshness of each owner's indicators on a day, the least fresh first; `owners` by code where it is not the catalog's."""
    known = figures.as_of(as_of)
    newest: dict[str, int] = {}
    for number, end in zip(known.number.tolist(), known.end.tolist(), strict=True):
        series = known.series[number]
        if series.area == OWN:
            newest[series.indicator] = max(end, newest.get(series.indicator, -1))
    told: dict[str, list[tuple[str, str, str] | None]] = {}
    for entry in entries:
        wanted = expected(entry, as_of=as_of)
        have = newest.get(entry.code, -1)
        owner = (owners or {}).get(entry.code, entry.owner)
        label = Period.between(have, have).label if have >= 0 else ""
        told.setdefault(owner, []).append(None if have >= wanted.end else (entry.code, label, wanted.label))
    found = [
        Freshness(owner=owner, fresh=sum(each is None for each in all_), stale=tuple(each for each in all_ if each))
        for owner, all_ in told.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.share, -one.count, one.owner)))


def expected(entry: IndicatorEntry, *, as_of: date) -> Period:
    """The newest period whose figure must be out by a day, by the indicator's frequency and publication lag.

    >>> from duheng import catalog
    >>> expected(catalog.load("indicators")["gdp.growth"], as_of=date(2025, 10, 19)).label
    '2025-Q2'
    """
    months = _MONTHS[entry.frequency]
    end = as_of.year * 12 + as_of.month - 1
    while (end + 1) % months or _last_day(end) + timedelta(days=entry.lag) > as_of:
        end -= 1
    return Period.between(end - months + 1, end)


def _last_day(month: int) -> date:
    year, number = divmod(month, 12)
    return date(year, number + 1, calendar.monthrange(year, number + 1)[1])
