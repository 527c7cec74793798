"""An import at work."""

from __future__ import annotations

import uuid

from django.db import models

STATES = ("waiting", "reading", "storing", "done", "failed", "cancelled")


class ImportJob(models.Model):
    """A background import: which files, how far it is, and how it ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    files = models.JSONField()  # [{"name", "digest", "suffix", "size"}]
    state = models.CharField(max_length=12, default="waiting")
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    doing = models.CharField(max_length=255, blank=True)
    error_zh = models.TextField(blank=True)
    error_en = models.TextField(blank=True)
    plan_id = models.PositiveBigIntegerField(null=True)
    unchanged = models.BooleanField(default=False)
    by = models.CharField(max_length=60)
    role = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "；".join(file["name"] for file in self.files)

    class Meta:
        ordering = ["-started_at"]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=STATES), name="import_job_state_known")]
