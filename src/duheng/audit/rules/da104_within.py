"""DA104 What cannot exceed what · 部分与总量的大小

Tests: pairs of numbers that stand side by side and whose words alone say which must be the smaller: what was added in the year
against the stock (新增249家，累计达785家), a year's investment against a project's total (总投资、年度计划投资), those with a
permit, an upgrade or a loan against all of them where the same noun says so.

Fails: 新增科技型企业249家，累计达185家。 A stock cannot be smaller than what was added to it.
Passes: 新增科技型企业249家，累计达785家。
Tolerance: the rounding of the printed digits; an open bound (以上, 超) is taken at its word.
May be wrong: where the two numbers count different things under like names; the finding prints both with their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from duheng.audit.around import before, between
from duheng.audit.draft import Draft, finding, interval
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.stock import additions
from duheng.read import Claim, Measure

_TOTAL = re.compile(r"(?:计划)?总投资(?:额)?(?:约|达|超|近)?$")
_YEARLY = re.compile(r"^(?:年度|当年|今年|本年|全年|年内)(?:计划)?(?:完成)?投资(?:额)?(?:约|达|超|近)?$")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where the smaller of two numbers, by their words, is the greater."""
    for claims in draft.sentences:
        levels = [c for c in claims if c.measure is Measure.LEVEL and not draft.in_table(c)]
        yield from _stocks(draft, levels)
        yield from _investments(draft, levels)


def _stocks(draft: Draft, levels: Sequence[Claim]) -> Iterator[Finding]:
    for added, stock in additions(draft, levels):
        if not _exceeds(added, stock):
            continue
        message = (
            f"当年新增 {added.span}（{added.subject}）大于累计或总量 {stock.span}（{stock.subject}），请核对。",
            f"More was added in the year ({added.span}, {added.subject}) than there is in all ({stock.span}). Check both.",
        )
        yield _finding(message, added, stock)


def _investments(draft: Draft, levels: Sequence[Claim]) -> Iterator[Finding]:
    for total, year in pairwise(levels):
        words = before(draft, total, marks="，；。：（、"), before(draft, year, marks="，；。：（、")
        paired = _TOTAL.search(words[0]) and _YEARLY.search(words[1]) and "；" not in between(draft, total, year)
        if paired and _exceeds(year, total):
            message = (
                f"一年的投资 {year.span} 大于总投资 {total.span}（{total.subject}），请核对。",
                f"One year's investment, {year.span}, exceeds the total investment, {total.span} ({total.subject}). Check both.",
            )
            yield _finding(message, total, year)


def _exceeds(small: Claim, great: Claim) -> bool:
    low, high = interval(small), interval(great)
    return low is not None and high is not None and low.low > high.high


def _finding(message: tuple[str, str], *claims: Claim) -> Finding:
    return finding(RULE.code, Severity.ERROR, message, claims)


RULE = Rule(
    code="DA104", name=("部分与总量的大小", "What cannot exceed what"), severity=Severity.ERROR, check=check, page=__doc__
)
