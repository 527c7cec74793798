"""Numerals as Chinese reports print them: 1,234.5, １２, 三百二十, 两万八, 百分之五点二."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

# Full-width forms that converters and input methods leave in numbers, mapped one for one so that offsets stand.
HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％／：＋－−", "0123456789.,%/:+--")


def from_arabic(text: str) -> tuple[Decimal, int]:
    """The value of an Arabic numeral and the number of decimals it is printed with.

    >>> from_arabic("1,896.30")
    (Decimal('1896.30'), 2)
    """
    plain = text.translate(HALF_WIDTH).replace(",", "")
    return Decimal(plain), len(plain.partition(".")[2])


def from_chinese(text: str) -> tuple[Decimal, int]:
    """The value of a Chinese numeral and the number of decimals it is printed with.

    >>> from_chinese("一百二十三")
    (Decimal('123'), 0)
    >>> from_chinese("五点二")
    (Decimal('5.2'), 1)
    >>> from_chinese("两万八")
    (Decimal('28000'), 0)
    """
    whole, point, fraction = text.partition("点")
    digits = "".join(str(_DIGITS[c]) for c in fraction)
    value = Decimal(_whole(whole))
    return (value + Decimal(f"0.{digits}"), len(digits)) if point and digits else (value, 0)


def is_chinese(text: str) -> bool:
    """Whether `text` is written in Chinese numerals alone."""
    return bool(text) and all(c in _DIGITS or c in _SMALL or c in _LARGE or c == "点" for c in text)


def _whole(text: str) -> int:
    if all(c in _DIGITS for c in text):  # 二〇二五: digits read one by one
        return int("".join(str(_DIGITS[c]) for c in text) or 0)
    for mark in ("亿", "万"):
        head, found, tail = text.rpartition(mark)
        if found:
            return (_whole(head) or 1) * _LARGE[mark] + _tail(tail, _LARGE[mark])
    return _below_ten_thousand(text)


def _tail(text: str, above: int) -> int:
    """What follows a large mark; a bare last digit counts the next lower place (两万八 is 28,000)."""
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text] * above // 10
    return _whole(text) if text else 0


def _below_ten_thousand(text: str) -> int:
    total, digit, last = 0, 0, 1
    for c in text:
        if c in _SMALL:
            total += (digit or 1) * _SMALL[c]
            digit, last = 0, _SMALL[c]
        else:
            digit = _DIGITS[c]
    # 三百二 is 320, but 三百零二 and 十二 are 302 and 12.
    bare = digit and last >= 100 and "零" not in text and "〇" not in text
    return total + (digit * last // 10 if bare else digit)
