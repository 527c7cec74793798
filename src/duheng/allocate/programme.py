"""A linear programme with whole-number variables, in plain lists: what is handed to the solver, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

_BLUR = 1e-6


@dataclass(slots=True)
class Programme:
    """Minimise Σ cost·x with every x within its bounds and every row's sum within its own.

    A variable is known by the number that `variable` gave it; a row is a mapping of such numbers to coefficients.
    """

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    coefficients: list[float] = field(default_factory=list)

    def variable(self, *, lower: float = 0.0, upper: float = inf, cost: float = 0.0, whole: bool = False) -> int:
        """A new variable, and its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
        self.whole.append(whole)
        return len(self.cost) - 1

    def choice(self) -> int:
        """A new variable that is 0 or 1."""
        return self.variable(upper=1.0, whole=True)

    def row(self, terms: Mapping[int, float], *, lower: float = -inf, upper: float = inf) -> int:
        """A new row: the sum of coefficient times variable lies within these bounds; and its number."""
        self.columns.extend(terms)
        self.coefficients.extend(terms.values())
        self.starts.append(len(self.columns))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1

    def costs(self, values: Sequence[float]) -> float:
        """What the values cost."""
        return sum(cost * value for cost, value in zip(self.cost, values, strict=True))

    def holds(self, values: Sequence[float]) -> bool:
        """Whether the values lie within all bounds and rows, but for what binary fractions blur."""
        if any(not low <= value <= high for low, value, high in zip(self.lower, values, self.upper, strict=True)):
            return False
        for row, (low, high) in enumerate(zip(self.row_lower, self.row_upper, strict=True)):
            span = range(self.starts[row], self.starts[row + 1])
            total = sum(self.coefficients[at] * values[self.columns[at]] for at in span)
            if not low - _BLUR <= total <= high + _BLUR:
                return False
        return True

    def aim(self, cost: Mapping[int, float]) -> None:
        """Minimise this from now on, and nothing else."""
        self.cost = [0.0] * len(self.cost)
        for column, value in cost.items():
            self.cost[column] = value
