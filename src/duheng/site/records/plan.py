"""A plan: what one import made of its reports."""

from __future__ import annotations

from django.db import models

from duheng.site.records.document import Document


class Plan(models.Model):
    """The plan of one area for one year; `fingerprint` tells the set of reports, so that the same set makes it once."""

    title = models.CharField(max_length=255)
    area = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=60)
    results = models.JSONField(default=list)  # of the past year, for what the plan has no target for, as `plan.form` has them

    class Meta:
        ordering = ["-year", "-imported_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["fingerprint"], name="plan_reports_once")]

    def __str__(self) -> str:
        return self.title


class PlanDocument(models.Model):
    """Which documents a plan was read from, in order."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sources")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="plans")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_document_position_once"),
            models.UniqueConstraint(fields=["plan", "document"], name="plan_document_once"),
        ]
