"""Applications for money: asked for, moved on step by step, taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from duheng.allocate import FundApplication as Value
from duheng.allocate import Move, money
from duheng.errors import DecisionError
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event, pool_standing
from duheng.site.actions.journal import Journal
from duheng.site.queries import funds
from duheng.site.records.models import Decision, FundApplication, FundPool, FundStep, PoolProject


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Money of a pool for a project and a year, with its first steps."""

    project: int
    pool: int
    year: int
    moves: tuple[Move, ...]
    likelihood: int | None = None
    note: str = ""
    simulated: bool = False


@transaction.atomic
def apply(*, by: By, at: datetime, asked: Asked) -> tuple[int, Decision]:
    """Record an application; raises StepRefused where its steps contradict each other."""
    access.require(by, "funds.apply")
    journal = Journal(by=by, at=at, kind="funds", name="", plan=None)
    row = _create(journal, asked)
    journal.decision.name = str(row)
    journal.decision.save(update_fields=["name"])
    made = event.record(by=by, at=at, kind="funds.apply", on=row, after=_told(asked.moves[-1]))
    _work_out(at, {row.project_id})
    return row.pk, journal.close(made)


@transaction.atomic
def load(*, by: By, at: datetime, name: str, asked: Sequence[Asked]) -> tuple[int, int, Decision | None]:
    """Take the applications of a sheet in, all or none: how many are new or moved on, how many were known, and the decision."""
    access.require(by, "funds.apply")
    journal = Journal(by=by, at=at, kind="funds", name=name, plan=None)
    new, same, projects = 0, 0, set()
    on: FundApplication | None = None
    for each in asked:
        there = (
            FundApplication.objects.filter(project_id=each.project, pool_id=each.pool, year=each.year)
            .prefetch_related("steps")
            .first()
        )
        missing = each.moves if there is None else _missing(there, each.moves)
        if not missing:
            same += 1
            continue
        new += 1
        projects.add(each.project)
        on = _create(journal, each) if there is None else there
        if there is not None:
            for move in missing:
                _add(journal, there, move)
    if on is None:
        journal.decision.delete()
        return 0, same, None
    _work_out(at, projects)
    made = event.record(by=by, at=at, kind="funds.load", on=on, after={"sheet": name, "applications": new, "unchanged": same})
    return new, same, journal.close(made)


@transaction.atomic
def move_on(*, by: By, at: datetime, application_id: int, move: Move) -> Decision:
    """Take an application one step further; raises StepRefused where it cannot take it."""
    access.require(by, "funds.apply")
    row = FundApplication.objects.select_for_update(of=("self",)).select_related("project", "pool").get(pk=application_id)
    journal = Journal(by=by, at=at, kind="funds", name=f"{row} {funds.STEPS[move.step.value][0]}", plan=None)
    before = funds.moves(row)[-1]
    _add(journal, row, move)
    _work_out(at, {row.project_id})
    made = event.record(by=by, at=at, kind="funds.step", on=row, before=_told(before), after=_told(move), reason=move.words)
    return journal.close(made)


@transaction.atomic
def take_back(*, by: By, at: datetime, application_id: int, reason: str) -> Decision:
    """Take the last step of an application back; with its only one the application goes."""
    access.require(by, "funds.apply")
    row = FundApplication.objects.select_for_update(of=("self",)).select_related("project", "pool").get(pk=application_id)
    steps = list(row.steps.all())
    if not reason:
        raise DecisionError(name=str(row), reason="say why the step is taken back.", reason_zh="请说明撤销这一步的原因。")
    journal = Journal(by=by, at=at, kind="funds", name=str(row), plan=None)
    moves = funds.moves(row)
    after = _told(moves[-2]) if len(moves) > 1 else None
    made = event.record(by=by, at=at, kind="funds.back", on=row, before=_told(moves[-1]), after=after, reason=reason)
    journal.remove(steps[-1])
    if len(steps) == 1:
        journal.remove(row)
    _work_out(at, {row.project_id})
    return journal.close(made)


def _work_out(at: datetime, projects: Collection[int]) -> None:
    """How the projects stand now: the light of special bonds looks at what arrived and was spent."""
    pool_standing.changed(at=at, as_of=localdate(at), keys=projects)


def _create(journal: Journal, asked: Asked) -> FundApplication:
    project, pool = PoolProject.objects.get(pk=asked.project), FundPool.objects.get(pk=asked.pool)
    Value(project=project.code, fund=pool.code, year=asked.year, moves=asked.moves)  # raises where the steps cannot be
    row = journal.create(
        FundApplication,
        project=project,
        pool=pool,
        year=asked.year,
        likelihood=asked.likelihood,
        note=asked.note,
        simulated=asked.simulated,
    )
    for move in asked.moves:
        _create_step(journal, row, move)
    return row


def _add(journal: Journal, row: FundApplication, move: Move) -> None:
    Value(project=row.project.code, fund=row.pool.code, year=row.year, moves=(*funds.moves(row), move))
    _create_step(journal, row, move)
    row._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # its steps are one more now


def _create_step(journal: Journal, row: FundApplication, move: Move) -> None:
    journal.create(
        FundStep,
        application=row,
        step=move.step.value,
        on=move.on,
        amount=move.amount,
        paper=move.paper,
        words=move.words,
        at=journal.at,
        by=journal.by.name,
    )


def _missing(row: FundApplication, moves: Sequence[Move]) -> list[Move]:
    """The steps of a sheet that are not recorded yet: those beyond the last, or that say another amount of money in parts."""
    there = funds.moves(row)
    found = []
    for move in moves:
        last = next((each for each in reversed(there) if each.step is move.step), None)
        if last is None or last.amount != move.amount:
            found.append(move)
    return found


def _told(move: Move) -> dict[str, object]:
    return {
        "step": move.step.value,
        "on": move.on.isoformat(),
        "amount": money.printed(move.amount, money.WAN),
        "paper": move.paper,
    }
