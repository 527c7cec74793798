"""How a target stands: computed from figures, kept so that a page need not compute it again."""

from __future__ import annotations

from django.db import models

from duheng.site.records.indicator import Indicator
from duheng.watch import Method

_METHODS = [method.value for method in Method]
AUDIENCES = ("all", "office", "public")
"""Whom a standing is for: everybody where all figures it rests on have been released; else one for the office, which rests on internal
figures too, and one for everybody else, which does not."""


class Standing(models.Model):
    """The newest standing of one indicator's target, as `duheng.watch.Standing` has it; it can be computed again at any time.

    `path` holds what the chart draws: last year and this one step by step, and the fan to the year's end.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="standings")
    audience = models.CharField(max_length=8)
    as_of = models.DateField()
    computed_at = models.DateTimeField()
    series = models.CharField(max_length=320, blank=True)
    known_to = models.CharField(max_length=10, blank=True)
    simulated = models.BooleanField(default=False)
    accumulation = models.CharField(max_length=8, blank=True)
    pace = models.JSONField(null=True)
    p = models.FloatField(null=True)
    method = models.CharField(max_length=10)
    why_zh = models.TextField()
    why_en = models.TextField()
    median = models.FloatField(null=True)
    low80 = models.FloatField(null=True)
    high80 = models.FloatField(null=True)
    office_estimate = models.FloatField(null=True)
    office_off = models.FloatField(null=True)
    office_years = models.PositiveSmallIntegerField(default=0)
    above = models.FloatField(null=True)
    rank = models.PositiveIntegerField(null=True)
    path = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "audience"], name="standing_once_for_an_audience"),
            models.CheckConstraint(condition=models.Q(audience__in=AUDIENCES), name="standing_audience_known"),
            models.CheckConstraint(condition=models.Q(method__in=_METHODS), name="standing_method_known"),
            models.CheckConstraint(
                condition=models.Q(p__isnull=True) | models.Q(p__gte=0, p__lte=1), name="standing_chance_is_a_share"
            ),
        ]


class StandingPoint(models.Model):
    """How the target stood at the end of one month of its year, by what was known then."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="points")
    audience = models.CharField(max_length=8)
    as_of = models.DateField()
    known_to = models.CharField(max_length=10, blank=True)
    reached = models.FloatField(null=True)
    p = models.FloatField(null=True)
    method = models.CharField(max_length=10)
    median = models.FloatField(null=True)
    low80 = models.FloatField(null=True)
    high80 = models.FloatField(null=True)

    class Meta:
        ordering = ["indicator_id", "as_of"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "audience", "as_of"], name="standing_point_once_a_day"),
            models.CheckConstraint(condition=models.Q(audience__in=AUDIENCES), name="standing_point_audience_known"),
            models.CheckConstraint(condition=models.Q(method__in=_METHODS), name="standing_point_method_known"),
        ]
