"""Who answers for an indicator, a project or a task."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duheng.site.records.indicator import Indicator
from duheng.site.records.office import Office
from duheng.site.records.plan import Plan
from duheng.site.records.project import Project
from duheng.site.records.task import Task

ITEMS = ("indicator", "project", "task")
ORIGINS = ("catalog", "report", "sheet", "person")
ROLES = ("lead", "support")


def _exactly_one() -> Q:
    one = Q()
    for item in ITEMS:
        one |= Q(**{f"{other}__isnull": other != item for other in ITEMS})
    return one


class Ownership(models.Model):
    """The offices, the leader and the deadline of one item, and where they were taken from.

    What the catalog suggests is no ownership until somebody accepts it.
    """

    indicator = models.OneToOneField(Indicator, null=True, on_delete=models.CASCADE, related_name="ownership")
    project = models.OneToOneField(Project, null=True, on_delete=models.CASCADE, related_name="ownership")
    task = models.OneToOneField(Task, null=True, on_delete=models.CASCADE, related_name="ownership")
    leader = models.CharField(max_length=200, blank=True)
    deadline = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=8)
    source = models.CharField(max_length=255, blank=True)  # the file it was read from
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="ownership_of_exactly_one_item"),
            models.CheckConstraint(condition=Q(origin__in=ORIGINS), name="ownership_origin_known"),
        ]


class Charge(models.Model):
    """An office's part in an ownership: it leads, or it supports; `printed` is its name as it was given."""

    ownership = models.ForeignKey(Ownership, on_delete=models.CASCADE, related_name="charges")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="charges")
    role = models.CharField(max_length=8)
    position = models.PositiveSmallIntegerField()
    printed = models.CharField(max_length=120)

    class Meta:
        ordering = ["ownership_id", "role", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ownership", "office"], name="charge_once_per_office"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="charge_role_known"),
        ]


class OwnersLoad(models.Model):
    """A division-of-tasks sheet that was loaded, with what each item had before and has since, so that it can be taken back."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="owners_loads")
    name = models.CharField(max_length=255)
    changes = models.JSONField()  # [{"noun", "pk", "before": form or null, "after": form}]
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name
