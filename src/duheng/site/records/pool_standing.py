"""How a project of the pool stands in a year: worked out from its dated facts, and kept so that a table of thousands need not do it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duheng.plan.plan import Stage
from duheng.plan.pool import Onset
from duheng.site.records.pool import PoolProject
from duheng.watch import Colour, Method

_COLOURS = [colour.value for colour in Colour]
_STAGES = [stage.value for stage in Stage]
_METHODS = [method.value for method in Method]
_ONSETS = ["", *(each.value for each in Onset)]


class PoolStanding(models.Model):
    """The standing of one project in one year by what was known on `as_of`; it can be worked out again at any time. Money is fen.

    The amounts are those of the newest month reported of that year, cumulative since January.
    """

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="standings")
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    stage = models.CharField(max_length=24)
    stage_since = models.DateField(null=True)
    started = models.DateField(null=True)
    completed = models.DateField(null=True)  # in this year
    onset = models.CharField(max_length=12, blank=True)
    planned = models.BigIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True)
    silent = models.PositiveSmallIntegerField(default=0)  # months that passed since then without a report
    works = models.BigIntegerField(null=True)
    counted = models.BigIntegerField(null=True)
    paid = models.BigIntegerField(null=True)
    done = models.BigIntegerField(null=True)  # of these the one by which progress is told: works, else counted, else paid
    done_q1 = models.BigIntegerField(default=0)  # by the end of a quarter, for summaries
    done_q2 = models.BigIntegerField(default=0)
    done_q3 = models.BigIntegerField(default=0)
    done_q4 = models.BigIntegerField(default=0)
    due = models.BigIntegerField(null=True)  # what should be done by then
    share = models.FloatField(null=True)  # of the year's plan that is done
    lag = models.FloatField(null=True)  # points ahead of time progress; below zero behind it
    chance = models.FloatField(null=True)  # that the year's investment is completed
    method = models.CharField(max_length=10, default=Method.NONE.value)  # what the chance rests on
    why_zh = models.TextField(blank=True)
    why_en = models.TextField(blank=True)
    path = models.JSONField(null=True)  # what the year may come to by each month: 2.5, 10, 50, 90 and 97.5 % of its ways
    in_library = models.BooleanField(null=True)
    problems = models.PositiveSmallIntegerField(default=0)  # open
    overdue = models.PositiveSmallIntegerField(default=0)  # of them past their day
    stalled_zh = models.TextField(blank=True)  # why it is taken to have stalled; empty where it has not
    stalled_en = models.TextField(blank=True)

    class Meta:
        ordering = ["project__position", "project_id"]
        indexes = [models.Index(fields=["year", "stage"], name="pool_standing_by_stage")]
        constraints = [
            models.UniqueConstraint(fields=["project", "year"], name="pool_standing_once_a_year"),
            models.CheckConstraint(condition=Q(stage__in=_STAGES), name="pool_standing_stage_known"),
            models.CheckConstraint(condition=Q(onset__in=_ONSETS), name="pool_standing_onset_known"),
            models.CheckConstraint(condition=Q(method__in=_METHODS), name="pool_standing_method_known"),
            models.CheckConstraint(
                condition=Q(chance__isnull=True) | Q(chance__gte=0, chance__lte=1), name="pool_standing_chance_is_a_share"
            ),
        ]


class PoolLight(models.Model):
    """The light of a project in a year under one rule set, shown since the day `since`."""

    standing = models.ForeignKey(PoolStanding, on_delete=models.CASCADE, related_name="lights")
    rule = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60, default="progress")  # of the rule set, the one that gave the light
    colour = models.CharField(max_length=8)
    reason_zh = models.TextField()
    reason_en = models.TextField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standing", "rule"], name="pool_light_once_for_a_rule"),
            models.CheckConstraint(condition=Q(colour__in=_COLOURS), name="pool_light_colour_known"),
        ]


class PoolLightChange(models.Model):
    """A project's light that turned, by what was known on the day `as_of`, with the reason; rows are only added."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="light_changes")
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
            models.CheckConstraint(condition=Q(before__in=_COLOURS, after__in=_COLOURS), name="pool_light_change_colours_known"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="pool_light_change_changes"),
        ]


class PoolTurn(models.Model):
    """What tells that standings were worked out anew: another token each time, so that what is kept of them can be told as old."""

    token = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="pool_turn_is_one_row")]
