"""One project of the pool as its page shows it: where it stands, its money by month, what it must do and what holds it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from duheng.plan import Stage
from duheng.plan import pool as nouns
from duheng.site.queries import outlook, places, pool_kept, pool_outlook, pool_values
from duheng.site.queries.places import Place
from duheng.site.records import models as records
from duheng.watch import projects
from duheng.watch.projects import Past, ProjectStanding, Stay

_NOTHING = Past.of([])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One of a month's three amounts as it was told at a time: fen, by whom and when."""

    works: int | None
    counted: int | None
    paid: int | None
    words: str
    known: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the year: what it should have come to, what is told of it now, what was told before, where it may end. Fen."""

    number: int
    row: records.PoolMonth | None
    planned: int | None
    works: int | None
    counted: int | None
    paid: int | None
    in_library: bool | None
    words: str
    known: date | None
    earlier: tuple[Told, ...]
    middle: int | None
    low80: int | None
    high80: int | None
    low95: int | None
    high95: int | None

    @property
    def told(self) -> bool:
        """Whether anything is reported of it."""
        return self.known is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page of a project shows of one year; `standing` is kept, `now` what is worked out of its facts for the same day."""

    project: records.PoolProject
    value: nouns.PoolProject
    year: int
    years: tuple[int, ...]
    standing: records.PoolStanding | None
    now: ProjectStanding
    plan: nouns.YearPlan | None
    months: tuple[Month, ...]
    stay: Stay | None

    @property
    def usual_money(self) -> str:
        """The unit that its money is told in: 亿元 from one on, else 万元."""
        most = max(self.project.total or 0, self.plan.planned or 0 if self.plan else 0)
        return "yi" if most >= 10**10 else "wan"


def shown(project: records.PoolProject, *, year: int | None, today: date) -> Shown:
    """A project with everything that its page shows of a year: of the one asked for, else this one, else the newest it has."""
    value = pool_values.of([project])[project.pk]
    years = _years(value, today)
    chosen = year if year in years else next((each for each in years if each <= today.year), years[-1])
    standing = records.PoolStanding.objects.filter(project=project, year=chosen).first()
    as_of = standing.as_of if standing else min(today, date(chosen, 12, 31))
    (now,) = projects.standings(
        [value], year=chosen, as_of=as_of, rules=pool_outlook.rules(), seed=pool_outlook.SEED, past=_NOTHING
    )
    return Shown(
        project=project,
        value=value,
        year=chosen,
        years=years,
        standing=standing,
        now=now,
        plan=value.plan(chosen),
        months=tuple(_months(project, value, chosen, standing)),
        stay=_stay(project, value, as_of),
    )


def _years(value: nouns.PoolProject, today: date) -> tuple[int, ...]:
    found = {plan.year for plan in value.years} | {month.year for month in value.months} | {today.year}
    return tuple(sorted(found, reverse=True))


def _months(
    project: records.PoolProject, value: nouns.PoolProject, year: int, standing: records.PoolStanding | None
) -> list[Month]:
    plan = value.plan(year)
    told: dict[int, list[records.PoolMonth]] = defaultdict(list)
    for row in records.PoolMonth.objects.filter(project=project, year=year, withdrawn=False).order_by("id"):
        told[row.month].append(row)
    for rows in told.values():
        rows.sort(key=lambda row: row.known)  # of two known on one day the one told later counts
    path = (standing.path if standing else None) or ()
    last = max(told, default=0)
    return [_month(number, _wanted(value, plan, year, number), told.get(number, ()), path, last) for number in range(1, 13)]


def _wanted(value: nouns.PoolProject, plan: nouns.YearPlan | None, year: int, month: int) -> int | None:
    return round(projects.time_share(value, year, month)[0] * plan.planned) if plan and plan.planned else None


def _month(number: int, wanted: int | None, rows: Sequence[records.PoolMonth], path: Sequence[Sequence[int]], last: int) -> Month:
    now = rows[-1] if rows else None
    ahead = [line[number - 1] for line in path] if path and number > last else [None] * 5
    low95, low80, middle, high80, high95 = ahead
    return Month(
        number=number,
        row=now,
        planned=wanted,
        works=now.works if now else None,
        counted=now.counted if now else None,
        paid=now.paid if now else None,
        in_library=now.in_library if now else None,
        words=now.words if now else "",
        known=now.known if now else None,
        earlier=tuple(
            Told(works=row.works, counted=row.counted, paid=row.paid, words=row.words, known=row.known, at=row.at, by=row.by)
            for row in rows[-2::-1]
        ),
        middle=middle,
        low80=low80,
        high80=high80,
        low95=low95,
        high95=high95,
    )


def _stay(project: records.PoolProject, value: nouns.PoolProject, as_of: date) -> Stay | None:
    """Time in its stage beside others of its sector, or of its group where no sector is told; beside all where those are few."""
    name, alike = ("sector", project.sector) if project.sector else ("group", project.group)
    stamp = pool_kept.token()
    found = projects.stay(value, _staged(name, alike, stamp), as_of=as_of)
    return projects.stay(value, _staged("", "", stamp), as_of=as_of) if found and found.median is None else found


@lru_cache(maxsize=64)
def _staged(name: str, alike: str, stamp: str) -> tuple[nouns.PoolProject, ...]:
    """Projects with their changes of stage only; `stamp` tells the cache that facts have changed."""
    rows = records.PoolStage.objects.filter(withdrawn=False, project__withdrawn=False, project__merged_into__isnull=True)
    if name:
        rows = rows.filter(**{f"project__{name}": alike})
    changes: dict[tuple[str, str, str], list[nouns.StageChange]] = defaultdict(list)
    for stage, on, code, sector, group in rows.order_by("on", "id").values_list(
        "stage", "on", "project__code", "project__sector", "project__group"
    ):
        changes[code, sector, group].append(nouns.StageChange(stage=Stage(stage), on=on))
    return tuple(
        nouns.PoolProject(code=code, name=code, sector=sector, group=group, stages=tuple(told))
        for (code, sector, group), told in changes.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a report says of a project: the plan's own row of it, and the sentences."""

    planned: records.Project
    places: tuple[Place, ...]


def said(project: records.PoolProject) -> list[Said]:
    """What reports say of the project, by the rows of plans that were linked to it."""
    rows = list(records.Project.objects.filter(pooled=project).select_related("plan"))
    found = places.of("project", [row.pk for row in rows])
    return [Said(planned=row, places=tuple(found.get(row.pk, ()))) for row in rows]


def lights(standing: records.PoolStanding | None) -> list[records.PoolLight]:
    """The light of each rule set, in the order of the catalog."""
    if standing is None:
        return []
    order = list(outlook.rules().lights)
    found = [light for light in standing.lights.all() if light.rule in order]
    return sorted(found, key=lambda light: order.index(light.rule))


def turned(project: records.PoolProject, *, limit: int = 20) -> list[records.PoolLightChange]:
    """The lights of the project that turned, the newest first."""
    return list(records.PoolLightChange.objects.filter(project=project)[:limit])


def turned_since(day: date, *, rule: str) -> list[records.PoolLightChange]:
    """The lights of all projects that turned under a rule set after a day, the newest first, each with its project."""
    found = records.PoolLightChange.objects.filter(
        rule=rule, as_of__gt=day, project__withdrawn=False, project__merged_into__isnull=True
    )
    return list(found.select_related("project"))
