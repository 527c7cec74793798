"""An office of this workspace."""

from __future__ import annotations

from django.db import models


class Office(models.Model):
    """An office that owes something here, as it was first named; a person may come to belong to one.

    `key` tells it: the catalog's code, or the printed name without the place's own words.
    """

    key = models.CharField(max_length=80)
    code = models.CharField(max_length=80, null=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="office_once"),
            models.CheckConstraint(condition=~models.Q(key=""), name="office_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.name
