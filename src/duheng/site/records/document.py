"""A report that was imported."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """A report as read: its text, and `body`, the blocks, tables and sections with their places in that text."""

    name = models.CharField(max_length=255)
    format = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    text = models.TextField()
    body = models.JSONField()
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=60)
    audited_at = models.DateTimeField(null=True)  # never, where it is empty

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="document_content_once")]

    def __str__(self) -> str:
        return self.name
