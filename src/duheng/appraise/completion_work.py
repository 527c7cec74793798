"""How projects and tasks ended: how many are done, by stage, and the promises inside tasks held against what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duheng.appraise.completion import Outturn
from duheng.catalog import IndicatorEntry
from duheng.plan import (
    Around,
    Assigned,
    AtLeast,
    AtMost,
    Commitment,
    Outcome,
    PlannedProject,
    PlannedTask,
    Polarity,
    Range,
    Stage,
    Target,
    Verdict,
    bare,
    judge,
)

_ORDER = (Stage.RESERVE, Stage.STARTED, Stage.UNDER_CONSTRUCTION, Stage.COMPLETED)
_UNMEASURED = ("没有可对照的数据。", "There is no figure to hold it against.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectsDone:
    """How far the projects of a plan are: by stage, and against the stage that the plan wants this year.

    `short` lists the projects whose stage is known and behind their aim; `unknown` counts those with an aim whose stage nobody says.
    """

    total: int
    stages: Mapping[Stage, int]
    aimed: int
    reached: int
    unknown: int
    short: tuple[PlannedProject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseJudged:
    """One measurable promise of a task with its verdict."""

    commitment: Commitment
    verdict: Verdict
    outturn: Outturn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskJudged:
    """One task with its promises: missed where one is missed, met where all are met, else not yet known."""

    task: PlannedTask
    promises: tuple[PromiseJudged, ...]

    @property
    def outcome(self) -> Outcome:
        """How it ended, as far as its promises tell."""
        found = {each.verdict.outcome for each in self.promises}
        if Outcome.MISSED in found:
            return Outcome.MISSED
        if not found or Outcome.NOT_YET_KNOWN in found:
            return Outcome.NOT_YET_KNOWN
        return Outcome.BASICALLY_MET if Outcome.BASICALLY_MET in found else Outcome.MET


def projects_done(projects: Sequence[PlannedProject]) -> ProjectsDone:
    """How far the projects are."""
    stages = Counter(each.stage for each in projects)
    aimed = [each for each in projects if each.aim is not None]
    told = [each for each in aimed if each.stage is not Stage.UNKNOWN and each.aim is not Stage.UNKNOWN]
    short = tuple(each for each in told if each.aim is not None and _ORDER.index(each.stage) < _ORDER.index(each.aim))
    return ProjectsDone(
        total=len(projects),
        stages={stage: stages[stage] for stage in (*reversed(_ORDER), Stage.UNKNOWN) if stages[stage]},
        aimed=len(aimed),
        reached=len(told) - len(short),
        unknown=len(aimed) - len(told),
        short=short,
    )


def tasks_judged(
    tasks: Sequence[PlannedTask], outturns: Mapping[str, Outturn], *, entries: Mapping[str, IndicatorEntry]
) -> tuple[TaskJudged, ...]:
    """Each task with its promises judged by whole-year `outturns`, which go by catalog code."""
    return tuple(
        TaskJudged(task=task, promises=tuple(_promise(each, outturns, entries) for each in task.commitments)) for task in tasks
    )


def _promise(each: Commitment, outturns: Mapping[str, Outturn], entries: Mapping[str, IndicatorEntry]) -> PromiseJudged:
    entry = entries.get(each.indicator or "")
    target = promise_target(each, Polarity(entry.polarity) if entry else Polarity.NEUTRAL)
    outturn = outturns.get(each.indicator or "")
    if each.value is None or outturn is None:
        verdict = Verdict(outcome=Outcome.NOT_YET_KNOWN, margin=None, why=_UNMEASURED)
        return PromiseJudged(commitment=each, verdict=verdict)
    return PromiseJudged(commitment=each, verdict=judge(target, outturn, beside={}), outturn=outturn)


def promise_target(each: Commitment, polarity: Polarity = Polarity.NEUTRAL) -> Target:
    """The promise as a target: a bare number means what the indicator's better direction says; without one it stays open."""
    value, unit = each.value, each.unit
    if value is None:
        return Assigned(text=each.text, unit=unit)
    if each.comparator == "range" and each.value2 is not None:
        return Range(value=value, value2=each.value2, unit=unit, polarity=polarity)
    if each.comparator in (">=", ">"):
        return AtLeast(value=value, unit=unit, exclusive=each.comparator == ">")
    if each.comparator in ("<=", "<"):
        return AtMost(value=value, unit=unit, exclusive=each.comparator == "<")
    if each.comparator == "≈":
        return Around(value=value, unit=unit, polarity=polarity)
    return bare(value, unit=unit, polarity=polarity)
