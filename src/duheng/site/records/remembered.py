"""What was decided once and holds for the next report too."""

from __future__ import annotations

from django.db import models

KINDS = ("same", "different", "name", "doubt")
STATES = ("accepted", "corrected", "dismissed")


class Remembered(models.Model):
    """A decision as knowledge of the workspace: of two names, of a name and an indicator of the catalog, or of a doubt.

    `key` tells what it is about, whatever the spelling: names are compared as they are when a report is read.
    """

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    area = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()  # of the plan on which it was decided
    left = models.TextField()  # a name, or what the doubt is about
    right = models.TextField(blank=True)  # the other name, the catalog code, or the doubt
    about = models.CharField(max_length=60, blank=True)  # of a doubt: the review item's kind
    state = models.CharField(max_length=12, default="accepted")
    correction = models.JSONField(null=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.left} / {self.right}" if self.right else self.left

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="remembered_once"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="remembered_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="remembered_state_known"),
        ]
