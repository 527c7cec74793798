"""DS504 Which of a series · 届次不连

Tests: events that are counted (首届, 第三届 …) under one name. In one half of the report the count must agree; the plan's must be
that of the look back or a later one.

Fails: “第四届荷花文化节” in one place and “第五届荷花文化节” in another of the same part; 第六届 held, 第五届 to come.
Passes: 第七届 held last year, 第八届 to come; sessions of a congress, which are counted by other rules.
May be wrong: where two rounds of one event fell into one year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.numbered import number
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.audit.year import Years

_COUNTED = re.compile(
    r"(?:第(?P<n>[一二三四五六七八九十]{1,4}|\d{1,3})|(?P<first>首))届(?=(?P<name>[“一-鿿·—A-Za-z（）()]{2,24}))"
)
_CONGRESS = re.compile(r"人民代表|人大|政协|全会|[一二三四五六七八九十]中|委员|党代|代表大会|政府")
_NAME_ENDS = re.compile(
    r"[“（(]?.*?(?:大会|博览会|交易会|洽谈会|洽会|进博会|西博会|投洽会|峰会|论坛|年会|展会|运动会|运会|艺术节|文化节|购物节|旅游节|家节|节|赛|联赛|锦标赛|挑战赛"
    r"|公开赛|大奖|奖|广交会|服贸会|展|会)(?!务|议|员|场|计)"
)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Held:
    name: str
    count: int
    offset: int
    end: int
    half: str


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where one event is counted in ways that exclude each other."""
    held = list(_all(draft))
    for left, right in combinations(held, 2):
        if left.count != right.count and _same(left.name, right.name) and _clash(left, right):
            yield _finding(draft, right, left)


def _all(draft: Draft) -> Iterator[_Held]:
    years = Years.of(draft)
    for block in draft.document.blocks:
        for found in _COUNTED.finditer(block.text):
            ended = _NAME_ENDS.match(found["name"])
            name = re.sub(r"[“”（）()]", "", ended.group() if ended else "")
            if len(name) < _LEAST or _CONGRESS.search(found["name"][:8]):
                continue
            offset = block.offset + found.start()
            half = "plan" if years.plans(offset) else "past" if years.looks_back(offset) else ""
            end = block.offset + found.start("name") + len(ended.group() if ended else "")
            yield _Held(name, 1 if found["first"] else number(found["n"]), offset, end, half)


def _same(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return left == right or (len(short) > _LEAST and long.endswith(short))


def _clash(left: _Held, right: _Held) -> bool:
    if left.half == right.half:
        return True
    before, after = (left, right) if left.half == "past" else (right, left)
    return bool(before.half and after.half) and after.count < before.count


def _finding(draft: Draft, held: _Held, other: _Held) -> Finding:
    text = draft.document.text
    here, there = text[held.offset : held.end], text[other.offset : other.end]
    return pointed(
        draft,
        RULE,
        (
            f"同一活动届次不一：此处为“{here}”，另一处为“{there}”。请核对届次。",
            f"One event is counted in two ways: “{here}” here, “{there}” elsewhere. Check which it is.",
        ),
        [(held.offset, held.end), (other.offset, other.end)],
    )


RULE = Rule(code="DS504", name=("届次不连", "Which of a series"), severity=Severity.WARNING, check=check, page=__doc__)
