"""What a person decided, with everything it changed."""

from __future__ import annotations

from django.db import models

from duheng.site.records.event import Event
from duheng.site.records.plan import Plan

KINDS = ("accept", "correct", "dismiss", "merge", "split", "edit", "recall", "forget", "funds")


class Decision(models.Model):
    """A decision on a plan, with the rows it changed as they were before and after: what is needed to take it back exactly.

    `changes` lists `{"table", "pk", "before", "after", "loose"}`: the columns that changed; `before` is null for a row that was
    made, `after` for one that was removed. A decision made again from memory at an import (`recall`) shares the import's event.
    """

    plan = models.ForeignKey(Plan, null=True, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=12)
    name = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    changes = models.JSONField(default=list)
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="decisions")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="decision_kind_known"),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by="")
                | models.Q(undone_at__isnull=False) & ~models.Q(undone_by=""),
                name="decision_undone_by_someone",
            ),
        ]
