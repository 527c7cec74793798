"""Periods as offices write them: 2025年1—9月, 1至11月, 前三季度, 2025.9, 1Q 2026, 202512, or a date that stands for its month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from duheng import pattern as re
from duheng.errors import MeasureError
from duheng.measure import Period

_DIGITS = "一二三四五六七八九十"
_TO = r"\s*(?:[-–—－~～至到]|\.\.)\s*"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTHS = {name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_NAME = r"(?P<{}>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)"
_DATE = re.compile(_YEAR + r"(?P<mark>[-/.年])(?P<month>\d{1,2})(?:(?P=mark)|月)(?P<day>\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:{_YEAR}年?\s*)?(?P<from>\d{{1,2}})月?{_TO}(?P<until>\d{{1,2}})月(?:份|平均|累计)*",
        rf"{_YEAR}[-/.]?(?P<from>\d\d?){_TO}(?P<until>\d\d?)",
        rf"{_YEAR}\s*[-/.年]\s*(?P<month>0?[1-9]|1[0-2])\s*月?份?",
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])",
        r"(?P<month>\d{1,2})\s*月(?:份|当月)?",
        rf"(?:{_YEAR}\s*[-年]?\s*)?第?(?P<quarter>[1-4一二三四])季度",
        rf"(?:{_YEAR}\s*年?\s*)?前(?P<quarters>[二三四2-4两])季度",
        rf"(?:{_YEAR}\s*年?\s*)?(?P<half>[上下])半年",
        rf"{_YEAR}\s*[-./]?\s*Q(?P<quarter>[1-4])|Q(?P<quarter2>[1-4])\s*[-./]?\s*(?P<year2>(?:19|20)\d\d)",
        r"(?P<quarter>[1-4])Q\s*[-./]?\s*" + _YEAR,
        r"(?P<quarter>[1-4])Q|Q(?P<quarter2>[1-4])",
        rf"{_NAME.format('name')}{_TO}{_NAME.format('name2')}\s*{_YEAR}",
        rf"{_NAME.format('name')}[-\s]*{_YEAR}|{_YEAR.replace('year', 'year2')}[-\s]*{_NAME.format('name2')}",
        rf"{_YEAR}(?:\.0)?\s*年?(?:全年|度|累计)*",
    )
)
_WITHIN_YEAR = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)\d{1,2}月?\s*[-–—－~至到]\s*\d{1,2}月",
        r"前三季度|第?[一二三四1-4]季度|[上下]半年|(?<!\d)\d{1,2}月",
    )
)
_WITHIN = tuple(
    re.compile(form)
    for form in (
        r"(?:19|20)\d\d年\d{1,2}月?\s*[-–—－~至到]\s*\d{1,2}月",
        r"(?:19|20)\d\d年(?:前三季度|第?[一二三四1-4]季度|[上下]半年|\d{1,2}月)",
        r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?!\d)",
        r"(?<!\d)(?:19|20)\d\d年",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A period that a label names; `to_date` where the label says that the year from January on is meant.

    `dated` marks a day that stands for a month or a longer period beginning in it.
    """

    period: Period
    to_date: bool = False
    dated: bool = False


def when(label: str | date, *, year: int | None = None) -> When | None:
    """The period a label names, None if it names none; `year` is what the table says elsewhere.

    >>> when("2025年1—9月").period.label, when("1至11月", year=2025).to_date, when("1Q 2026").period.label
    ('2025-01..09', True, '2026-Q1')
    """
    if isinstance(label, date):
        return When(period=Period.month(label.year, label.month), dated=True)
    plain = re.sub(r"[\s\xa0\u3000]+", " ", label).strip()
    try:
        return _standard(plain) or _day(plain) or _worded(plain, year)
    except MeasureError:
        return None


def named_in(text: str, *, year: int | None = None) -> When | None:
    """The period that a title names somewhere, the finest first; where it names no year, that of `year`.

    >>> named_in("乙区2025年1-9月主要经济指标").period.label, named_in("关于2024年的说明").period.label
    ('2025-01..09', '2024')
    >>> named_in("1-9月主要经济指标"), named_in("1-9月主要经济指标", year=2025).period.label
    (None, '2025-01..09')
    """
    for pattern in (*_WITHIN, *(_WITHIN_YEAR if year else ())):
        if found := pattern.search(text):
            return when(found[0], year=year)
    return None


def frequency(starts: Iterable[int]) -> int:
    """How many months the periods last that days stand for, told by the months they begin in: 1, 3 or 12.

    >>> frequency([24000, 24003, 24006]), frequency([24000, 24012]), frequency([24000, 24001])
    (3, 12, 1)
    """
    months = set(starts)
    if len(months) < 2:
        return 1
    return next((length for length in (12, 3) if all(month % length == 0 for month in months)), 1)


def year_before(time: When, *, whole: bool) -> When:
    """The same period of the year before, or the whole of that year.

    >>> year_before(when("2025年1—9月"), whole=False).period.label, year_before(when("2025年9月"), whole=True).period.label
    ('2024-01..09', '2024')
    """
    (first, month), (last, until) = time.period.first, time.period.last
    if whole:
        return When(period=Period.year(last - 1))
    return replace(time, period=Period(first=(first - 1, month), last=(last - 1, until)))


def _standard(plain: str) -> When | None:
    if not re.fullmatch(r"\d{4}(-[HQ]\d|-\d\d(\.\.\d\d)?|/\d{4})?", plain):
        return None
    return When(period=Period.parse(plain), to_date=".." in plain)


def _day(plain: str) -> When | None:
    found = _DATE.fullmatch(plain)
    if not found:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return When(period=Period.month(day.year, day.month), dated=True)


def _worded(plain: str, year: int | None) -> When | None:
    for form in _FORMS:
        if found := form.fullmatch(plain):
            parts = found.groupdict()
            told = parts.get("year") or parts.get("year2") or year
            return _made(int(told), parts) if told else None
    return None


def _made(year: int, parts: dict[str, str | None]) -> When:
    if first := parts.get("name") or parts.get("name2"):
        last = parts.get("name2") or first
        start, end = _MONTHS[first[:3].lower()], _MONTHS[last[:3].lower()]
        return When(period=Period(first=(year, start), last=(year, end)), to_date=start == 1 and end > 1)
    if until := parts.get("until"):
        start, end = int(parts["from"] or 1), int(until)
        return When(period=Period(first=(year, start), last=(year, end)), to_date=start == 1 and end > 1)
    if month := parts.get("month"):
        return When(period=Period.month(year, int(month)))
    if quarter := parts.get("quarter") or parts.get("quarter2"):
        return When(period=Period.quarter(year, _digit(quarter)))
    if quarters := parts.get("quarters"):
        return When(period=Period.to_date(year, _digit(quarters) * 3), to_date=True)
    if half := parts.get("half"):
        return When(period=Period.parse(f"{year}-H{1 if half == '上' else 2}"), to_date=half == "上")
    return When(period=Period.year(year))


def _digit(text: str) -> int:
    return 2 if text == "两" else _DIGITS.index(text) + 1 if text in _DIGITS else int(text)
