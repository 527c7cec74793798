"""Who is who: which catalog indicator a name in a report means. An exact normalised alias binds, likeness only proposes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from duheng import pattern as re
from duheng.catalog import IndicatorEntry
from duheng.plan.place import Place
from duheng.plan.scale import compatible
from duheng.plan.verdict import Polarity
from duheng.read import Measure

# What a name says of its own measure, read off its end.
_GROWTH = re.compile(r"(?:同比|年均|累计|可比|实际|名义)*(?:增长速度|增长率|增长幅度|增长|增速|增幅|涨幅|上涨)$")
_FALL = re.compile(r"(?:同比|累计)*(?:降低率|下降率|降低幅度|下降幅度|降幅|降低|下降|减少|削减|减排)$")
_SHARE = re.compile(r"(?:所?占)?(?:的)?(?:比重|比例|占比|份额|百分比)$")
_MEASURES = (("growth", _GROWTH), ("fall", _FALL), ("share", _SHARE))
_COUNT = re.compile(r"(?:人数|总数|数量|数)$")
_HEAD = re.compile(
    r"^(?:其中|预计|力争|争取|确保|推动|实现|完成|促进|保持|年末|年底|年度|全年|当年|今年|本年|明年|\d{4}年(?:末|底)?)"
)
_TAIL = re.compile(
    r"(?:稳定)?(?:创(?:历史)?新高|达到?|保持|控制|实现|完成|为|在|增至|提高|突破|超过?|累计|(?:预期|发展|年度)?目标(?:值)?)$"
)
_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉「」\[\]【】、·,，:：;；\-—–]")
_HAN_ONLY = re.compile(r"[一-鿿]+").fullmatch
_BRACKETS = re.compile(r"[（()）]")
_SCOPE = re.compile(r"[（(][^（）()]*[）)]$")

# Words that name the same thing wherever they stand. Thousands of names are looked through: a word in the first column, cheap
# to look for, must be there before the pattern is tried.
_SAME = (
    (("生产总值", "GDP", "gdp"), re.compile(r"(?:地区|国内)?生产总值|GDP|gdp"), "地区生产总值"),
    (("规模以上",), re.compile(r"规模以上"), "规上"),
    (("限额以上",), re.compile(r"限额以上"), "限上"),
    (("社零",), re.compile(r"社零(?:总额)?"), "社会消费品零售总额"),
    (("固投",), re.compile(r"固投"), "固定资产投资"),
    (("能源消", "能耗强度"), re.compile(r"能源消耗(?:总量)?(?=$|降|下)|能源消费量|能源消耗|能耗强度"), "能耗"),
    (("碳排放强度",), re.compile(r"碳排放强度"), "单位地区生产总值二氧化碳排放"),
    (("二氧化碳排放量",), re.compile(r"二氧化碳排放量"), "二氧化碳排放"),
    (("研究与试验", "&"), re.compile(r"研究与试验发展|R&D|r&d"), "研发"),
    (("全体居民",), re.compile(r"全体居民"), "居民"),
    (("外商直接投资", "外资金额"), re.compile(r"外商直接投资|外资金额"), "外资"),
)
_SIGNS = re.compile("|".join(re.escape(sign) for signs, _, _ in _SAME for sign in signs))
# The last characters of what the patterns above find at the end of a name.
_COUNT_ENDS = frozenset("数量")
_MEASURED_ENDS = frozenset("度率长速幅涨低降少减排重例比额")
_TAIL_ENDS = frozenset("高达到持制现成为在至高破超过计标值")
_PROPOSED = 0.72  # likeness from which a name is worth proposing: below it, people call the pair unrelated


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name looked through: its core, and the measure its words give (growth, fall, share, or level)."""

    core: str
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A catalog indicator that a name may mean."""

    code: str
    likeness: float


@lru_cache(maxsize=16384)
def read_name(text: str, *, place: Place | None = None) -> Name:
    """A printed name without what varies: quotes, 的, the place, the year, the measure's own word.

    >>> read_name("规模以上工业增加值增速") == read_name("全年规上工业增加值增长")
    True
    """
    plain = text if _HAN_ONLY(text) else _MARKS.sub("", unicodedata.normalize("NFKC", text))
    plain = plain.replace("的", "").replace("实现", "")  # 劳动力实现转移就业: a verb inside the name
    if "(" in plain or ")" in plain:  # NFKC has turned （ into (
        plain = _BRACKETS.sub("", _SCOPE.sub("", plain))
    plain = _strip(_HEAD, _without_place(_strip(_HEAD, plain), place))
    if plain[-1:] in _TAIL_ENDS:
        plain = _strip(_TAIL, plain)
    measure = "level"
    for name, pattern in _MEASURES if plain[-1:] in _MEASURED_ENDS else ():
        if (found := pattern.search(plain)) and found.start() > 0:
            plain, measure = plain[: found.start()], name
            break
    if _SIGNS.search(plain):
        for signs, pattern, same in _SAME:
            if any(sign in plain for sign in signs):
                plain = pattern.sub(same, plain)
    if measure == "share":
        plain = _implied_scope(plain)
    return Name(core=_COUNT.sub("", plain) if plain[-1:] in _COUNT_ENDS else plain, measure=measure)


def likeness(left: str, right: str) -> float:
    """How alike two names are, from 0 to 1: twice the characters they share in order, over all their characters."""
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Finds the catalog indicator that a report's name means, for the reports of one place."""

    entries: Mapping[str, IndicatorEntry]
    place: Place
    _codes: dict[Name, list[str]] = field(init=False, repr=False)
    _bound: dict[tuple[str, str, Measure | None], str | None] = field(init=False, default_factory=dict, repr=False)
    _names: dict[tuple[str, Measure | None], Name] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_codes", _index(self.entries))

    def bind(self, text: str, *, unit: str, measure: Measure | None = None) -> str | None:
        """The code of the one indicator whose alias is `text`, with the same measure and a unit that fits; else None."""
        key = (text, unit, measure)
        if key not in self._bound:
            self._bound[key] = self._bind(text, unit=unit, measure=measure)
        return self._bound[key]

    def _bind(self, text: str, *, unit: str, measure: Measure | None) -> str | None:
        if any(word in text for word in self.place.foreign):
            return None
        name = self.name(text, measure=measure)
        for candidate in _readings(name, unit=unit, measure=measure):
            codes = [code for code in self._codes.get(candidate, ()) if self._fits(code, unit)]
            if len(codes) == 1:
                return codes[0]
        return None

    def name(self, text: str, *, measure: Measure | None = None) -> Name:
        """`text` looked through, with the measure that the claim (rather than its subject's words) gives."""
        key = (text, measure)
        if key not in self._names:
            name = read_name(text, place=self.place)
            grows = measure is Measure.GROWTH and name.measure == "level"
            self._names[key] = Name(core=name.core, measure="growth") if grows else name
        return self._names[key]

    def propose(self, text: str, *, unit: str, limit: int = 3) -> tuple[Proposal, ...]:
        """Indicators that `text` may mean, most alike first: for a person to choose from, never bound unasked."""
        name = self.name(text)
        found: dict[str, float] = {}
        for candidate, codes in self._codes.items():
            if candidate.measure != name.measure or not _could_be(name.core, candidate.core):
                continue
            alike = likeness(name.core, candidate.core)
            for code in codes if alike >= _PROPOSED else ():
                if self._fits(code, unit):
                    found[code] = max(alike, found.get(code, 0.0))
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return tuple(Proposal(code=code, likeness=round(alike, 2)) for code, alike in best)

    def polarity(self, code: str | None, *, name: str = "") -> Polarity:
        """Which way is better, as the plan prints the indicator: a fall printed as its size (降低) is better when larger."""
        entry = self.entries.get(code) if code else None
        if entry is None:
            return _polarity_of_words(name)
        if entry.fall and entry.polarity == "lower":
            return Polarity.HIGHER
        return Polarity(entry.polarity)

    def _fits(self, code: str, unit: str) -> bool:
        entry = self.entries[code]
        return any(compatible(unit, known) for known in (entry.unit, *entry.unit_variants))


# The aliases of one catalog, looked through once: an audit and a plan of the same report name by the same entries.
_LAST: list[tuple[tuple[IndicatorEntry, ...], dict[Name, list[str]]]] = []


def _index(entries: Mapping[str, IndicatorEntry]) -> dict[Name, list[str]]:
    """The codes that each alias, looked through, may mean."""
    known = tuple(entries.values())
    if _LAST and len(_LAST[0][0]) == len(known) and all(a is b for a, b in zip(_LAST[0][0], known, strict=True)):
        return _LAST[0][1]
    codes: dict[Name, list[str]] = {}
    for code, entry in entries.items():
        for alias in dict.fromkeys((entry.zh, *entry.aliases)):
            found = codes.setdefault(_as_entry(read_name(alias), entry), [])
            if code not in found:
                found.append(code)
    _LAST[:] = [(known, codes)]
    return codes


def _readings(name: Name, *, unit: str, measure: Measure | None) -> tuple[Name, ...]:
    """What the name may be in the catalog: its own measure first, then what its unit tells (地区生产总值 in % is a growth)."""
    others: tuple[str, ...] = ()
    if name.measure == "growth" and measure is Measure.GROWTH:
        others = ("fall",)
    elif name.measure == "level" and measure is None and unit == "%":
        others = ("share", "growth")
    elif name.measure == "level":
        others = ("share",)
    elif name.measure == "share":
        others = ("level",)
    return (name, *(Name(core=name.core, measure=other) for other in others))


def _as_entry(name: Name, entry: IndicatorEntry) -> Name:
    """An alias that leaves its measure unsaid takes the entry's."""
    if name.measure != "level":
        return name
    if entry.fall:
        return Name(core=name.core, measure="fall")
    return Name(core=name.core, measure="growth") if entry.measure == "growth" else name


def _polarity_of_words(name: str) -> Polarity:
    """The better direction of an indicator that the catalog does not know, where its words tell it."""
    if re.search(r"(?:降低|下降|降幅|减少|减排|削减)(?:率|量|幅度)?$", name):
        return Polarity.HIGHER
    if re.search(r"死亡|事故|失业|浓度|能耗|排放|负债|债务|不良|发案|逃废|欠薪|污染(?!治理|防治)|空置|辍学|贫困", name):
        return Polarity.LOWER
    return Polarity.HIGHER


def _without_place(text: str, place: Place | None) -> str:
    if place is None and "全" not in text:
        return text
    words = place.own if place else ("全区", "全市", "全省", "全县", "全州", "全旗")
    for word in words:
        text = text.replace(word, "", 1) if len(text) > len(word) + 1 else text
    return text


def _implied_scope(text: str) -> str:
    """In “规上甲占规上乙比重” the part is 规上 because its whole is: 甲占规上乙 says the same."""
    part, found, whole = text.partition("占")
    for scope in ("规上", "限上"):
        if found and whole.startswith(scope):
            part = part.removeprefix(scope)
    return f"{part}{found}{whole}"


def _strip(pattern: re.Pattern[str], text: str) -> str:
    while (found := pattern.search(text)) and found.group() and len(text) > len(found.group()) + 1:
        text = text[: found.start()] + text[found.end() :]
    return text


def _could_be(left: str, right: str) -> bool:
    """A cheap look before likeness is counted: they must share half of the shorter one's characters."""
    short, long = sorted((len(left), len(right)))
    if 2 * short < _PROPOSED * (short + long):  # as much as a likeness can be
        return False
    one, other = _letters(left), _letters(right)
    return len(one & other) * 2 >= min(len(one), len(other)) > 0


@lru_cache(maxsize=8192)
def _letters(core: str) -> frozenset[str]:
    return frozenset(core)
