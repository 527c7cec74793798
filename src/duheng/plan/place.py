"""The place a plan is for, told by its own report, so that 全区 and the place's name can be looked through in names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from duheng import pattern as re

_LEVELS = "省市区县州旗盟"
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|新区|高新区|开发区|[省市区县州旗盟])")
_TITLE = re.compile(r"^关于(?P<area>[^，。\d]+?[省市区县州旗盟])(?=\d{4}年|国民经济)")
_WORK_REPORT = re.compile(r"(?:^|\d{4}年)(?P<area>(?![我全本各该])[一-鿿]{1,20}?[省市区县州旗盟])(?:人民)?政府工作报告")
_CONGRESS = re.compile(
    r"(?:在|^|[—―\s])(?P<area>(?![我全本各该])[一-鿿]{1,20}?[省市区县州旗盟])第[一二三四五六七八九十]+\s*届人民代表大会"
)
_ANNEX = re.compile(
    r"^(?:附[件表]?[\d一二三四五六七八九十]*[：:]?)?(?:\d{4}年)?(?P<area>(?![我全本各该])[一-鿿]{1,20}?[省市区县州旗盟])"
    r"(?=\d{4}年|国民经济|经济社会|主要|计划|目标)"
)
_GOVERNMENT = re.compile(r"(?P<area>(?![我全本各该])[一-鿿]{1,20}?[省市区县州旗盟])人民政府")

_LINES = 4  # an annex's number, its title, its unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An area as its report names it: "甲州市乙水区" is 乙水区, inside 甲州市."""

    area: str = ""

    @classmethod
    def of(cls, head: str) -> Place:
        """The place that the head of a report (its title and the lines below it) names, empty if it names none.

        >>> Place.of("关于甲市乙区2024年计划执行情况及2025年计划草案的报告").words
        ('甲市乙区', '乙区', '甲市')
        """
        line = re.sub(r"\s+", "", head.split("各位代表")[0])
        first = ["".join(each.split()) for each in head.split("\n")[:_LINES]]  # an annex names itself in one line of its own
        for pattern in (_TITLE, _WORK_REPORT, _CONGRESS, _GOVERNMENT, _ANNEX):
            for text in (*first, line, head) if pattern is _ANNEX else (line, head):
                if found := pattern.search(text):
                    return cls(area=found["area"].removeprefix("在").strip())
        return cls()

    def is_same(self, other: Place) -> bool:
        """Whether two names mean one place: 乙水区 is 甲州市乙水区, and not another city's."""
        mine, its = self.parts or (self.area,), other.parts or (other.area,)
        return all(a == b for a, b in zip(reversed(mine), reversed(its), strict=False))

    @property
    def parts(self) -> tuple[str, ...]:
        """The area cut at its levels, widest first: ("甲州市", "乙水区")."""
        found, start = [], 0
        for mark in _SUFFIX.finditer(self.area):
            if mark.end() - start >= 2:
                found.append(self.area[start : mark.end()])
                start = mark.end()
        return tuple(found)

    @property
    def level(self) -> str:
        """The one-character level of the place itself: 省, 市, 区, 县 …, "" if unknown."""
        return self.area[-1] if self.area and self.area[-1] in _LEVELS else ""

    @property
    def own(self) -> tuple[str, ...]:
        """Words that mean this very place, longest first: 乙水区, 乙水, 全区, 我区."""
        return _own(self)

    @property
    def foreign(self) -> tuple[str, ...]:
        """Words that mean a wider place, so that 全市 in a district's report is not the district."""
        return _foreign(self.level)

    @property
    def words(self) -> tuple[str, ...]:
        """The names of the place and of the places it lies in, longest first, without 全 and 我."""
        shorts = [short for part in self.parts if len(short := _short(part)) > 1]
        names = {self.area, *self.parts} - {""}
        return tuple(sorted(names | set(shorts), key=_longest))


@lru_cache(maxsize=64)  # asked for with every name
def _own(place: Place) -> tuple[str, ...]:
    named = [place.area, *place.parts[-1:], *(_short(part) for part in place.parts[-1:])]
    general = [f"{word}{place.level}" for word in ("全", "我", "本")] if place.level else []
    return tuple(sorted({word for word in named + general if len(word) > 1}, key=_longest))


@cache
def _foreign(own: str) -> tuple[str, ...]:
    return tuple(f"全{level}" for level in "国省市区县州旗" if level != own) if own else ("全国",)


def _short(part: str) -> str:
    return _SUFFIX.sub("", part)


def _longest(word: str) -> tuple[int, str]:
    return (-len(word), word)
