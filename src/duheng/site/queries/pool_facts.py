"""The dated facts of a project as its page lists them: stages, gates, milestones, problems, delays, funds, banks, papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from duheng import catalog
from duheng.catalog import LightCriterionEntry, ProjectWordEntry
from duheng.plan.pool import Milestone
from duheng.site.queries import pool_words
from duheng.site.queries.pool_project import Shown
from duheng.site.records import models as records
from duheng.watch.projects import MilestoneState, milestones


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A milestone with the row that tells it."""

    row: records.PoolMilestone
    state: MilestoneState


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A problem with how it lies to its day."""

    row: records.PoolProblem
    overdue: int  # days

    @property
    def settled(self) -> bool:
        """Whether it was settled."""
        return self.row.settled is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """The money of one year by source, in fen."""

    year: int
    planned: int | None
    onset: str
    sources: tuple[tuple[str, int], ...]

    @property
    def told(self) -> int:
        """What its sources come to."""
        return sum(amount for _name, amount in self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that is told of a project beside its months."""

    stages: tuple[records.PoolStage, ...]
    gates: tuple[records.PoolGate, ...]
    steps: tuple[Step, ...]
    problems: tuple[Open, ...]
    delays: tuple[records.PoolDelay, ...]
    banks: tuple[records.PoolBank, ...]
    papers: tuple[records.PoolPaper, ...]
    funding: tuple[Funding, ...]


def facts(shown: Shown) -> Facts:
    """What is told of a project, by what stands of it."""
    project, as_of = shown.project, shown.now.as_of
    return Facts(
        stages=tuple(_standing(records.PoolStage, project).order_by("on", "id")),
        gates=tuple(_latest(records.PoolGate, project, "kind")),
        steps=_steps(_latest(records.PoolMilestone, project, "name"), as_of),
        problems=_problems(project, as_of),
        delays=tuple(_standing(records.PoolDelay, project).order_by("id")),
        banks=tuple(_latest(records.PoolBank, project, "bank")),
        papers=tuple(_standing(records.PoolPaper, project).order_by("id")),
        funding=tuple(
            Funding(
                year=plan.year,
                planned=plan.planned,
                onset=plan.onset.value if plan.onset else "",
                sources=tuple((plan.sources or {}).items()),
            )
            for plan in _plans(shown)
        ),
    )


def _standing(noun: Any, project: records.PoolProject) -> Any:
    return noun.objects.filter(project=project, withdrawn=False)


def _latest(noun: Any, project: records.PoolProject, named: str) -> list[Any]:
    """The last said of each thing that a field names, in the order in which they were first said."""
    found = {getattr(row, named): row for row in _standing(noun, project).order_by("id")}
    return list(found.values())


def _steps(rows: Sequence[records.PoolMilestone], as_of: date) -> tuple[Step, ...]:
    told = [Milestone(name=row.name, planned=row.planned, actual=row.actual) for row in rows]
    states = milestones(told, as_of=as_of)
    found = [Step(row=row, state=state) for row, state in zip(rows, states, strict=True)]
    return tuple(sorted(found, key=lambda step: step.state.planned or step.state.actual or date.max))


def _problems(project: records.PoolProject, as_of: date) -> tuple[Open, ...]:
    """Problems, the open ones first, of these the one that is due longest."""
    found = [
        Open(row=row, overdue=(as_of - row.due).days if row.due and row.settled is None and row.due < as_of else 0)
        for row in _standing(records.PoolProblem, project)
    ]
    return tuple(sorted(found, key=lambda each: (each.settled, each.row.due or date.max, each.row.pk)))


def _plans(shown: Shown) -> list[Any]:
    """The plan of each year, the newest first; of a year the last told."""
    return sorted({plan.year: plan for plan in shown.value.years}.values(), key=lambda plan: -plan.year)


@lru_cache(maxsize=1)
def criteria() -> Mapping[str, LightCriterionEntry]:
    """What rule sets look at in projects beside their progress, by code."""
    return catalog.load("light_criteria", overlay=settings.WORKSPACE.catalog)


@lru_cache(maxsize=8)
def words(kind: str) -> Mapping[str, tuple[str, str]]:
    """The words for the codes of one kind of the catalog of projects: gates, reasons for delay, banks, sources of money."""
    return {entry.code: (entry.zh, entry.en) for entry in _entries(kind)}


def source(said: str) -> str:
    """The code of the kind of money that words name, as the catalog knows it; the words themselves where it does not."""
    plain = said.strip().casefold()
    for entry in _entries("fund_sources"):
        if plain in {entry.code, entry.zh.casefold(), entry.en.casefold(), *(alias.casefold() for alias in entry.aliases)}:
            return entry.code
    return said.strip()


def _entries(kind: str) -> Iterable[ProjectWordEntry]:
    if kind == "gates":
        return pool_words.gates().values()
    told = pool_words.words()
    return {"delay_reasons": told.delays, "banks": told.banks, "fund_sources": told.sources}[kind].values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Money that was applied for: of which pool, for which year, how far it has come, and the amount told there last, in fen."""

    pk: int
    fund: str
    year: int
    step: str
    amount: int


def applications(project: records.PoolProject) -> list[Asked]:
    """The applications for the project's money, the newest first."""
    rows = records.FundApplication.objects.filter(project=project).select_related("pool").prefetch_related("steps")
    found = [(row, list(row.steps.all())) for row in rows]
    return [
        Asked(pk=row.pk, fund=row.pool.name, year=row.year, step=steps[-1].step, amount=steps[-1].amount)
        for row, steps in found
        if steps
    ]
