"""The rows of the project pool as the library's nouns: what was undone is left out; of gates and milestones the latest said counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from duheng.plan.plan import Stage
from duheng.plan.pool import Approval, Delay, Gate, Milestone, MonthReport, Onset, PoolProject, Problem, StageChange, YearPlan
from duheng.site.records import models as records

_BATCH = 500  # rows asked for at once, below what a database takes in one query


def of(rows: Iterable[records.PoolProject]) -> dict[int, PoolProject]:
    """Projects with all their dated facts, by their key; seven queries for every five hundred of them."""
    found, wanted = {}, list(rows)
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        facts = _Facts([row.pk for row in some])
        found.update({row.pk: _project(row, facts) for row in some})
    return found


class _Facts:
    """The facts of some projects, each kind fetched once."""

    def __init__(self, keys: list[int]) -> None:
        self.stages = _by_project(records.PoolStage, keys, "on", "id")
        self.gates = _latest(records.PoolGate, keys, "kind")
        self.milestones = _latest(records.PoolMilestone, keys, "name")
        self.years = _by_project(records.PoolYear, keys, "year", "id")
        self.months = _by_project(records.PoolMonth, keys, "year", "month", "id")
        self.problems = _by_project(records.PoolProblem, keys, "id")
        self.delays = _by_project(records.PoolDelay, keys, "id")


def _by_project(noun: Any, keys: list[int], *order: str) -> Mapping[int, list[Any]]:
    found = defaultdict(list)
    for fact in noun.objects.filter(project__in=keys, withdrawn=False).order_by(*order):
        found[fact.project_id].append(fact)
    return found


def _latest(noun: Any, keys: list[int], *named: str) -> Mapping[int, list[Any]]:
    """The last said of each thing; a thing is told by the fields that name it."""
    found: dict[int, dict[tuple[Any, ...], Any]] = defaultdict(dict)
    for fact in noun.objects.filter(project__in=keys, withdrawn=False).order_by("id"):
        found[fact.project_id][tuple(getattr(fact, name) for name in named)] = fact
    return {key: list(facts.values()) for key, facts in found.items()}


def _project(row: records.PoolProject, facts: _Facts) -> PoolProject:
    key = row.pk
    return PoolProject(
        code=row.code,
        name=row.name,
        approval_code=row.approval_code,
        aliases=tuple(row.aliases),
        approval=Approval(row.approval) if row.approval else None,
        nature=row.nature,
        sector=row.sector,
        place=row.place,
        owner=row.owner,
        office=row.office,
        group=row.group,
        total=row.total,
        begins=row.begins,
        ends=row.ends,
        stages=tuple(StageChange(stage=Stage(each.stage), on=each.on, paper=each.paper) for each in facts.stages.get(key, ())),
        gates=tuple(Gate(kind=each.kind, due=each.due, met=each.met, paper=each.paper) for each in facts.gates.get(key, ())),
        milestones=tuple(
            Milestone(name=each.name, planned=each.planned, actual=each.actual) for each in facts.milestones.get(key, ())
        ),
        years=tuple(_year(each) for each in facts.years.get(key, ())),
        months=tuple(_month(each) for each in facts.months.get(key, ())),
        problems=tuple(
            Problem(what=each.what, whose=each.whose, raised=each.raised, due=each.due, settled=each.settled)
            for each in facts.problems.get(key, ())
        ),
        delays=tuple(Delay(reason=each.reason, words=each.words, since=each.since) for each in facts.delays.get(key, ())),
    )


def _year(row: records.PoolYear) -> YearPlan:
    return YearPlan(
        year=row.year,
        planned=row.planned,
        onset=Onset(row.onset) if row.onset else None,
        sources=row.sources or None,
        monthly=tuple(row.monthly) if row.monthly else None,
    )


def _month(row: records.PoolMonth) -> MonthReport:
    return MonthReport(
        year=row.year,
        month=row.month,
        works=row.works,
        counted=row.counted,
        paid=row.paid,
        in_library=row.in_library,
        words=row.words,
        known=row.known,
    )
