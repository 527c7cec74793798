"""What pages of the pool ask again and again, kept in each process until standings are worked out anew.

Twenty people who click through a pool of thousands ask for the same sums and orders; a row of the page itself is read each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from duheng.site.queries import filtering, pool, pool_summary
from duheng.site.queries.filtering import Asked
from duheng.site.queries.pool import Totals, View
from duheng.site.queries.pool_summary import Part, Waiting
from duheng.site.records.models import PoolStanding, PoolTurn
from duheng.watch.projects import Conversion, Summary

_Asked = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One of the four batches (四个一批) on the board: how many are in it, what they plan this year, and the first of them."""

    stage: str
    count: int
    planned: int
    rows: list[PoolStanding]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a summary is of: to the end of a quarter, by which dimension; which quarters have begun, to which day batches count."""

    quarter: int
    begun: tuple[int, ...]
    by: str
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A year of the pool by the end of a quarter: the whole, its parts, its quarters, and how its batches moved."""

    year: Summary
    parts: tuple[Part, ...]
    quarters: tuple[Summary, ...]
    starts: tuple[tuple[int, int, int], ...]
    moved: tuple[Conversion, ...]
    waiting: tuple[Waiting, ...]
    stalled: tuple[int, ...]  # keys of standings
    stalled_count: int


def years() -> tuple[int, ...]:
    """The years of which anything is kept, the newest first."""
    return _years(token())


def totals(view: View, ask: Asked) -> Totals:
    """What the projects that answer to `ask` come to."""
    return _totals(view, _plain(ask, sort=False), token())


def keys(view: View, ask: Asked) -> tuple[int, ...]:
    """The standings that answer to `ask` by their keys, in its order."""
    return _keys(view, _plain(ask), token())


def offered(view: View) -> Mapping[str, list[str]]:
    """What the filters offer."""
    return _offered(view, token())


def board(view: View, ask: Asked, *, most: int) -> tuple[list[Batch], int]:
    """The four batches of the projects that answer to `ask`; and how many have no stage yet."""
    found = _batches(view, _plain(ask, sort=False), most, token())
    told = {stage: (count, planned, first) for stage, count, planned, first in found}
    shown = [key for stage in pool.BATCHES if stage in told for key in told[stage][2]]
    rows = {row.pk: row for row in pool.some(view, shown)}
    made = []
    for stage in pool.BATCHES:
        count, planned, first = told.get(stage, (0, 0, []))
        made.append(Batch(stage=stage, count=count, planned=planned, rows=[rows[key] for key in first if key in rows]))
    return made, told["unknown"][0] if "unknown" in told else 0


def summary(view: View, span: Span, *, most: int) -> Told:
    """A year by the end of a quarter, with at most so many of the projects that stand still."""
    return _summary(view, span, most, token())


def token() -> str:
    """What changes whenever standings were worked out anew."""
    return PoolTurn.objects.values_list("token", flat=True).first() or ""


def _plain(ask: Asked, *, sort: bool = True) -> _Asked:
    """A filter as a key: what changes nothing is left out."""
    choices = tuple(sorted((name, value) for name, value in ask.choices.items() if value))
    return ask.words, ask.sort if sort else "", choices


def _asked(plain: _Asked) -> Asked:
    words, sort, choices = plain
    return Asked(words=words, sort=sort, choices=dict(choices))


# Each takes the token as its stamp, only to be told by the cache that standings were worked out anew.


@lru_cache(maxsize=4)
def _years(stamp: str) -> tuple[int, ...]:
    return tuple(pool.years())


@lru_cache(maxsize=512)
def _totals(view: View, plain: _Asked, stamp: str) -> Totals:
    return pool.totals(pool.rows(view, _asked(plain)))


@lru_cache(maxsize=128)
def _keys(view: View, plain: _Asked, stamp: str) -> tuple[int, ...]:
    return tuple(pool.keys(view, _asked(plain)))


@lru_cache(maxsize=32)
def _offered(view: View, stamp: str) -> Mapping[str, list[str]]:
    return pool.offered(view)


@lru_cache(maxsize=128)
def _batches(view: View, plain: _Asked, most: int, stamp: str) -> list[tuple[str, int, int, list[int]]]:
    return pool.batches(view, _asked(plain), most=most)


@lru_cache(maxsize=64)
def _summary(view: View, span: Span, most: int, stamp: str) -> Told:
    found = pool.rows(view, filtering.Asked())
    still, count = pool_summary.stalled(found, most=most)
    return Told(
        year=pool_summary.year(found, of=view.year, quarter=span.quarter),
        parts=tuple(pool_summary.parts(found, of=view.year, quarter=span.quarter, by=span.by)),
        quarters=tuple(pool_summary.year(found, of=view.year, quarter=number) for number in span.begun),
        starts=tuple(pool_summary.starts(found, of=view.year)[: len(span.begun)]),
        moved=tuple(pool_summary.moved(start=date(view.year, 1, 1), end=span.end)),
        waiting=tuple(pool_summary.waiting(found, as_of=span.end)),
        stalled=tuple(row.pk for row in still),
        stalled_count=count,
    )
