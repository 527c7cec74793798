"""A real thing to be built."""

from __future__ import annotations

from django.db import models

from duheng.plan.plan import Stage
from duheng.site.records.plan import Plan
from duheng.site.records.pool import PoolProject

_STAGES = [stage.value for stage in Stage]


class _Standing(models.Manager["Project"]):
    """The projects that stand by themselves, which is what everybody asks for."""

    def get_queryset(self) -> models.QuerySet[Project]:
        """Without those that were merged into another."""
        return super().get_queryset().filter(merged_into__isnull=True)


class Project(models.Model):
    """A project under all the names the report gives it, with the stage the report says and the one it aims at.

    One that was merged into another is kept as it was, so that the merging can be undone; only `every` still finds it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="projects")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    aliases = models.JSONField(default=list)
    stage = models.CharField(max_length=24)
    aim = models.CharField(max_length=24, null=True)
    group = models.CharField(max_length=255, blank=True)
    pooled = models.ForeignKey(PoolProject, null=True, on_delete=models.SET_NULL, related_name="planned")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="absorbed")

    objects = _Standing()
    every = models.Manager["Project"]()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="project_code_once"),
            models.CheckConstraint(condition=models.Q(stage__in=_STAGES), name="project_stage_known"),
            models.CheckConstraint(condition=models.Q(aim__isnull=True) | models.Q(aim__in=_STAGES), name="project_aim_known"),
            models.CheckConstraint(condition=~models.Q(merged_into=models.F("id")), name="project_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name
