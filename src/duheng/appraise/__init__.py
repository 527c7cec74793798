"""How well it was done: composite scores with how sure their ranks are, and land productivity by rule sets that are data."""

from duheng.appraise.spec import (
    Aggregate,
    Aggregation,
    Availability,
    Component,
    CompositeSpec,
    Imputation,
    Normalisation,
    Treatment,
    Variation,
)

__all__ = [
    "Aggregate",
    "Aggregation",
    "Availability",
    "Component",
    "CompositeSpec",
    "Imputation",
    "Normalisation",
    "Treatment",
    "Variation",
]
