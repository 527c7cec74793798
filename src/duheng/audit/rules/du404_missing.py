"""DU404 A rate without its unit · 增长率缺少单位

Tests: a number right behind 增长, 下降, 占比 and the like, with decimals, that ends its clause without a unit.

Fails: 同比增长5.8，
Passes: 分别增长8.4、9.1和6.7个百分点 (a list whose last member carries the unit); 增长5.8%
Tolerance: none.
May be wrong: in a list that is broken over two lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule
from duheng.read import BlockKind

_BARE = re.compile(
    r"(?:增长|下降|上涨|占比|比重|完成率|覆盖率|参保率)(?:达到?|为|约|近|超)?(?P<number>\d+\.\d+)(?=[，。；、）]|$)", re.MULTILINE
)
_GOES_ON = re.compile(r"^(?:[、，和及与]{1,2}\d+(?:\.\d+)?)+\s*(?:[%％‰倍]|个?百分点)")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a rate has no unit."""
    for block in draft.document.blocks:
        if block.kind is BlockKind.CELL:
            continue
        for found in _BARE.finditer(block.text):
            if not _GOES_ON.match(block.text[found.end() :]):
                start = block.offset + found.start("number")
                yield _missing(draft, Spot(offset=start, end=block.offset + found.end()), found.group())


def _missing(draft: Draft, spot: Spot, words: str) -> Finding:
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        message=(f"“{words}”后面缺少单位（%？）。", f"The number of “{words}” has no unit (%?)."),
        spots=(spot,),
        sentence=draft.sentence_at(spot.offset),
    )


RULE = Rule(
    code="DU404",
    name=("增长率缺少单位", "A rate without its unit"),
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
