"""Targets: what is aimed at, as values that judge themselves."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any, ClassVar

from duheng.errors import PlanError
from duheng.plan.scale import in_unit, plain
from duheng.plan.verdict import Figure, Outcome, Polarity, Rule, Verdict

USUAL_RULE = Rule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a target is held beside: another indicator of the plan (`code`), or a figure from outside (全国平均水平, 上年水平)."""

    text: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What is to be reached by the end of a period, counted from the start of the year (一季度, 双过半, 前三季度).

    `target` is cumulative; its text is the cell as printed, which may give the quarter alone.
    """

    period: str  # 2025-Q1, 2025-H1, 2025-01..09, 2025
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The share of a target that one town, street or office answers for."""

    name: str
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(ABC):
    """What is aimed at, in the words of the report and as a value.

    `text` is the target as first printed (the table cell); `note` the scope it holds for (建成区); `ambition` a wish beyond it
    that names no number (努力争取更好结果); `sentences` every place that states it; `checkpoints` and `parts` what it asks by quarter
    and of towns or offices.
    """

    kind: ClassVar[str] = ""

    text: str = ""
    unit: str = ""
    value: Decimal | None = None
    value2: Decimal | None = None
    polarity: Polarity = Polarity.NEUTRAL
    note: str | None = None
    ambition: str | None = None
    deadline: str | None = None
    sentences: tuple[str, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    parts: tuple[Part, ...] = ()

    def met_by(self, figure: Figure | None, *, beside: Mapping[str, Figure] | None = None, rule: Rule = USUAL_RULE) -> Verdict:
        """Whether `figure` meets this target; `beside` holds other indicators' figures by code or by the words that name them.

        >>> from duheng.plan import AtLeast, Reading
        >>> AtLeast(value=Decimal("6"), unit="%").met_by(Reading(value=Decimal("6.0"), unit="%")).outcome.value
        'met'
        """
        if figure is None:
            return _unknown("还没有数据。", "There is no figure yet.")
        # What counts is the number as it was published, so a computed figure is rounded to its printed digits first.
        published = round(figure.value, figure.digits)
        value = in_unit(published, unit=figure.unit, wanted=self.unit)
        if value is None:
            return _unknown(
                f"数据的单位“{figure.unit}”不能与目标的单位“{self.unit}”相比。",
                f"The figure's unit “{figure.unit}” cannot be compared with the target's “{self.unit}”.",
            )
        return self._judge(value, beside=beside or {}, rule=rule)

    @abstractmethod
    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        """The verdict on `value`, already in this target's unit."""

    @abstractmethod
    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """Which of many `values` (an array in this target's unit, at the precision that is published) would meet it.

        None where no number can settle it; `beside` holds arrays of other indicators, draw for draw. What it answers for one
        value is what `met_by` says of it.
        """

    @property
    def goal(self) -> Decimal | None:
        """The number that is the duty; None where no number is given."""
        return self.value

    @property
    def is_ceiling(self) -> bool:
        """Whether the number is one to stay under."""
        return self.polarity is Polarity.LOWER

    def shown(self, value: Decimal | None = None) -> str:
        """`value` (else the target's own) with its unit, as people write it."""
        number = self.value if value is None else value
        return f"{plain(number)}{self.unit}" if number is not None else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast(Target):
    """不低于, 以上 (the number included), or with `exclusive` 超过, 突破 (beyond it)."""

    kind: ClassVar[str] = "at_least"

    value: Decimal
    exclusive: bool = False
    polarity: Polarity = Polarity.HIGHER

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        return _against_floor(self, value, floor=self.value, rule=rule, exclusive=self.exclusive)

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """At least the number, or beyond it."""
        return _above(values, float(self.value), exclusive=self.exclusive)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost(Target):
    """以内, 不超过, 控制在 (the number included), or with `exclusive` 低于, 少于 (below it)."""

    kind: ClassVar[str] = "at_most"

    value: Decimal
    exclusive: bool = False
    polarity: Polarity = Polarity.LOWER

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        return _against_ceiling(self, value, ceiling=self.value, rule=rule, exclusive=self.exclusive)

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """At most the number, or below it."""
        return _below(values, float(self.value), exclusive=self.exclusive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exactly(Target):
    """This number, neither more nor less: a bare number of an indicator that has no better direction."""

    kind: ClassVar[str] = "exactly"

    value: Decimal

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        return _within(self, value, low=self.value, high=self.value, rule=rule)

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """The number alone."""
        return _inside(self, values, self.value, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around(Target):
    """左右: forgiving by the rule, and one-sided by polarity, so that 6.2 meets “5%左右” and 1.9 meets a price rise of “2%左右”."""

    kind: ClassVar[str] = "around"

    value: Decimal

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        forgiven = rule.forgiven(self.value, self.unit)
        return _by_polarity(self, value, low=self.value - forgiven, high=self.value + forgiven, rule=rule)

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """Not further from the number than the rule forgives, on the worse side."""
        forgiven = rule.forgiven(self.value, self.unit)
        return _inside(self, values, self.value - forgiven, self.value + forgiven)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(Target):
    """5%—5.5%: its lower end is the duty where higher is better, its upper end where lower is."""

    kind: ClassVar[str] = "range"

    value: Decimal
    value2: Decimal

    def __post_init__(self) -> None:
        if self.value > self.value2:
            raise PlanError(reason=f"{self.text}: a range cannot run from {self.value} down to {self.value2}")

    @property
    def goal(self) -> Decimal | None:
        """The end that is the duty."""
        return self.value2 if self.is_ceiling else self.value

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        return _by_polarity(self, value, low=self.value, high=self.value2, rule=rule)

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """Not beyond the end that is the duty."""
        return _inside(self, values, self.value, self.value2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Positive(Target):
    """正增长: above zero, by however little."""

    kind: ClassVar[str] = "positive"

    @property
    def goal(self) -> Decimal | None:
        """Nothing, to be above."""
        return Decimal(0)

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        return _against_floor(self, value, floor=Decimal(0), rule=rule, exclusive=True)

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """Above nothing."""
        return values > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InStepWith(Target):
    """与…同步: at least what the figures named in `references` reach; with `exclusive` more (快于, 高于).

    `loosely` is 基本同步: falling short by what 左右 forgives counts as basically met.
    """

    kind: ClassVar[str] = "in_step_with"

    references: tuple[Reference, ...]
    exclusive: bool = False
    loosely: bool = False

    def __post_init__(self) -> None:
        if not self.references:
            raise PlanError(reason=f"{self.text}: in step with nothing")

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        others: list[Decimal] = []
        for reference in self.references:
            other = beside.get(reference.code or reference.text) or beside.get(reference.text)
            number = in_unit(other.value, unit=other.unit, wanted=self.unit) if other else None
            if number is None:
                return _unknown(f"还缺“{reference.text}”的数据。", f"The figure for “{reference.text}” is still missing.")
            others.append(number)
        if self.polarity is Polarity.LOWER:
            bound = min(others)
            verdict = _against_ceiling(self, value, ceiling=bound, rule=rule, exclusive=self.exclusive)
        else:
            bound = max(others)
            verdict = _against_floor(self, value, floor=bound, rule=rule, exclusive=self.exclusive)
        short = -(verdict.margin or Decimal(0))
        if verdict.outcome is Outcome.MISSED and self.loosely and short <= rule.forgiven(bound, self.unit):
            return Verdict(outcome=Outcome.BASICALLY_MET, margin=verdict.margin, why=verdict.why)
        return verdict

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """At least what each of the others reaches in the same draw."""
        others = [beside.get(reference.code or reference.text) for reference in self.references]
        if any(other is None for other in others):
            return None
        inside = _below if self.polarity is Polarity.LOWER else _above
        return reduce(and_, (inside(values, other, exclusive=self.exclusive) for other in others))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Target):
    """完成上级下达任务: unknown until the superior says so; `confirmed` closes it without a number."""

    kind: ClassVar[str] = "assigned"

    confirmed: bool | None = None

    def met_by(self, figure: Figure | None, *, beside: Mapping[str, Figure] | None = None, rule: Rule = USUAL_RULE) -> Verdict:
        """Met or missed as the superior confirmed; a figure alone settles nothing while no number has been assigned."""
        if self.confirmed is None:
            return _unknown("任务数由上级下达，尚待确认。", "The number is set by the superior and is still to be confirmed.")
        if self.confirmed:
            return Verdict(outcome=Outcome.MET, margin=None, why=("上级确认已完成。", "The superior has confirmed it."))
        return Verdict(outcome=Outcome.MISSED, margin=None, why=("上级确认未完成。", "The superior has found it not done."))

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        return self.met_by(None)

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """Nothing, until a number is assigned."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorWithStretch(Target):
    """9%，力争10%: the floor is the duty; the stretch is told, never judged."""

    kind: ClassVar[str] = "floor_with_stretch"

    value: Decimal
    value2: Decimal
    polarity: Polarity = Polarity.HIGHER

    def _judge(self, value: Decimal, *, beside: Mapping[str, Figure], rule: Rule) -> Verdict:
        if self.polarity is Polarity.LOWER:
            return _against_ceiling(self, value, ceiling=self.value, rule=rule)
        return _against_floor(self, value, floor=self.value, rule=rule)

    def holds(self, values: Any, *, beside: Mapping[str, Any], rule: Rule = USUAL_RULE) -> Any:
        """At least the floor."""
        return (_below if self.polarity is Polarity.LOWER else _above)(values, float(self.value), exclusive=False)


def _above(values: Any, floor: Any, *, exclusive: bool) -> Any:
    return values > floor if exclusive else values >= floor


def _below(values: Any, ceiling: Any, *, exclusive: bool) -> Any:
    return values < ceiling if exclusive else values <= ceiling


def _inside(target: Target, values: Any, low: Decimal, high: Decimal) -> Any:
    """Beyond `low` where higher is better, under `high` where lower is, between both where neither."""
    if target.polarity is Polarity.HIGHER:
        return values >= float(low)
    if target.polarity is Polarity.LOWER:
        return values <= float(high)
    return (values >= float(low)) & (values <= float(high))


def _by_polarity(target: Target, value: Decimal, *, low: Decimal, high: Decimal, rule: Rule) -> Verdict:
    if target.polarity is Polarity.HIGHER:
        return _against_floor(target, value, floor=low, rule=rule)
    if target.polarity is Polarity.LOWER:
        return _against_ceiling(target, value, ceiling=high, rule=rule)
    return _within(target, value, low=low, high=high, rule=rule)


def _against_floor(target: Target, value: Decimal, *, floor: Decimal, rule: Rule, exclusive: bool = False) -> Verdict:
    """At least `floor`, or above it."""
    good = value > floor if exclusive else value >= floor
    have, need = target.shown(value), target.shown(floor)
    if good:
        why = (
            f"{have}，{'高于' if exclusive else '不低于'}{need}。",
            f"{have} is {'above' if exclusive else 'at least'} {need}.",
        )
    else:
        why = (f"{have}，未达到{need}。", f"{have} falls short of {need}.")
    return Verdict(outcome=_outcome(good, short=floor - value, of=floor, rule=rule), margin=value - floor, why=why)


def _against_ceiling(target: Target, value: Decimal, *, ceiling: Decimal, rule: Rule, exclusive: bool = False) -> Verdict:
    """At most `ceiling`, or below it."""
    good = value < ceiling if exclusive else value <= ceiling
    have, need = target.shown(value), target.shown(ceiling)
    if good:
        why = (f"{have}，{'低于' if exclusive else '不高于'}{need}。", f"{have} is {'below' if exclusive else 'at most'} {need}.")
    else:
        why = (f"{have}，超出{need}。", f"{have} exceeds {need}.")
    return Verdict(outcome=_outcome(good, short=value - ceiling, of=ceiling, rule=rule), margin=ceiling - value, why=why)


def _within(target: Target, value: Decimal, *, low: Decimal, high: Decimal, rule: Rule) -> Verdict:
    """Neither below `low` nor above `high`."""
    if value < low:
        return _against_floor(target, value, floor=low, rule=rule)
    verdict = _against_ceiling(target, value, ceiling=high, rule=rule)
    if verdict.outcome is not Outcome.MET:
        return verdict
    have = target.shown(value)
    why = (f"{have}，符合{target.text or target.shown()}。", f"{have} is what was aimed at.")
    return Verdict(outcome=Outcome.MET, margin=min(value - low, high - value), why=why)


def _outcome(good: bool, *, short: Decimal, of: Decimal, rule: Rule) -> Outcome:
    if good:
        return Outcome.MET
    return Outcome.BASICALLY_MET if rule.basically and short <= abs(of) * rule.basically else Outcome.MISSED


def _unknown(zh: str, en: str) -> Verdict:
    return Verdict(outcome=Outcome.NOT_YET_KNOWN, margin=None, why=(zh, en))
