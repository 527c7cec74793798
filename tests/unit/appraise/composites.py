"""Small composites for tests: built in code, so that every number can be worked out by hand."""

import numpy as np

from duheng.appraise import Aggregate, Aggregation, Component, CompositeSpec, UnitTable

NAN = float("nan")


def spec(components="ab", *, weights=None, directions=None, way="arithmetic", floor=None, **more):
    """A composite of the components a, b … in one score."""
    return CompositeSpec(
        zh="试验",
        en="trial",
        components=tuple(
            Component(
                code=code,
                zh=code,
                en=code,
                parent="score",
                weight=(weights or {}).get(code, 1.0),
                direction=(directions or {}).get(code, 1),
            )
            for code in components
        ),
        aggregates=(Aggregate(code="score", zh="总分", en="score", aggregation=Aggregation(method=way, floor=floor)),),
        **more,
    )


def units(groups=None, **columns):
    """Units u0, u1 … with their columns."""
    count = len(next(iter(columns.values())))
    codes = tuple(f"u{place}" for place in range(count))
    values = {name: np.array(column, dtype=float) for name, column in columns.items()}
    return UnitTable(codes=codes, names=codes, values=values, groups=groups or {})
