"""An area that figures speak of."""

from __future__ import annotations

from django.db import models


class Area(models.Model):
    """A place by its code; the workspace's own is `own`. What no list of codes knows goes by its name."""

    code = models.CharField(max_length=60)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="area_code_once"),
            models.CheckConstraint(condition=~models.Q(code=""), name="area_has_code"),
        ]

    def __str__(self) -> str:
        return self.zh
