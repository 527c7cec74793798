"""DU403 Values that cannot be · 不可能的数值

Tests: a share above 100 %; a fall of more than 100 %; more days than a year has; rank 0; a count below nothing;
more people or households than the nation has; 万 twice before one unit.

Fails: 集体经营性收入超过50万元的村达176%; 死亡人数下降120%; 空气质量优良天数达380天; 居全市第0位; 新增就业71.9亿人; 4.5万万元
Passes: 完成率163.7%, 产销率101%, 毛入学率102%, 拨备覆盖率180%, 保值增值率110%, 增长850% (these may exceed 100 %)
Tolerance: half a unit of the last printed digit.
May be wrong: for a rate measured against a plan or a standard under a name not known here; hence a warning where the name does not
say that it is a share.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft, finding, quantity
from duheng.audit.finding import Finding, Severity
from duheng.audit.interval import Interval
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.audit.same import after, clause_before, printed
from duheng.read import Claim, Measure

# A part of a whole: never above it.
_SHARE = re.compile(
    r"占比|比重|占[^比]{1,20}$|(?:森林|绿化|林木|植被)?覆盖率$|满意[率度]$|合格率$|优良率$|优良比[例率]$|优良天数比[例率]$|达标率$|回收利用率$|安全利用率$|绿地率$|"
    r"城镇化率$|失业率$|参保率$|办结率$|处置率$|整[治改]率$|普及率$|入园率$|巩固率$|公办园|比例$"
)
# Measured against a plan, a standard or last year, and so free to exceed it.
_FREE = re.compile(
    r"完成|产销率|到位率|目标|计划|任务|序时|进度|毛入[学园]率|拨备|流动性|覆盖倍数|保值增值|自给率|杠杆|负债率|存贷比|充足率|保障率|增值|(?:电话|移动|手机|宽带|5G|用户|网络)[^，。]{0,4}普及率|"
    r"渗透率|周转|回报|溢价|置换|相当于|倍|指数|系数|产能利用|负荷|入住率|客座率|上座率|出租率|拉动|贡献率|弹性|超额|收益率|偿|与[^，。]{2,12}比率|履约"
)
_AGAINST = re.compile(r"相当于|(?:上年|去年|同期|计划|目标|预算|原来|定额)的?$")
_NEAR = 6  # characters before the number; further off stand the other names of a list
_YEAR = 366
_NATION = {"人": 1_450_000_000, "名": 1_450_000_000, "户": 600_000_000}  # with room to spare
_WORLD = re.compile(r"全球|世界|各国|国家和地区|人类|用户|粉丝|观众")
_DOUBLED = re.compile(r"\d[余多]?万万[元人户吨件家次名亩]")
_DAYS = re.compile(r"天数|天$|日数")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a value cannot be."""
    for claim in draft.claims:
        if said := _wrong(draft, claim):
            severity, zh, en = said
            message = (
                f"不可能的数值：“{claim.subject}”为{claim.span}，{zh}。请核对。",
                f"{claim.subject} is {claim.span}: {en}. Check it.",
            )
            yield finding(RULE.code, severity, message, [claim], found=(claim.span, claim.span))
    for block in draft.document.blocks:
        for found in _DOUBLED.finditer(block.text) if "万万" in block.text else ():
            message = (
                f"数量单位重复：“{found.group()}”里有两个“万”。请核对是否应为“亿”或“万”。",
                f"“{found.group()}” has 万 twice. Check whether 亿 or 万 is meant.",
            )
            yield pointed(draft, RULE, message, [(block.offset + found.start(), block.offset + found.end())])


def _wrong(draft: Draft, claim: Claim) -> tuple[Severity, str, str] | None:
    bounds = printed(claim)
    if bounds is None:
        return None
    if claim.measure is Measure.RANK:
        return (Severity.ERROR, "位次从第1起", "ranks begin at 1") if claim.value < 1 else None
    if claim.unit in ("%", "‰", "成"):
        return _wrong_rate(draft, claim, bounds)
    if _is_of_days(claim) and abs(claim.value) > _YEAR and "/" not in claim.period:
        return Severity.ERROR, "一年没有这么多天", "a year has fewer days"
    if _is_beyond_the_nation(claim, bounds):
        return Severity.ERROR, "全国也没有这么多", "the whole nation has fewer"
    if claim.measure is Measure.LEVEL and claim.value < 0 and _is_counted(claim):
        return Severity.ERROR, "数量不会小于零", "a count is never below nothing"
    return None


def _wrong_rate(draft: Draft, claim: Claim, bounds: Interval) -> tuple[Severity, str, str] | None:
    if bounds.low < 1:
        return None
    if claim.measure is Measure.GROWTH and claim.value < 0 and bounds.low > 1:
        return Severity.ERROR, "降幅不会超过100%", "nothing falls by more than 100 %"
    words = clause_before(draft, claim)[-_NEAR:] + claim.subject
    if (
        claim.measure not in (Measure.SHARE, Measure.COMPLETION)
        or bounds.low <= 1
        or _FREE.search(words)
        or _AGAINST.search(words)
    ):
        return None
    if after(draft, claim, 2).startswith("以上") or bounds.high <= 1:
        return None
    sure = Severity.ERROR if _SHARE.search(claim.subject) else Severity.WARNING
    return sure, "部分不会超过整体的100%", "a part is never more than 100 % of its whole"


def _is_beyond_the_nation(claim: Claim, bounds: Interval) -> bool:
    """Whether more people or households are counted than the nation has; times (人次) are no people."""
    most = _NATION.get(claim.unit.lstrip("十百千万亿"))
    return most is not None and bounds.low > most and not _WORLD.search(claim.sentence)


def _is_of_days(claim: Claim) -> bool:
    return claim.unit == "天" and bool(_DAYS.search(claim.subject)) and claim.measure is Measure.LEVEL


def _is_counted(claim: Claim) -> bool:
    found = quantity(claim)
    return found is not None and found.unit.dimension in ("count", "people", "area", "length")


RULE = Rule(
    code="DU403",
    name=("不可能的数值", "Values that cannot be"),
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
