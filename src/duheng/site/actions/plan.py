"""Corrections of a plan: targets, results, names, stages; each with its reason and its line of history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from duheng.plan.target import Target
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event
from duheng.site.records.models import Document, Indicator, Mention, Plan, Project, TargetVersion
from duheng.site.records.shape import target_columns, target_of


@transaction.atomic
def retarget(*, by: By, at: datetime, indicator_id: int, target: Target, reason: str) -> TargetVersion:
    """Give an indicator a new version of its target; the earlier ones stay."""
    access.require(by, "plan.edit")
    indicator = Indicator.objects.select_for_update().get(pk=indicator_id)
    last = indicator.targets.latest("number")
    old = target_of(kind=last.kind, value=last.value, value2=last.value2, note=last.note, text=last.text, extra=last.extra)
    columns = target_columns(replace(target, sentences=old.sentences))
    version = TargetVersion.objects.create(
        indicator=indicator, number=last.number + 1, at=at, by=by.name, reason=reason, **columns
    )
    event.record(
        by=by,
        at=at,
        kind="indicator.target",
        on=indicator,
        before=_target_facts(last),
        after=_target_facts(version),
        reason=reason,
    )
    return version


@transaction.atomic
def describe_indicator(*, by: By, at: datetime, indicator_id: int, changes: Mapping[str, Any], reason: str) -> None:
    """Correct an indicator's catalog code, nature, or last year's result."""
    access.require(by, "plan.edit")
    _change(by=by, at=at, row=Indicator.objects.get(pk=indicator_id), kind="indicator.change", changes=changes, reason=reason)


@transaction.atomic
def describe_project(*, by: By, at: datetime, project_id: int, changes: Mapping[str, Any], reason: str) -> None:
    """Correct a project's name, aliases, stage, aim or group."""
    access.require(by, "plan.edit")
    _change(by=by, at=at, row=Project.objects.get(pk=project_id), kind="project.change", changes=changes, reason=reason)


@transaction.atomic
def merge_projects(*, by: By, at: datetime, keep_id: int, other_ids: Sequence[int], reason: str) -> None:
    """Make one project of several names of the same thing: names and sentences move to the one that is kept."""
    access.require(by, "plan.edit")
    kept = Project.objects.select_for_update().get(pk=keep_id)
    others = list(Project.objects.filter(pk__in=other_ids, plan=kept.plan).exclude(pk=keep_id))
    before = {"aliases": list(kept.aliases)}
    for other in others:
        kept.aliases = _names(kept, [*kept.aliases, other.name, *other.aliases])
        kept.aim = kept.aim or other.aim
        if kept.stage == "unknown":
            kept.stage = other.stage
        count = kept.mentions.count()
        for place, mention in enumerate(other.mentions.all()):
            mention.project, mention.position = kept, count + place
            mention.save(update_fields=["project", "position"])
        other.delete()
    kept.save()
    event.record(
        by=by,
        at=at,
        kind="project.merge",
        on=kept,
        before={**before, "merged": [other.code for other in others]},
        after={"aliases": kept.aliases, "merged": [kept.code]},
        reason=reason,
    )


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


def _change(*, by: By, at: datetime, row: Any, kind: str, changes: Mapping[str, Any], reason: str) -> None:
    before = {name: _shown(getattr(row, name)) for name in changes}
    after = {name: _shown(value) for name, value in changes.items()}
    if before == after:
        return
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))
    event.record(by=by, at=at, kind=kind, on=row, before=before, after=after, reason=reason)


def _target_facts(version: TargetVersion) -> dict[str, Any]:
    return {
        "text": version.text,
        "kind": version.kind,
        "value": _shown(version.value),
        "value2": _shown(version.value2),
        "note": version.note,
    }


def _shown(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value


def _names(kept: Project, names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name != kept.name]
