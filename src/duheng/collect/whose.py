"""Which place a table is of, where neither its rows nor its columns say: what its title or its sheet's name speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from duheng import pattern as re
from duheng.collect.lexicon import Lexicon
from duheng.measure import OWN
from duheng.plan import Place

NATION = "全国"
# 全国2025年…, 2025年全国…, 中国…; what is called national but is a thing of one's own (全国文明城市, 中国人民银行) is none.
_NATION = re.compile(
    r"(?:^|[年月度期份：:\s])(?:全国|中国|国家)(?=$|[\d\s]|主要|国民|经济|宏观|各项|城镇|农村|居民|规模|固定|社会|房地产|工业|服务业|商品|消费|进出口|财政|一般公共"
    r"|税收|生产|价格|人口|就业|能源|外贸|统计公报|统计数据|月度|季度|年度|数据|指标|表)"
)
_OFFICE = re.compile(
    r"^(?:市|区|县|省|人民)*(?:政府|统计|财政|调查|发展|税务|海关|银行|局|委|办|部门)"
)  # whose table it is, not of what
_SOURCE = re.compile(r"来源|制表|填报|报送|编制")


def place_of_table(lines: Iterable[str], lexicon: Lexicon) -> str:
    """The place that lines above a table name, empty where it is the workspace's own or none is told.

    >>> lexicon = Lexicon(entries={}, place=Place(area="甲市乙区"), areas={"丙市": "丙市"})
    >>> lines = ("2025年1-9月全国主要指标", "丙市2025年9月", "甲市乙区2025年9月", "全市9月主要指标")
    >>> [place_of_table([line], lexicon) for line in lines]
    ['全国', '丙市', '', '甲市']
    """
    for line in lines:
        text = "".join(line.split())
        if not text or _SOURCE.search(text) or _is_own(text, lexicon):
            continue
        if _NATION.search(text):
            return NATION
        if found := _wider(text, lexicon) or _known(text, lexicon) or _named(text, lexicon):
            return found
    return ""


def _is_own(text: str, lexicon: Lexicon) -> bool:
    return any(word in text for word in lexicon.place.own)


def _wider(text: str, lexicon: Lexicon) -> str:
    """The place around the workspace's own that 全市 and the like mean."""
    told = next(
        (word for word in lexicon.place.foreign if text.startswith(word) or f"月{word}" in text or f"年{word}" in text), ""
    )
    return next((part for part in reversed(lexicon.place.parts[:-1]) if told and part[-1] == told[-1]), "")


def _known(text: str, lexicon: Lexicon) -> str:
    """A place that the workspace has figures of, the longest name first."""
    for name in sorted(lexicon.areas, key=len, reverse=True):
        at = text.find(name)
        if len(name) > 1 and lexicon.areas[name] != OWN and at >= 0 and not _OFFICE.match(text[at + len(name) :]):
            return name
    return ""


def _named(text: str, lexicon: Lexicon) -> str:
    """A place that a title begins with, where it is known which place is the workspace's own."""
    found = Place.of(text)
    if not lexicon.place.area or not found.area or lexicon.place.is_same(found):
        return ""
    return "" if _OFFICE.match(text.partition(found.area)[2]) else found.area
