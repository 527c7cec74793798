"""DU402 % for 百分点 · 百分号与百分点混用

Tests: a distance between two rates (低于目标, 快于全国, 占比…、提高) that is printed in %; a growth or a share itself that is printed
in 百分点; and % beside 百分点 in one list of rates.

Fails: 增长5.4%，低于年初目标0.6%; 占比提高1.8%; 地区生产总值增长5.8个百分点; 涨幅2个百分点; 分别增长7%、14.4个百分点
Passes: 增长5.4%，低于年初目标0.6个百分点; 占比提高1.8个百分点; 拉动经济增长2.1个百分点; 融资成本下降0.5个百分点
Tolerance: none; a distance as large as the rate beside it is let pass, for it may be a ratio (收入…，高于全国20%).
May be wrong: where a rate is said to have grown by a share of itself (发病率5%，下降2% of it); write 降幅 then.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from duheng import pattern as re
from duheng.audit.draft import Draft, finding
from duheng.audit.finding import Finding, Severity
from duheng.audit.rule import Rule
from duheng.audit.same import clause_before
from duheng.read import Claim, Measure

_POINTS = ("百分点", "个百分点")
_DISTANCE = re.compile(
    r"(?:低于|高于|快于|慢于|高出|^(?:均|分别|仍|也)?[高低]|超过|优于|好于|领先|落后于?)[^，。；、\d]{0,8}"
    r"(?:目标|预期|计划|平均|水平|全国|全省|全市|全区|全县|增速|上年|去年|同期|时期)[^，。；、\d]{0,6}$|比[^，。；、\d]{2,10}[高低快慢]$"
)
_MOVED = re.compile(r"(?:提高|提升|上升|回升|增加|扩大|下降|降低|回落|减少|收窄|下滑)了?$")
_IS_A_LEVEL = re.compile(r"生产率|费率|效率|汇率|税率|利率|发[病案]率|死亡率|事故率|投诉率|下降率|增长率|降低率")
_IS_A_RATE = re.compile(r"(?:率|占比|比重|比例)$")
# Beside these a number of points is what is meant: what is said of a rate, or of a distance.
_OF_RATES = re.compile(
    r"率|比重|占比|比例|增速|增幅|涨幅|降幅|强度|份额|程度|贡献|拉动|带动|推动|影响|差|高|低|快|慢|领先|落后|优于|好于|水平|指数|成本|集中度|依存度"
)
_GROWTH_ITSELF = re.compile(r"(?:增速|涨幅|增幅)(?:控制在|保持在|达到?|为|约)*$")
_REACHED = re.compile(r"(?:达到?|为|提高[到至]|提升[到至]|上升[到至]|增[到至])$")
_JOINT = re.compile(r"[、，]?[和及与]?")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where % stands for points, or points for %."""
    for claims in draft.sentences:
        for before, claim in pairwise((None, *claims)):
            if claim and (said := _wrong(draft, before, claim)):
                yield _finding(claim, right=said[0], why=said[1:])


def _wrong(draft: Draft, before: Claim | None, claim: Claim) -> tuple[str, str, str] | None:
    """The unit that a number should have, and what the number tells, in both languages."""
    if claim.unit == "%" and before and _is_a_distance_in_percent(draft, before, claim):
        return "个百分点", "两个比率之差", "the distance between two rates"
    if claim.unit == "%" and _is_a_moved_rate(draft, claim):
        return "个百分点", "比率的升降", "by how much a rate moved"
    if claim.unit in _POINTS and _is_a_rate_in_points(draft, claim):
        return "%", "增长率或比重本身", "a growth rate or a share itself"
    if before and _are_one_list(draft, before, claim):
        return before.unit, "与前一个数同列的比率", "a rate of the same list as the number before it"
    return None


def _is_a_distance_in_percent(draft: Draft, before: Claim, claim: Claim) -> bool:
    rates = (Measure.GROWTH, Measure.SHARE, Measure.COMPLETION)
    if before.unit != "%" or before.measure not in rates or abs(claim.value) >= abs(before.value):
        return False
    words = clause_before(draft, claim).rpartition("、")[2]
    if _DISTANCE.search(words):
        return True
    moved = before.measure is Measure.SHARE and claim.measure is Measure.GROWTH and claim.subject == before.subject
    named = _IS_A_RATE.search(claim.subject)  # told as a moved rate by its own name
    return moved and not named and bool(_MOVED.search(words)) and not _IS_A_LEVEL.search(claim.subject)


def _are_one_list(draft: Draft, before: Claim, claim: Claim) -> bool:
    """Whether two numbers stand side by side, one in % and one in points, behind one verb."""
    units = {before.unit, claim.unit}
    between = draft.document.text[before.end : claim.offset]
    return "%" in units and bool(units & set(_POINTS)) and bool(_JOINT.fullmatch(between))


def _is_a_moved_rate(draft: Draft, claim: Claim) -> bool:
    if claim.measure is not Measure.GROWTH or not _IS_A_RATE.search(claim.subject) or _IS_A_LEVEL.search(claim.subject):
        return False
    return bool(_MOVED.search(clause_before(draft, claim)))


def _is_a_rate_in_points(draft: Draft, claim: Claim) -> bool:
    words = clause_before(draft, claim)
    if _GROWTH_ITSELF.search(words):
        return True
    if not _OF_RATES.search(words + claim.subject):
        return True
    shares = re.search(r"(?:占比|比重|率|比例)[^，。；、\d]{0,3}$", _REACHED.sub("", words))
    return bool(_REACHED.search(words) and shares) and not re.search(r"差|高|低|快|慢|领先|拉动", words)


def _finding(claim: Claim, *, right: str, why: tuple[str, str]) -> Finding:
    return finding(
        RULE.code,
        RULE.severity,
        (
            f"单位应为“{right}”：“{claim.span}”说的是{why[0]}（{claim.subject}）。请核对。",
            f"“{claim.span}” tells {why[1]} ({claim.subject}): its unit should be {right}.",
        ),
        [claim],
        expected=(right, right),
        found=(claim.unit, claim.unit),
    )


RULE = Rule(
    code="DU402",
    name=("百分号与百分点混用", "% for percentage points"),
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
