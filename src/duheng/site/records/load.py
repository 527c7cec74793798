"""A load: one file of figures, or one figure by hand, with what it brought and what was doubted."""

from __future__ import annotations

from django.db import models

from duheng.collect import Severity

KINDS = ("file", "hand", "formula", "projects")
STATES = ("asked", "refused", "done", "undone")


class Load(models.Model):
    """What came in at once, and can be undone at once.

    *Asked*: the mapping of its columns waits for a person. *Refused*: errors kept it out. The figures of a load that is undone
    stay in their table and count for nothing.
    """

    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=8, default="file")
    state = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=12, blank=True)
    given = models.JSONField(default=dict)  # what was said of the whole file
    mapping = models.JSONField(default=dict)  # what its columns and rows were taken for
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    new = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["digest"], name="load_of_content")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="load_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="load_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="undone", undone_at__isnull=False)
                | ~models.Q(state="undone") & models.Q(undone_at__isnull=True),
                name="load_undone_with_time",
            ),
            models.CheckConstraint(condition=~models.Q(kind="hand") | ~models.Q(reason=""), name="load_by_hand_with_reason"),
        ]

    def __str__(self) -> str:
        return self.name


class LoadDoubt(models.Model):
    """A rule that a row of a load breaks."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="doubts")
    rule = models.CharField(max_length=24)
    severity = models.CharField(max_length=8)
    message_zh = models.TextField()
    message_en = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    series = models.CharField(max_length=320, blank=True)
    period = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=[each.value for each in Severity]), name="load_doubt_severity_known"
            ),
        ]


class SheetShape(models.Model):
    """How tables of one shape were mapped, to be done so again: the shape is told by a fingerprint of the heads."""

    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fingerprint"], name="sheet_shape_once")]
