"""A year and its quarters of the pool, added up by the database as `watch.projects.summary` adds projects up; and its batches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from duheng.plan.plan import Stage
from duheng.plan.pool import Onset, PoolProject, StageChange
from duheng.site.queries.pool import BATCHES, COLOURS
from duheng.site.records.models import Load, PoolStage, PoolStanding, Statement
from duheng.watch.projects import Conversion, GroupTotal, Stated, Summary, conversions

DIMENSIONS: Mapping[str, str] = {"group": "project__group", "office": "project__office", "sector": "project__sector"}
_LAST_DAYS = ((3, 31), (6, 30), (9, 30), (12, 31))
_STATED = {
    "projects_key": "planned",
    "projects_planned": "planned",
    "projects_new": "new",
    "projects_continued": "continued",
    "projects_advanced": "pushed",
    "investment_year": "money",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the projects of one group, office or sector come to, with how many show each light."""

    name: str
    summary: Summary
    due: int
    count: int  # all that the list of the year has, preliminary and past ones among them, as lists count their groups
    money: int
    lights: Mapping[str, int]
    stated: Stated | None = None

    @property
    def against(self) -> GroupTotal:
        """What is counted here beside what is stated of it."""
        return GroupTotal(name=self.name, count=self.count, money=self.money, stated=self.stated)

    @property
    def time(self) -> float | None:
        """The part of the year's money that should be done by now."""
        return self.due / self.summary.money if self.summary.money else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long the projects that are in a batch have been in it, in days."""

    stage: str
    count: int
    median: int
    longest: int


def year(found: QuerySet[PoolStanding, Any], *, of: int, quarter: int) -> Summary:
    """What the projects found come to in a year, by the end of a quarter."""
    told = found.order_by().aggregate(**_counts(of, quarter))
    return _summary(told, of, quarter)


def parts(found: QuerySet[PoolStanding, Any], *, of: int, quarter: int, by: str) -> list[Part]:
    """The same by group, office or sector, the largest money first."""
    name = DIMENSIONS[by]
    lights = {f"lit_{colour}": Count("pk", filter=_planned() & Q(colour=colour)) for colour in COLOURS}
    due = {
        "due_now": Coalesce(Sum("due", filter=_planned()), 0),
        "listed": Count("pk", filter=_listed()),
        "money": Coalesce(Sum("planned"), 0),
    }
    told_of = stated_groups(of) if by == "group" else {}
    rows = found.order_by().values(name).annotate(**_counts(of, quarter), **lights, **due)
    told = [
        Part(
            name=row[name],
            summary=_summary(row, of, quarter),
            due=row["due_now"],
            count=row["listed"],
            money=row["money"],
            stated=told_of.get(row[name]),
            lights={colour: row[f"lit_{colour}"] for colour in COLOURS},
        )
        for row in rows
    ]
    kept = [part for part in told if part.count]
    return sorted(kept, key=lambda part: (not part.name, -part.summary.money, part.name))


def _planned() -> Q:
    """In the year's plan, to be built: preliminary work is told beside it."""
    return _listed() & ~_over() & ~Q(onset=Onset.PRELIMINARY.value)


def _listed() -> Q:
    """In the year's plan as lists count: with money, or said to be new, continued or preliminary."""
    return Q(planned__gt=0) | ~Q(onset="")


def _over() -> Q:
    """Completed in an earlier year, without money in this one."""
    ended = Q(stage=Stage.COMPLETED.value, completed__isnull=True)
    return ended & (Q(planned__isnull=True) | Q(planned__lte=0))


def _counts(of: int, quarter: int) -> dict[str, Any]:
    end = date(of, *_LAST_DAYS[quarter - 1])
    new, continued = Q(onset=Onset.NEW.value), Q(onset=Onset.CONTINUED.value)
    started = Q(started__year=of, started__lte=end)
    done = f"done_q{quarter}"
    worked = Q(**{f"{done}__gt": 0})
    pushed = (new & started) | (continued & worked) | (Q(onset="") & (started | worked))
    conditions = {
        "n_planned": Q(),
        "n_new": new,
        "n_continued": continued,
        "n_other": Q(onset=""),
        "n_started": new & started,
        "n_worked": continued & worked,
        "n_pushed": pushed,
        "n_completed": Q(completed__lte=end),
    }
    counts = {name: Count("pk", filter=_planned() & condition) for name, condition in conditions.items()}
    return counts | {
        "n_preliminary": Count("pk", filter=Q(onset=Onset.PRELIMINARY.value) & ~_over()),
        "n_past": Count("pk", filter=_listed() & _over()),
        "n_money": Coalesce(Sum("planned", filter=_planned()), 0),
        "n_done": Coalesce(Sum(done, filter=_planned()), 0),
    }


def _summary(told: Mapping[str, Any], of: int, quarter: int) -> Summary:
    counts = {name.removeprefix("n_"): value for name, value in told.items() if name.startswith("n_")}
    return Summary(year=of, through=3 * quarter, **counts)


def starts(found: QuerySet[PoolStanding, Any], *, of: int) -> list[tuple[int, int, int]]:
    """For each quarter of a year how many projects were started in it, and how many completed."""
    begun, ended = (
        Counter((day.month + 2) // 3 for day in found.filter(**{f"{name}__year": of}).values_list(name, flat=True) if day)
        for name in ("started", "completed")
    )
    return [(quarter, begun[quarter], ended[quarter]) for quarter in range(1, 5)]


def moved(*, start: date, end: date) -> list[Conversion]:
    """The conversion between batches of the whole pool in a period."""
    changes = defaultdict(list)
    facts = PoolStage.objects.filter(withdrawn=False, project__withdrawn=False, project__merged_into__isnull=True)
    for key, stage, on in facts.order_by("on", "id").values_list("project_id", "stage", "on"):
        changes[key].append(StageChange(stage=Stage(stage), on=on))
    projects = (PoolProject(code=str(key), name=str(key), stages=tuple(told)) for key, told in changes.items())
    return conversions(projects, start=start, end=end)


def waiting(found: QuerySet[PoolStanding, Any], *, as_of: date) -> list[Waiting]:
    """How long projects have been in the batch that they are in; those that are completed wait for nothing."""
    days = defaultdict(list)
    known = found.exclude(stage=Stage.COMPLETED.value)
    for stage, since in known.values_list("stage", "stage_since"):
        if since:
            days[stage].append((as_of - since).days)
    return [
        Waiting(stage=stage, count=len(days[stage]), median=round(median(days[stage])), longest=max(days[stage]))
        for stage in BATCHES
        if days[stage]
    ]


def stalled(found: QuerySet[PoolStanding, Any], *, most: int) -> tuple[list[PoolStanding], int]:
    """The projects that stand still, the largest plans first, and how many there are."""
    still = found.exclude(stalled_zh="")
    return list(still.order_by(F("planned").desc(nulls_last=True), "project__position")[:most]), still.count()


def stated(of: int) -> dict[str, Statement]:
    """What reports state of a year's projects, by the field of a summary that it is compared with; the latest report's."""
    found = Statement.objects.filter(kind__in=_STATED, period__startswith=str(of)).order_by("plan__year", "-position")
    told = {each.kind: each for each in found}
    return {field: told[kind] for kind, field in _STATED.items() if kind in told}  # what is planned before what is key


def stated_groups(of: int) -> dict[str, Stated]:
    """What the newest list of projects that prints totals of its groups states of each: how many, and their money in that year."""
    for load in Load.objects.filter(kind="projects", state="done"):
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for control in load.mapping.get("controls", ()):
            if control["what"] == "count":
                found[control["group"]]["count"] = control["stated"]
            elif _plans(control["what"], of):
                found[control["group"]]["money"] = control["stated"]
        if found:
            return {name: Stated(name=name, **told) for name, told in found.items() if name}
    return {}


def _plans(head: str, of: int) -> bool:
    """Whether the head of a column says the money planned for a year: 2026年计划投资, 年度计划投资."""
    return "计划" in head and "投资" in head and "其中" not in head and (str(of) in head or "年度" in head)


def ends(of: int) -> Sequence[date]:
    """The last days of a year's quarters."""
    return [date(of, *day) for day in _LAST_DAYS]
