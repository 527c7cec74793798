"""Deciding review items."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.actions.plan import describe_indicator, merge_projects
from duheng.site.records.models import Indicator, Project, ReviewItem

DECISIONS = ("accepted", "corrected", "dismissed")


@transaction.atomic
def decide(*, by: By, at: datetime, item_id: int, decision: str, choice: str = "") -> ReviewItem:
    """Settle an open item.

    Accepting that two names mean one project merges them; accepting an indicator of the catalog (`choice`) binds it; all else
    leaves the plan as it is.
    """
    access.require(by, "review.decide")
    item = ReviewItem.objects.select_for_update().get(pk=item_id)
    if item.state != "open" or decision not in DECISIONS:
        return item
    if decision == "accepted" and item.kind == "same_project":
        _merge(item, by=by, at=at)
    if decision == "accepted" and item.kind == "indicator_name" and choice in item.refers_to:
        _bind(item, code=choice, by=by, at=at)
    item.state, item.decided_by, item.decided_at, item.note = decision, by.name, at, choice
    item.save(update_fields=["state", "decided_by", "decided_at", "note"])
    event.record(
        by=by, at=at, kind=f"review.{decision}", on=item, before={"state": "open"}, after={"state": decision}, reason=choice
    )
    return item


@transaction.atomic
def reopen(*, by: By, at: datetime, item_id: int) -> None:
    """Put a settled item back on the list; what accepting it changed is not undone by this."""
    access.require(by, "review.decide")
    item = ReviewItem.objects.select_for_update().get(pk=item_id)
    if item.state == "open":
        return
    before = item.state
    item.state, item.decided_by, item.decided_at = "open", "", None
    item.save(update_fields=["state", "decided_by", "decided_at"])
    event.record(by=by, at=at, kind="review.reopen", on=item, before={"state": before}, after={"state": "open"})


def _bind(item: ReviewItem, *, code: str, by: By, at: datetime) -> None:
    for row in Indicator.objects.filter(plan=item.plan, name=item.item, code__isnull=True):
        describe_indicator(by=by, at=at, indicator_id=row.pk, changes={"code": code}, reason=item.reason_zh)


def _merge(item: ReviewItem, *, by: By, at: datetime) -> None:
    found = {row.code: row.pk for row in Project.objects.filter(plan=item.plan, code__in=item.refers_to)}
    ids = [found[code] for code in item.refers_to if code in found]
    if len(ids) > 1:
        merge_projects(by=by, at=at, keep_id=ids[0], other_ids=ids[1:], reason=item.reason_zh)
