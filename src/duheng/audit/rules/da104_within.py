"""DA104 What cannot exceed what · 部分与总量的大小

Tests: pairs of numbers that stand side by side and whose words alone say which must be the smaller: what was added in the year
against the stock (新增249家，累计达785家), a year's investment against a project's total (总投资、年度计划投资), what an owner's
output, value added, profit and tax may come to in one list (亩均产值、税收、增加值), what was recovered of assets put to use.

Fails: 新增科技型企业249家，累计达185家。 A stock cannot be smaller than what was added to it.
Passes: 新增科技型企业249家，累计达785家。
Tolerance: the rounding of the printed digits; an open bound (以上, 超) is taken at its word.
May be wrong: where the two numbers count different things under like names; the finding prints both with their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from duheng import pattern as re
from duheng.audit.around import before, between
from duheng.audit.draft import Draft, finding, interval
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.same import pairs
from duheng.audit.stock import additions
from duheng.read import Claim, Measure

_TOTAL = re.compile(r"(?:计划)?总投资(?:额)?(?:约|达|超|近)?$")
_YEARLY = re.compile(r"^(?:年度|当年|今年|本年|全年|年内)(?:计划)?(?:完成)?投资(?:额)?(?:约|达|超|近)?$")


# Of one owner, the second is taken out of the first: output, then value added or profit, then tax.
_WITHIN = (
    (re.compile(r"(?:总产值|产值)$"), re.compile(r"(?:增加值|税收|利润(?:总额)?)$")),
    (re.compile(r"(?:营业收入|营收)$"), re.compile(r"(?:利润(?:总额)?|税收)$")),
    (re.compile(r"增加值$"), re.compile(r"税收$")),
    (re.compile(r"盘活[^，。；]{0,8}资产$"), re.compile(r"盘活回收资金$")),
)


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where the smaller of two numbers, by their words, is the greater."""
    for claims in draft.sentences:
        levels = [c for c in claims if c.measure is Measure.LEVEL and not draft.in_table(c)]
        yield from _stocks(draft, levels)
        yield from _investments(draft, levels)
        yield from _taken_out(levels)


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


def _taken_out(levels: Sequence[Claim]) -> Iterator[Finding]:
    for one, other in pairs(levels):
        for great, small in ((one, other), (other, one)):
            if _is_taken_out(great, small) and _exceeds(small, great):
                message = (
                    f"{small.subject}{small.span} 大于 {great.subject}{great.span}，而前者应在后者之内，请核对。",
                    f"{small.span} ({small.subject}) exceeds {great.span} ({great.subject}), of which it is taken. Check both.",
                )
                yield _finding(message, great, small)


def _is_taken_out(great: Claim, small: Claim) -> bool:
    for over, under in _WITHIN:
        if over.search(great.subject) and under.search(small.subject):
            owners = over.sub("", great.subject), under.sub("", small.subject)
            return owners[0] == owners[1] and (great.period, great.role) == (small.period, small.role)
    return False


def _exceeds(small: Claim, great: Claim) -> bool:
    low, high = interval(small), interval(great)
    return low is not None and high is not None and low.low > high.high


def _finding(message: tuple[str, str], *claims: Claim) -> Finding:
    return finding(RULE.code, Severity.ERROR, message, claims)


RULE = Rule(
    code="DA104", name=("部分与总量的大小", "What cannot exceed what"), severity=Severity.ERROR, check=check, page=__doc__
)
