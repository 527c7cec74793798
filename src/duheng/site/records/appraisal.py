"""Appraisals: sheets that came in to be judged, enterprises with their grades, and appeals against them."""

from __future__ import annotations

from django.db import models

APPRAISALS = ("land", "items", "midterm", "score")
APPEAL_STATES = ("filed", "upheld", "rejected", "withdrawn")


class Appraisal(models.Model):
    """What came in at once to be appraised, and can be taken back at once.

    `files` are the originals as kept (name, digest, suffix), `given` what was said of them: the rule set, the year; `result` what was
    worked out, as plain data. One that is undone stays in its table and counts for nothing.
    """

    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default="done")
    digest = models.CharField(max_length=64)
    files = models.JSONField(default=list)
    given = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    simulated = models.BooleanField(default=False)
    published = models.DateField(null=True)  # results made known: appeals may be filed from then on
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["digest"], name="appraisal_of_content")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=APPRAISALS), name="appraisal_kind_known"),
            models.CheckConstraint(
                condition=models.Q(state="undone", undone_at__isnull=False) | models.Q(state="done", undone_at__isnull=True),
                name="appraisal_undone_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Firm(models.Model):
    """One enterprise of a sheet of land productivity with its score and grade under the sheet's rule set.

    `rank` is its place among those of its size, None where it has no grade of its own; `kept` the share of draws with other weights
    in which the grade stays; `changes` what corrections in force say instead of the sheet, by column.
    """

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="firms")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    size = models.CharField(max_length=8)
    industry = models.CharField(max_length=120, blank=True)
    score = models.FloatField()
    rank = models.PositiveIntegerField(null=True)
    grade = models.CharField(max_length=12)
    exempt = models.CharField(max_length=60, blank=True)
    last_grade = models.CharField(max_length=12, blank=True)
    kept = models.FloatField(null=True)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "code"], name="firm_code_once"),
            models.UniqueConstraint(fields=["appraisal", "position"], name="firm_position_once"),
            models.CheckConstraint(condition=models.Q(size__in=("above", "below")), name="firm_size_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Appeal(models.Model):
    """An enterprise's appeal against its grade: what it says, what it asks to be corrected, and the answer with its deadline."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="appeals")
    state = models.CharField(max_length=10, default="filed")
    text = models.TextField()
    asks = models.JSONField(default=dict)  # column: what it should be
    filed = models.DateField()
    due = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)
    grade_before = models.CharField(max_length=12, blank=True)
    grade_after = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=APPEAL_STATES), name="appeal_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="filed", answered_at__isnull=True)
                | ~models.Q(state="filed") & models.Q(answered_at__isnull=False),
                name="appeal_answered_with_time",
            ),
            models.CheckConstraint(condition=models.Q(due__gte=models.F("filed")), name="appeal_due_after_filing"),
            models.UniqueConstraint(fields=["firm"], condition=models.Q(state="filed"), name="appeal_open_once"),
        ]

    def __str__(self) -> str:
        return self.firm.name
