"""The answer that the overview gives: what is promised, what is stated, what can be checked, what is worth a look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from duheng.site.queries import findings, indicators, places, projects, review, tasks
from duheng.site.queries.indicators import Row as IndicatorRow
from duheng.site.queries.places import Place
from duheng.site.records.models import Plan, ReviewItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A count the report states of itself, beside what can be computed."""

    kind: str
    subject: str
    value: Decimal
    unit: str
    period: str
    computed: Decimal | None
    question: tuple[str, str]
    place: Place | None

    @property
    def told_unit(self) -> str:
        """The unit, where the words do not say it: what is counted needs none."""
        return "" if self.unit in ("项", "个") else self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the overview says, as numbers and short lists."""

    title: str
    area: str
    year: int
    indicators: int
    natures: dict[str, int]
    text_only: int
    started: list[IndicatorRow]
    without_start: list[IndicatorRow]
    assigned: list[IndicatorRow]
    in_step: list[IndicatorRow]
    easier: list[IndicatorRow]
    binding: list[IndicatorRow]
    stated: list[Stated]
    questions: list[Stated]
    projects: int
    stages: list[tuple[str, int]]
    aims: list[tuple[str, int]]
    groups: list[tuple[str, int]]
    unknown_stage: int
    tasks: int
    promises: int
    task_groups: list[tuple[str, int]]
    reviews: list[ReviewItem]
    audits: list[findings.Answer]

    @property
    def last(self) -> dict[str, Stated]:
        """What the report states of the year that has ended, by kind."""
        return {item.kind: item for item in self.stated if item.period.startswith(str(self.year - 1))}

    @property
    def counted(self) -> list[Stated]:
        """Stated counts that could be computed here too."""
        return [item for item in self.stated if item.computed is not None]

    @property
    def agreeing(self) -> int:
        """How many of those agree."""
        return sum(item.computed == item.value for item in self.counted)

    @property
    def table(self) -> int:
        """Indicators of the plan's table."""
        return self.indicators - self.text_only

    @property
    def checkable(self) -> int:
        """Indicators whose target is a number of its own, so that a figure alone will settle it."""
        return self.indicators - len(self.assigned) - len(self.in_step)


def facts(plan: Plan) -> Facts:
    """Everything the overview says of `plan`."""
    rows = indicators.rows(plan)
    built = projects.rows(plan)
    work = tasks.rows(plan)
    said = stated(plan)
    return Facts(
        title=plan.title,
        area=plan.area,
        year=plan.year,
        indicators=len(rows),
        natures=dict(Counter(row.nature for row in rows)),
        text_only=sum(row.row is None for row in rows),
        started=[row for row in rows if row.start],
        without_start=[row for row in rows if not row.start],
        assigned=[row for row in rows if row.aim.kind == "assigned"],
        in_step=[row for row in rows if row.aim.kind == "in_step_with"],
        easier=[row for row in rows if row.start and row.start.easier],
        binding=[row for row in rows if row.nature == "binding"],
        stated=said,
        questions=[item for item in said if any(item.question)],
        projects=len(built),
        stages=_counts([row.stage for row in built], ["completed", "under_construction", "started", "reserve", "unknown"]),
        aims=_counts([row.aim for row in built if row.aim], ["completed", "under_construction", "started", "reserve"]),
        groups=Counter(row.group for row in built).most_common(),
        unknown_stage=sum(row.stage == "unknown" for row in built),
        tasks=len(work),
        promises=sum(len(row.promises) for row in work),
        task_groups=[(group, len(inside)) for group, inside in tasks.grouped(work)],
        reviews=review.items(plan),
        audits=findings.answers(plan),
    )


def stated(plan: Plan) -> list[Stated]:
    """What the report says of itself."""
    found = list(plan.statements.all())
    said = places.of("statement", [row.pk for row in found])
    return [
        Stated(
            kind=row.kind,
            subject=row.subject,
            value=row.value,
            unit=row.unit,
            period=row.period,
            computed=row.computed,
            question=(row.question_zh, row.question_en),
            place=next(iter(said.get(row.pk, [])), None),
        )
        for row in found
    ]


def _counts(values: list[str], order: list[str]) -> list[tuple[str, int]]:
    count = Counter(values)
    return [(name, count[name]) for name in order if count[name]]
