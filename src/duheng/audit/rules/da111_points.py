"""DA111 A count and what is numbered after it · 数与分条

Tests: a number of points that the text announces (主要考虑四个方面因素; 重点做好九个方面工作) against the points it then numbers:
一是…二是… in the sentences that follow, or the headings （一）（二）… that come next.

Fails: 主要考虑四个方面因素：一是…。二是…。三是…。
Passes: 主要考虑三个方面因素：一是…。二是…。三是…。
Tolerance: none; a row that slips in its numbering (一、二、四) counts by its items and by its last number, and either may fit.
May be wrong: where the points announced are not those numbered next; the finding points to both.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.listed import number
from duheng.audit.numbered import Row, headings, items
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule

_ANNOUNCED = re.compile(
    r"(?P<n>\d{1,2}|[两三四五六七八九十]{1,3})(?:个|大|条|点|项)?(?:主要|重点|突出)?(?P<kind>方面|因素|考虑|突出问题|着力点|任务举措|重点任务|重点工作|举措|环节)"
)

_ALREADY = re.compile(r"(?:方面|因素|环节)$")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where more or fewer points are numbered than announced."""
    rows = sorted((row for row in (*headings(draft.document), *items(draft.document)) if row), key=lambda row: row[0].offset)
    for found in _ANNOUNCED.finditer(draft.document.text):
        row = next((row for row in rows if row[0].offset >= found.end()), None)
        if row is not None and len(row) > 1 and _leads_to(draft, found, row):
            yield from _compare(draft, found, row)


def _leads_to(draft: Draft, found: re.Match[str], row: Row) -> bool:
    """Whether nothing but the end of the sentence, or one more, stands between the count and the first point."""
    words = draft.document.text[found.end() : row[0].offset]
    told = draft.document.text[max(0, found.start() - 30) : found.start()]
    if _ALREADY.search(told):  # 五个方面15项任务: the first count is that of the headings
        return False
    if row[0].value != 1 or words.count("。") > 1 or _ANNOUNCED.search(words) or re.search("等$", told):
        return False
    return "。" in words or "：" in words or "\n" in words


def _compare(draft: Draft, found: re.Match[str], row: Row) -> Iterator[Finding]:
    count = number(found["n"])
    if count in (len(row), max(mark.value for mark in row)):
        return
    listed = "、".join(mark.label for mark in row)
    message = (
        f"文中说“{found.group()}”，其后分条列出的是 {len(row)} 条（{listed}），请核对。",
        f"The text announces “{found.group()}” and then numbers {len(row)} points ({listed}). Check the count.",
    )
    yield pointed(draft, RULE, message, [found.span(), *((mark.offset, mark.end) for mark in row)])


RULE = Rule(
    code="DA111",
    name=("数与分条", "A count and what is numbered after it"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
