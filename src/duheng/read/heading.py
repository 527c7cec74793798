"""What the heading of a column of a plan table says: year, role, quarter, town or office, unit, level or growth."""

from __future__ import annotations

from dataclasses import dataclass, replace

from duheng import measure
from duheng import pattern as re
from duheng.errors import UnitUnknown

PLAN, ACTUAL, ESTIMATE = "plan", "actual", "estimate"

# Digits, letters and the signs of numbers; brackets and stops are Chinese writing's own.
_WIDE = {**{code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}}
_WIDE |= str.maketrans("％．／＋－＝＜＞～", "%./+-=<>~")

_PLAN = re.compile(r"目标|计划|预期(?!完成)|建议|安排|预计增长|奋斗|任务数?$|指标值")
_ESTIMATE = re.compile(r"预计(?!增长)|预期完成|估计|快报|初步")
_ACTUAL = re.compile(r"完成|实际|执行|实绩|实现|现状|基期|基数")
_AIMED = re.compile(r"目标|计划(?!完成)|任务")
_YEAR = re.compile(r"(20\d\d)\s*年?|([本今当上去])年")
_GROWTH = re.compile(r"增速|增长|增幅|同比|比上年|较上年|±%")
_LEVEL = re.compile(r"绝对[值额数量]|总[量额值]|数值|规模")
_IDLE = re.compile(r"完成率|完成比|完成情况$|占.{0,8}比[重例]?|完成.{0,4}%|备注|说明|依据|来源|排名|位次$|序号|编号")
_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]")
_PERIODS = (
    ("01..09", re.compile(r"前三季度|(?:三|3)季度(?:末)?累计|1[-—–~至]+9月")),
    ("H1", re.compile(r"上半年|(?:二|2)季度(?:末)?累计|1[-—–~至]+6月|双过半")),
    ("H2", re.compile(r"下半年|7[-—–~至]+12月")),
    ("Q1", re.compile(r"(?:一|1)季度|1[-—–~至]+3月|Q1")),
    ("Q2", re.compile(r"(?:二|2)季度|4[-—–~至]+6月|Q2")),
    ("Q3", re.compile(r"(?:三|3)季度|7[-—–~至]+9月|Q3")),
    ("Q4", re.compile(r"(?:四|4)季度|10[-—–~至]+12月|Q4")),
)
_MONTHS = re.compile(r"1[-—–~至]+(?P<month>1?\d)月")
_PART = re.compile(r"[一-鿿“”A-Za-z·]{1,18}(?:镇|乡|街道|街|苏木|区|县|市|旗|州|林场|农场|局|委|办|公司|集团|中心)")
_COMPARED = re.compile(r"[比较](?:20\d\d|[上去])年(?:同期|实际|完成)?(?=增|提|±|下|[（(]?%)")  # 比上年增长: no year of its own
_WHOLE = re.compile(r"全年(?:合计|累计)?|合计|总计|全[国省市区县州旗]|总目标|年度目标")
_NO_PART = re.compile(r"地区|区域|辖区|镇街|乡镇|区县|县市|单位|部门|城市|指标")
_WORDS = re.compile(r"地区生产|增加值|投资|收入|总额|就业|消费|支出|面积|产量|人口|进出口|率$|比重|强度|指数|数量?$|额$|值$|量$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a heading says of the cells below it; what it leaves unsaid is empty and may be said by another heading."""

    year: int = 0
    role: str = ""  # PLAN, ACTUAL, ESTIMATE
    period: str = ""  # "" the whole year, else a period without its year: Q1, H1, 01..09
    part: str = ""  # a town, street or office
    growth: bool = False
    level: bool = False
    unit: str = ""
    whole: bool = False  # 合计, 全区: the place itself beside its parts

    def over(self, below: Heading) -> Heading:
        """This heading with what it leaves unsaid taken from `below`."""
        return replace(
            self,
            year=self.year or below.year,
            role=self.role or below.role,
            period=self.period or below.period,
            part=self.part or below.part,
            growth=self.growth or below.growth,
            level=self.level or below.level,
            unit=self.unit or below.unit,
            whole=self.whole or below.whole,
        )

    @property
    def tells(self) -> bool:
        """Whether it says which cells stand below it at all."""
        return bool(self.year or self.role or self.period or self.part or self.growth or self.level or self.whole)


def heading(text: str, *, year: int) -> Heading | None:
    """What a heading says in a plan for `year`; None where its column holds something else (remarks, completion rates).

    >>> heading("2025年计划一季度（亿元）", year=2025)
    Heading(year=2025, role='plan', period='Q1', part='', growth=False, level=False, unit='亿元', whole=False)
    """
    text = squeeze(text)
    unit = next((found for found in _BRACKET.findall(text) if is_unit(found)), "")
    bare = _BRACKET.sub(lambda found: "" if is_unit(found[1]) else found[0], text)
    bare = _COMPARED.sub("同比", bare)
    role = _role(bare)
    if _IDLE.search(bare) and not (role and not re.search(r"率|情况$|比", bare)):
        return None
    growth = bool(_GROWTH.search(bare))
    return Heading(
        year=_year(bare, year=year),
        role=role or (PLAN if growth and "预计" in bare else ""),
        period=_period(bare),
        part=_part(bare),
        growth=growth,
        level=bool(_LEVEL.search(bare)),
        unit=unit or ("%" if growth and "%" in bare else ""),
        whole=bool(_WHOLE.fullmatch(bare)),
    )


def is_bare_year(text: str) -> bool:
    """Whether the heading is a year and nothing else."""
    return bool(_YEAR.fullmatch(_BRACKET.sub("", squeeze(text))))


def squeeze(text: str) -> str:
    """The text of a cell without the spaces and line breaks that only lay it out, digits and letters of one width."""
    return re.sub(r"\s+", "", text).translate(_WIDE)


def is_unit(text: str) -> bool:
    """Whether `text` is a unit of measurement alone."""
    try:
        return bool(text) and measure.unit(text) is not None
    except UnitUnknown:
        return False


def is_part(text: str) -> bool:
    """Whether `text` names a town, a street, a district or an office."""
    return bool(_part(squeeze(text)))


def _role(text: str) -> str:
    if _ESTIMATE.search(text) and not _AIMED.search(text):
        return ESTIMATE
    if _ACTUAL.search(text) and not _AIMED.search(text):
        return ACTUAL
    return PLAN if _PLAN.search(text) else ""


def _year(text: str, *, year: int) -> int:
    found = _YEAR.search(text)
    if not found:
        return 0
    if found[1]:
        return int(found[1])
    return year if found[2] in "本今当" else year - 1


def _period(text: str) -> str:
    for period, pattern in _PERIODS:
        if pattern.search(text):
            return period
    months = _MONTHS.search(text)
    return f"01..{int(months['month']):02d}" if months and 1 < int(months["month"]) < 12 else ""


def _part(text: str) -> str:
    """The town or office at the end of a heading: behind 2025年计划, or alone."""
    named = re.sub(r"^.*?(?:目标|计划|完成|任务数?|20\d\d年)(?=.{2})", "", text)
    fits = _PART.fullmatch(named) and not (_WHOLE.search(named) or _NO_PART.search(named) or _WORDS.search(named))
    return named if fits else ""
