"""How a sheet shows a number: its format ("0.0%", "#,##0.00", "yyyy年m月") turned into the text a reader of the sheet sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from duheng import pattern as re

GENERAL = "General"
# Formats that a file names by number only, as Chinese Excel and WPS show them.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
_PIECE = re.compile(r'"([^"]*)"|\\(.)|\[([^\]]*)\]|[_*](.)|([0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|([\s\S])')
_DATE_PIECE = re.compile(r'"([^"]*)"|\\(.)|\[([^\]]*)\]|[_*](.)|(y+|m+|d+|h+|s+|AM/PM|上午/下午|aaaa?)|([\s\S])', re.IGNORECASE)
_BARE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_DATED = re.compile(r"[ymdhs]|aaa", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)")
_WEEK = "一二三四五六日"
_SIGNIFICANT = 15  # digits that a sheet keeps of a number
_GENERAL_DIGITS = 11  # and of those, what it shows where no format says how many
_PLACES = 30


@dataclass(frozen=True, slots=True)
class _Numeric:
    """One section of a format: what stands before and behind the number, and the number's own form."""

    before: str
    behind: str
    least: int  # decimals always shown
    most: int
    grouped: bool
    scale: int  # power of ten that the shown number is multiplied with
    placed: bool  # whether there is a place for the number at all
    blank: bool  # whether nothing is shown for zero


def shown(value: float, form: str, *, from_1904: bool = False) -> str:
    """The text that a cell with this number and format shows.

    >>> [shown(0.058, "0.0%"), shown(1234.5, "#,##0.00"), shown(33.0, "General"), shown(0.1 + 0.2, "General"), shown(45717, "yyyy/m/d")]
    ['5.8%', '1,234.50', '33', '0.3', '2025/3/1']
    """
    number = _exact(value)
    if number is None:
        return ""
    sections = _sections(form)
    if is_date(form):
        return _dated(value, sections[0], from_1904=from_1904) or _general(number)
    section = sections[2] if len(sections) > 2 and value == 0 else sections[0]
    if section.casefold() == "general" or section.strip() in ("@", ""):
        return _general(number)
    laid = _numeric(section)
    if laid is None:
        return _general(number)
    if not laid.placed:
        return (laid.before + laid.behind).strip()
    return _numbered(number, laid)


@lru_cache(512)
def is_date(form: str) -> bool:
    """Whether numbers of this format are days or times."""
    bare = _BARE.sub("", _sections(form)[0])
    return bare.casefold() != "general" and bool(_DATED.search(bare)) and not re.search(r"[0#?]{2}|E[+-]", bare.replace(".0", ""))


def _exact(value: float) -> Decimal | None:
    try:
        number = Decimal(f"{value:.{_SIGNIFICANT}g}")
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 100 else None


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    whole = max(1, number.adjusted() + 1)
    places = max(0, _GENERAL_DIGITS - 1 - whole) if number.adjusted() >= -4 else -number.adjusted() + 5
    return _plain(_rounded(number, places))


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) if -number.adjusted() < 100 else Decimal(0)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numbered(number: Decimal, laid: _Numeric) -> str:
    scaled = number.scaleb(laid.scale)
    text = f"{abs(_rounded(scaled, laid.most)):{',' if laid.grouped else ''}f}"
    if laid.most > laid.least:
        kept = len(text) - (laid.most - laid.least)
        text = text[:kept] + text[kept:].rstrip("0")
        text = text.rstrip(".")
    if laid.blank and not text.strip("0.,"):
        text = ""
    sign = "-" if scaled < 0 and text.strip("0.,") else ""
    return f"{laid.before}{sign}{text}{laid.behind}".strip()


@lru_cache(512)
def _sections(form: str) -> tuple[str, ...]:
    """The parts of a format for positive numbers, negative ones, zero and text."""
    parts, start, quoted = [], 0, False
    for place, character in enumerate(form):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted and form[place - 1 : place] != "\\":
            parts.append(form[start:place])
            start = place + 1
    return (*parts, form[start:])


@lru_cache(512)
def _numeric(section: str) -> _Numeric | None:
    """A section taken apart; None for fractions and powers, which are shown as plain numbers."""
    if re.search(r"E[+-]", _BARE.sub("", section), re.IGNORECASE) or re.search(r"[#?0]\s*/", section):
        return None
    before, behind, place, scale = "", "", "", 0
    for found in _PIECE.finditer(section):
        quoted, escaped, bracket, _, digits, other = found.groups()
        told = _CURRENCY.match(bracket) if bracket else None
        words = quoted or escaped or (told[1] if told else "") or other or ""
        scale += 2 * (other in ("%", "％"))  # a quoted sign is only printed
        if digits and not place:
            place = digits
        elif digits:
            place += digits
        elif place:
            behind += words
        else:
            before += words
    scale -= 3 * (len(place) - len(place.rstrip(","))) if "." not in place else 0
    whole, _, decimals = place.rstrip(",").partition(".")
    return _Numeric(
        before=before,
        behind=behind,
        least=min(decimals.count("0"), _PLACES),
        most=min(len(decimals.replace(",", "")), _PLACES),
        grouped="," in whole,
        scale=scale,
        placed=bool(place),
        blank="0" not in place,
    )


def _dated(value: float, section: str, *, from_1904: bool) -> str:
    try:
        # Day 60 is the 29th of February 1900, which there was not: days before it are one off, and no plan is that old.
        at = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 — a sheet's days have no zone
        at += timedelta(seconds=round(value * 86400))
    except (OverflowError, ValueError):
        return ""
    pieces: list[str] = []
    tokens = [found.groups() for found in _DATE_PIECE.finditer(section)]
    for place, (quoted, escaped, _, _, token, other) in enumerate(tokens):
        if token:
            pieces.append(_token(token, at, minutes=_is_minutes(tokens, place)))
        else:
            pieces.append(quoted or escaped or other or "")
    return "".join(pieces).strip()


def _is_minutes(tokens: list[tuple[str, ...]], place: int) -> bool:
    before = next((token[4] for token in reversed(tokens[:place]) if token[4]), "") or ""
    after = next((token[4] for token in tokens[place + 1 :] if token[4]), "") or ""
    return before[:1] in ("h", "H") or after[:1] in ("s", "S")


def _token(token: str, at: datetime, *, minutes: bool) -> str:
    kind, width = token[0].lower(), len(token)
    if token.lower() == "am/pm":
        return "AM" if at.hour < 12 else "PM"
    if kind == "上":
        return "上午" if at.hour < 12 else "下午"
    if kind == "a":
        return ("星期" if width > 3 else "") + _WEEK[at.weekday()]
    if kind == "y":
        return f"{at.year:04}" if width > 2 else f"{at.year % 100:02}"
    if kind == "m" and width > 2 and not minutes:
        return f"{at.month}月"
    if kind == "d" and width > 2:
        return f"星期{_WEEK[at.weekday()]}"
    number = {"m": at.minute if minutes else at.month, "d": at.day, "h": at.hour, "s": at.second}[kind]
    return f"{number:0{min(width, 2)}}"
