"""Numbers that Word draws before a paragraph and never writes down: 一、 （一） 1. as the reader of the page sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from duheng import pattern as re
from duheng.read.package import W

_PLACE = re.compile(r"%([1-9])")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ENDS_CLOSED = re.compile(r"[、，。．.）)：:—]$")
_PICTURE_FONTS = ("Wingdings", "Webdings", "Symbol")  # in these, the letter l is a black dot
_SPACED = {"space": " ", "nothing": ""}
_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list is numbered: where it starts, in which form, and with what around the number."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # the level (counted from 1) that starts it anew; None: any higher one; 0: none
    legal: bool = False  # numbers of higher levels are shown as 1, 2, 3
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)  # levels that this list starts anew where it is first used


class Numbering:
    """The lists of a document, counting as its paragraphs are read in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists = _lists(root) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of(self, number_id: str, style: str) -> int:
        """The level of a list that a paragraph style stands for."""
        known = self._lists.get(number_id)
        return next((level for level, form in known.levels.items() if form.style == style), 0) if known else 0

    def label(self, number_id: str, level: int) -> tuple[str, str]:
        """The next number of the list at `level`, as drawn, and what stands between it and the text: tab, space or nothing."""
        known = self._lists.get(number_id)
        form = known.levels.get(level) if known else None
        if not known or not form:
            return "", "nothing"
        counts = self._count(number_id, known, level)
        shown = _PLACE.sub(lambda place: _shown(int(place[1]) - 1, counts, known.levels, form), form.text)
        return _PRIVATE.sub("", shown), form.suffix

    def _count(self, number_id: str, known: _List, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(known.abstract, {})
        start = known.levels[level].start
        if level in known.starts and (number_id, level) not in self._begun:
            self._begun.add((number_id, level))
            counts.pop(level, None)
            start = known.starts[level]
        counts[level] = counts[level] + 1 if level in counts else start
        for other, form in known.levels.items():
            if other < level:
                counts.setdefault(other, form.start)
            elif other > level and (form.restart is None or level < form.restart):
                counts.pop(other, None)
        return counts


def joined(label: str, suffix: str, text: str) -> str:
    """A paragraph with its drawn number in front, as it would have been typed.

    >>> joined("（一）", "tab", "主要指标"), joined("1.", "tab", "2024年回顾"), joined("一", "space", "总则")
    ('（一）主要指标', '1. 2024年回顾', '一 总则')
    """
    if not label or not text:
        return label + text
    glued = bool(_ENDS_CLOSED.search(label)) and not (label[-1] == "." and text[0].isdigit())
    return label + _SPACED.get(suffix, "" if glued else " ") + text


def shown_number(value: int, form: str) -> str:
    """A list's number in one of Word's forms.

    >>> [shown_number(12, form) for form in ("chineseCounting", "decimalEnclosedCircle", "upperRoman", "lowerLetter")]
    ['十二', '⑫', 'XII', 'l']
    """
    draw = _FORMS.get(form)
    return draw(value) if draw and value >= 0 else str(value)


def _shown(place: int, counts: dict[int, int], levels: dict[int, Level], own: Level) -> str:
    level = levels.get(place, own)
    value = counts.get(place, level.start)
    return str(value) if own.legal and level.form not in ("none", "bullet") else shown_number(value, level.form)


def _lists(root: etree._Element) -> dict[str, _List]:
    abstracts = {node.get(W + "abstractNumId", ""): node for node in root.iterfind(W + "abstractNum")}
    linked = {_value(node, "styleLink"): key for key, node in abstracts.items() if node.find(W + "styleLink") is not None}
    lists = {}
    for node in root.iterfind(W + "num"):
        key = _value(node, "abstractNumId") or ""
        if key in abstracts:
            key = linked.get(_value(abstracts[key], "numStyleLink"), key)
            lists[node.get(W + "numId", "")] = _overridden(node, _List(key, _levels(abstracts[key])))
    return lists


def _levels(node: etree._Element) -> dict[int, Level]:
    return {_number(level.get(W + "ilvl"), 0): _level(level) for level in node.iterfind(W + "lvl")}


def _overridden(node: etree._Element, known: _List) -> _List:
    for override in node.iterfind(W + "lvlOverride"):
        place = _number(override.get(W + "ilvl"), 0)
        level = override.find(W + "lvl")
        if level is not None:
            known.levels[place] = _level(level)
        start = _value(override, "startOverride")
        if start is not None and place in known.levels:
            known.starts[place] = _number(start, 1)
            known.levels[place] = replace(known.levels[place], start=known.starts[place])
    return known


def _level(node: etree._Element) -> Level:
    restart = _value(node, "lvlRestart")
    form = _value(node, "numFmt") or "decimal"
    fonts = node.find(f"{W}rPr/{W}rFonts")
    pictured = form == "bullet" and fonts is not None and (fonts.get(W + "ascii") or "").startswith(_PICTURE_FONTS)
    return Level(
        start=_number(_value(node, "start"), 1),
        form=form,
        text="" if pictured else _value(node, "lvlText") or "",
        suffix=_value(node, "suff") or "tab",
        restart=None if restart is None else _number(restart, 0),
        legal=node.find(W + "isLgl") is not None and _value(node, "isLgl") not in ("0", "false", "off"),
        style=_value(node, "pStyle"),
    )


def _value(node: etree._Element, child: str) -> str | None:
    found = node.find(W + child)
    return None if found is None else found.get(W + "val")


def _number(text: str | None, otherwise: int) -> int:
    """A small whole number written in the file; nonsense counts as absent."""
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise


def _han(value: int) -> str:
    if value == 0 or value >= 10_000:
        return "".join(_HAN[int(digit)] for digit in str(value)) if value else "零"
    text = ""
    for scale, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            text += _HAN[digit] + mark
        elif text and value % scale and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if 10 <= value < 20 else text


def _formal(value: int) -> str:
    plain = _han(value) if not 10 <= value < 20 else "一" + _han(value)
    return plain.translate(str.maketrans(_HAN + "十百千", _FORMAL + "拾佰仟"))


def _roman(value: int) -> str:
    text = ""
    for worth, mark in (*_ROMAN, *_ROMAN_SMALL):
        text += mark * min(value // worth, 40)
        value %= worth
    return text


def _letter(value: int) -> str:
    """A to Z, then AA, BB as Word counts."""
    return chr(ord("A") + (value - 1) % 26) * min((value - 1) // 26 + 1, 40) if value else "0"


def _signs(first: str, count: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _turning(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else "0"


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "none": lambda value: "",
    "bullet": lambda value: "",
    "decimalZero": lambda value: f"{value:02d}",
    "ordinal": lambda value: f"第{value}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda value: _letter(value).lower(),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "ideographEnclosedCircle": _signs("㊀", 10),
    "ideographTraditional": _turning(_STEMS),
    "ideographZodiac": _turning(_BRANCHES),
    "ideographDigital": lambda value: "".join(_HAN[int(digit)] for digit in str(value)),
    "japaneseDigitalTenThousand": lambda value: "".join(_HAN[int(digit)] for digit in str(value)),
}
_FORMS |= dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _signs("①", 20))
_FORMS |= dict.fromkeys(
    ("decimalFullWidth", "decimalFullWidth2"),
    lambda value: str(value).translate({ord("0") + d: ord("０") + d for d in range(10)}),
)
_FORMS |= dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _formal)
_FORMS |= dict.fromkeys(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"), _han
)
