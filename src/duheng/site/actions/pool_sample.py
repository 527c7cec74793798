"""The sample district's sixty projects: its two lists, and what befell each project since."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from duheng.plan.plan import Stage
from duheng.plan.pool import Gate, Milestone
from duheng.sample import pool as sample
from duheng.site.access import By
from duheng.site.actions import pool, pool_life, pool_standing
from duheng.site.actions.intake import Sent
from duheng.site.records.models import PoolProject, PoolStage


def take_in(*, by: By, at: datetime) -> None:
    """The lists through the action that takes any list in, and each project's stages, gates and milestones. Once only."""
    lists = (
        ("projects-2026.csv", sample.annual_plan(), sample.PLAN_KNOWN),
        ("dispatch-2026-09.csv", sample.dispatch(), sample.REPORT_KNOWN),
    )
    with pool_standing.gathered(at=at, as_of=localdate(at)):
        for name, text, known in lists:
            request = pool.Request(known=known, simulated=True)
            taken = pool.take_list(by=by, at=at, sent=Sent(name=name, data=text.encode()), request=request)
            if taken.again:
                return
        _live(by, at)


@transaction.atomic
def _live(by: By, at: datetime) -> None:
    found = {project.approval_code: project for project in PoolProject.objects.all()}
    for each in sample.courses():
        project = found[each.code]
        PoolStage.objects.filter(project=project, load__isnull=False).update(
            withdrawn=True
        )  # derived from the list; these are dated
        for kind, met in sample.gates(each):
            if met:
                pool_life.meet_gate(by=by, at=at, project_id=project.pk, gate=Gate(kind=kind, met=met))
        for stage, on, paper in sample.stages(each):
            gates = ("permit", "start_date", "acceptance")
            pool_life.move(by=by, at=at, project_id=project.pk, stage=Stage(stage), on=on, paper=paper, despite=gates)
        for name, planned, actual in sample.milestones(each):
            milestone = Milestone(name=name, planned=planned, actual=actual)
            pool_life.set_milestone(by=by, at=at, project_id=project.pk, milestone=milestone)
        if each.public:
            pool_life.mark_public(by=by, at=at, project_id=project.pk, public=True)
