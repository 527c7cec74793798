"""How a printed number bounds what it speaks of: exactly, at least, about, between."""

from __future__ import annotations

from enum import StrEnum


class Comparator(StrEnum):
    """What stands between the thing measured and the number.

    以上, 不低于 include the number (>=); 突破, 超, 余, 多 lie above it (>); 约, 近, 左右 lie near it.
    """

    EQUAL = "="
    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    ABOUT = "≈"
    RANGE = "range"


# Words printed before a number, longest first so that 超过 is not read as 超 and 过.
BEFORE: dict[str, Comparator] = {
    "不低于": Comparator.AT_LEAST, "不少于": Comparator.AT_LEAST, "不小于": Comparator.AT_LEAST, "不得低于": Comparator.AT_LEAST,
    "不得少于": Comparator.AT_LEAST, "至少": Comparator.AT_LEAST, "大于等于": Comparator.AT_LEAST, "≥": Comparator.AT_LEAST,
    ">=": Comparator.AT_LEAST, "≧": Comparator.AT_LEAST,
    "不超过": Comparator.AT_MOST, "不高于": Comparator.AT_MOST, "不大于": Comparator.AT_MOST, "不多于": Comparator.AT_MOST,
    "不突破": Comparator.AT_MOST, "不得超过": Comparator.AT_MOST, "至多": Comparator.AT_MOST, "小于等于": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST, "<=": Comparator.AT_MOST, "≦": Comparator.AT_MOST,
    "突破": Comparator.ABOVE, "超过": Comparator.ABOVE, "超出": Comparator.ABOVE, "超": Comparator.ABOVE, "逾": Comparator.ABOVE,
    "高于": Comparator.ABOVE, "大于": Comparator.ABOVE, "多于": Comparator.ABOVE, ">": Comparator.ABOVE, "＞": Comparator.ABOVE,
    "低于": Comparator.BELOW, "小于": Comparator.BELOW, "少于": Comparator.BELOW, "<": Comparator.BELOW, "＜": Comparator.BELOW,
    "不足": Comparator.BELOW, "不到": Comparator.BELOW,
    "大约": Comparator.ABOUT, "将近": Comparator.ABOUT, "接近": Comparator.ABOUT, "约": Comparator.ABOUT, "近": Comparator.ABOUT,
}  # fmt: skip

# Words printed behind a number and its unit.
AFTER: dict[str, Comparator] = {
    "及以上": Comparator.AT_LEAST, "（含）以上": Comparator.AT_LEAST, "以上": Comparator.AT_LEAST,
    "及以下": Comparator.AT_MOST, "（含）以下": Comparator.AT_MOST, "以下": Comparator.AT_MOST, "以内": Comparator.AT_MOST,
    "之内": Comparator.AT_MOST,
    "左右": Comparator.ABOUT, "上下": Comparator.ABOUT,
}  # fmt: skip

# 余 and 多 stand inside: 2万余件, 80多家.
INSIDE = "余多"

# How each comparator is printed back: (before, after).
PRINTED: dict[Comparator, tuple[str, str]] = {
    Comparator.EQUAL: ("", ""),
    Comparator.AT_LEAST: ("", "以上"),
    Comparator.ABOVE: ("超过", ""),
    Comparator.AT_MOST: ("", "以内"),
    Comparator.BELOW: ("低于", ""),
    Comparator.ABOUT: ("", "左右"),
    Comparator.RANGE: ("", ""),
}
