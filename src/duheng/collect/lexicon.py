"""What words of tables mean: indicators, areas, measures, bases and statuses, as offices name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from duheng.catalog import IndicatorEntry
from duheng.collect.figure import Status
from duheng.measure import OWN, Area, Basis, Series, SeriesMeasure, plain_name
from duheng.plan import Naming, Place, Proposal
from duheng.plan.scale import in_unit
from duheng.read import Measure

_MEASURES: Mapping[SeriesMeasure, str] = {
    SeriesMeasure.LEVEL: "level 当期 当月 本月 当季 当年 绝对量 总量 数量 现值",
    SeriesMeasure.YTD: "ytd 累计 本年累计 累计值 自年初累计",
    SeriesMeasure.GROWTH: "growth yoy 同比 同比增长 同比增速 增长 增速 当月同比 当月同比增长 比上年同期增长",
    SeriesMeasure.YTD_GROWTH: "ytd_growth 累计同比 累计增长 累计增速 累计同比增长 累计比去年同期",
    SeriesMeasure.SEQUENTIAL: "sequential mom qoq 环比 环比增长 环比增速 比上月增长",
    SeriesMeasure.INDEX: "index 指数",
    SeriesMeasure.YTD_INDEX: "ytd_index 累计指数",
    SeriesMeasure.SHARE: "share 比重 占比 比例",
    SeriesMeasure.RANK: "rank 位次 排名 排位",
    SeriesMeasure.CHANGE: "change 增减 较上年 增加额",
    SeriesMeasure.RATIO: "ratio 倍数 比值 multiple completion 完成率",
}
_BASES: Mapping[Basis, str] = {
    Basis.NONE: "none 无",
    Basis.NOMINAL: "nominal 现价 当年价 名义",
    Basis.COMPARABLE_PRICE: "comparable_price 可比价 不变价 实际",
    Basis.COMPARABLE_SCOPE: "comparable_scope 同口径 可比口径",
}
_STATUSES: Mapping[Status, str] = {
    Status.ESTIMATE: "estimate 预计 预计数 全年预计 估计",
    Status.SIMULATED: "simulated 模拟",
    Status.FLASH: "flash 快报 快报数",
    Status.PRELIMINARY: "preliminary 初步 初步核算 初步数",
    Status.FINAL: "final 最终 最终核实 核实数",
    Status.REVISED: "revised 修订 修订数 普查修订",
}
_YES = {"true", "yes", "1", "y", "是", "released", "公开", "已公布"}
_NO = {"false", "no", "0", "n", "否", "internal", "内部", ""}
_IN_UNITS = (SeriesMeasure.LEVEL, SeriesMeasure.YTD, SeriesMeasure.CHANGE)
_GROWS = {
    "growth": SeriesMeasure.GROWTH,
    "share": SeriesMeasure.SHARE,
    "rank": SeriesMeasure.RANK,
    "change": SeriesMeasure.CHANGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The catalog, the workspace's place and its known areas, asked by the words of a table.

    `areas` gives the code of an area by its names. What nothing knows goes by its own name.
    """

    entries: Mapping[str, IndicatorEntry]
    place: Place = field(default_factory=Place)
    areas: Mapping[str, str] = field(default_factory=dict)
    _naming: Naming = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_naming", Naming(entries=self.entries, place=self.place))

    def indicator(self, name: str, *, unit: str = "", growth: bool = False) -> str:
        """The code of the indicator a name means, else the name itself without padding."""
        text = plain_name(name)
        if text in self.entries:
            return text
        return self._naming.bind(text, unit=unit, measure=Measure.GROWTH if growth else None) or own_code(text)

    def growth_of(self, code: str) -> str:
        """The indicator that is the growth of the level of this code, empty where the catalog has none."""
        growth = f"{code.removesuffix('.level')}.growth"
        return growth if code.endswith(".level") and growth in self.entries else ""

    def proposals(self, name: str, *, unit: str = "") -> tuple[Proposal, ...]:
        """Indicators of the catalog that a name may mean, the likeliest first."""
        return self._naming.propose(plain_name(name), unit=unit)

    def area(self, name: str) -> str:
        """The code of an area; no name at all means the workspace's own, and A/B means B, which lies in A."""
        return self.areas_of(name)[-1].code

    def areas_of(self, name: str) -> tuple[Area, ...]:
        """The areas a name speaks of, the widest first.

        >>> lexicon = Lexicon(entries={}, place=Place(area="甲市乙区"))
        >>> [(area.code, area.parent) for area in lexicon.areas_of("甲市/丙区")], lexicon.area("全区")
        ([('甲市', None), ('丙区', '甲市')], 'own')
        """
        found: list[Area] = []
        for part in name.split("/"):
            text = plain_name(part)
            own = not text or text == OWN or text in self.place.own or text == self.place.area
            code = OWN if own else self.areas.get(text) or own_code(text)
            if own:
                wider = self.place.parts[:-1]
                found += [Area(code=own_code(each), zh=each) for each in wider[-1:]]
            parent = found[-1].code if found and found[-1].code != code else None
            found.append(Area(code=code, zh=(self.place.parts or ("本地区",))[-1] if own else text, parent=parent))
        return tuple(found)

    def usual(self, code: str) -> tuple[SeriesMeasure, Basis, str]:
        """How an indicator is measured where the table does not say: measure, basis and unit."""
        entry = self.entries.get(code)
        if entry is None:
            return SeriesMeasure.LEVEL, Basis.NONE, ""
        return _GROWS.get(entry.measure, SeriesMeasure.LEVEL), Basis(entry.basis), entry.unit


def own_code(text: str) -> str:
    """A name as a code of one's own: without padding and without the mark that parts of a key are joined by.

    >>> own_code("社会 融资|规模")
    '社会融资规模'
    """
    return plain_name(text).replace("|", "")


def rate_unit(unit: str) -> bool:
    """Whether a unit is one of rates: percent, per mille, points, or a base of 100.

    >>> rate_unit("个百分点"), rate_unit("亿元")
    (True, False)
    """
    return unit in ("%", "‰") or unit.endswith(("百分点", "=100"))


def in_usual_unit(series: Series, unit: str) -> tuple[Series, float, int]:
    """The series in the catalog's unit, where its own is another of the same dimension; the factor, and the decimals it adds.

    >>> one = Series(indicator="gdp.level", unit="万元")
    >>> in_usual_unit(one, "亿元")
    (Series(indicator='gdp.level', area='own', measure=<SeriesMeasure.LEVEL: 'level'>, basis=<Basis.NONE: 'none'>, unit='亿元'), 0.0001, 4)
    """
    if not unit or series.unit in ("", unit) or series.measure not in _IN_UNITS:
        return series, 1.0, 0
    factor = in_unit(Decimal(1), unit=series.unit, wanted=unit)
    if factor is None or factor == 1:
        return (series, 1.0, 0) if factor is None else (replace(series, unit=unit), 1.0, 0)
    return replace(series, unit=unit), float(factor), -factor.normalize().adjusted()


def measure(word: str) -> SeriesMeasure | None:
    """The measure a word names, None if it names none."""
    return _MEASURE_OF.get(word.strip().casefold())


def basis(word: str) -> Basis | None:
    """The basis a word names, None if it names none."""
    return _BASIS_OF.get(word.strip().casefold())


def status(word: str) -> Status | None:
    """The status a word names, None if it names none."""
    return _STATUS_OF.get(word.strip().casefold())


def released(word: str) -> bool | None:
    """Whether a word says that a figure is public, None if it says nothing."""
    plain = word.strip().casefold()
    return True if plain in _YES else False if plain in _NO else None


_MEASURE_OF = {word: meaning for meaning, words in _MEASURES.items() for word in words.split()}
_BASIS_OF = {word: meaning for meaning, words in _BASES.items() for word in words.split()}
_STATUS_OF = {word: meaning for meaning, words in _STATUSES.items() for word in words.split()}
