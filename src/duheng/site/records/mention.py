"""A sentence of a document that speaks of an item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duheng.site.records.document import Document
from duheng.site.records.indicator import Indicator
from duheng.site.records.project import Project
from duheng.site.records.review_item import ReviewItem
from duheng.site.records.statement import Statement
from duheng.site.records.task import Commitment, Task

ITEMS = ("indicator", "project", "task", "commitment", "statement", "review_item")


def _exactly_one() -> Q:
    one = Q()
    for item in ITEMS:
        one |= Q(**{f"{other}__isnull": other != item for other in ITEMS})
    return one


class Mention(models.Model):
    """The place and sentence of one thing said of one item; `purpose` tells a target's sentence from a result's."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="mentions")
    offset = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence = models.TextField()
    said = models.TextField(blank=True)  # the document's text from `offset` to `end`
    within = models.PositiveIntegerField(null=True)  # where in `sentence` that stands, if it does
    position = models.PositiveSmallIntegerField(default=0)
    purpose = models.CharField(max_length=8, default="said", choices=[("said", "said"), ("actual", "actual")])
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.CASCADE, related_name="mentions")
    project = models.ForeignKey(Project, null=True, on_delete=models.CASCADE, related_name="mentions")
    task = models.ForeignKey(Task, null=True, on_delete=models.CASCADE, related_name="mentions")
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.CASCADE, related_name="mentions")
    statement = models.ForeignKey(Statement, null=True, on_delete=models.CASCADE, related_name="mentions")
    review_item = models.ForeignKey(ReviewItem, null=True, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="mention_of_exactly_one_item"),
            models.CheckConstraint(condition=Q(end__gte=models.F("offset")), name="mention_ends_after_it_begins"),
        ]
