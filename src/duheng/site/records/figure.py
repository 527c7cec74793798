"""A figure: one number of a series and a period, as it was known on a day. Rows are only ever added."""

from __future__ import annotations

from django.db import models

from duheng.collect import STATUSES
from duheng.site.records.load import Load
from duheng.site.records.series import Series


class Figure(models.Model):
    """One row of `duheng.collect.Figures`.

    `start` and `end` are the first and last month, counted from January of year 0; `status` is a place in
    `duheng.collect.STATUSES`. `printed` is the number as its source has it, `place` the cell or line where.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="figures", db_index=False)
    start = models.IntegerField()
    end = models.IntegerField()
    vintage = models.DateField()
    status = models.SmallIntegerField()
    released = models.BooleanField()
    value = models.FloatField()
    digits = models.SmallIntegerField()
    printed = models.CharField(max_length=60)
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="figures")
    place = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "end", "start", "vintage", "status", "load"], name="figure_once_in_a_load"),
            models.CheckConstraint(condition=models.Q(start__lte=models.F("end")), name="figure_period_runs_forward"),
            models.CheckConstraint(condition=models.Q(status__gte=0, status__lt=len(STATUSES)), name="figure_status_known"),
        ]

    def __str__(self) -> str:
        return self.printed
