"""The life of a project in the pool: every step an entry of its own, by whom and when, that can be taken back.

Each action gives the row it made. What an entry says is never written over: a later one of the same stage, month, gate or
milestone counts instead, and `take_back` makes the earlier count again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from duheng.errors import CannotUndo, DecisionError, GatesMissing, WrongDay
from duheng.plan.plan import Stage
from duheng.plan.pool import Gate, Milestone, MonthReport, Problem, YearPlan
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event, pool_standing, pool_telling
from duheng.site.actions.intake import Sent
from duheng.site.actions.pool_storing import OWN
from duheng.site.actions.pool_telling import MONTH_FACTS, TOLD, YEAR_FACTS
from duheng.site.queries import pool_gates, pool_words, wording
from duheng.site.records.models import (
    PoolBank,
    PoolDelay,
    PoolGate,
    PoolMilestone,
    PoolMonth,
    PoolPaper,
    PoolProblem,
    PoolProject,
    PoolStage,
    PoolTold,
    PoolYear,
)

_LONGEST = 20  # years from which a day is taken for a slip of its year
_Entry = PoolTold | PoolStage | PoolYear | PoolMonth | PoolGate | PoolMilestone | PoolProblem | PoolDelay | PoolBank | PoolPaper
ENTRIES: Mapping[str, type[_Entry]] = {
    "told": PoolTold,
    "stage": PoolStage,
    "year": PoolYear,
    "month": PoolMonth,
    "gate": PoolGate,
    "milestone": PoolMilestone,
    "problem": PoolProblem,
    "delay": PoolDelay,
    "bank": PoolBank,
    "paper": PoolPaper,
}


@transaction.atomic
def add(*, by: By, at: datetime, facts: Mapping[str, Any], reason: str = "") -> PoolProject:
    """A project that nobody has listed yet; `facts` as for `describe`, its name among them."""
    access.require(by, "projects.edit")
    told = _plain(facts)
    name = str(told.get("name") or "").strip()
    if not name:
        raise DecisionError(name="…", reason="A project needs a name.", reason_zh="请填写项目名称。")
    position = (PoolProject.every.aggregate(most=Max("position"))["most"] or 0) + 1
    code = str(facts.get("code") or told.get("approval_code") or f"{OWN}{position:05}")[:40]
    if PoolProject.every.filter(code=code).exists():
        raise DecisionError(name=code, reason="Another project has this code.", reason_zh="已有项目使用这个代码。")
    project = PoolProject.every.create(code=code, position=position, name=name)
    PoolTold.objects.create(project=project, facts=told, reason=reason, at=at, by=by.name)
    pool_telling.settle([project.pk])
    project.refresh_from_db()
    event.record(by=by, at=at, kind="pool.add", on=project, after=told, reason=reason)
    _work_out(project, at)
    return project


@transaction.atomic
def describe(*, by: By, at: datetime, project_id: int, facts: Mapping[str, Any], reason: str) -> PoolTold:
    """Say something new of a project: `facts` gives values by column (name, owner, office, total in fen, begins …), with the reason."""
    project = _project(by, project_id)
    told = _plain(facts)
    before = {name: _shown(getattr(project, name)) for name in told}
    row = PoolTold.objects.create(project=project, facts=told, reason=reason, at=at, by=by.name)
    pool_telling.settle([project.pk])
    event.record(by=by, at=at, kind="pool.describe", on=project, before=before, after=told, reason=reason)
    _work_out(project, at)
    return row


@transaction.atomic
def mark_public(*, by: By, at: datetime, project_id: int, public: bool) -> PoolTold:
    """Let anybody see the project as an opportunity, or no longer."""
    project = _project(by, project_id)
    row = PoolTold.objects.create(project=project, facts={"public": public}, at=at, by=by.name)
    pool_telling.settle([project.pk])
    event.record(by=by, at=at, kind="pool.public", on=project, before={"public": project.public}, after={"public": public})
    return row


@transaction.atomic
def move(
    *, by: By, at: datetime, project_id: int, stage: Stage, on: date, paper: str = "", despite: Collection[str] = ()
) -> PoolStage:
    """The project reached a stage on a day, by a paper.

    Raises `WrongDay` where it cannot have been then, `GatesMissing` where gates of that stage are not met and are not among those
    it moves `despite`; of these only what is not met is kept.
    """
    project = _project(by, project_id)
    _possible(project, stage, on, at.date())
    unmet = pool_gates.missing(project, stage)
    missing = [gate for gate in unmet if gate.code not in despite]
    passed = sorted(gate.code for gate in unmet)
    if missing:
        raise GatesMissing(
            name=project.name,
            gates=tuple(gate.code for gate in missing),
            missing=", ".join(gate.en for gate in missing),
            missing_zh="、".join(gate.zh for gate in missing),
        )
    before = {"stage": project.stage, "since": _shown(project.stage_since)}
    row = PoolStage.objects.create(project=project, stage=stage.value, on=on, paper=paper[:255], at=at, by=by.name)
    pool_telling.settle([project.pk])
    after = {"stage": stage.value, "since": on.isoformat(), "paper": paper} | ({"despite": passed} if passed else {})
    event.record(by=by, at=at, kind="pool.stage", on=project, before=before, after=after)
    _work_out(project, at)
    return row


@transaction.atomic
def plan_year(*, by: By, at: datetime, project_id: int, plan: YearPlan, reason: str = "") -> PoolYear:
    """What the project is to invest in a year; what `plan` does not say stays as it is."""
    project = _project(by, project_id)
    _not_negative(project, planned=plan.planned, before=plan.before, **(plan.sources or {}))
    stands = project.years.filter(year=plan.year, withdrawn=False).order_by("id").last()
    row = PoolYear(
        project=project,
        year=plan.year,
        planned=plan.planned,
        onset=plan.onset.value if plan.onset else "",
        sources=dict(plan.sources or {}),
        monthly=list(plan.monthly) if plan.monthly else None,
        before=plan.before,
        at=at,
        by=by.name,
    )
    pool_telling.carry(row, stands, YEAR_FACTS)
    row.save()
    event.record(
        by=by,
        at=at,
        kind="pool.year",
        on=project,
        before=_facts(stands, YEAR_FACTS),
        after=_facts(row, YEAR_FACTS),
        reason=reason,
    )
    _work_out(project, at)
    return row


@transaction.atomic
def enter_month(*, by: By, at: datetime, project_id: int, report: MonthReport, reason: str = "") -> PoolMonth:
    """What is reported of a month, each amount since January; what `report` does not say stays as it is."""
    project = _project(by, project_id)
    if not 1 <= report.month <= 12:
        raise DecisionError(name=project.name, reason="There is no such month.", reason_zh="没有这个月份。")
    _not_negative(project, works=report.works, counted=report.counted, paid=report.paid)
    stands = project.months.filter(year=report.year, month=report.month, withdrawn=False).order_by("id").last()
    values = {name: getattr(report, name) for name in MONTH_FACTS}
    known = report.known or at.date()
    row = PoolMonth(project=project, year=report.year, month=report.month, known=known, at=at, by=by.name, **values)
    pool_telling.carry(row, stands, MONTH_FACTS)
    row.save()
    after = {"month": f"{report.year}-{report.month:02}", **(_facts(row, MONTH_FACTS) or {})}
    event.record(by=by, at=at, kind="pool.month", on=project, before=_facts(stands, MONTH_FACTS), after=after, reason=reason)
    _work_out(project, at)
    return row


@transaction.atomic
def set_milestone(*, by: By, at: datetime, project_id: int, milestone: Milestone) -> PoolMilestone:
    """When a step of the works is planned, and when it was done."""
    project = _project(by, project_id)
    stands = project.milestones.filter(name=milestone.name, withdrawn=False).order_by("id").last()
    values = _values(milestone)
    values["planned"] = values["planned"] or (stands.planned if stands else None)
    row = PoolMilestone.objects.create(project=project, at=at, by=by.name, **values)
    event.record(by=by, at=at, kind="pool.milestone", on=project, after={name: _shown(value) for name, value in values.items()})
    _work_out(project, at)
    return row


@transaction.atomic
def meet_gate(*, by: By, at: datetime, project_id: int, gate: Gate) -> PoolGate:
    """When a gate is due, and when and by which paper it was met."""
    project = _project(by, project_id)
    _known(project, gate.kind, pool_words.gates(), "gate", "手续")
    stands = pool_gates.standing(project).get(gate.kind)
    values = _values(gate)
    values["due"] = values["due"] or (stands.due if stands else None)
    row = PoolGate.objects.create(project=project, at=at, by=by.name, **values)
    event.record(by=by, at=at, kind="pool.gate", on=project, after={name: _shown(value) for name, value in values.items()})
    _work_out(project, at)
    return row


@transaction.atomic
def raise_problem(*, by: By, at: datetime, project_id: int, problem: Problem) -> PoolProblem:
    """What holds the project up, whose it is to settle, and by when."""
    project = _project(by, project_id)
    if not problem.what.strip():
        raise DecisionError(name=project.name, reason="Say what the problem is.", reason_zh="请写明问题。")
    values = _values(problem) | {"raised": problem.raised or at.date()}
    row = PoolProblem.objects.create(project=project, at=at, by=by.name, **values)
    event.record(by=by, at=at, kind="pool.problem", on=project, after={name: _shown(value) for name, value in values.items()})
    _work_out(project, at)
    return row


@transaction.atomic
def settle_problem(*, by: By, at: datetime, problem_id: int, on: date | None) -> PoolProblem:
    """The problem was settled on a day; None opens it again."""
    row = PoolProblem.objects.select_for_update().select_related("project").get(pk=problem_id)
    access.require(by, "projects.edit")
    before = {"settled": _shown(row.settled)}
    row.settled = on
    row.save(update_fields=["settled"])
    kind = "pool.settle" if on else "pool.reopen"
    event.record(by=by, at=at, kind=kind, on=row.project, before=before, after={"settled": _shown(on)}, reason=row.what)
    _work_out(row.project, at)
    return row


@transaction.atomic
def give_delay(*, by: By, at: datetime, project_id: int, reason: str, words: str = "", since: date | None = None) -> PoolDelay:
    """Why the project is late: a reason of the catalog's list, and words."""
    project = _project(by, project_id)
    _known(project, reason, pool_words.words().delays, "reason for delay", "滞后原因")
    row = PoolDelay.objects.create(project=project, reason=reason, words=words, since=since or at.date(), at=at, by=by.name)
    event.record(by=by, at=at, kind="pool.delay", on=project, after={"delay": reason, "words": words})
    _work_out(project, at)
    return row


@transaction.atomic
def enter_bank(*, by: By, at: datetime, project_id: int, bank: str, since: date) -> PoolBank:
    """The project was taken into a bank: one of the catalog's, or another by its name."""
    project = _project(by, project_id)
    stands = project.banks.filter(bank=bank, until__isnull=True, withdrawn=False).first()
    if stands is not None:
        raise DecisionError(name=project.name, reason="It is in this bank already.", reason_zh="已在这个项目库中。")
    row = PoolBank.objects.create(project=project, bank=bank[:60], since=since, at=at, by=by.name)
    event.record(by=by, at=at, kind="pool.bank", on=project, after={"bank": bank, "since": since.isoformat()})
    _work_out(project, at)
    return row


@transaction.atomic
def leave_bank(*, by: By, at: datetime, bank_id: int, until: date | None) -> PoolBank:
    """The project left the bank on a day; None: it has not."""
    access.require(by, "projects.edit")
    row = PoolBank.objects.select_for_update().select_related("project").get(pk=bank_id)
    if until and row.since and until < row.since:
        raise DecisionError(name=row.project.name, reason="It would leave before it entered.", reason_zh="退出日期早于入库日期。")
    before = {"until": _shown(row.until)}
    row.until = until
    row.save(update_fields=["until"])
    event.record(by=by, at=at, kind="pool.leave", on=row.project, before=before, after={"bank": row.bank, "until": _shown(until)})
    _work_out(row.project, at)
    return row


@transaction.atomic
def attach(*, by: By, at: datetime, project_id: int, paper: Sent) -> PoolPaper:
    """A document of the project, kept by its content."""
    project = _project(by, project_id)
    if not paper.data:
        raise DecisionError(name=paper.name, reason="The file is empty.", reason_zh="文件是空的。")
    digest = settings.WORKSPACE.keep(paper.data, suffix=paper.suffix[:12])
    row = PoolPaper.objects.create(
        project=project, name=paper.name[:255], digest=digest, suffix=paper.suffix[:12], at=at, by=by.name
    )
    event.record(by=by, at=at, kind="pool.paper", on=project, after={"file": paper.name})
    return row


@transaction.atomic
def take_back(*, by: By, at: datetime, noun: str, entry_id: int, reason: str = "") -> PoolProject:
    """Take an entry made by hand back: what stood before it stands again. `noun` is one of `ENTRIES`."""
    access.require(by, "projects.edit")
    row = ENTRIES[noun].objects.select_for_update().select_related("project").get(pk=entry_id)
    project: PoolProject = row.project
    if row.load_id is not None:
        raise CannotUndo(
            name=project.name,
            reason="it came with a list; undo that load, or enter what is right.",
            reason_zh="它来自清单，请撤销那次载入，或登记正确的内容。",
        )
    if row.withdrawn:
        return project
    row.withdrawn = True
    row.save(update_fields=["withdrawn"])
    pool_telling.carry_again([project.pk])
    pool_telling.settle([project.pk])
    event.record(by=by, at=at, kind="pool.takeback", on=project, before={noun: str(row)}, reason=reason)
    _work_out(project, at)
    return project


def _possible(project: PoolProject, stage: Stage, on: date, today: date) -> None:
    """Refuse a day decades ago, and one before the stages that come first."""
    if on.year < today.year - _LONGEST:
        raise WrongDay(
            name=project.name,
            reason=f"{on} is more than {_LONGEST} years ago. Check the year.",
            reason_zh=f"{on} 距今超过{_LONGEST}年，请核对年份。",
        )
    sooner = pool_gates.before(project, stage)
    if sooner is not None and on < sooner.on:
        zh, en = (wording.of(wording.STAGES, sooner.stage, language=each) for each in ("zh", "en"))
        raise WrongDay(
            name=project.name,
            reason=f"The project reached “{en}” on {sooner.on}, which comes first. Enter that day or a later one.",
            reason_zh=f"该项目 {sooner.on} 才进入“{zh}”，后面的阶段不能更早。请填 {sooner.on} 或以后的日期。",
        )


def _work_out(project: PoolProject, at: datetime) -> None:
    """Where the project stands now, by what was told of it."""
    pool_standing.changed(at=at, as_of=localdate(at), keys=[project.pk])


def _project(by: By, project_id: int) -> PoolProject:
    access.require(by, "projects.edit")
    return PoolProject.objects.select_for_update().get(pk=project_id)


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are kept: days as text; of columns that a project has."""
    unknown = [name for name in facts if name not in (*TOLD, "code")]
    if unknown:
        raise DecisionError(name=unknown[0], reason="A project has no such column.", reason_zh="项目没有这一项。")
    return {name: _shown(value) for name, value in facts.items() if name != "code"}


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _facts(row: PoolYear | PoolMonth | None, names: Collection[str]) -> dict[str, Any] | None:
    return {name: getattr(row, name) for name in names if getattr(row, name) not in (None, "", {})} if row is not None else None


def _values(noun: Gate | Milestone | Problem) -> dict[str, Any]:
    return {each.name: getattr(noun, each.name) for each in fields(noun)}


def _known(project: PoolProject, code: str, allowed: Mapping[str, Any], en: str, zh: str) -> None:
    if code not in allowed:
        known = ", ".join(allowed)
        raise DecisionError(
            name=project.name, reason=f"“{code}” is no {en}; use one of {known}.", reason_zh=f"“{code}”不是{zh}，可用：{known}。"
        )


def _not_negative(project: PoolProject, **amounts: int | None) -> None:
    if any(value is not None and value < 0 for value in amounts.values()):
        raise DecisionError(name=project.name, reason="An amount cannot be below zero.", reason_zh="金额不能为负。")
