"""The life of a scenario: asked for, worked out by a job, explained, rolled on, removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from duheng import allocate
from duheng.allocate import Answer, Pin, Problem, kept
from duheng.errors import DecisionError
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.actions.import_jobs import Cancelled, held
from duheng.site.queries import funds
from duheng.site.queries.allocation import Ask
from duheng.site.records.models import Scenario

_RUNNING = ("waiting", "solving")
_STOPPED = ("测算时服务停止了。请重新测算。", "The server stopped while it was worked out. Work it out again.")


@transaction.atomic
def ask(*, by: By, at: datetime, name: str, asked: Ask, problem: Problem | None = None, rolled_from: int | None = None) -> int:
    """Put a scenario in the queue; its key. `problem` is given where it is not made of the workspace: a plan rolled on."""
    access.require(by, "funds.allocate")
    row = Scenario.objects.create(
        name=name[:120],
        asked=asked.plain(),
        problem=kept.keep(problem) if problem else None,
        rolled_from_id=rolled_from,
        by=by.name,
        role=by.role.value,
        at=at,
    )
    event.record(by=by, at=at, kind="scenario.ask", on=row, after={"years": list(asked.years)})
    run = import_string(settings.JOBS["allocate"])
    transaction.on_commit(lambda: run.enqueue(str(row.pk)))
    return row.pk


def again(*, by: By, at: datetime, scenario_id: int, name: str, pins: tuple[Pin, ...]) -> int:
    """The same question with other pins, as a scenario of its own: what was answered stays to be compared with."""
    row = Scenario.objects.get(pk=scenario_id)
    asked = replace(Ask.of(row.asked), pins=pins)
    problem = None
    if row.rolled_from_id and row.problem:
        problem = replace(kept.problem_of(row.problem), pins=pins)
    return ask(by=by, at=at, name=name, asked=asked, problem=problem, rolled_from=row.rolled_from_id)


def roll(*, by: By, at: datetime, scenario_id: int, name: str) -> int:
    """The next three years: the first is done as the scenario says, its commitments are kept, one more year comes into sight."""
    row = Scenario.objects.get(pk=scenario_id)
    if row.state != "done" or row.problem is None or row.answer is None:
        raise DecisionError(
            name=row.name, reason="it has no answer yet; wait until it is worked out.", reason_zh="还没有结果，请等测算完成。"
        )
    problem, answer = kept.problem_of(row.problem), kept.answer_of(row.answer)
    coming = problem.years[-1] + 1
    added = {one.value.code: one.value.amounts.get(coming, 0) for one in funds.pools()}
    known = {fund.code for fund in problem.funds}
    rolled = allocate.roll(problem, answer, added={code: amount for code, amount in added.items() if code in known})
    asked = replace(Ask.of(row.asked), years=rolled.problem.years, pins=rolled.problem.pins)
    return ask(by=by, at=at, name=name, asked=asked, problem=rolled.problem, rolled_from=row.pk)


@transaction.atomic
def cancel(*, by: By, at: datetime, scenario_id: int) -> None:
    """Stop working it out; where the answer is there already, only its explanations stop."""
    access.require(by, "funds.allocate")
    row = Scenario.objects.select_for_update().get(pk=scenario_id)
    if row.state in _RUNNING:
        row.state, row.ended_at = "cancelled", at
        row.save(update_fields=["state", "ended_at"])
        event.record(by=by, at=at, kind="scenario.cancel", on=row)
    elif row.doing:
        row.doing = ""
        row.save(update_fields=["doing"])


@transaction.atomic
def remove(*, by: By, at: datetime, scenario_id: int) -> None:
    """Take a scenario out; history keeps a line of it."""
    access.require(by, "funds.allocate")
    row = Scenario.objects.select_for_update().get(pk=scenario_id)
    event.record(by=by, at=at, kind="scenario.remove", on=row, before={"years": row.asked.get("years")})
    row.delete()


def begin(scenario_id: str) -> Scenario | None:
    """Take a waiting scenario up, for one worker only; nothing where it was cancelled or another has it."""
    if not Scenario.objects.filter(pk=scenario_id, state="waiting").update(state="solving", doing="build"):
        return None
    return Scenario.objects.get(pk=scenario_id)


def advance(scenario_id: int, doing: str) -> None:
    """Tell what is being done; raises Cancelled where somebody stopped it or removed it."""
    if not Scenario.objects.filter(pk=scenario_id, state="solving").update(doing=doing):
        raise Cancelled


@transaction.atomic
def answered(
    scenario_id: int, *, at: datetime, problem: Problem, answer: Answer, told: Mapping[str, Any], simulated: bool
) -> None:
    """Keep the answer, which has passed its check; it is shown from now on, while it is explained."""
    running = Scenario.objects.filter(pk=scenario_id, state="solving")
    if not running.update(
        state="done",
        doing="explain",
        problem=kept.keep(problem),
        answer=kept.keep(answer),
        told=dict(told),
        simulated=simulated,
        ended_at=at,
    ):
        raise Cancelled


def explained(scenario_id: int, *, told: Mapping[str, Any], step: int, more: bool) -> None:
    """Keep what is explained so far; raises Cancelled where somebody has heard enough."""
    going_on = Scenario.objects.filter(pk=scenario_id, state="done", doing="explain")
    if not going_on.update(told=dict(told), step=step, doing="explain" if more else ""):
        raise Cancelled


def fail(scenario_id: int, *, at: datetime, zh: str, en: str) -> None:
    """It could not be worked out, and this is why; an answer that is there already stays, unexplained."""
    running = Scenario.objects.filter(pk=scenario_id)
    running.filter(state__in=_RUNNING).update(state="failed", ended_at=at, error_zh=zh, error_en=en, doing="")
    running.filter(state="done").update(doing="")


def abandon(*, at: datetime, alive: Collection[str] = ()) -> None:
    """Scenarios whose worker is not among the living say so."""
    begun = Scenario.objects.filter(state="solving")
    ids = {str(pk) for pk in begun.values_list("pk", flat=True)}
    lost = ids - held(alive) if ids else set()
    begun.filter(pk__in=lost).update(state="failed", ended_at=at, error_zh=_STOPPED[0], error_en=_STOPPED[1], doing="")
