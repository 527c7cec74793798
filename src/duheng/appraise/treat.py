"""Outliers drawn in, so that one extreme value does not press all others together.

The rule is that of the JRC's audits (and of COINr): an indicator is left alone unless |skewness| and kurtosis are both above their
limits (2 and 3.5); then its most extreme values are winsorised one by one, each set to the next less extreme, up to a number of
points; where that does not suffice, a logarithm is taken instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from duheng.appraise.spec import Treatment
from duheng.appraise.unit_table import Numbers

_FEWEST = 4  # kurtosis needs them
_SHIFT = 0.01  # of the range, so that the logarithm's argument is above 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """One component after its treatment: `low` and `high` values were winsorised at that end, or a logarithm was taken.

    `passes` says whether it now keeps within the limits.
    """

    values: Numbers
    low: int = 0
    high: int = 0
    log: bool = False
    passes: bool = True

    @property
    def flags(self) -> tuple[int, int]:
        """How many values were drawn in at the low and at the high end."""
        return self.low, self.high


def skewness(values: Numbers) -> float:
    """The skewness of a sample, G1 of Joanes and Gill (1998), which SAS, SPSS and Excel give; NaN is left out.

    >>> round(skewness(np.array([1.0, 2.0, 3.0, 10.0])), 4)
    1.7636
    """
    known = values[~np.isnan(values)]
    count, off = len(known), known - known.mean()
    spread = float((off**2).mean())
    if count < _FEWEST or not spread:
        return 0.0
    return float((off**3).mean() / spread**1.5 * np.sqrt(count * (count - 1)) / (count - 2))


def kurtosis(values: Numbers) -> float:
    """The excess kurtosis of a sample, G2 of Joanes and Gill (1998); a normal distribution has 0.

    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 10.0])), 4)
    3.228
    """
    known = values[~np.isnan(values)]
    count, off = len(known), known - known.mean()
    spread = float((off**2).mean())
    if count < _FEWEST or not spread:
        return 0.0
    plain = float((off**4).mean() / spread**2 - 3)
    return ((count + 1) * plain + 6) * (count - 1) / ((count - 2) * (count - 3))


def treated(values: Numbers, how: Treatment) -> Treated:
    """One component without its outliers.

    >>> treated(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 90.0]), Treatment()).values.tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0]
    """
    drawn = _winsorised(values, how)
    if drawn.passes or how.then != "log":
        return drawn
    logged = _logged(values)
    return Treated(values=logged, log=True) if _passes(logged, how) else drawn


def _passes(values: Numbers, how: Treatment) -> bool:
    return abs(skewness(values)) <= how.skewness or kurtosis(values) <= how.kurtosis


def _winsorised(values: Numbers, how: Treatment) -> Treated:
    order = np.argsort(values, kind="stable")[: int((~np.isnan(values)).sum())]
    low = high = 0
    found = values
    while not _passes(found, how) and low + high < min(how.points, len(order) - 2):
        if skewness(found) > 0:
            high += 1
        else:
            low += 1
        found = values.copy()
        if high:
            found[order[-high:]] = values[order[-high - 1]]
        if low:
            found[order[:low]] = values[order[low]]
    return Treated(values=found, low=low, high=high, passes=_passes(found, how))


def _logged(values: Numbers) -> Numbers:
    """A logarithm that keeps the order: from the low end where the tail is high, from the high end where it is low."""
    least, most = np.nanmin(values), np.nanmax(values)
    shift = _SHIFT * (most - least)
    if skewness(values) >= 0:
        return np.asarray(np.log(values - least + shift))
    return np.asarray(-np.log(most - values + shift))
