"""Something an audit found in a document."""

from __future__ import annotations

from django.db import models

from duheng.audit import Severity
from duheng.site.records.document import Document

STATES = ("open", "accepted")


class Finding(models.Model):
    """The fields of `duheng.audit.Finding`, with the sentences it points to; open, or accepted by a person for a reason.

    `mark` tells the same finding in another version of the report: the rule, the sentence, and the words pointed to. What has an
    explanation looks wrong and is right; it is kept to be shown when asked for.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=8)
    severity = models.CharField(max_length=8)
    offset = models.PositiveIntegerField()
    sentence = models.TextField()
    message_zh = models.TextField()
    message_en = models.TextField()
    expected_zh = models.TextField(blank=True)
    expected_en = models.TextField(blank=True)
    found_zh = models.TextField(blank=True)
    found_en = models.TextField(blank=True)
    explanation_zh = models.TextField(blank=True)
    explanation_en = models.TextField(blank=True)
    spots = models.JSONField()  # [[offset, end]], in the order in which a reader should look
    places = (
        models.JSONField()
    )  # sentences or rows around them: [{"offset", "pieces": [[text, marked]], "section", "paragraph", …}]
    mark = models.CharField(max_length=64)
    state = models.CharField(max_length=8, default="open")
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.rule} {self.message_zh}"

    class Meta:
        ordering = ["document_id", "offset", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=[each.value for each in Severity]), name="finding_severity_known"
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="finding_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | ~models.Q(state="open") & models.Q(decided_at__isnull=False),
                name="finding_decided_with_time",
            ),
        ]
