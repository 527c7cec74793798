"""Corrections of a plan: targets, results, names, stages; each with its reason and its line of history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from duheng.errors import DecisionError
from duheng.plan.target import Target
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import editing, event, remembering, settling
from duheng.site.actions.journal import Journal
from duheng.site.records.models import Decision, Document, Indicator, Mention, Plan, Project, TargetVersion


@transaction.atomic
def retarget(*, by: By, at: datetime, indicator_id: int, target: Target, reason: str) -> Decision:
    """Give an indicator a new version of its target; the earlier ones stay."""
    access.require(by, "plan.edit")
    indicator = Indicator.objects.select_for_update().get(pk=indicator_id)
    journal = Journal(by=by, at=at, kind="edit", name=str(indicator), plan=indicator.plan)
    last, version = editing.retarget(journal, indicator, target, reason=reason)
    line = event.record(
        by=by,
        at=at,
        kind="indicator.target",
        on=indicator,
        before=target_facts(last),
        after=target_facts(version),
        reason=reason,
    )
    return journal.close(line)


@transaction.atomic
def describe_indicator(*, by: By, at: datetime, indicator_id: int, changes: Mapping[str, Any], reason: str) -> Decision | None:
    """Correct an indicator's catalog code, nature, or last year's result."""
    access.require(by, "plan.edit")
    row = Indicator.objects.select_for_update().get(pk=indicator_id)
    return _change(by=by, at=at, row=row, kind="indicator.change", changes=changes, reason=reason)


@transaction.atomic
def describe_project(*, by: By, at: datetime, project_id: int, changes: Mapping[str, Any], reason: str) -> Decision | None:
    """Correct a project's name, aliases, stage, aim or group."""
    access.require(by, "plan.edit")
    row = Project.objects.select_for_update().get(pk=project_id)
    return _change(by=by, at=at, row=row, kind="project.change", changes=changes, reason=reason)


@transaction.atomic
def merge_projects(*, by: By, at: datetime, keep_id: int, other_ids: Sequence[int], reason: str, name: str = "") -> Decision:
    """Make one project of several names of the same thing: names and sentences move to the one that is kept.

    It goes by `name`, where another of their names is to be kept than its own.
    """
    access.require(by, "plan.edit")
    rows = {row.pk: row for row in Project.objects.select_for_update().filter(pk__in=[keep_id, *other_ids])}
    kept = rows.get(keep_id)
    others = [rows[pk] for pk in dict.fromkeys(other_ids) if pk in rows and pk != keep_id]
    if kept is None or not others or len({row.plan_id for row in rows.values()}) > 1:
        raise DecisionError(
            name=reason or "?",
            reason="there are no two projects of one plan left to merge; somebody may have merged them already.",
            reason_zh="没有可合并的两个同一计划的项目，可能已有人合并过。",
        )
    journal = Journal(by=by, at=at, kind="merge", name=" / ".join([kept.name, *(row.name for row in others)]), plan=kept.plan)
    for other in others:
        remembering.pair(journal, kept.name, other.name, same=True)
    before = {"name": kept.name, "aliases": list(kept.aliases), "merged": [other.code for other in others]}
    editing.merge(journal, kept, others, name=name)
    settling.follow(journal, kept.plan)
    after = {"name": kept.name, "aliases": kept.aliases, "merged": [kept.code]}
    return journal.close(event.record(by=by, at=at, kind="project.merge", on=kept, before=before, after=after, reason=reason))


@transaction.atomic
def split_project(*, by: By, at: datetime, project_id: int, part: editing.Part, reason: str) -> tuple[Decision, int]:
    """Make a project of its own of some names and sentences of another; gives the decision and the new project."""
    access.require(by, "plan.edit")
    project = Project.objects.select_for_update().get(pk=project_id)
    journal = Journal(by=by, at=at, kind="split", name=f"{project.name} / {part.name}", plan=project.plan)
    before = {"name": project.name, "aliases": list(project.aliases)}
    new = editing.split(journal, project, part)
    for left in (project.name, *project.aliases):
        for right in (new.name, *new.aliases):
            remembering.pair(journal, left, right, same=False)
    after = {"name": project.name, "aliases": project.aliases, "split": new.name}
    line = event.record(by=by, at=at, kind="project.split", on=project, before=before, after=after, reason=reason)
    return journal.close(line), new.pk


@transaction.atomic
def withdraw(*, by: By, at: datetime, plan_id: int) -> None:
    """Take an imported plan out again, with the documents no other plan was read from; history stays."""
    access.require(by, "plan.withdraw")
    plan = Plan.objects.get(pk=plan_id)
    sources = [source.document_id for source in plan.sources.all()]
    event.record(by=by, at=at, kind="plan.withdraw", on=plan, before={"title": plan.title, "year": plan.year})
    plan.delete()
    free = Document.objects.filter(pk__in=sources, plans__isnull=True)
    Mention.objects.filter(document__in=free).delete()
    free.delete()


def _change(*, by: By, at: datetime, row: Any, kind: str, changes: Mapping[str, Any], reason: str) -> Decision | None:
    before = {name: shown(getattr(row, name)) for name in changes}
    after = {name: shown(value) for name, value in changes.items()}
    if before == after:
        return None
    journal = Journal(by=by, at=at, kind="edit", name=str(row), plan=row.plan)
    journal.change(row, **changes)
    return journal.close(event.record(by=by, at=at, kind=kind, on=row, before=before, after=after, reason=reason))


def target_facts(version: TargetVersion) -> dict[str, Any]:
    """A target as history tells it."""
    return {
        "text": version.text,
        "kind": version.kind,
        "value": shown(version.value),
        "value2": shown(version.value2),
        "note": version.note,
    }


def shown(value: Any) -> Any:
    """A value as JSON."""
    return format(value, "f") if isinstance(value, Decimal) else value
