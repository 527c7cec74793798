"""The series a target is about, in the steps of its year, and how the year's number comes of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from duheng.errors import WatchError
from duheng.watch.panel import Numbers


class Accumulation(StrEnum):
    """How the values of a year's months or quarters become the year's number."""

    SUM = "sum"  # investment, revenue: what each month adds
    LAST = "last"  # households, urbanisation rate: the state at the year's end
    MEAN = "mean"  # price rise, days of good air in percent: the average of the year
    GROWTH = "growth"  # growth of the year over last year's: months weighted by last year's


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A series in single steps (never cumulated), without gaps, the oldest value first.

    `year` and `step` say which step the last value is of: step 9 of 12 is September. `weights` are last year's values of each
    step, wanted for `GROWTH` only; where nobody publishes them (industry, in most places investment) all steps weigh alike and
    `weighed` is false, so that what follows is marked as an estimate.
    """

    name: str
    values: Numbers
    year: int
    step: int
    steps: int = 12
    accumulation: Accumulation = Accumulation.SUM
    weights: Numbers | None = None
    digits: int = 2

    def __post_init__(self) -> None:
        if not (1 <= self.step <= self.steps and len(self.values)):
            raise WatchError(
                reason=f"{self.name}: step {self.step} of {self.steps} is no step of a year.",
                reason_zh=f"{self.name}：一年 {self.steps} 期，没有第 {self.step} 期。",
            )

    @property
    def weighed(self) -> bool:
        """Whether the weights of the steps are known."""
        return self.weights is not None or self.accumulation is not Accumulation.GROWTH

    def left(self, year: int) -> int:
        """How many steps of `year` are still to come."""
        return max(0, (year - self.year) * self.steps + self.steps - self.step)

    def known(self, year: int) -> Numbers:
        """The values of `year` that are there."""
        count = self.steps - self.left(year) if year == self.year else (self.steps if year < self.year else 0)
        behind = self.step if year < self.year else 0
        behind += max(0, self.year - year - 1) * self.steps
        end = len(self.values) - behind
        return self.values[max(0, end - count) : end] if end > 0 else self.values[:0]

    def total(self, steps: Numbers) -> Numbers:
        """The year's number of whole years of steps (…, steps)."""
        return np.asarray(self.so_far(steps)[..., -1])

    def so_far(self, steps: Numbers) -> Numbers:
        """The year's number at each of its first steps (…, steps): what it comes to by then."""
        if self.accumulation is Accumulation.LAST:
            return steps
        if self.accumulation is Accumulation.SUM:
            return np.asarray(np.cumsum(steps, axis=-1))
        shares = self.shares if self.accumulation is Accumulation.GROWTH else np.ones(self.steps)
        shares = shares[: steps.shape[-1]]
        return np.asarray(np.cumsum(steps * shares, axis=-1) / np.cumsum(shares))

    @property
    def shares(self) -> Numbers:
        """What share of the year each step is: last year's values, else alike."""
        weights = np.ones(self.steps) if self.weights is None else self.weights
        return np.asarray(weights / weights.sum())


def singled(cumulated: Numbers, *, steps: int, first: int = 1) -> Numbers:
    """Single steps from a series cumulated within each year; `first` is the step of the first value.

    A year that begins with two months in one (Jan–Feb) has NaN for January in `cumulated`, and its two months share the value
    alike, which keeps their sum.

    >>> singled(np.array([np.nan, 20.0, 32.0, 45.0]), steps=12).tolist()
    [10.0, 10.0, 12.0, 13.0]
    """
    single = np.empty_like(cumulated)
    before, waiting = 0.0, 0
    for place, value in enumerate(cumulated):
        if (place + first - 1) % steps == 0:
            before, waiting = 0.0, 0
        if np.isnan(value):
            single[place] = np.nan
            waiting += 1
            continue
        single[place - waiting : place + 1] = (value - before) / (waiting + 1)
        before, waiting = float(value), 0
    return single


def singled_growth(cumulated: Numbers, *, steps: int, first: int = 1, weights: Numbers | None = None) -> Numbers:
    """Growth of single steps from growth cumulated within each year, in percent, by the weights of last year's steps.

    Where weights are not published steps weigh alike and the result is an estimate. It is never the difference of the two rates.

    >>> singled_growth(np.array([6.0, 5.0]), steps=4).tolist()
    [6.0, 4.0]
    """
    share = np.ones(steps) if weights is None else weights
    running = np.cumsum(share)
    places = (np.arange(len(cumulated)) + first - 1) % steps
    weighted = singled(cumulated * running[places], steps=steps, first=first)
    return np.asarray(weighted / share[places])
