"""DS505 Dates that cannot be · 不存在的日期和时段

Tests: months beyond 12 and days that their month does not have; a fifth quarter; a span of months that ends before it begins.

Fails: 2月30日; 13月; 五季度; 9—3月 within one year.
Passes: 2月29日 where the year is not told; 11月至次年3月.
May be wrong: hardly.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule

_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?<![\d.])(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_QUARTER = re.compile(r"(?<![第十])(?:第?[五六七八九]|(?<!\d)[05-9])季度")
_SPAN = re.compile(r"(?<![\d月日年.])(?P<from>\d{1,2})\s*[—\-–~至]+\s*(?P<to>\d{1,2})月(?!\d)")
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a date or quarter does not exist."""
    for block in draft.document.blocks:
        for pattern, fails in ((_DATE, _no_date), (_QUARTER, _always), (_SPAN, _backwards)):
            for found in pattern.finditer(block.text):
                if fails(found):
                    span = (block.offset + found.start(), block.offset + found.end())
                    shown = found.group()
                    yield pointed(
                        draft,
                        RULE,
                        (f"“{shown}”不存在，请核对日期或时段。", f"“{shown}” does not exist. Check the date or the period."),
                        [span],
                    )


def _no_date(found: re.Match[str]) -> bool:
    month, day = int(found["month"]), int(found["day"] or 1)
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month]:
        return True
    year = int(found["year"] or 0)
    return month == 2 and day == 29 and bool(year) and (year % 4 != 0 or (year % 100 == 0 and year % 400 != 0))


def _always(found: re.Match[str]) -> bool:
    return bool(found)


def _backwards(found: re.Match[str]) -> bool:
    return int(found["to"]) < int(found["from"]) <= 12


RULE = Rule(code="DS505", name=("不存在的日期", "Dates that cannot be"), severity=Severity.ERROR, check=check, page=__doc__)
