"""What a composite score is made of, as values: components, aggregates, and the choices of each step.

The steps are those of the OECD/JRC *Handbook on Constructing Composite Indicators* (2008), in its order: denominators, imputation,
outlier treatment, normalisation, weights and aggregation, and last how sure the ranks are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

IMPUTATIONS = ("none", "mean", "median", "group_mean", "group_median", "zero", "lowest", "highest")
NORMALISATIONS = ("min_max", "z_score", "rank", "percentile", "target", "goalposts", "highest")
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

    `weights` is how far, as a share, each weight may move up or down; `leave_out` lets each draw do without one component.
    """

    weights: float = 0.25
    leave_out: bool = True
    imputations: tuple[Imputation, ...] = ()
    treatments: tuple[Treatment | None, ...] = ()
    normalisations: tuple[Normalisation, ...] = ()
    aggregations: tuple[Aggregation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeSpec:
    """A composite score as its specification has it: every choice, as data.

    `digits` are the decimals at which scores are compared for ranks, as they are published; None compares all of them.
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
    source: str = ""
    simulated: bool = False
    name: str = "spec"  # the file it was read from, for messages
    parts: Mapping[str, tuple[str, ...]] = field(init=False)  # of each aggregate, in order

    def __post_init__(self) -> None:
        """Work out what belongs to what."""
        found: dict[str, list[str]] = {each.code: [] for each in self.aggregates}
        for each in (*self.components, *self.aggregates):
            if each.parent in found:
                found[each.parent].append(each.code)
        object.__setattr__(self, "parts", {code: tuple(parts) for code, parts in found.items()})

    @property
    def top(self) -> Aggregate:
        """The aggregate that is the score."""
        return next(each for each in self.aggregates if not each.parent)
