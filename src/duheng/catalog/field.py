"""The type of each field of a catalog entry, and what is said when a value does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from duheng import pattern as re


class Refused(ValueError):
    """A value that its field cannot hold, said in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        self.en, self.zh = en, zh
        super().__init__(en)


def text(value: object) -> str:
    """Words, not empty."""
    if not isinstance(value, str) or not value.strip():
        raise Refused("it must be text and not empty.", "应为非空文字。")
    return value


def texts(value: object) -> tuple[str, ...]:
    """A list of words."""
    if not isinstance(value, list):
        raise Refused("it must be a list, as in [甲, 乙].", "应为列表，如 [甲, 乙]。")
    return tuple(text(item) for item in value)


def day(value: object) -> date:
    """A date as 2025-01-31."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text(value), re.ASCII):
        raise Refused(f"“{value}” is not a date; write it as 2025-01-31.", f"“{value}”不是日期，请写成 2025-01-31。")
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Refused(f"“{value}” is not a day of the calendar.", f"“{value}”这一天不存在。") from error


def code(value: object) -> str:
    """An ASCII code: small letters, digits, _ and dots."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", text(value)):
        raise Refused(
            f"“{value}” is not a code; use small letters, digits, _ and dots.",
            f"“{value}”不是合法代码，只能用小写字母、数字、下划线和点。",
        )
    return str(value)


def _scale(value: object) -> Decimal:
    try:
        number = Decimal(text(value))
    except InvalidOperation as error:
        raise Refused(f"“{value}” is not a number.", f"“{value}”不是数。") from error
    if not number.is_finite() or number <= 0:
        raise Refused(f"“{value}” is not above 0.", f"“{value}”应大于 0。")
    return number


def _number(value: object) -> Decimal:
    try:
        number = Decimal(text(value))
    except InvalidOperation as error:
        raise Refused(f"“{value}” is not a number.", f"“{value}”不是数。") from error
    if not number.is_finite():
        raise Refused(f"“{value}” is not a number.", f"“{value}”不是数。")
    return number


def _numbers(value: object) -> tuple[Decimal, ...]:
    if not isinstance(value, list):
        raise Refused('it must be a list of numbers, as in ["0.25", "0.7"].', '应为数的列表，如 ["0.25", "0.7"]。')
    return tuple(_number(item) for item in value)


def _not_negative(value: object) -> Decimal:
    return Decimal(0) if value == "0" else _scale(value)


def _count(value: object) -> int:
    if not re.fullmatch(r"\d{1,6}", text(value), re.ASCII):
        raise Refused(f"“{value}” is not a whole number.", f"“{value}”不是整数。")
    return int(str(value))


def _days(value: object) -> int:
    if not re.fullmatch(r"\d{1,4}", text(value), re.ASCII):
        raise Refused(f"“{value}” is not a whole number of days.", f"“{value}”不是整数天数。")
    return int(str(value))


def _one_of(*allowed: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in allowed:
            known_en, known_zh = ", ".join(allowed), "、".join(allowed)
            raise Refused(f"“{value}” is unknown; use one of {known_en}.", f"“{value}”未知，可用：{known_zh}。")
        return str(value)

    return read


def _flag(value: object) -> bool:
    return _one_of("true", "false")(value) == "true"


def _share(value: object) -> Decimal:
    share = _not_negative(value)
    if share > 1:
        raise Refused(f"“{value}” is above 1; write 30 % as 0.3.", f"“{value}”大于 1，百分之三十请写成 0.3。")
    return share


def _month_day(value: object) -> str:
    """A day of any year as 09-30."""
    day(f"2025-{text(value)}")
    return str(value)


READERS: Mapping[str, Callable[[object], object]] = {
    "aliases": texts,
    "unit_variants": texts,
    "day": day,
    "from": day,
    "to": day,
    "scale": _scale,
    "lag": _days,
    "fall": _flag,
    "verified": _flag,
    "yellow": _not_negative,
    "red": _not_negative,
    "yellow_included": _flag,
    "red_included": _flag,
    "slack": _not_negative,
    "file_days": _days,
    "answer_days": _days,
    "lead": _not_negative,
    "trail": _not_negative,
    "cuts": _numbers,
    "grades": texts,
    "graded_by": _one_of("share", "score", "rank"),
    "weight": _scale,
    "baseline": _scale,
    "cap": _scale,
    "floor": _number,
    "bonus_most": _scale,
    "penalty_most": _scale,
    "size": _one_of("above", "below"),
    "baseline_of": _one_of("fixed", "mean", "total", "last_year"),
    "missing": _one_of("refuse", "zero", "mean"),
    "negative": _flag,
    "adjusts": _flag,
    "exempt": texts,
    "adjust": texts,
    "effect": _one_of("no_grade", "points", "raise", "lower", "at_most"),
    "points": _number,
    "least": _not_negative,
    "low": _number,
    "high": _number,
    "cut": _not_negative,
    "indicators": texts,
    "measures": texts,
    "units": texts,
    "parts": texts,
    "sectors": texts,
    "regions": texts,
    "words": texts,
    "ceiling": _share,
    "spend_months": _count,
    "repaid": _flag,
    "deadline": _month_day,
    "asks": _one_of("sector_in", "sector_out", "negative", "ceiling", "gate", "revenue", "cover", "library", "region"),
    "check": _one_of("range", "falls", "jump", "sum", "share", "growth"),
    "severity": _one_of("error", "warning"),
    "amount": _not_negative,
    "holds": _one_of("seq", "name", "text", "approval", "nature", "span", "date", "money", "flag", "stage", "number"),
    "needed_for": _one_of("started", "under_construction", "completed"),
    "met": _count,
    "of": _count,
    "behind": _one_of("green", "yellow"),
    "counts": _one_of("start", "library", "funds", "bonds", "stall"),
    "window": _count,
    "looks_at": _one_of("lag", "ratio", "growth", "chance"),
    "measure": _one_of("level", "growth", "share", "rank", "change", "completion", "multiple"),
    "polarity": _one_of("higher", "lower", "neutral"),
    "frequency": _one_of("month", "quarter", "half", "year"),
    "basis": _one_of("nominal", "comparable_price", "comparable_scope", "none"),
}
"""The reader of each field by its name in the files; a field not named here holds words."""
