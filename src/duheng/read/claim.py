"""A claim: one number of a document, with what it says and where it says it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a number tells about its subject."""

    LEVEL = "level"
    GROWTH = "growth"
    SHARE = "share"
    RANK = "rank"
    CHANGE = "change"
    COMPLETION = "completion"
    MULTIPLE = "multiple"


class Role(StrEnum):
    """Whether the number tells what was, or what is aimed at."""

    ACTUAL = "actual"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One number with its sentence, place, subject, measure, period and role.

    `document.text[offset:offset + len(span)]` is `span`. `value` is in `unit` as written (万 and 亿 stay in `unit`), signed by
    meaning (下降9.5% is −9.5); `value2` is the upper end of a range. `comparator` is one of `= >= > <= < ≈ range`. `period` is
    an ISO-like label: "2024", "2025-end", "2021/2025", "2024-Q1". `of` is the offset of the claim it is a part of.
    `digits` counts decimals as printed, so that the rounding interval of the number can be told.
    """

    offset: int
    span: str
    sentence: str
    sentence_offset: int
    subject: str
    value: Decimal
    value2: Decimal | None = None
    unit: str
    measure: Measure
    comparator: str
    period: str
    role: Role
    of: int | None = None
    digits: int = 0

    @property
    def end(self) -> int:
        """Offset just behind the number."""
        return self.offset + len(self.span)
