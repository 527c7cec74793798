"""Lights: what a target shows under each rule set, and every time that changed."""

from __future__ import annotations

from django.db import models

from duheng.site.records.indicator import Indicator
from duheng.site.records.standing import AUDIENCES
from duheng.watch import Colour

_COLOURS = [colour.value for colour in Colour]


class Light(models.Model):
    """The light of a target under one rule set, shown since the day `since`."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="lights")
    audience = models.CharField(max_length=8)
    rule = models.CharField(max_length=60)
    colour = models.CharField(max_length=8)
    reason_zh = models.TextField()
    reason_en = models.TextField()
    since = models.DateField()

    class Meta:
        ordering = ["indicator_id", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "audience", "rule"], name="light_once_for_a_rule"),
            models.CheckConstraint(condition=models.Q(audience__in=AUDIENCES), name="light_audience_known"),
            models.CheckConstraint(condition=models.Q(colour__in=_COLOURS), name="light_colour_known"),
        ]


class LightChange(models.Model):
    """A light that turned, by what was known on the day `as_of`, with the reason; rows are only added."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="light_changes")
    audience = models.CharField(max_length=8)
    rule = models.CharField(max_length=60)
    before = models.CharField(max_length=8)
    after = models.CharField(max_length=8)
    reason_zh = models.TextField()
    reason_en = models.TextField()
    as_of = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-as_of", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(audience__in=AUDIENCES), name="light_change_audience_known"),
            models.CheckConstraint(
                condition=models.Q(before__in=_COLOURS, after__in=_COLOURS), name="light_change_colours_known"
            ),
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="light_change_changes"),
        ]
