"""Projects of a list into the tables: each known again or new, and what the list tells of it beside what was told before."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Model

from duheng.collect import Doubt
from duheng.collect.projects import ListedProject
from duheng.plan.plan import Stage
from duheng.site.access import By
from duheng.site.actions import pool_doubting
from duheng.site.actions.pool_telling import MONTH_FACTS, TEXTS, TOLD, YEAR_FACTS, Knowledge, carry, column, parts
from duheng.site.records.models import (
    Load,
    PoolBank,
    PoolDelay,
    PoolMonth,
    PoolProblem,
    PoolProject,
    PoolStage,
    PoolTold,
    PoolYear,
)

_BATCH = 400


@dataclass(slots=True, kw_only=True)
class Telling:
    """Whose word it is: who and when, of which load, known since which day."""

    by: By
    at: datetime
    load: Load | None
    known: date
    currency: str = "CNY"
    simulated: bool = False

    def facts(self) -> dict[str, Any]:
        """The columns that every told thing has."""
        return {"at": self.at, "by": self.by.name, "load": self.load}


class Recognised:
    """The pool's projects by what they are known by: the platform's code, the own code, the very name."""

    def __init__(self) -> None:
        self._by_approval: dict[str, PoolProject] = {}
        self._by_code: dict[str, PoolProject] = {}
        self._by_name: dict[str, list[PoolProject]] = defaultdict(list)
        rows = {row.pk: row for row in PoolProject.every.all()}
        for row in rows.values():
            kept = row
            while kept.merged_into_id:
                kept = rows[kept.merged_into_id]
            self._by_code.setdefault(row.code, kept)
            if row.approval_code:
                self._by_approval.setdefault(row.approval_code, kept)
            for name in dict.fromkeys([row.name, *row.aliases]):
                if kept not in self._by_name[plain(name)]:
                    self._by_name[plain(name)].append(kept)
        self._taken: set[int] = set()

    def find(self, project: ListedProject) -> PoolProject | None:
        """The project that a row means for certain, each for one row only."""
        found = self._by_approval.get(project.approval_code) or self._by_code.get(project.code or project.approval_code[:40])
        found = found or next((each for each in self._by_name.get(plain(project.name), ()) if self._agrees(each, project)), None)
        if found is not None and found.pk in self._taken:
            return None
        if found is not None:
            self._taken.add(found.pk)
        return found

    def _agrees(self, row: PoolProject, project: ListedProject) -> bool:
        codes = row.approval_code and project.approval_code and row.approval_code != project.approval_code
        owners = row.owner and project.owner and plain(row.owner) != plain(project.owner)
        own = project.code and row.code != project.code and not row.code.startswith(OWN)
        return not (codes or owners or own or row.pk in self._taken)


OWN = "P-"  # begins the codes that are given here, where a list has none


def plain(name: str) -> str:
    """A name without its spaces, wide characters made narrow: what must agree for two to be the very same."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def told_of(project: ListedProject, telling: Telling) -> dict[str, Any]:
    """What a row tells of its project, as plain data: only what it has."""
    found: dict[str, Any] = {name: getattr(project, name) for name in ("name", *TEXTS)}
    found["approval"] = project.approval.value if project.approval else ""
    found |= {"total": project.total, "sources": dict(project.sources), "also": dict(project.also)}
    found |= {name: getattr(project, name).isoformat() if getattr(project, name) else None for name in ("begins", "ends")}
    found |= {"latitude": project.latitude, "longitude": project.longitude}
    found = {name: value for name, value in found.items() if value not in (None, "", {})}
    found |= {"currency": telling.currency} if telling.currency != "CNY" else {}
    return found | ({"simulated": True} if telling.simulated else {})


@dataclass(slots=True)
class Counts:
    """What came of the rows of a list."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    doubts: tuple[Doubt, ...] = ()
    touched: list[int] = field(default_factory=list)


def count(projects: Sequence[ListedProject], telling: Telling) -> Counts:
    """What storing would do, and what is to be doubted, without storing it."""
    storing = _Storing(projects, telling)
    storing.counts.doubts = storing.doubts()
    return storing.counts


def store(projects: Sequence[ListedProject], telling: Telling) -> Counts:
    """Store what the rows tell."""
    storing = _Storing(projects, telling)
    storing.write()
    return storing.counts


class _Storing:
    """The rows of a list on their way into the tables."""

    def __init__(self, projects: Sequence[ListedProject], telling: Telling) -> None:
        self._telling = telling
        recognised = Recognised()
        self._rows = [(project, recognised.find(project)) for project in projects]
        self._old = [row.pk for _, row in self._rows if row is not None]
        self._years = _latest(PoolYear, self._old, ("year",))
        self._months = _latest(PoolMonth, self._old, ("year", "month"))
        self._said = _sayings(self._old)
        self._knowledge = Knowledge()
        self._later = self._told_later()
        self.counts = Counts(new=sum(row is None or row.withdrawn for _, row in self._rows))
        for project, row in self._rows:
            if row is not None and not row.withdrawn:
                changed = self._changes(project, row)
                self.counts.revised += changed
                self.counts.unchanged += not changed

    def _told_later(self) -> Mapping[int, set[str]]:
        """What newer lists and people told of each project: an older list that comes in late does not change it."""
        found: dict[int, set[str]] = defaultdict(set)
        for part in parts(self._old):
            for row in PoolTold.objects.filter(project__in=part, withdrawn=False):
                if self._beneath(row):
                    found[row.project_id].update(row.facts)
        return found

    def _beneath(self, row: Any) -> bool:
        """Whether what the list tells is older than what stands."""
        return row is not None and self._knowledge.since(row) > self._telling.known

    def doubts(self) -> tuple[Doubt, ...]:
        """What does not go with what was told before."""
        return pool_doubting.doubts(self._rows, self._years, self._months)

    def write(self) -> None:
        """Everything told, in as few statements as there are tables."""
        made = self._make()
        pairs = [(project, row or made[place]) for place, (project, row) in enumerate(self._rows)]
        self.counts.touched = [row.pk for _, row in pairs]
        facts = self._telling.facts()
        _add(PoolTold, (PoolTold(project=row, facts=told_of(project, self._telling), **facts) for project, row in pairs))
        _add(PoolYear, (self._year(row, year, facts) for project, row in pairs for year in project.years))
        _add(PoolMonth, (self._month(row, month, facts) for project, row in pairs for month in project.months))
        _add(PoolStage, (change for project, row in pairs for change in self._stage(project, row, facts)))
        _add(PoolProblem, (each for project, row in pairs for each in self._problem(project, row, facts)))
        _add(PoolDelay, (each for project, row in pairs for each in self._delay(project, row, facts)))
        _add(PoolBank, (each for project, row in pairs for each in self._banks(project, row, facts)))

    def _make(self) -> dict[int, PoolProject]:
        """Rows for the projects that are new, by their place in the list."""
        position = (PoolProject.every.aggregate(most=Max("position"))["most"] or 0) + 1
        used = set(PoolProject.every.values_list("code", flat=True))
        made: dict[int, PoolProject] = {}
        for place, (project, row) in enumerate(self._rows):
            if row is not None:
                continue
            code = project.code or project.approval_code[:40]
            while not code or code in used:
                code = f"{OWN}{position:05}" if not code else f"{OWN}{position:05}-{len(used)}"
            used.add(code)
            told = told_of(project, self._telling)
            values = {name: column(name, told[name]) for name in TOLD if name in told}
            made[place] = PoolProject(code=code, position=position, load=self._telling.load, **values)
            position += 1
        PoolProject.every.bulk_create(made.values(), batch_size=_BATCH)
        return made

    def _changes(self, project: ListedProject, row: PoolProject) -> bool:
        told = {name: value for name, value in told_of(project, self._telling).items() if name not in self._later[row.pk]}
        if any(getattr(row, name) != column(name, value) for name, value in told.items() if name not in ("also", "sources")):
            return True
        if any(getattr(row, name).get(key) != value for name in ("also", "sources") for key, value in told.get(name, {}).items()):
            return True
        for year in project.years:
            stands = self._years.get((row.pk, year.year))
            if _differs(stands, year, YEAR_FACTS, beneath=self._beneath(stands)):
                return True
        for month in project.months:
            stands = self._months.get((row.pk, month.year, month.month))
            if _differs(stands, month, MONTH_FACTS, beneath=self._beneath(stands)):
                return True
        return bool(self._problem(project, row, {}) or self._delay(project, row, {}) or self._banks(project, row, {}))

    def _year(self, row: PoolProject, year: Any, facts: Mapping[str, Any]) -> PoolYear:
        made = PoolYear(
            project=row,
            year=year.year,
            planned=year.planned,
            onset=year.onset.value if year.onset else "",
            sources=dict(year.sources or {}),
            monthly=list(year.monthly) if year.monthly else None,
            before=year.before,
            **facts,
        )
        stands = self._years.get((row.pk, year.year))
        carry(made, stands, YEAR_FACTS, beneath=self._beneath(stands))
        return made

    def _month(self, row: PoolProject, month: Any, facts: Mapping[str, Any]) -> PoolMonth:
        values = {name: getattr(month, name) for name in MONTH_FACTS}
        made = PoolMonth(project=row, year=month.year, month=month.month, known=month.known, **values, **facts)
        stands = self._months.get((row.pk, month.year, month.month))
        carry(made, stands, MONTH_FACTS, beneath=self._beneath(stands))
        return made

    def _stage(self, project: ListedProject, row: PoolProject, facts: Mapping[str, Any]) -> list[PoolStage]:
        """The stage the list tells, since the day it already stands at where it is the same; what is only derived moves nothing."""
        if project.stage is None or (not project.stage_told and row.stage not in (Stage.UNKNOWN.value, project.stage.value)):
            return []
        same = row.stage == project.stage.value and not row.withdrawn
        on = row.stage_since if same and row.stage_since else self._telling.known
        return [PoolStage(project=row, stage=project.stage.value, on=on, paper=self._paper(), **facts)]

    def _paper(self) -> str:
        return self._telling.load.name[:255] if self._telling.load else ""

    def _problem(self, project: ListedProject, row: PoolProject, facts: Mapping[str, Any]) -> list[PoolProblem]:
        problem = project.problem
        if problem is None or ("problem", problem.what) in self._said[row.pk]:
            return []
        raised = problem.raised or self._telling.known
        made = PoolProblem(project=row, what=problem.what, whose=problem.whose, raised=raised, due=problem.due, **facts)
        return [made]

    def _delay(self, project: ListedProject, row: PoolProject, facts: Mapping[str, Any]) -> list[PoolDelay]:
        if project.delay is None or ("delay", project.delay[1]) in self._said[row.pk]:
            return []
        return [PoolDelay(project=row, reason=project.delay[0], words=project.delay[1], since=self._telling.known, **facts)]

    def _banks(self, project: ListedProject, row: PoolProject, facts: Mapping[str, Any]) -> list[PoolBank]:
        new = [bank for bank in project.banks if ("bank", bank) not in self._said[row.pk]]
        return [PoolBank(project=row, bank=bank[:60], since=self._telling.known, **facts) for bank in new]


def _latest(table: type[PoolYear] | type[PoolMonth], ids: Iterable[int], keys: tuple[str, ...]) -> dict[tuple[Any, ...], Any]:
    """The standing row of each project and year, or month."""
    found: dict[tuple[Any, ...], Any] = {}
    for part in parts(ids):
        for row in table.objects.filter(project__in=part, withdrawn=False).order_by("id"):
            found[(row.project_id, *(getattr(row, key) for key in keys))] = row
    return found


def _sayings(ids: Iterable[int]) -> dict[int, set[tuple[str, str]]]:
    """The problems, delays and banks that stand, by project."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for part in parts(ids):
        for project, what in PoolProblem.objects.filter(project__in=part, withdrawn=False, settled=None).values_list(
            "project", "what"
        ):
            found[project].add(("problem", what))
        for project, words in PoolDelay.objects.filter(project__in=part, withdrawn=False).values_list("project", "words"):
            found[project].add(("delay", words))
        for project, bank in PoolBank.objects.filter(project__in=part, withdrawn=False, until=None).values_list(
            "project", "bank"
        ):
            found[project].add(("bank", bank))
    return found


def _differs(row: Any, told: Any, names: Sequence[str], *, beneath: bool) -> bool:
    """Whether a list tells something else than what stands; something that is not told yet, where it is older than that."""
    for name in names:
        value = getattr(told, name)
        if value is None or value == "" or value == {}:
            continue
        stands = getattr(row, name) if row is not None else None
        if beneath and stands not in (None, "", {}):
            continue
        if name == "sources":
            stands, value = stands or {}, dict(value)
        if stands != (list(value) if isinstance(value, tuple) else value):
            return True
    return False


def _add(table: type[Model], rows: Iterable[Any]) -> None:
    table._default_manager.bulk_create(rows, batch_size=_BATCH)
