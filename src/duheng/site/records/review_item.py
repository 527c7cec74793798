"""Something a person must decide."""

from __future__ import annotations

from django.db import models

from duheng.site.records.decision import Decision
from duheng.site.records.plan import Plan

STATES = ("open", "accepted", "corrected", "dismissed")


class ReviewItem(models.Model):
    """An uncertain reading with its reason; decided by a person, at a time, or still open; `decision` holds what it changed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="review")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=60)
    item = models.TextField()
    reason_zh = models.TextField()
    reason_en = models.TextField()
    refers_to = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="open")
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.SET_NULL, related_name="items")
    recalled = models.BooleanField(default=False)  # decided on an earlier report, by whom and when the item says

    def __str__(self) -> str:
        return self.item

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="review_item_position_once"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="review_item_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | ~models.Q(state="open") & models.Q(decided_at__isnull=False),
                name="review_item_decided_with_time",
            ),
        ]
