"""The past years of the whole pool, from which the chances of this one are worked out; kept until a fact of them changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from duheng.plan.pool import MonthReport, PoolProject, YearPlan
from duheng.site.records import models as records
from duheng.watch.projects import Past, lived

_Stamp = tuple[Any, ...]
_Row = tuple[int, str, str, str, date | None, date | None]


def past(*, before: int) -> Past:
    """The years before one year of all projects that stand, by what is known of them now."""
    projects = tuple(records.PoolProject.objects.values_list("pk", "code", "sector", "group", "begins", "ends"))
    return _past(before, projects, _stamp(before))


@lru_cache(maxsize=2)
def _past(before: int, projects: Sequence[_Row], stamp: _Stamp) -> Past:
    """`stamp` only tells the cache that a fact of those years has changed."""
    years, months = defaultdict(list), defaultdict(list)
    plans = _facts(records.PoolYear, before).order_by("id")
    for key, year, planned, monthly in plans.values_list("project_id", "year", "planned", "monthly"):
        years[key].append(YearPlan(year=year, planned=planned, monthly=tuple(monthly) if monthly else None))
    told = _facts(records.PoolMonth, before).order_by("id")
    for key, *rest in told.values_list("project_id", "year", "month", "works", "counted", "paid", "known"):
        year, month, works, counted, paid, known = rest
        months[key].append(MonthReport(year=year, month=month, works=works, counted=counted, paid=paid, known=known))
    whole = (_project(row, years[row[0]], months[row[0]]) for row in projects if row[0] in years)
    return Past.of(lived(whole, before=before))


def _project(row: _Row, years: Sequence[YearPlan], months: Sequence[MonthReport]) -> PoolProject:
    _, code, sector, group, begins, ends = row
    return PoolProject(
        code=code, name=code, sector=sector, group=group, begins=begins, ends=ends, years=tuple(years), months=tuple(months)
    )


def _facts(noun: Any, before: int) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = noun.objects.filter(year__lt=before, withdrawn=False)
    return found


def _stamp(before: int) -> _Stamp:
    """What changes whenever a fact of those years is told or taken back, asked of indexes alone."""
    nouns: tuple[Any, ...] = (records.PoolYear, records.PoolMonth)
    told = [noun.objects.filter(year__lt=before).aggregate(count=Count("pk"), last=Max("pk")) for noun in nouns]
    gone = [noun.objects.filter(year__lt=before, withdrawn=True).aggregate(count=Count("pk"), sum=Sum("pk")) for noun in nouns]
    return tuple(tuple(each.values()) for each in (*told, *gone))
