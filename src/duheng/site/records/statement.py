"""What the report says of itself."""

from __future__ import annotations

from django.db import models

from duheng.site.records.exact import ExactField
from duheng.site.records.plan import Plan


class Statement(models.Model):
    """A count the report states of its own plan, apart from what can be computed, and what the difference leaves open."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.TextField(blank=True)
    value = ExactField()
    unit = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=40, blank=True)
    computed = ExactField(null=True)
    question_zh = models.TextField(blank=True)
    question_en = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="statement_position_once")]
