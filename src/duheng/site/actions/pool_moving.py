"""Moving a project of the pool to another stage: on a day, by a paper."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from duheng.plan.plan import Stage
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event, pool_standing
from duheng.site.records.models import PoolProject, PoolStage


@transaction.atomic
def move(*, by: By, at: datetime, project_id: int, stage: Stage, on: date, paper: str) -> PoolStage:
    """Let a project reach `stage` on a day by a paper; of several changes the one with the latest day is where it stands."""
    access.require(by, "projects.edit")
    project = PoolProject.objects.select_for_update().get(pk=project_id)
    before = {"stage": project.stage, "since": _shown(project.stage_since)}
    change = PoolStage.objects.create(project=project, stage=stage.value, on=on, paper=paper, at=at, by=by.name)
    newest = PoolStage.objects.filter(project=project, withdrawn=False).order_by("on", "id").last()
    if newest is not None:
        project.stage, project.stage_since = newest.stage, newest.on
        project.save(update_fields=["stage", "stage_since"])
    after = {"stage": stage.value, "since": _shown(on)}
    event.record(by=by, at=at, kind="pool.stage", on=project, before=before, after=after, reason=paper)
    pool_standing.changed(at=at, as_of=localdate(at), keys=[project.pk])
    return change


def _shown(day: date | None) -> str:
    return str(day) if day else ""
