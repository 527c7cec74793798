"""Deciding review items, one or many at once; each decision can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from duheng.errors import DecisionError
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event, remembering, settling
from duheng.site.actions.correction import Correction
from duheng.site.actions.journal import Journal
from duheng.site.queries import review
from duheng.site.records.models import Decision, Remembered, ReviewItem

STATES = {"accept": "accepted", "dismiss": "dismissed"}


@transaction.atomic
def decide(*, by: By, at: datetime, item_id: int, decision: str, choice: str = "") -> Decision:
    """Settle an open item: `accept` it, with the name to keep or the code to bind as `choice`, or `dismiss` it."""
    access.require(by, "review.decide")
    item = settling.locked(item_id)
    state = STATES[decision]
    journal = Journal(by=by, at=at, kind=decision, name=item.item, plan=item.plan)
    done: dict[str, Any] = {}
    if decision == "accept":
        done = settling.accept(journal, item, choice=choice)
        settling.follow(journal, item.plan)
    else:
        settling.dismiss(journal, item)
    line = event.record(
        by=by,
        at=at,
        kind=f"review.{state}",
        on=_about(item, state),
        before={"state": "open"},
        after={"state": state} | done,
        reason=item.reason_zh,
    )
    return journal.close(line)


@transaction.atomic
def correct(*, by: By, at: datetime, item_id: int, correction: Correction) -> Decision:
    """Settle an open item by putting right what was read; the earlier value stays in the history."""
    access.require(by, "review.decide")
    item = settling.locked(item_id)
    journal = Journal(by=by, at=at, kind="correct", name=item.item, plan=item.plan)
    before, after = settling.correct(journal, item, correction)
    line = event.record(
        by=by,
        at=at,
        kind="review.corrected",
        on=_about(item, "corrected"),
        before={"state": "open"} | before,
        after={"state": "corrected"} | after,
        reason=correction.reason or item.reason_zh,
    )
    return journal.close(line)


@transaction.atomic
def decide_many(*, by: By, at: datetime, item_ids: Sequence[int], decision: str) -> tuple[Decision | None, list[ReviewItem]]:
    """Settle many open items of one plan as one decision; gives back those that somebody had settled before."""
    access.require(by, "review.decide")
    state = STATES[decision]
    found = list(ReviewItem.objects.select_for_update().filter(pk__in=item_ids).select_related("plan").order_by("position"))
    plan = found[0].plan if found else None
    items = [item for item in found if item.state == "open" and item.plan == plan]
    late = [item for item in found if item.state != "open"]
    if plan is None or not items:
        return None, late
    journal = Journal(by=by, at=at, kind=decision, name="；".join(item.item for item in items[:3]), plan=plan)
    for item in items:
        if decision == "accept":
            settling.accept(journal, item)
        else:
            settling.dismiss(journal, item)
    settling.follow(journal, plan)
    line = event.record(
        by=by,
        at=at,
        kind=f"review.{state}",
        on=plan,
        after={"state": state, "items": [item.item for item in items]},
    )
    return journal.close(line), late


@transaction.atomic
def forget(*, by: By, at: datetime, remembered_id: int) -> Decision:
    """Something decided before no longer holds for the next report; plans already imported stay as they are."""
    access.require(by, "review.decide")
    row = Remembered.objects.select_for_update().filter(pk=remembered_id).first()
    if row is None:
        raise DecisionError(name="?", reason="it is already forgotten.", reason_zh="已经删除。")
    journal = Journal(by=by, at=at, kind="forget", name=str(row), plan=None)
    line = event.record(by=by, at=at, kind="review.forget", on=row, before=remembering.told(row))
    journal.remove(row)
    return journal.close(line)


def _about(item: ReviewItem, state: str) -> Model:
    """Whose history tells of it: that of the plan's row that was changed or confirmed, else of the item."""
    return item if state == "dismissed" else review.subject(item) or item
