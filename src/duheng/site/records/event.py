"""What happened: who, when, what, before and after."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One line of history. It has no foreign keys: what it tells of may be gone, and the line must stay."""

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    noun = models.CharField(max_length=20)
    noun_id = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["noun", "noun_id"], name="event_of_noun")]
