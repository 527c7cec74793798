"""A figure: one number of a series, as it was known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duheng.measure import Period, Series


class Status(StrEnum):
    """How settled a figure is. An estimate is what an office expects before the period is over; it stands beside the others."""

    ESTIMATE = "estimate"  # 全年预计
    SIMULATED = "simulated"  # invented, for showing and testing
    FLASH = "flash"  # 快报
    PRELIMINARY = "preliminary"  # 初步核算
    FINAL = "final"  # 最终核实
    REVISED = "revised"  # by a census or a change of method


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of `Figures`: the number with its bonds to series, period, vintage, status and source.

    `vintage` is the day on which it became known, `released` whether the public may see it. `source` says where it stands:
    file, sheet and cell, or who entered it and why.
    """

    series: Series
    period: Period
    value: Decimal
    vintage: date
    status: Status = Status.PRELIMINARY
    released: bool = False
    source: str = ""

    @property
    def unit(self) -> str:
        """The unit of its series."""
        return self.series.unit

    @property
    def digits(self) -> int:
        """Decimals as printed: a Decimal keeps them."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0
