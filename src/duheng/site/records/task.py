"""A numbered work item, and the measurable promises in it."""

from __future__ import annotations

from django.db import models

from duheng.site.records.exact import ExactField
from duheng.site.records.plan import Plan


class Task(models.Model):
    """One numbered work item under its heading."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)
    title = models.TextField()
    group = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="task_position_once")]

    def __str__(self) -> str:
        return self.title


class Commitment(models.Model):
    """A measurable promise inside a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="commitments")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    subject = models.TextField(blank=True)
    value = ExactField(null=True)
    value2 = ExactField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    comparator = models.CharField(max_length=8, blank=True)
    indicator_code = models.CharField(max_length=80, null=True)

    class Meta:
        ordering = ["task_id", "position"]
        constraints = [models.UniqueConstraint(fields=["task", "position"], name="commitment_position_once")]
