"""Days and spans as lists of projects print them: 2024.3, 2024年底, 2024-2026, an Excel serial, 2024年3月—2026年底."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from duheng import pattern as re

_EXCEL = date(1899, 12, 30)
_SERIALS = (20_000, 80_000)  # 1954 to 2119
_DIGITS = "一二三四五六七八九十"
_MONTHS = {name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MOMENT = re.compile(
    _YEAR
    + r"(?:"
    + r"\s*年?\s*(?:第?(?P<quarter>[1-4一二三四])季度|[Qq](?P<q>[1-4]))"
    + r"|\s*年?\s*(?P<half>[上下])半年"
    + r"|(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12]\d|3[01])(?!\d)"
    + r"|(?P<m6>0[1-9]|1[0-2])(?!\d)"
    + r"|\s*(?P<mark>[-/.年])\s*(?P<month>1[0-2]|0?[1-9])(?!\d)"
    + r"(?:\s*(?:(?P=mark)|月)\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*日?|\s*月?份?)"
    + r"(?:\s*\d\d?:\d\d(?::\d\d)?)?(?P<part>[上中下]旬|[底末初中])?"
    + r"|\s*年?(?P<part2>年?[底末初中]|全年)?"
    + r")"
)
_ENGLISH = re.compile(r"(?P<name>[A-Za-z]{3,9})\.?[-\s,]*(?P<year>(?:19|20)?\d\d)")
_SHORT = re.compile(r"(?<!\d)(\d\d)年")
_REST = re.compile(r"\s*(?:[-–—－~～]+|至|到)\s*(?P<month>1[0-2]|0?[1-9])\s*月?(?P<part>[底末])?")
_OPEN = re.compile(r"起|以来|开始")
_BETWEEN = re.compile(r"[\s\-–—－~～至到、,，.。()（）年月日份前后计划预计拟建设期起止已于开工竣完投产]*")
_LONGEST = 60  # characters that a span is printed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the first day to the last that a text allows; None at an open end."""

    first: date | None
    last: date | None


def span(text: str) -> Span | None:
    """The time that a text names, None if it names none.

    >>> span("2024-2026") == Span(first=date(2024, 1, 1), last=date(2026, 12, 31))
    True
    >>> span("2024.3—2026年底").first, span("45352").first, span("2024年3月至12月").last
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 1), datetime.date(2024, 12, 31))
    """
    if len(text) > _LONGEST:
        return None
    plain = " ".join(text.replace("\u3000", " ").split())
    if serial := _serial(plain):
        return Span(first=serial, last=serial)
    plain = _SHORT.sub(lambda found: f"20{found[1]}年", plain)
    found = list(_MOMENT.finditer(plain))
    if not found:
        return _english(plain)
    rest = _MOMENT.sub("", plain)
    if len(found) > 2 or not (_BETWEEN.fullmatch(rest) or (len(found) == 1 and _REST.fullmatch(plain, found[0].end()))):
        return None
    try:
        moments = [_days(each) for each in found]
    except ValueError:
        return None
    if len(moments) == 2:
        return Span(first=moments[0][0], last=moments[1][1])
    if tail := _REST.fullmatch(plain, found[0].end()):
        year, month = moments[0][0].year, int(tail["month"])
        return Span(first=moments[0][0], last=_last(year, month))
    if _OPEN.search(rest):
        return Span(first=moments[0][0], last=None)
    return Span(first=moments[0][0], last=moments[0][1])


def _serial(plain: str) -> date | None:
    if not re.fullmatch(r"\d{5}(?:\.\d+)?", plain):
        return None
    days = int(float(plain))
    return _EXCEL + timedelta(days=days) if _SERIALS[0] <= days <= _SERIALS[1] else None


def _days(found: re.Match[str]) -> tuple[date, date]:
    year = int(found["year"])
    if told := found["quarter"] or found["q"]:
        quarter = _DIGITS.index(told) + 1 if told in _DIGITS else int(told)
        return date(year, quarter * 3 - 2, 1), _last(year, quarter * 3)
    if found["half"]:
        return (date(year, 1, 1), _last(year, 6)) if found["half"] == "上" else (date(year, 7, 1), _last(year, 12))
    month = found["m8"] or found["m6"] or found["month"]
    day = found["d8"] or found["day"]
    if month and day:
        exact = date(year, int(month), int(day))
        return exact, exact
    if month:
        return _part(year, int(month), found["part"] or "")
    part = found["part2"] or ""
    if part.endswith(("底", "末")):
        return date(year, 12, 1), _last(year, 12)
    if part.endswith("初"):
        return date(year, 1, 1), _last(year, 1)
    return date(year, 1, 1), _last(year, 12)


def _part(year: int, month: int, part: str) -> tuple[date, date]:
    last = _last(year, month)
    bounds = {"初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20), "下旬": (21, last.day)}
    first, until = bounds.get(part, (1, last.day))
    return (last if part in ("底", "末") else date(year, month, first)), date(year, month, until)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _english(plain: str) -> Span | None:
    found = _ENGLISH.fullmatch(plain)
    month = _MONTHS.get(found["name"][:3].lower()) if found else None
    if found is None or month is None:
        return None
    year = int(found["year"]) if len(found["year"]) == 4 else 2000 + int(found["year"])
    return Span(first=date(year, month, 1), last=_last(year, month))
