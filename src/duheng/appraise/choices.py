"""What might as well have been chosen otherwise, spelled out: the alternatives of each step, the specification's own choice first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from duheng.appraise.spec import Aggregation, CompositeSpec, Imputation, Normalisation, Treatment

_Kind = TypeVar("_Kind")
FACTORS = ("imputation", "treatment", "normalisation", "aggregation", "weights", "leave_out")
"""What is varied, in the order of the steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The alternatives of each step; None among the aggregations stands for what the specification says of each aggregate."""

    imputations: tuple[Imputation, ...]
    treatments: tuple[Treatment | None, ...]
    normalisations: tuple[Normalisation, ...]
    aggregations: tuple[Aggregation | None, ...]
    weights: float
    leave_out: bool

    @property
    def factors(self) -> tuple[str, ...]:
        """Those of `FACTORS` that are varied at all."""
        many: Mapping[str, bool] = {
            "imputation": len(self.imputations) > 1,
            "treatment": len(self.treatments) > 1,
            "normalisation": len(self.normalisations) > 1,
            "aggregation": len(self.aggregations) > 1,
            "weights": self.weights > 0,
            "leave_out": self.leave_out,
        }
        return tuple(name for name in FACTORS if many[name])


def choices(spec: CompositeSpec, *, missing: bool) -> Choices:
    """The alternatives that a specification names or, where it names none, the usual ones; `missing`: whether data are missing."""
    said = spec.variation
    own = (spec.imputation, spec.treatment, spec.normalisation)
    usual = not said.given
    imputations = _usual_imputations(spec) if usual else said.imputations
    return Choices(
        imputations=_distinct(own[0], imputations) if missing else own[:1],
        treatments=_distinct(own[1], (None, Treatment()) if usual and own[1] is None else (None,) if usual else said.treatments),
        normalisations=_distinct(own[2], _usual_scales(spec.normalisation) if usual else said.normalisations),
        aggregations=(None, *(_usual_ways(spec) if usual else said.aggregations)),
        weights=said.weights,
        leave_out=said.leave_out and len(spec.components) > 1,
    )


def _distinct(own: _Kind, others: tuple[_Kind, ...]) -> tuple[_Kind, ...]:
    return (own, *(each for each in dict.fromkeys(others) if each != own))


def _usual_imputations(spec: CompositeSpec) -> tuple[Imputation, ...]:
    return () if spec.imputation.method == "none" else (Imputation(method="mean"), Imputation(method="median"))


def _usual_scales(own: Normalisation) -> tuple[Normalisation, ...]:
    """Z-scores and percentiles on the same scale as the specification's own; beside fixed ends only the ends that the data have."""
    if own.method in ("z_score", "rank"):
        return (Normalisation(), Normalisation(method="percentile"))
    if own.method in ("goalposts", "target"):
        return (Normalisation(low=own.low, high=own.high),)
    middle, span = (own.low + own.high) / 2, own.high - own.low
    return (
        Normalisation(method="z_score", low=own.low, high=own.high, mean=middle, spread=span / 10),
        Normalisation(method="percentile", low=own.low, high=own.high),
    )


def _usual_ways(spec: CompositeSpec) -> tuple[Aggregation, ...]:
    """The geometric mean beside the arithmetic one, from a hundredth of the scale on; the arithmetic beside any other."""
    scale = spec.normalisation
    if any(each.aggregation.method != "arithmetic" for each in spec.aggregates):
        return (Aggregation(),)
    if scale.method in ("z_score", "rank") or scale.low < 0:
        return ()
    return (Aggregation(method="geometric", floor=scale.low + (scale.high - scale.low) / 100),)
