"""A living plan: what a report promises for a year, each item with the sentence it came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from duheng.plan.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A sentence of a document that speaks of an item: what every item of a plan opens to.

    `offset` and `end` bound what is said (the number, the name) in `document`'s text; `sentence` is the whole sentence.
    """

    document: int  # index into the documents the plan was read from
    offset: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A figure the report states for an indicator, with its period; a starting point for this year's target."""

    value: Decimal
    unit: str
    comparator: str
    period: str
    text: str
    mention: Mention
    estimate: bool = False  # 全年预计: told before the year's figures were in

    @property
    def digits(self) -> int:
        """Decimals as printed: a Decimal keeps them."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The target of an earlier year as this plan's table prints it beside the year's own (上年计划)."""

    year: int
    target: Target
    mention: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedResult:
    """What the reports say of the past year for an indicator that the plan itself has no target for."""

    code: str | None
    name: str
    unit: str
    result: Result


class Nature(StrEnum):
    """Whether an indicator is a duty (约束性) or guidance (预期性)."""

    BINDING = "binding"
    EXPECTED = "expected"
    UNSTATED = "unstated"  # a target that only the text has


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedIndicator:
    """One indicator of the plan with its target and, where the report gives it, last year's result.

    `row` is its 1-based row in the plan table, None if only the text has it; `name` and `unit` as printed, brackets stripped.
    """

    row: int | None
    code: str | None  # catalog code
    name: str
    unit: str
    nature: Nature
    target: Target
    actual: Result | None
    mentions: tuple[Mention, ...]  # the table row first, then sentences that repeat the target
    earlier: tuple[Earlier, ...] = ()
    owner: str = ""  # the office that the table's 责任单位 names, as printed

    @property
    def offset(self) -> int:
        """Where the target is first stated."""
        return self.mentions[0].offset


class Stage(StrEnum):
    """The four batches of a project's life (四个一批); UNKNOWN where the report does not say."""

    RESERVE = "reserve"
    STARTED = "started"
    UNDER_CONSTRUCTION = "under_construction"
    COMPLETED = "completed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedProject:
    """A real thing to be built, under all the names the report gives it.

    `stage` is what the report says it has reached; `aim` is the stage the plan wants this year, where it says so.
    """

    code: str  # stable within the plan: "P001"
    name: str
    aliases: tuple[str, ...]
    stage: Stage
    aim: Stage | None
    group: str  # the box heading or list it stands in
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A measurable promise inside a task."""

    text: str  # the clause
    subject: str
    value: Decimal | None
    value2: Decimal | None
    unit: str
    comparator: str
    indicator: str | None  # catalog code
    mention: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask:
    """One numbered work item, with its measurable commitments."""

    number: str
    title: str
    group: str  # the heading above it
    mention: Mention
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the report says of itself ("33项指标完成25项"): kept apart from what can be computed.

    `open_question` says what the difference leaves open, in (zh, en); empty where nothing is open.
    """

    kind: str  # "indicators_total", "indicators_met", "completion_rate", "binding_total", …
    subject: str
    value: Decimal
    unit: str
    period: str
    mention: Mention
    computed: Decimal | None = None
    open_question: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """Something a person must decide, with the reason; `choices` name what accepting would do."""

    kind: str  # "same_project", "actual", "target", "indicator_name", "stage", …
    item: str  # what it is about, as shown
    reason: tuple[str, str]  # (zh, en)
    mention: Mention
    refers_to: tuple[str, ...] = ()  # codes or row numbers of the plan items concerned


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan of one area for one year, as its report states it."""

    title: str
    area: str
    year: int
    documents: tuple[str, ...]
    indicators: tuple[PlannedIndicator, ...]
    projects: tuple[PlannedProject, ...]
    tasks: tuple[PlannedTask, ...]
    stated: tuple[Statement, ...]
    review: tuple[ReviewItem, ...]
    results: tuple[StatedResult, ...] = ()
