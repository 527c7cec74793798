"""Pools of money and applications as the library's nouns, with what each page of money needs to know of the projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Window as Over
from django.db.models.functions import RowNumber

from duheng.allocate import Balance, FundApplication, FundPool, Move, Step, Window, balances, windows
from duheng.catalog import FundKindEntry
from duheng.plan import pool as nouns
from duheng.site.queries import known
from duheng.site.records import models as records

STEPS: Mapping[str, tuple[str, str]] = {
    "applied": ("申报", "applied"),
    "reviewed": ("审核", "reviewed"),
    "allotted": ("下达", "allotted"),
    "arrived": ("到位", "arrived"),
    "spent": ("支出", "spent"),
    "refused": ("未获批准", "refused"),
}
DEADLINES: Mapping[str, tuple[str, str]] = {
    "apply": ("申报截止", "applications close"),
    "spend": ("支出期限", "to be spent"),
    "return": ("年底收回", "goes back at the year's end"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A project of the pool as far as money asks: its row's facts, and what it plans, did and paid by year."""

    pk: int
    code: str
    name: str
    sector: str
    owner: str
    office: str
    group: str
    stage: str
    simulated: bool
    value: nouns.PoolProject


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An application with its row's key, its project and pool by their keys."""

    pk: int
    project: int
    pool: int
    value: FundApplication
    simulated: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A pool with its row's key and what became of its money."""

    pk: int
    value: FundPool
    kind: FundKindEntry | None
    balances: tuple[Balance, ...]
    simulated: bool
    note: str = ""

    def of(self, year: int) -> Balance:
        """Its balance of a year, nothing where it has none."""
        empty = Balance(year=year, amount=0, carried=0, granted=0, arrived=0, spent=0, pending=0)
        return next((each for each in self.balances if each.year == year), empty)

    @property
    def kind_words(self) -> tuple[str, str]:
        """Its kind in (zh, en)."""
        return (self.kind.zh, self.kind.en) if self.kind else (self.value.kind, self.value.kind)


def projects(keys: Iterable[int] | None = None) -> dict[int, Known]:
    """The projects that stand, by key in their order: six queries, however many there are."""
    rows = records.PoolProject.objects.all()
    told = records.PoolStanding.objects.filter(project__withdrawn=False, project__merged_into__isnull=True)
    if keys is not None:
        keys = list(keys)
        rows, told = rows.filter(pk__in=keys), told.filter(project__in=keys)
    years: dict[int, dict[int, int | None]] = defaultdict(dict)
    for project, year, planned in told.values_list("project_id", "year", "planned"):
        years[project][year] = planned
    done = {name: _done(name, keys) for name in ("works", "paid")}
    before = _before(keys)
    facts = ("pk", "code", "name", "sector", "owner", "office", "group", "stage", "simulated", "total", "begins", "ends")
    return {row["pk"]: _known(row, years[row["pk"]], before, done) for row in rows.values(*facts)}


def _before(keys: Iterable[int] | None) -> dict[tuple[int, int], int]:
    """What was invested before a year, by project and year, as lists say it; the last said counts."""
    rows = records.PoolYear.objects.filter(withdrawn=False, before__isnull=False).order_by("id")
    if keys is not None:
        rows = rows.filter(project__in=list(keys))
    return {
        (project, year): before
        for project, year, before in rows.values_list("project_id", "year", "before")
        if before is not None
    }


def _done(name: str, keys: Iterable[int] | None) -> dict[int, dict[int, int]]:
    """One amount by project and year, as the last month that tells it says: months are cumulative since January."""
    rows = records.PoolMonth.objects.filter(withdrawn=False, **{f"{name}__isnull": False})
    if keys is not None:
        rows = rows.filter(project__in=list(keys))
    last = Over(RowNumber(), partition_by=["project_id", "year"], order_by=["-month", "-id"])
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for project, year, amount in rows.annotate(place=last).filter(place=1).values_list("project_id", "year", name):
        found[project][year] = amount
    return found


def _known(
    row: Mapping[str, Any],
    planned: Mapping[int, int | None],
    before: Mapping[tuple[int, int], int],
    done: Mapping[str, Mapping[int, Mapping[int, int]]],
) -> Known:
    pk = row["pk"]
    shown = {name: row[name] for name in ("code", "name", "sector", "owner", "office", "group")}
    works, paid = done["works"].get(pk, {}), done["paid"].get(pk, {})
    value = nouns.PoolProject(
        **shown,
        total=row["total"],
        begins=row["begins"],
        ends=row["ends"],
        years=tuple(
            nouns.YearPlan(year=year, planned=amount, before=before.get((pk, year)))
            for year, amount in sorted(planned.items())
            if amount is not None
        ),
        months=tuple(
            nouns.MonthReport(year=year, month=12, works=works.get(year), paid=paid.get(year)) for year in sorted({*works, *paid})
        ),
    )
    return Known(pk=pk, stage=row["stage"], simulated=row["simulated"], value=value, **shown)


def applications(**narrowed: object) -> list[Applied]:
    """Applications by their rows' order; those of a project that was merged are of what it is part of now."""
    rows = records.FundApplication.objects.filter(**narrowed).select_related("project", "pool").prefetch_related("steps")
    return [applied(row) for row in rows]


def applied(row: records.FundApplication) -> Applied:
    """One application as a value."""
    project = standing(row.project)
    likelihood = row.pool.likelihood if row.likelihood is None else row.likelihood
    value = FundApplication(
        project=project.code,
        fund=row.pool.code,
        year=row.year,
        moves=tuple(moves(row)),
        likelihood=Decimal(likelihood) / 100,
    )
    return Applied(pk=row.pk, project=project.pk, pool=row.pool_id, value=value, simulated=row.simulated, note=row.note)


def moves(row: records.FundApplication) -> list[Move]:
    """The steps of an application as values."""
    return [
        Move(step=Step(each.step), on=each.on, amount=each.amount, paper=each.paper, words=each.words) for each in row.steps.all()
    ]


def standing(project: records.PoolProject) -> records.PoolProject:
    """What a project is part of now, itself unless it was merged."""
    seen = {project.pk}
    while project.merged_into_id and project.merged_into_id not in seen:
        seen.add(project.merged_into_id)
        project = records.PoolProject.every.get(pk=project.merged_into_id)
    return project


def pools(given: Sequence[Applied] | None = None) -> list[Pool]:
    """All pools in their order, with their balances."""
    asked = [each.value for each in (applications() if given is None else given)]
    kinds = known.fund_kinds()
    rows = records.FundPool.objects.prefetch_related("amounts")
    return [pool(row, asked, kinds) for row in rows]


def pool(row: records.FundPool, asked: Iterable[FundApplication], kinds: Mapping[str, FundKindEntry]) -> Pool:
    """One pool."""
    value = pool_value(row, kinds)
    return Pool(
        pk=row.pk,
        value=value,
        kind=kinds.get(row.kind),
        balances=balances(value, asked),
        simulated=row.simulated,
        note=row.note,
    )


def pool_value(row: records.FundPool, kinds: Mapping[str, FundKindEntry]) -> FundPool:
    """A pool's row as a value; where it does not say for how long money may wait, its kind does."""
    kind = kinds.get(row.kind)
    months = row.spend_months if row.spend_months is not None else kind.spend_months if kind else 0
    return FundPool(
        code=row.code,
        name=row.name,
        kind=row.kind,
        amounts={each.year: each.amount for each in row.amounts.all()},
        carry_over=row.carry_over,
        opens=row.opens,
        closes=row.closes,
        spend_months=months,
        likelihood=Decimal(row.likelihood) / 100,
        paper=row.paper,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A window of a pool as a page counts it down."""

    window: Window
    days: int
    pool: int
    pool_name: str
    project: int | None = None
    project_name: str = ""

    @property
    def days_past(self) -> int:
        """Days since it closed."""
        return -self.days


def endings(found: Sequence[Pool], asked: Sequence[Applied], names: Mapping[int, str], *, as_of: date) -> list[Ending]:
    """The windows of all pools, the nearest first and those past behind them."""
    by_code = {each.value.project: each.project for each in asked}
    values = [each.value for each in asked]
    made = [
        Ending(
            window=window,
            days=window.days(as_of),
            pool=one.pk,
            pool_name=one.value.name,
            project=by_code.get(window.project),
            project_name=names.get(by_code.get(window.project, 0), ""),
        )
        for one in found
        for window in windows(one.value, values, as_of=as_of)
    ]
    return sorted(made, key=lambda each: (each.days < 0, abs(each.days), each.pool))


def years() -> list[int]:
    """The years of which money or needs are known, in order."""
    told = set(records.FundAmount.objects.values_list("year", flat=True).distinct())
    told |= set(records.FundApplication.objects.values_list("year", flat=True).distinct())
    told |= set(records.PoolStanding.objects.filter(planned__gt=0).values_list("year", flat=True).distinct())
    return sorted(told)
