"""Series: one indicator of one area, always measured in one way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from duheng.errors import MeasureError
from duheng.measure.area import OWN

_BETWEEN = "|"


class SeriesMeasure(StrEnum):
    """What a series tells of its indicator."""

    LEVEL = "level"  # 当期: of the month, quarter or year, or at its end
    YTD = "ytd"  # 累计
    GROWTH = "growth"  # 同比: over the same period a year before
    YTD_GROWTH = "ytd_growth"  # 累计同比
    SEQUENTIAL = "sequential"  # 环比: growth over the period before
    INDEX = "index"  # a ratio printed as an index; the unit names its base, as in 上年同月=100
    YTD_INDEX = "ytd_index"  # an index of the year to date, as in 1—9月平均，上年同期=100
    SHARE = "share"  # 比重
    RANK = "rank"  # 位次
    CHANGE = "change"  # points or amount above or below a year before
    RATIO = "ratio"  # 倍数, or per unit of something

    @property
    def words(self) -> tuple[str, str]:
        """How people call it, in (zh, en)."""
        return _WORDS[self]

    @property
    def accumulates(self) -> bool:
        """Whether a figure covers the year from January on."""
        return self in (SeriesMeasure.YTD, SeriesMeasure.YTD_GROWTH, SeriesMeasure.YTD_INDEX)


_WORDS: Mapping[SeriesMeasure, tuple[str, str]] = {
    SeriesMeasure.LEVEL: ("当期", "level"),
    SeriesMeasure.YTD: ("累计", "year to date"),
    SeriesMeasure.GROWTH: ("同比", "growth"),
    SeriesMeasure.YTD_GROWTH: ("累计同比", "growth to date"),
    SeriesMeasure.SEQUENTIAL: ("环比", "over the period before"),
    SeriesMeasure.INDEX: ("指数", "index"),
    SeriesMeasure.YTD_INDEX: ("累计指数", "index to date"),
    SeriesMeasure.SHARE: ("比重", "share"),
    SeriesMeasure.RANK: ("位次", "rank"),
    SeriesMeasure.CHANGE: ("增减", "change"),
    SeriesMeasure.RATIO: ("比率", "ratio"),
}


class Basis(StrEnum):
    """At which prices, and of which scope, a series is comparable."""

    NONE = "none"
    NOMINAL = "nominal"
    COMPARABLE_PRICE = "comparable_price"
    COMPARABLE_SCOPE = "comparable_scope"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Series:
    """Indicator × area × measure × basis × unit: what makes two figures comparable.

    `indicator` is a code of the catalog or, where the catalog has none, the office's own code or name for it.
    """

    indicator: str
    area: str = OWN
    measure: SeriesMeasure = SeriesMeasure.LEVEL
    basis: Basis = Basis.NONE
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.indicator or not self.area:
            raise MeasureError(reason="A series needs an indicator and an area.")
        if any(_BETWEEN in part for part in (self.indicator, self.area, self.unit)):
            raise MeasureError(reason=f"Neither indicator, area nor unit of “{self.indicator}” may hold “{_BETWEEN}”.")

    @property
    def key(self) -> str:
        """The series in one line; `Series.parse` reads it back.

        >>> Series(indicator="gdp.growth", measure=SeriesMeasure.YTD_GROWTH, basis=Basis.COMPARABLE_PRICE, unit="%").key
        'gdp.growth|own|ytd_growth|comparable_price|%'
        """
        return _BETWEEN.join((self.indicator, self.area, self.measure, self.basis, self.unit))

    @classmethod
    def parse(cls, key: str) -> Series:
        """The series a key names.

        Raises `MeasureError`.
        """
        parts = key.split(_BETWEEN)
        try:
            indicator, area, measure, basis, unit = parts
            return cls(indicator=indicator, area=area, measure=SeriesMeasure(measure), basis=Basis(basis), unit=unit)
        except ValueError as error:
            raise MeasureError(
                reason=f"“{key}” is not a series; write indicator|area|measure|basis|unit, as in gdp.level|own|ytd|nominal|亿元."
            ) from error

    def measured(self, measure: SeriesMeasure, *, unit: str | None = None) -> Series:
        """The series of the same indicator and area measured in another way."""
        return replace(self, measure=measure, unit=self.unit if unit is None else unit)
