"""One number of a document, as understood."""

from __future__ import annotations

from django.db import models

from duheng.read.claim import Measure, Role
from duheng.site.records.document import Document
from duheng.site.records.exact import ExactField


class Claim(models.Model):
    """The fields of `duheng.read.Claim`, one row a number."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="claims")
    offset = models.PositiveIntegerField()
    span = models.TextField()
    sentence = models.TextField()
    sentence_offset = models.PositiveIntegerField()
    subject = models.TextField()
    value = ExactField()
    value2 = ExactField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=16)
    comparator = models.CharField(max_length=8)
    period = models.CharField(max_length=40)
    role = models.CharField(max_length=8)
    of = models.PositiveIntegerField(null=True)
    digits = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["document_id", "offset"]
        constraints = [
            models.UniqueConstraint(fields=["document", "offset"], name="claim_one_per_place"),
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="claim_role_known"),
            models.CheckConstraint(
                condition=models.Q(measure__in=[measure.value for measure in Measure]), name="claim_measure_known"
            ),
        ]
