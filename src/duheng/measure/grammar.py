"""How a quantity is printed in Chinese: one grammar that finds every one in a run of text, and reads one back.

The grammar sees the shape only. Whether 三次 in 三次产业 or 15分钟 in 15分钟健身圈 measures anything is for a reader of the
sentence to say (`read`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from duheng import pattern as re
from duheng.errors import MeasureError
from duheng.measure.comparator import AFTER, BEFORE, INSIDE, Comparator
from duheng.measure.numeral import HALF_WIDTH, from_arabic, from_chinese, is_chinese
from duheng.measure.quantity import Quantity
from duheng.measure.unit import atoms
from duheng.measure.unit import unit as unit_of


class Form(StrEnum):
    """The shape a quantity is printed in."""

    PLAIN = "plain"  # 5.8%, 2万余件, 百分之五, 三成
    COUNTED = "counted"  # 四个, 七大: a Chinese numeral with a counted noun
    RANK = "rank"  # 第3位, 首位
    RATIO = "ratio"  # one term of 0.3:40.7:59
    WORDS = "words"  # 正增长, 翻一番, 两位数


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A quantity in a text: `text[start:end]` is its span with comparator words, `text[number:end]` without those before."""

    printed: str  # text[start:end], at half width
    start: int
    number: int
    end: int
    form: Form
    quantity: Quantity


_ARABIC = r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|[-−]?\d+(?:\.\d+)?"
_CHINESE = r"(?:[两二三四五六七八九十][十百千零二两三四五六七八九一]{0,15}|一[十百千][十百千零二两三四五六七八九一]{0,15})"
_SCALE = r"(?:[十百千]?(?:万亿|万|亿)|[百千])"
# Nouns that a Chinese numeral may count: 七大行动, 五项津补贴, 两批次.
_COUNTED = "大|项|件|条|家|个|批次|座|所|名|户|种|款|倍|张|处|场|次|套|年|天|岁|人|万人"
_WORDS: dict[str, tuple[str, str, Comparator]] = {
    "正增长": ("0", "%", Comparator.ABOVE),
    "零增长": ("0", "%", Comparator.EQUAL),
    "负增长": ("0", "%", Comparator.BELOW),
    "翻一番": ("1", "番", Comparator.EQUAL),
    "翻了一番": ("1", "番", Comparator.EQUAL),
    "翻番": ("1", "番", Comparator.EQUAL),
    "翻两番": ("2", "番", Comparator.EQUAL),
    "翻了两番": ("2", "番", Comparator.EQUAL),
    "两位数": ("10", "%", Comparator.AT_LEAST),
}


def find(text: str) -> Iterator[Found]:
    """Every quantity in `text`, left to right, none overlapping.

    >>> [(f.quantity.value, f.quantity.unit.symbol) for f in find("办理事项2万余件，增长５.８％")]
    [(Decimal('2'), '万件'), (Decimal('5.8'), '%')]
    """
    view = text.translate(HALF_WIDTH)
    at = 0
    while match := _pattern().search(view, at):
        at = match.end()
        yield from _read(view, match)


def parse(text: str, *, unit: str | None = None) -> Quantity:
    """The one quantity that `text` is, "6%以上" or, with `unit` given, a bare "6".

    Raises `MeasureError` when `text` is not exactly one quantity.
    """
    bare = text.strip()
    if unit is not None and not _has_unit(bare):
        bare = _with_unit(bare, unit)
    found = list(find(bare))
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(bare)):
        raise MeasureError(reason=f"“{text}” is not one quantity.")
    return found[0].quantity


def _has_unit(text: str) -> bool:
    return any(f.quantity.unit.symbol or f.form in (Form.RANK, Form.WORDS) for f in find(text))


def _with_unit(text: str, unit: str) -> str:
    return re.sub(rf"({_ARABIC})(?!.*\d)", rf"\g<1>{unit}", text, count=1)


@cache
def _pattern() -> re.Pattern[str]:
    before = "|".join(map(re.escape, sorted(BEFORE, key=len, reverse=True)))
    after = "|".join(map(re.escape, sorted(AFTER, key=len, reverse=True)))
    # A Latin unit must end there: 5G is no 5 grams, 3Dxx no unit at all.
    atom = "|".join(re.escape(a) + (r"(?![A-Za-z0-9])" if a[-1].isascii() and a[-1].isalpha() else "") for a in atoms())
    tail = rf"[{INSIDE}几]?(?:{_SCALE}??)[{INSIDE}]?(?:{atom})(?:/[每]?{_SCALE}?(?:{atom}))?"
    number = rf"(?:{_ARABIC})"
    return re.compile(
        rf"(?P<ratio>{number}(?:\s*[:：∶]\s*{number})+)"
        rf"|(?P<words>{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
        rf"|(?P<rank>第(?P<place>\d+|[一二三四五六七八九十]+)(?P<rankunit>位|名)?|首位)"
        rf"|(?P<before>{before})?(?P<of>百分之|千分之)(?P<part>{_CHINESE}(?:点[一二三四五六七八九零]+)?|一|{number})(?P<of_after>{after})?"
        rf"|(?P<b>{before})?(?:"
        rf"(?P<low>{number})(?P<lowunit>{tail}|{_SCALE})?\s*(?:—+|–|-|~|～|至|到)\s*(?P<high>{number})(?P<highunit>{tail})"
        rf"|(?P<num>{number})(?P<unit>{tail}|[{INSIDE}]?{_SCALE}[{INSIDE}]?(?![\w\"“（]))"
        rf"|(?P<cn>{_CHINESE})(?P<cnunit>[{INSIDE}]?(?:{_COUNTED}|成[半一二三四五六七八九]?))"
        rf"|(?P<bare>{number}))(?P<a>{after}|(?<=倍)多)?"
    )


def _read(view: str, match: re.Match[str]) -> Iterator[Found]:
    if match["ratio"]:
        yield from _ratio(match)
    elif match["words"]:
        value, symbol, comparator = _WORDS[match["words"]]
        quantity = Quantity(value=Decimal(value), unit=unit_of(symbol), comparator=comparator)
        yield _found(match, match.start(), Form.WORDS, quantity)
    elif match["rank"]:
        place = match["place"] or "1"
        value2 = from_chinese(place)[0] if is_chinese(place) or place == "一" else Decimal(place)
        yield _found(match, match.start(), Form.RANK, Quantity(value=value2, unit=unit_of("位")))
    elif match["of"]:
        symbol = "%" if match["of"] == "百分之" else "‰"
        quantity = _quantity(match["part"], symbol, _comparator(match["before"], "", match["of_after"]))
        yield _found(match, match.start("of"), Form.PLAIN, quantity)
    elif match["low"]:
        yield from _range(match)
    else:
        yield from _plain(match)


def _ratio(match: re.Match[str]) -> Iterator[Found]:
    terms = re.split(r"\s*[:：∶]\s*", match["ratio"])
    if len(terms) == 2 and Decimal(terms[1]) == 1:  # 收入比1.80:1: one number
        yield _found(match, match.start(), Form.RATIO, _quantity(terms[0], "", Comparator.EQUAL))
        return
    at = match.start()
    for part in re.split(r"([:：∶])", match["ratio"]):
        number = part.strip()
        if re.fullmatch(_ARABIC, number):
            start = at + part.index(number)
            quantity = _quantity(number, "", Comparator.EQUAL)
            yield Found(printed=number, start=start, number=start, end=start + len(number), form=Form.RATIO, quantity=quantity)
        at += len(part)


def _range(match: re.Match[str]) -> Iterator[Found]:
    tail = match["highunit"]
    low, high = from_arabic(match["low"]), from_arabic(match["high"])
    symbol = _symbol(tail)
    value = low[0] * _low_scale(match["lowunit"] or tail, tail)
    if value > high[0]:
        return  # 2025—10个: a hyphen between two things, not a range
    quantity = Quantity(
        value=value, value2=high[0], unit=unit_of(symbol), digits=max(low[1], high[1]), comparator=Comparator.RANGE
    )
    yield _found(match, match.start("low"), Form.PLAIN, quantity)


def _low_scale(low: str, high: str) -> Decimal:
    """What the lower end is multiplied by to stand in the unit of the upper: 2.5万—3万户, 9000万—1亿元."""
    below, above = unit_of(_symbol(low)), unit_of(_symbol(high))
    bare_prefix = not low.strip("十百千万亿")
    above_prefix = above.scale / unit_of(above.symbol.lstrip("十百千万亿")).scale if bare_prefix else above.scale
    return below.scale / above_prefix


def _plain(match: re.Match[str]) -> Iterator[Found]:
    kind = "num" if match["num"] else "cn" if match["cn"] else "bare"
    tail = {"num": match["unit"], "cn": match["cnunit"], "bare": ""}[kind] or ""
    number = match[kind]
    comparator = _comparator(match["b"], tail, match["a"])
    if len(tail) == 2 and tail.startswith("成"):  # 三成五, 三成半: three and a half tenths
        number, tail = f"{number}点{tail[1].replace('半', '五')}", "成"
    quantity = _quantity(number, _symbol(tail), comparator)
    form = Form.COUNTED if kind == "cn" and tail not in ("成", "倍") else Form.PLAIN
    yield _found(match, match.start(kind), form, quantity)


def _found(match: re.Match[str], number: int, form: Form, quantity: Quantity) -> Found:
    return Found(printed=match.group(), start=match.start(), number=number, end=match.end(), form=form, quantity=quantity)


def _quantity(number: str, symbol: str, comparator: Comparator) -> Quantity:
    chinese = is_chinese(number)
    value, digits = from_chinese(number) if chinese else from_arabic(number.replace("−", "-"))
    return Quantity(value=value, unit=unit_of(symbol), digits=digits, comparator=comparator)


def _symbol(tail: str) -> str:
    """The unit as written, without the 余, 多 and 几 that stand inside it."""
    return re.sub(rf"^[{INSIDE}几]+|(?<=[十百千万亿])[{INSIDE}]+", "", tail).replace("/每", "/")


def _comparator(before: str | None, tail: str, after: str | None) -> Comparator:
    if after:
        return AFTER.get(after, Comparator.ABOVE)
    if before:
        return BEFORE[before]
    return Comparator.ABOVE if re.match(rf"(?:[十百千万亿]*)[{INSIDE}]", tail) else Comparator.EQUAL
