"""How reports word a target: 5%左右, 6%以上, ≤14, 正增长, 与经济增长同步, 完成市级下达任务, and the rest, read into typed targets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from duheng import pattern as re
from duheng.plan.scale import in_unit
from duheng.plan.target import (
    Around,
    Assigned,
    AtLeast,
    AtMost,
    Exactly,
    FloorWithStretch,
    InStepWith,
    Positive,
    Range,
    Reference,
    Target,
)
from duheng.plan.verdict import Polarity

LAST_YEAR = Reference(text="上年水平")

_WIDE = str.maketrans("０１２３４５６７８９．％＋－＜＞＝", "0123456789.%+-<>=")
# Taken whole or not at all: a million digits are gone through once, not once from each of them.
_NUMBER = r"(?:-\d|(?<!\d)\d)[\d,]*+(?:\.\d++)?"
_UNIT = r"(?:%|‰|个?百分点|[万亿千百]*[㎡元美吨斤公里平方千米人家户件个套张天吨辆株亩公顷次微克毫克升标准煤/每]*)"
_VALUE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})")
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<unit1>{_UNIT})\s*(?:—+|–|－|-|~|～|至|到)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})"
)
_GRADE = re.compile(r"(?P<number>[ⅠⅡⅢⅣⅤ])类")
_STRETCH = re.compile(
    rf"[（(，、,；;\s]*(?:力争|争取|奋斗|冲刺|努力实现)(?:达到|实现|完成|增长|突破|目标为?|到)*(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})[^，。；]*"
)
_WISH = re.compile(
    r"[，、,；;]?\s*(?P<wish>(?:在?实际工作中|根据实际情况)?[^，、；0-9]{0,6}?(?:力争|争取)[^，。；0-9]*?(?:更[好优高快大多]|好于|最好|优于|前列)[^，。；0-9]*)"
)
_NOTE = re.compile(r"\s*[（(](?P<note>[^（）()]*)[）)]\s*$")

_FORMULA = re.compile(r"=\s*(?:[A-Za-z(]|-?[\d.]+[*/+-])")  # =B3*1.05: what a sheet would count, not a number

_ASSIGNED = re.compile(
    r"(?:完成|达到|落实|按|符合|控制在|满足).*(?:下达|上级|国家|省级?|市级?|区级?|州级?|考核|审核|限额|核定|“?十[一二三四五]五).*(?:任务|目标|要求|指标|以内|范围|标准)"
    r"|下达(?:的)?(?:任务|目标|指标)|(?:以|按)[^，]*(?:下达|核定)[^，]*(?:为准|执行)|完成[^，0-9]*(?:减排|节能|降碳|约束性)[^，0-9]*(?:任务|目标)"
)
_IN_STEP = re.compile(
    r"[与同和跟](?P<other>[^，；]+?)(?P<loosely>(?:保持|大体)?(?:基本|大体|大致))?(?:保持)?(?P<loosely2>基本)?同步"
)
_ABOVE_OTHER = re.compile(
    r"(?P<how>快于|高于|优于|好于|不低于|不慢于|超过|低于|不高于)(?P<other>[^，；、0-9]*(?:增长|增速|平均水平|平均|水平|GDP|全国|全省|全市|生产总值)[^，；、0-9]*)"
)
_KEPT_ABOVE = re.compile(r"(?:保持|稳定|位居|处)?(?:在|于)(?P<other>[^，；、0-9]*(?:平均|水平))(?P<how>以上|以下)")
_POSITIVE = re.compile(r"正增长|转正|由负转正|实现增长|保持增长|稳[步定]增长|持续增长|平稳增长|有所增长|只增不减|稳中有升")
_RISING = re.compile(r"(?:提[高升]|上升|增加|扩大|改善|提质)$|提升|提高")
_FALLING = re.compile(r"下降|降低|减少|负增长|只减不增|下调")
_STEADY = re.compile(r"(?P<loosely>基本)?(?:稳定|持平|不变)")

_AT_LEAST = re.compile(r"≥|>=|≧|以上|不低于|不少于|不小于|不得低于|不得少于|至少")
_ABOVE = re.compile(r">|超过|突破|(?<!不)超|高于|大于|多于")
_AT_MOST = re.compile(r"≤|<=|≦|以内|以下|之内|不超|不高于|不大于|不多于|不突破|不得超过|至多")
_BELOW = re.compile(r"<|低于|小于|少于")
_HELD = re.compile(r"控制(?:在)?|限制在|压减至")
_AROUND = re.compile(r"左右|上下|约")

_GRADES = {c: Decimal(i) for i, c in enumerate("ⅠⅡⅢⅣⅤ", start=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The text being read and what is known of the indicator."""

    text: str
    unit: str
    polarity: Polarity


def parse_target(text: str, *, unit: str = "", polarity: Polarity = Polarity.NEUTRAL) -> Target | None:
    """The target that a table cell or clause words, or None where its form is none of those known.

    A bare number means at least, at most or exactly by `polarity`. 保持稳定 and 进一步下降 name no number: they are read as "not
    worse than" and "below" last year's figure, except that a falling that is itself the indicator (能耗降低) must be above zero.

    >>> parse_target("≥300", unit="天").kind
    'at_least'
    >>> parse_target("5%左右", unit="%", polarity=Polarity.HIGHER).kind
    'around'
    """
    printed = text.strip()
    plain = re.sub(r"\s+", "", printed.translate(_WIDE))
    plain, note = _cut_note(plain)
    plain, ambition = _cut_wish(plain)
    if _FORMULA.match(plain):
        return None
    words = _Words(text=plain, unit=unit, polarity=polarity)
    found = _with_stretch(words) or _numbered(words) or _wordless(words)
    if found is None:
        return None
    return replace(found, text=printed, note=note, ambition=ambition)


def bare(value: Decimal, *, unit: str, polarity: Polarity) -> Target:
    """What a bare number means: at least where higher is better, at most where lower is, else exactly."""
    if polarity is Polarity.HIGHER:
        return AtLeast(value=value, unit=unit)
    if polarity is Polarity.LOWER:
        return AtMost(value=value, unit=unit)
    return Exactly(value=value, unit=unit)


def _cut_note(text: str) -> tuple[str, str | None]:
    """A scope in brackets behind the number: 11.82（建成区）."""
    found = _NOTE.search(text)
    if not found or not found["note"] or re.search(r"\d|力争|争取", found["note"]) or found.start() == 0:
        return text, None
    return text[: found.start()], found["note"]


def _cut_wish(text: str) -> tuple[str, str | None]:
    """A wish that names no number: 、努力争取更好结果."""
    found = _WISH.search(text)
    if not found or found.start() == 0:
        return text, None
    return text[: found.start()] + text[found.end() :], found["wish"]


def _with_stretch(words: _Words) -> Target | None:
    """9%、力争10%."""
    stretch = _STRETCH.search(words.text)
    if not stretch or stretch.start() == 0:
        return None
    floor = _numbered(replace(words, text=words.text[: stretch.start()]))
    value2 = _value(stretch, words)
    if floor is None or floor.value is None or value2 is None:
        return None
    return FloorWithStretch(value=floor.value, value2=value2, unit=floor.unit, polarity=_leaning(floor, words))


def _leaning(target: Target, words: _Words) -> Polarity:
    if isinstance(target, AtMost):
        return Polarity.LOWER
    return words.polarity if words.polarity is not Polarity.NEUTRAL else Polarity.HIGHER


def _numbered(words: _Words) -> Target | None:
    """Targets that name a number."""
    if grade := _GRADE.search(words.text):
        # Grade Ⅰ is the best, so “Ⅱ类及以上” is at most 2.
        return AtMost(value=_GRADES[grade["number"]], unit="类")
    if both := _RANGE.search(words.text):
        return _range(both, words)
    if "两位数" in words.text:
        return AtLeast(value=Decimal(10), unit=words.unit or "%")
    found = _VALUE.search(words.text)
    if not found:
        return _nought(words)
    value = _value(found, words)
    return None if value is None else _bounded(value, words, unit=words.unit or found["unit"])


def _nought(words: _Words) -> Target | None:
    if re.search(r"为零|零(?:增长|发生|事故|死亡|新增)", words.text):
        return bare(Decimal(0), unit=words.unit, polarity=words.polarity)
    return None


def _range(found: re.Match[str], words: _Words) -> Target | None:
    unit = words.unit or found["unit"] or found["unit1"]
    high = _decimal(found["high"])
    low = _decimal(found["low"])
    both = (in_unit(low, unit=found["unit1"] or found["unit"], wanted=unit), in_unit(high, unit=found["unit"], wanted=unit))
    if both[0] is None or both[1] is None or both[0] > both[1]:
        return None
    return Range(value=both[0], value2=both[1], unit=unit, polarity=words.polarity)


def _bounded(value: Decimal, words: _Words, *, unit: str) -> Target:
    """The target that the words around the one number make of it."""
    text = words.text
    if _AROUND.search(text):
        held = _HELD.search(text) and words.polarity is Polarity.NEUTRAL
        return Around(value=value, unit=unit, polarity=Polarity.LOWER if held else words.polarity)
    if _AT_LEAST.search(text):
        return AtLeast(value=value, unit=unit)
    if _AT_MOST.search(text):
        return AtMost(value=value, unit=unit)
    if _ABOVE.search(text):
        return AtLeast(value=value, unit=unit, exclusive=True)
    if _BELOW.search(text):
        return AtMost(value=value, unit=unit, exclusive=True)
    if _HELD.search(text):
        return AtMost(value=value, unit=unit)
    return bare(value, unit=unit, polarity=words.polarity)


def _wordless(words: _Words) -> Target | None:
    """Targets that name no number."""
    text = words.text
    if step := _in_step(words):
        return step
    if _ASSIGNED.search(text):
        return Assigned(unit=words.unit, polarity=words.polarity)
    if _POSITIVE.search(text):
        return Positive(unit=words.unit or "%", polarity=Polarity.HIGHER)
    if _FALLING.search(text):
        if words.polarity is Polarity.HIGHER:
            return Positive(unit=words.unit or "%", polarity=Polarity.HIGHER)
        return InStepWith(references=(LAST_YEAR,), unit=words.unit, exclusive=True, polarity=Polarity.LOWER)
    if steady := _STEADY.search(text):
        return InStepWith(references=(LAST_YEAR,), unit=words.unit, loosely=bool(steady["loosely"]), polarity=words.polarity)
    if _RISING.search(text):
        return InStepWith(references=(LAST_YEAR,), unit=words.unit, exclusive=True, polarity=Polarity.HIGHER)
    return None


def _in_step(words: _Words) -> Target | None:
    if found := _IN_STEP.search(words.text):
        loosely = bool((found["loosely"] and "本" in found["loosely"]) or found["loosely2"])
        other = re.sub(r"(?:保持|基本|大体)+$", "", found["other"])
        return InStepWith(references=(Reference(text=other),), unit=words.unit, loosely=loosely, polarity=Polarity.HIGHER)
    if found := _KEPT_ABOVE.search(words.text):
        polarity = Polarity.LOWER if found["how"] == "以下" else Polarity.HIGHER
        return InStepWith(references=(Reference(text=found["other"]),), unit=words.unit, polarity=polarity)
    others = list(_ABOVE_OTHER.finditer(words.text))
    if not others:
        return None
    how = others[0]["how"]
    polarity = Polarity.LOWER if how in ("低于", "不高于") else Polarity.HIGHER
    references = tuple(Reference(text=other["other"]) for other in others)
    return InStepWith(references=references, unit=words.unit, exclusive=not how.startswith("不"), polarity=polarity)


def _value(found: re.Match[str], words: _Words) -> Decimal | None:
    """The number in the indicator's unit, None if its own unit is another dimension."""
    return in_unit(_decimal(found["number"]), unit=found["unit"], wanted=words.unit)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
