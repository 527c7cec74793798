"""An indicator of a plan, and the versions its target has had."""

from __future__ import annotations

from django.db import models

from duheng.plan.plan import Nature
from duheng.site.records.exact import ExactField
from duheng.site.records.plan import Plan

KINDS = (
    "at_least",
    "at_most",
    "exactly",
    "around",
    "range",
    "positive",
    "in_step_with",
    "assigned",
    "floor_with_stretch",
)


class Indicator(models.Model):
    """One indicator with last year's result, where the report gives it; the target is its newest `TargetVersion`."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    row = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=80, null=True)
    name = models.CharField(max_length=255)
    unit = models.CharField(max_length=60, blank=True)
    nature = models.CharField(max_length=16)
    actual_value = ExactField(null=True)
    actual_unit = models.CharField(max_length=60, blank=True)
    actual_comparator = models.CharField(max_length=8, blank=True)
    actual_period = models.CharField(max_length=40, blank=True)
    actual_text = models.TextField(blank=True)
    actual_estimate = models.BooleanField(default=False)  # 全年预计: told before the year's figures were in
    earlier = models.JSONField(default=list)  # targets of earlier years that the plan's table prints, as `plan.form` has them

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="indicator_position_once"),
            models.CheckConstraint(condition=models.Q(nature__in=[n.value for n in Nature]), name="indicator_nature_known"),
        ]

    def __str__(self) -> str:
        return self.name


class TargetVersion(models.Model):
    """What is aimed at since `at`: `number` 1 is what the report says, later ones are changes with their reason."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    value = ExactField(null=True)
    value2 = ExactField(null=True)
    note = models.TextField(null=True)
    text = models.TextField(blank=True)
    extra = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ["indicator_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="target_version_number_once"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="target_kind_known"),
        ]
