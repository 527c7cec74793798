"""The project pool: a project through its life, and the dated facts that tell of it. Money is whole fen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duheng.plan.plan import Stage
from duheng.plan.pool import Approval, Onset
from duheng.site.records.area import Area
from duheng.site.records.load import Load

_STAGES = [stage.value for stage in Stage]
_APPROVALS = ["", *(each.value for each in Approval)]
PAIR_STATES = ("open", "same", "apart")
_ONSETS = ["", *(each.value for each in Onset)]


class _Standing(models.Manager["PoolProject"]):
    """The projects that stand by themselves, which is what everybody asks for."""

    def get_queryset(self) -> models.QuerySet[PoolProject]:
        """Without those merged into another, and those whose load was undone."""
        return super().get_queryset().filter(merged_into__isnull=True, withdrawn=False)


class PoolProject(models.Model):
    """A project of the pool. `stage` repeats the last change of stage, so that tables can be narrowed by it."""

    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    approval_code = models.CharField(max_length=60, blank=True, db_index=True)
    name = models.CharField(max_length=255)
    aliases = models.JSONField(default=list)
    approval = models.CharField(max_length=12, blank=True)
    nature = models.CharField(max_length=40, blank=True)
    sector = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=120, blank=True)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="pool_projects")
    owner = models.CharField(max_length=160, blank=True)
    office = models.CharField(max_length=160, blank=True)
    group = models.CharField(max_length=160, blank=True)
    total = models.BigIntegerField(null=True)
    sources = models.JSONField(default=dict)  # of the total, kind of money: fen
    currency = models.CharField(max_length=3, default="CNY")  # what its money is in; the amounts are hundredths of it
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    stage = models.CharField(max_length=24, default=Stage.UNKNOWN.value)
    stage_since = models.DateField(null=True)
    content = models.TextField(blank=True)  # what is built, in words
    also = models.JSONField(default=dict)  # what its list says of it in columns that mean nothing here, by their heads
    public = models.BooleanField(default=False)  # may be shown to anybody, as an opportunity
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    simulated = models.BooleanField(default=False)
    load = models.ForeignKey(Load, null=True, on_delete=models.PROTECT, related_name="pool_projects")
    withdrawn = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="absorbed")

    objects = _Standing()
    every = models.Manager["PoolProject"]()

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["stage"], name="pool_by_stage"), models.Index(fields=["group"], name="pool_by_group")]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="pool_code_once"),
            models.CheckConstraint(condition=Q(stage__in=_STAGES), name="pool_stage_known"),
            models.CheckConstraint(condition=Q(approval__in=_APPROVALS), name="pool_approval_known"),
            models.CheckConstraint(condition=Q(total__isnull=True) | Q(total__gte=0), name="pool_total_not_negative"),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="pool_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class _Fact(models.Model):
    """A dated thing told of a project; that of a load that was undone stays and counts for nothing."""

    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    load = models.ForeignKey(Load, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.BooleanField(default=False)

    class Meta:
        abstract = True


class PoolTold(_Fact):
    """What a load or a person said of a project: some of its columns. The project shows the latest said of each."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="told")
    facts = models.JSONField()  # column of PoolProject: value
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.project)


class PoolStage(_Fact):
    """The project reached a stage, by a paper."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=24)
    on = models.DateField()
    paper = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=Q(stage__in=_STAGES), name="pool_stage_change_known")]

    def __str__(self) -> str:
        return self.stage


class PoolGate(_Fact):
    """A condition before building (land, permits, funds …), when it is due and when it was met; the latest of a kind counts."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="gates")
    kind = models.CharField(max_length=24)
    due = models.DateField(null=True)
    met = models.DateField(null=True)
    paper = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.kind


class PoolMilestone(_Fact):
    """A step of the works; the latest of a name counts."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=120)
    planned = models.DateField(null=True)
    actual = models.DateField(null=True)

    class Meta:
        ordering = ["planned", "id"]

    def __str__(self) -> str:
        return self.name


class PoolYear(_Fact):
    """What a project is to invest in a year, and out of what money; the latest of a year counts."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    planned = models.BigIntegerField(null=True)
    onset = models.CharField(max_length=12, blank=True)
    sources = models.JSONField(default=dict)  # kind of money: fen
    monthly = models.JSONField(null=True)  # twelve cumulative amounts, fen
    before = models.BigIntegerField(null=True)  # invested before the year
    carried = models.JSONField(default=list)  # the columns that repeat what an earlier row told

    class Meta:
        ordering = ["year", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(onset__in=_ONSETS), name="pool_year_onset_known"),
            models.CheckConstraint(condition=Q(planned__isnull=True) | Q(planned__gte=0), name="pool_year_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class PoolMonth(_Fact):
    """What was reported of a month, cumulative since January; the latest of a month counts, the earlier ones are its vintages."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="months")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    works = models.BigIntegerField(null=True)
    counted = models.BigIntegerField(null=True)
    paid = models.BigIntegerField(null=True)
    in_library = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    known = models.DateField()
    carried = models.JSONField(default=list)  # the columns that repeat what an earlier row told

    class Meta:
        ordering = ["year", "month", "id"]
        indexes = [
            models.Index(fields=["year", "month"], name="pool_month_by_time"),
            models.Index(fields=["year"], condition=Q(withdrawn=True), name="pool_month_withdrawn"),
        ]
        constraints = [models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="pool_month_of_a_year")]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class PoolProblem(_Fact):
    """What holds a project up: whose to settle, by when, settled when."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="problems")
    what = models.TextField()
    whose = models.CharField(max_length=160, blank=True)
    raised = models.DateField(null=True)
    due = models.DateField(null=True)
    settled = models.DateField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what


class PoolDelay(_Fact):
    """Why a project is late: a reason of the list, and words."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="delays")
    reason = models.CharField(max_length=24)
    words = models.TextField(blank=True)
    since = models.DateField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason


class PoolBank(_Fact):
    """A bank of projects that this one is in (national, city, Sichuan–Chongqing …), from when until when."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="banks")
    bank = models.CharField(max_length=60)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.bank


class PoolPaper(_Fact):
    """A document attached to a project, kept by its content."""

    project = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    suffix = models.CharField(max_length=12)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class PoolPair(models.Model):
    """Two projects of the pool that may be one, or one of a report's plan and one of the pool, with what speaks for and against it."""

    left = models.ForeignKey(PoolProject, on_delete=models.CASCADE, related_name="pairs")
    right = models.ForeignKey(PoolProject, null=True, on_delete=models.CASCADE, related_name="+")
    planned = models.ForeignKey("records.Project", null=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, default="open")
    reasons = models.JSONField(default=list)  # [likely, zh, en] each
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="pool_pair_once"),
            models.UniqueConstraint(fields=["left", "planned"], name="pool_pair_with_plan_once"),
            models.CheckConstraint(condition=Q(state__in=PAIR_STATES), name="pool_pair_state_known"),
            models.CheckConstraint(
                condition=Q(right__isnull=True, planned__isnull=False) | Q(right__isnull=False, planned__isnull=True),
                name="pool_pair_of_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} / {self.right or self.planned}"
