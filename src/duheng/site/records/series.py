"""A series: one indicator of one area, always measured in one way."""

from __future__ import annotations

from django.db import models

from duheng.measure import Basis, SeriesMeasure
from duheng.site.records.area import Area


class Series(models.Model):
    """What makes figures comparable; `key` joins the parts, `name` is what tables call an indicator that the catalog lacks."""

    key = models.CharField(max_length=320)
    indicator = models.CharField(max_length=160, db_index=True)
    name = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="series")
    measure = models.CharField(max_length=12)
    basis = models.CharField(max_length=18)
    unit = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="series_key_once"),
            models.CheckConstraint(
                condition=models.Q(measure__in=[each.value for each in SeriesMeasure]), name="series_measure_known"
            ),
            models.CheckConstraint(condition=models.Q(basis__in=[each.value for each in Basis]), name="series_basis_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.indicator
