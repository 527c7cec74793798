"""An import at work."""

from __future__ import annotations

import uuid

from django.db import models

KINDS = ("report", "figures")
STATES = ("waiting", "reading", "storing", "done", "failed", "cancelled")


class ImportJob(models.Model):
    """A background import of reports or of a file of figures: which files, how far it is, and how it ended.

    `asked` is what was said with a file of figures: of the whole file, of its sheets, and the load that waited for the answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, default="report")
    asked = models.JSONField(default=dict)
    files = models.JSONField()  # [{"name", "digest", "suffix", "size"}]
    state = models.CharField(max_length=12, default="waiting")
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    doing = models.CharField(max_length=255, blank=True)
    error_zh = models.TextField(blank=True)
    error_en = models.TextField(blank=True)
    plan_id = models.PositiveBigIntegerField(null=True)
    load_id = models.PositiveBigIntegerField(null=True)
    unchanged = models.BooleanField(default=False)
    by = models.CharField(max_length=60)
    role = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "；".join(file["name"] for file in self.files)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="import_job_state_known"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="import_job_kind_known"),
        ]
