"""Taking a decision back: every row as it was before, or a clear reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from duheng.errors import CannotUndo
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event, pool_standing, pool_telling, searching
from duheng.site.actions.journal import TABLES, image, restored, rows
from duheng.site.records.models import Decision, FundApplication


@transaction.atomic
def undo(*, by: By, at: datetime, decision_id: int) -> Decision:
    """Take a decision back. What was done since and does not depend on it stays; what does depend on it is named, and refused."""
    access.require(by, "review.decide")
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    if decision.undone_at:
        when = _when(decision.undone_at)
        raise CannotUndo(
            name=decision.name,
            reason=f"{decision.undone_by} already undid it on {when}.",
            reason_zh=f"{decision.undone_by}已于 {when} 撤销。",
        )
    later = list(Decision.objects.filter(pk__gt=decision.pk, undone_at__isnull=True).order_by("pk"))
    before = _with_money(decision)
    for change in reversed(decision.changes):
        _Undoing(decision, change, later).run()
    pooled = (
        before
        | _with_money(decision)
        | {pk for change in decision.changes if change["table"] == "poolproject" for pk in _projects(change)}
    )
    if pooled:
        pool_telling.settle(pooled)
        pool_standing.changed(at=at, as_of=timezone.localdate(at), keys=pooled)
    searching.renew_all((change["table"], change["pk"]) for change in decision.changes)
    decision.undone_at, decision.undone_by = at, by.name
    decision.save(update_fields=["undone_at", "undone_by"])
    made = decision.event
    event.record(
        by=by,
        at=at,
        kind="review.undo",
        on=_subject(decision),
        before=made.after if made else None,
        after=made.before if made else None,
        reason=decision.name,
    )
    return decision


def _with_money(decision: Decision) -> set[int]:
    """The projects whose applications the decision is about, as they are now."""
    if decision.kind != "funds":
        return set()
    asked = {change["pk"] for change in decision.changes if change["table"] == "fundapplication"}
    steps = {change["pk"] for change in decision.changes if change["table"] == "fundstep"}
    found = FundApplication.objects.filter(Q(pk__in=asked) | Q(steps__in=steps))
    return set(found.values_list("project", flat=True))


def _projects(change: dict[str, Any]) -> set[int]:
    """A project of the pool that changed, and those it was merged into."""
    sides = [change["before"] or {}, change["after"] or {}]
    return {change["pk"], *(side["merged_into"] for side in sides if side.get("merged_into"))}


def _subject(decision: Decision) -> Model:
    """What the decision was about, so that its history has both lines; where it is gone, the decision itself."""
    made = decision.event
    row = apps.get_model("records", made.noun)._base_manager.filter(pk=made.noun_id).first() if made else None
    return row or decision


# Rows that stand one after the other: by whose they are, and in what order. One that others follow stays.
_IN_A_ROW: Mapping[str, tuple[str, str]] = {"targetversion": ("indicator", "number"), "fundstep": ("application", "id")}


class _Undoing:
    """One changed row on its way back."""

    def __init__(self, decision: Decision, change: dict[str, Any], later: list[Decision]) -> None:
        self.decision, self.change, self.later = decision, change, later
        self.model = TABLES[change["table"]]
        self.loose = set(change["loose"])
        self.row = rows(self.model).select_for_update().filter(pk=change["pk"]).first()

    def run(self) -> None:
        if self.change["after"] is None:
            self._bring_back()
        elif self.change["before"] is None:
            self._take_away()
        else:
            self._set_back()

    def _bring_back(self) -> None:
        row = self.model(**restored(self.model, self.change["before"]))
        if self._followed(row):
            raise self._refused()
        key = row.key if hasattr(row, "key") else None
        if key is not None and rows(self.model).filter(key=key).exists():
            return  # decided anew since: the newer knowledge stays
        row.save(force_insert=True)

    def _take_away(self) -> None:
        if "*" in self.loose and (self.row is None or image(self.row) != self.change["after"]):
            self._hand_on()
            return
        if self.row is None:
            raise self._refused()
        if image(self.row) != self.change["after"] or self._used():
            raise self._refused()
        self.row.delete()

    def _set_back(self) -> None:
        row = self.row
        if row is None and self.loose >= set(self.change["before"]):
            return
        if row is None:
            raise self._refused()
        before, after = self.change["before"], self.change["after"]
        now = image(row, before)
        values: dict[str, Any] = {}
        for name, value in before.items():
            if now[name] == after[name]:
                values[name] = value
            elif isinstance(value, list):
                values[name] = _without(now[name], value, after[name])
            elif name not in self.loose:
                raise self._refused()
            if name in self.loose or isinstance(value, list):
                self._mend_later(name)
        for attribute, value in restored(self.model, values).items():
            setattr(row, attribute, value)
        row.save(update_fields=list(values))

    def _used(self) -> bool:
        """Whether anything has been put on a row that this decision made, or anything else has changed around it."""
        row = cast(Model, self.row)
        if self.change["table"] in _IN_A_ROW:
            return self._followed(row)
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
            for relation in row._meta.related_objects
        )

    def _followed(self, row: Model) -> bool:
        """Whether others of its kind stand behind it."""
        if self.change["table"] not in _IN_A_ROW:
            return False
        of, order = _IN_A_ROW[self.change["table"]]
        return rows(self.model).filter(**{f"{of}_id": getattr(row, f"{of}_id"), f"{order}__gt": getattr(row, order)}).exists()

    def _hand_on(self) -> None:
        """A row made here that a later decision changed is now made there; one that it removed was never there."""
        for later in self.later:
            for change in later.changes:
                if self._is_same(change):
                    if change["after"] is None:
                        later.changes.remove(change)
                    else:
                        change |= {"before": None, "after": self.change["after"] | change["after"], "loose": ["*"]}
                    later.save(update_fields=["changes"])
                    return

    def _mend_later(self, name: str) -> None:
        """Later decisions that started from what this one left start from what was before it."""
        before, after = self.change["before"][name], self.change["after"][name]
        for later in self.later:
            for change in later.changes:
                if not self._is_same(change) or not change["before"] or name not in change["before"]:
                    continue
                if isinstance(before, list):
                    for side in ("before", "after"):
                        change[side][name] = _without(change[side][name], before, after)
                    later.save(update_fields=["changes"])
                    continue
                change["before"][name] = before
                later.save(update_fields=["changes"])
                return

    def _is_same(self, change: dict[str, Any]) -> bool:
        return bool(change["table"] == self.change["table"] and change["pk"] == self.change["pk"])

    def _depends(self, change: dict[str, Any]) -> bool:
        """Whether a later change is of this row, or of one that hangs on it."""
        if self._is_same(change):
            return True
        facts = change["after"] or change["before"]
        if change["table"] == self.change["table"] in _IN_A_ROW:
            of = _IN_A_ROW[change["table"]][0]
            return bool(facts[of] == (self.change["after"] or self.change["before"])[of])
        return any(
            relation.related_model._meta.model_name == change["table"] and facts.get(relation.field.name) == self.change["pk"]
            for relation in self.model._meta.related_objects
        )

    def _refused(self) -> CannotUndo:
        later = next((one for one in reversed(self.later) if any(self._depends(change) for change in one.changes)), None)
        if later is None:
            what = str(self.row) if self.row is not None else self.decision.name
            return CannotUndo(
                name=self.decision.name,
                reason=f"“{what}” has been changed since in another way.",
                reason_zh=f"“{what}”之后又有其他改动。",
            )
        when = _when(later.at)
        return CannotUndo(
            name=self.decision.name,
            later=later.pk,
            reason=f"“{later.name}”, which {later.by} decided on {when}, builds on it. Undo that first.",
            reason_zh=f"{later.by}于 {when} 的决定“{later.name}”以它为基础。请先撤销后者。",
        )


def _without(now: list[Any], before: list[Any], after: list[Any]) -> list[Any]:
    """A list of names as it would be had `before` not become `after`."""
    if now == after:
        return before
    kept = [item for item in now if item in before or item not in after]
    return kept + [item for item in before if item not in after and item not in kept]


def _when(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
