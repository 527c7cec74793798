"""Money: pools of it, what projects apply for step by step, what funds ask of projects, and scenarios of who is paid. Whole fen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duheng.allocate import Step
from duheng.site.records.pool import PoolProject

_STEPS = [step.value for step in Step]
SCENARIO_STATES = ("waiting", "solving", "done", "failed", "cancelled")


class FundPool(models.Model):
    """Money of one source; its kind is one of the catalog's, by whose rules projects may draw on it."""

    position = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24)
    carry_over = models.BooleanField(default=False)
    opens = models.DateField(null=True)
    closes = models.DateField(null=True)
    spend_months = models.PositiveSmallIntegerField(null=True)  # of its kind where nothing is said
    likelihood = models.PositiveSmallIntegerField(default=100)  # percent
    paper = models.CharField(max_length=255, blank=True)
    note = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="fund_pool_code_once"),
            models.CheckConstraint(condition=Q(likelihood__lte=100), name="fund_pool_likelihood_a_share"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | Q(closes__isnull=True) | Q(opens__lte=models.F("closes")),
                name="fund_pool_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FundAmount(models.Model):
    """What a pool has of its own in a year."""

    pool = models.ForeignKey(FundPool, on_delete=models.CASCADE, related_name="amounts")
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "year"], name="fund_amount_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fund_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.year}"


class FundApplication(models.Model):
    """Money of a pool asked for a project and a year. What became of it is told by its steps."""

    project = models.ForeignKey(PoolProject, on_delete=models.PROTECT, related_name="applications")
    pool = models.ForeignKey(FundPool, on_delete=models.PROTECT, related_name="applications")
    year = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField(null=True)  # percent; the pool's where nothing is said
    note = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "id"]
        indexes = [models.Index(fields=["year"], name="fund_application_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__isnull=True) | Q(likelihood__lte=100), name="fund_application_likelihood_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.pool} {self.year}"


class FundStep(models.Model):
    """One step of an application on a day; of what arrives and is spent in parts, each row says what it is so far."""

    application = models.ForeignKey(FundApplication, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12)
    on = models.DateField()
    amount = models.BigIntegerField()
    paper = models.CharField(max_length=255, blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=_STEPS), name="fund_step_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fund_step_not_negative"),
        ]

    def __str__(self) -> str:
        return self.step


class FundFacts(models.Model):
    """What funds and the studio ask of a project that its list does not say; what is null nobody has said."""

    project = models.OneToOneField(PoolProject, on_delete=models.CASCADE, related_name="fund_facts")
    priority = models.PositiveSmallIntegerField(null=True)
    mandatory = models.BooleanField(default=False)
    earliest = models.PositiveSmallIntegerField(null=True)
    latest = models.PositiveSmallIntegerField(null=True)
    cover = models.PositiveIntegerField(null=True)  # thousandths
    revenue = models.BooleanField(null=True)
    requires = models.JSONField(default=list)  # codes of projects
    excludes = models.JSONField(default=list)
    waived = models.JSONField(default=dict)  # code of a rule: the paper by which it was set aside

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(earliest__isnull=True) | Q(latest__isnull=True) | Q(earliest__lte=models.F("latest")),
                name="fund_facts_earliest_first",
            ),
        ]

    def __str__(self) -> str:
        return str(self.project)


class Scenario(models.Model):
    """A question of who is paid, as it was asked, with the problem it made and its checked answer; a job works it out."""

    name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, default="waiting")
    asked = models.JSONField()  # years, pins, and how surely money is counted
    problem = models.JSONField(null=True)
    answer = models.JSONField(null=True)
    told = models.JSONField(null=True)  # what was explained beside the answer
    doing = models.CharField(max_length=24, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    error_zh = models.TextField(blank=True)
    error_en = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)
    rolled_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="rolled_to")
    by = models.CharField(max_length=60)
    role = models.CharField(max_length=16)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SCENARIO_STATES), name="scenario_state_known"),
            models.CheckConstraint(condition=~Q(state="done") | Q(answer__isnull=False), name="scenario_done_with_answer"),
        ]

    def __str__(self) -> str:
        return self.name
