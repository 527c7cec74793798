"""What a composite score is made of, as values: components, aggregates, and the choices of each step.

The steps are those of the OECD/JRC *Handbook on Constructing Composite Indicators* (2008), in its order: denominators, imputation,
outlier treatment, normalisation, weights and aggregation, and last how sure the ranks are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from duheng.errors import AppraiseError

IMPUTATIONS = ("none", "mean", "median", "group_mean", "group_median", "zero", "lowest", "highest")
NORMALISATIONS = ("min_max", "z_score", "rank", "percentile", "target", "goalposts", "highest")
NEEDS_ABOVE_0 = ("geometric", "harmonic")
AGGREGATIONS = ("arithmetic", "geometric", "harmonic", "median", "lowest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imputation:
    """What stands in for a missing value: nothing, or the mean or median of all units or of those in the same group."""

    method: str = "none"  # one of IMPUTATIONS
    group: str = ""  # the column that names the group


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """How outliers are drawn in: up to `points` values, one by one, while |skewness| and kurtosis are both above their limits.

    Where that does not suffice, `then` is what is tried instead: nothing or `log`.
    """

    points: int = 5
    skewness: float = 2.0
    kurtosis: float = 3.5
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalisation:
    """How components become comparable.

    `low` and `high` are the ends of the scale: of min-max, percentile, target, goalposts and highest; `mean` and `spread` are
    those of z-scores.
    """

    method: str = "min_max"  # one of NORMALISATIONS
    low: float = 0.0
    high: float = 100.0
    mean: float = 0.0
    spread: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation:
    """How parts become a whole. `floor` is what smaller values count as, so that a geometric mean can be taken at all."""

    method: str = "arithmetic"  # one of AGGREGATIONS
    floor: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One indicator of a composite: its column in the data, which way is better (1 or −1), and to which aggregate it belongs."""

    code: str
    zh: str
    en: str
    parent: str
    direction: int = 1
    weight: float = 1.0
    denominator: str = ""
    unit: str = ""
    target: float | None = None
    goalposts: tuple[float, float] | None = None
    transform: str = ""  # log: before normalisation, goalposts too
    treated: bool = True
    column: str = ""  # its head in the data, where that is not the code


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """What components or other aggregates are put together into; the one without a parent is the score."""

    code: str
    zh: str
    en: str
    parent: str = ""
    weight: float = 1.0
    aggregation: Aggregation = Aggregation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """The least share of data: of a unit to take part at all, and of an aggregate's parts to have a value."""

    unit: float = 0.0
    aggregate: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """What might as well have been chosen otherwise: among these, each draw of the uncertainty analysis chooses anew.

    `weights` is how far, as a share, each weight may move up or down; `leave_out` lets each draw do without one component. The
    lists are alternatives to what the specification itself chooses; `given` says that it names them, otherwise the usual ones
    are taken.
    """

    weights: float = 0.25
    leave_out: bool = True
    given: bool = False
    imputations: tuple[Imputation, ...] = ()
    treatments: tuple[Treatment | None, ...] = ()
    normalisations: tuple[Normalisation, ...] = ()
    aggregations: tuple[Aggregation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeSpec:
    """A composite score as its specification has it: every choice, as data.

    `digits` are the decimals at which scores are compared for ranks, as they are published; None compares all of them.
    `weights_sum` is what the weights of the parts of each aggregate must add up to, where the specification says so.

    Raises `AppraiseError`, which names the place, for a specification that makes no sense.
    """

    zh: str
    en: str
    components: tuple[Component, ...]
    aggregates: tuple[Aggregate, ...]
    imputation: Imputation = Imputation()
    treatment: Treatment | None = None
    normalisation: Normalisation = Normalisation()
    availability: Availability = Availability()
    variation: Variation = Variation()
    digits: int | None = None
    weights_sum: float | None = None
    source: str = ""
    simulated: bool = False
    name: str = "spec"  # the file it was read from, for messages
    parts: Mapping[str, tuple[str, ...]] = field(init=False)  # of each aggregate, in order

    def __post_init__(self) -> None:
        """Work out what belongs to what."""
        found: dict[str, list[str]] = {each.code: [] for each in self.aggregates}
        for each in self.every:
            if each.parent in found:
                found[each.parent].append(each.code)
        object.__setattr__(self, "parts", {code: tuple(parts) for code, parts in found.items()})
        _check_tree(self)
        _check_weights(self)
        for component in self.components:
            _check_component(self, component)
        for scale in (self.normalisation, *self.variation.normalisations):
            _check_scale(self, scale)
        if not 0 <= self.variation.weights <= 1:
            self.refuse(
                f"uncertainty: weights may move by a share from 0 to 1, not by {self.variation.weights:g}.",
                f"uncertainty：权重浮动应为 0 到 1 之间的比例，不能是 {self.variation.weights:g}。",
            )

    @property
    def every(self) -> tuple[Component | Aggregate, ...]:
        """Components and aggregates, in the order of the specification."""
        return (*self.components, *self.aggregates)

    @property
    def top(self) -> Aggregate:
        """The aggregate that is the score."""
        return next(each for each in self.aggregates if not each.parent)

    @property
    def levels(self) -> tuple[tuple[Aggregate, ...], ...]:
        """The aggregates from the bottom up: each level needs only components and the levels before it."""
        heights: dict[str, int] = {each.code: 0 for each in self.components}
        while len(heights) < len(self.components) + len(self.aggregates):
            for code, parts in self.parts.items():
                if code not in heights and all(part in heights for part in parts):
                    heights[code] = 1 + max(heights[part] for part in parts)
        tops = max(heights.values())
        return tuple(tuple(each for each in self.aggregates if heights[each.code] == level) for level in range(1, tops + 1))

    def weight_of(self, code: str) -> float:
        """The weight of a component or an aggregate among the parts of its parent."""
        return next(each.weight for each in self.every if each.code == code)

    def refuse(self, en: str, zh: str) -> NoReturn:
        """Say what is wrong with the specification, and what to do."""
        raise AppraiseError(reason=f"{self.name}: {en}", reason_zh=f"{self.name}：{zh}")


def _check_tree(spec: CompositeSpec) -> None:
    every = spec.every
    for code, times in Counter(each.code for each in every).items():
        if times > 1:
            spec.refuse(
                f"the code “{code}” is given {times} times. Give each its own.", f"代码“{code}”出现 {times} 次。请各用各的代码。"
            )
    tops = [each.code for each in spec.aggregates if not each.parent]
    if len(tops) != 1:
        told = ", ".join(tops) or "none"
        spec.refuse(
            f"exactly one aggregate is the score and has no parent; here: {told}. Give the others their parent.",
            f"应有且只有一个最上层汇总（没有 parent），现为：{told}。请为其余各项写明 parent。",
        )
    for each in every:
        if each.parent not in spec.parts and each.code != tops[0]:
            spec.refuse(
                f"“{each.code}”: its parent “{each.parent}” is no aggregate of this file. Add it under aggregates, or correct it.",
                f"“{each.code}”的 parent“{each.parent}”不在 aggregates 中。请补上或改正。",
            )
    for code, parts in spec.parts.items():
        if not parts:
            spec.refuse(
                f"the aggregate “{code}” has no parts. Remove it, or name it as a parent.",
                f"汇总层“{code}”没有下级。请删去或补上下级。",
            )
        _check_no_circle(spec, code)


def _check_no_circle(spec: CompositeSpec, code: str) -> None:
    parents = {each.code: each.parent for each in spec.aggregates}
    at, seen = code, {code}
    while at := parents[at]:
        if at in seen:
            spec.refuse(f"“{code}” is a part of itself. Correct its parent.", f"“{code}”的上级又是它自己。请改正 parent。")
        seen.add(at)


def _check_weights(spec: CompositeSpec) -> None:
    for code, parts in spec.parts.items():
        weights = [spec.weight_of(part) for part in parts]
        for part, weight in zip(parts, weights, strict=True):
            if not 0 <= weight < float("inf"):
                spec.refuse(
                    f"the weight of “{part}” is {weight:g}. A weight is 0 or more; turn a component round by its direction.",
                    f"“{part}”的权重是 {weight:g}。权重不能为负；越低越好的指标请用 direction: lower。",
                )
        if not sum(weights):
            spec.refuse(
                f"all weights of the parts of “{code}” are 0. Give at least one of them a weight.",
                f"“{code}”各下级的权重全为 0。请至少给一项权重。",
            )
        wanted = spec.weights_sum
        if wanted is not None and abs(sum(weights) - wanted) > _SUM_WITHIN * max(1.0, abs(wanted)):
            spec.refuse(
                f"the weights of the parts of “{code}” ({', '.join(parts)}) add up to {sum(weights):g}, not to {wanted:g}. "
                "Correct them, or take weights_sum out.",
                f"“{code}”各下级（{'、'.join(parts)}）的权重合计 {sum(weights):g}，不是 {wanted:g}。请改正，或去掉 weights_sum。",
            )


_SUM_WITHIN = 1e-9


def _check_component(spec: CompositeSpec, one: Component) -> None:
    posts = one.goalposts
    if posts is not None and not posts[0] < posts[1]:
        spec.refuse(
            f"“{one.code}”: its goalposts {posts[0]:g} and {posts[1]:g} are not in order. Write the lower one first.",
            f"“{one.code}”的上下限 {posts[0]:g}、{posts[1]:g} 次序不对。请先写低的。",
        )
    if posts is not None and one.transform == "log" and posts[0] <= 0:
        spec.refuse(
            f"“{one.code}”: a logarithm is taken, but its lower goalpost is {posts[0]:g}. It must be above 0.",
            f"“{one.code}”取对数，下限 {posts[0]:g} 应大于 0。",
        )
    if spec.normalisation.method == "goalposts" and posts is None:
        spec.refuse(f"“{one.code}” has no goalposts. Give it [low, high].", f"“{one.code}”没有 goalposts，请给出 [下限, 上限]。")
    if spec.normalisation.method == "target" and one.target is None:
        spec.refuse(f"“{one.code}” has no target. Give it one.", f"“{one.code}”没有 target，请补上。")


def _check_scale(spec: CompositeSpec, scale: Normalisation) -> None:
    if not scale.low < scale.high or not scale.spread > 0:
        spec.refuse(
            f"normalisation: low {scale.low:g} must be below high {scale.high:g}, and spread above 0.",
            f"normalisation：low {scale.low:g} 应小于 high {scale.high:g}，spread 应大于 0。",
        )
