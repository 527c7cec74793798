"""What the head of a column or row says: the name of something, how it is measured, in which unit, and of when.

Offices write all of it into one cell: 货币供应量（亿元）, 累计比去年同期±%, 1—12月平均, 上年同月=100, Indices of … (preceding year=100).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from duheng import pattern as re
from duheng.collect.when import When, when
from duheng.measure import SeriesMeasure

_SPACE = re.compile(r"[\s\xa0\u2002\u3000]+")
_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]")
_UNIT_LINE = re.compile(r"^[（(]?\s*(?:计量)?单位\s*[：:]\s*(.+?)[）)]?$")
_BASE = re.compile(
    r"(上月|上年同月|上年同期|上年同季|上年|上季|上期|基期|\d{4}年?)\s*[=＝]\s*100"
    r"|(preceding (?:year|month|period)|same (?:month|period) of (?:the )?(?:preceding|last) year)\s*=\s*100",
    re.IGNORECASE,
)
_ENGLISH_BASES = {"preceding year": "上年同期=100", "preceding month": "上月=100", "preceding period": "上期=100"}
_ENGLISH_UNITS = {
    "100 million yuan": "亿元", "10 000 yuan": "万元", "10000 yuan": "万元", "10,000 yuan": "万元", "yuan": "元",
    "10 000 persons": "万人", "persons": "人", "percent": "%", "％": "%", "±％": "%", "±%": "%", "(%)": "%",
}  # fmt: skip
_UNIT = re.compile(
    r"[%％‰]|(?:个)?百分点"
    r"|[十百千万亿]*(?:元|美元|人次|人|户|家|件|个|吨|公顷|亩|平方米|平方公里|公里|千瓦时|度|天|辆|台|套|张|立方米|吨标准煤"
    r"|微克/立方米)(?:/[一-鿿]{1,4}|人民币)?"
)
_TAIL_PERCENT = re.compile(r"\s*±?\s*[%％]$")
# 本月累计, 本月止累计, 截至本月累计: from January on, whatever month is named.
_TO_DATE = r"(?:自年初|年初至今|本年|(?:截至|截止|至)?(?:本|当)[月季期](?:止|末)?)?累计"
# The longest first: each names a measure wherever it stands in a head.
_MEASURES: tuple[tuple[re.Pattern[str], SeriesMeasure], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), measure)
    for pattern, measure in (
        (_TO_DATE + r"(?:比|较)?(?:去年|上年)?(?:同期)?(?:同比)?(?:增长|增速|增减|增幅|±)+(?:率|速度)?|" + _TO_DATE + r"同比(?:增长|增速)?|" + _TO_DATE + r"比(?:去年|上年)同期|accumulated (?:growth|yoy)", SeriesMeasure.YTD_GROWTH),  # noqa: E501
        (
            r"(?:当月|当期|当季|本月)?(?:同比|比上年同[月期]|比去年同[月期])(?:实际|名义)?(?:增长|增速|增减|增幅|涨跌)?(?:率|幅|速度)?"
            r"|y-?o-?y",
            SeriesMeasure.GROWTH,
        ),
        (r"^涨跌幅$|环比(?:增长|增速|增减|涨跌)?(?:率|幅)?|比上[月期季](?:增长|增减)?|m-?o-?m|q-?o-?q", SeriesMeasure.SEQUENTIAL),
        (r"定基(?:指数)?", SeriesMeasure.INDEX),
        (_TO_DATE + r"(?:完成)?(?:值|数|额)?|[，,]?\s*accumulated|year[- ]to[- ]date", SeriesMeasure.YTD),
        (r"(?:所占|占)?比重|占比", SeriesMeasure.SHARE),
        (r"位次|排名|排位", SeriesMeasure.RANK),
        (r"[，,]?\s*current (?:quarter|month|period)|当月|当期|当季|本月|本季|月度|绝对[量数额]|数量", SeriesMeasure.LEVEL),
    )
)  # fmt: skip
_ENDS_GROWING = re.compile(r"(?:增长|增速|增长率|增长速度|涨跌幅|涨幅|增幅|增减幅度?|增减率)$")
_IN_PERCENT_GROWING = re.compile(r"(?:比|较)?(?:上年|去年)?(?:增减|升降|增降)?")  # 增减（%）, 比上年±%
_OF_WHICH = re.compile(r"^(?:其中|of which)[：:]?$", re.IGNORECASE)
_INDICES = re.compile(r"^indices of\s+|\s+indices$", re.IGNORECASE)
_PERIOD_HEAD = re.compile(
    r"^((?:19|20)\d{2}(?:0[1-9]|1[0-2])|(?:19|20)\d{2}年?(?:\d{1,2}月)?|\d{1,2}\s*[-–—至]\s*\d{1,2}月(?:份)?(?:平均|累计)?)(.*)$"
)
# What a plan sets (年度计划, 预期目标, 计划增长) and what came of it (实际完成); 完成率 and 占计划 are neither.
_PLANNED = re.compile(
    r"(?:全年|年度|本年|当年|今年|明年|下年|年)*(?:工作|发展|主要|预期|奋斗|计划|责任|考核|力争|约束|增长)*(?:目标|计划|预期|奋斗)"
    r"(?:值|数|任务|增长|投资|完成(?:投资|数|值|额))*|(?!.*(?:完成|占|达|距|对)).*目标(?:值|数)?"
)
_ACTUAL = re.compile(r"实际(?:完成|执行|实现)?(?:数|值|额|情况)?|完成(?:数|值|额|情况)?|实绩|actual", re.IGNORECASE)
_AGO = re.compile(r"(?:上年|去年|上一年)(?:度|全年)?(同期|同月|同季)?(累计)?(?:实际|完成|执行|末|底)*(?:数|值|额|情况)?")
# What an office expects, before the period is over: 全年预计, 部门预计, 预计完成（亿元）, 预计增长. A rate of completion (完成预计的%) and
# a day (预计完成时间) are none.
_EXPECTED = re.compile(
    r"(?<![完成占达距对与比较])(?:(?:牵头|责任|主管)?(?P<office>部门|单位|科室))?(?P<year>全年|年度|本年度?|当年|今年|年末|年底)?"
    r"(?:(?P<by>部门|单位))?(?:预计|(?<=[年部门单位度])预测)(?P<whole>全年|年度|年末|年底)?(?:可|将|能)?(?:完成|实现|达到)?(?:数|值|额|情况)?"
    r"(?!率|的|(?:完成|竣工|投产|开工|建成)?(?:时间|日期|时限|工期))"
)
_DAY_OR_RATE = re.compile(r"预计(?:完成|竣工|投产|开工|建成)?(?:时间|日期|时限|工期|率)")
_WHOLE_YEAR = ("全年", "年度", "本年", "当年", "今年", "年末", "年底")
_EDGES = " 　·：:，,、；;-—_/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A head taken apart; `name` is what is left when measure, unit and period have been taken off it."""

    name: str = ""
    measure: SeriesMeasure | None = None
    unit: str = ""
    time: When | None = None
    remarks: tuple[str, ...] = ()
    of_which: bool = False
    planned: bool | None = None  # a plan's number, or expressly what came of it
    ago: str = ""  # "period" for the same period of the year before, "year" for all of that year
    expected: str = ""  # an office's estimate: "year" of all of the year, "period" of the period that is told

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        said = self.name or self.measure or self.unit or self.time or self.of_which or self.expected
        return not (said or self.planned is not None)


def read_head(text: str, *, year: int | None = None) -> Head:
    """Take a head apart.

    >>> head = read_head("限上单位商品零售额累计增长(%)")
    >>> head.name, str(head.measure), head.unit
    ('限上单位商品零售额', 'ytd_growth', '%')
    >>> read_head("1-9月平均", year=2025).time.period.label, read_head("上年同月=100").unit
    ('2025-01..09', '上年同月=100')
    >>> head = read_head("全年预计增长（%）")
    >>> head.expected, str(head.measure), head.name
    ('year', 'growth', '')
    """
    plain = _SPACE.sub(" ", text).strip()
    if told := expected(plain):
        rest, whole = told
        head = read_head(rest, year=year) if rest else Head()
        head = replace(head, name="") if head.name in _WHOLE_YEAR else head
        finer = head.time is not None and (head.time.period.months < 12 or head.time.to_date)
        return replace(head, expected="year" if whole or (head.time and not finer) else "period", planned=head.planned or None)
    if unit := unit_of(plain):
        return Head(unit=unit)
    if _OF_WHICH.match(_BRACKET.sub("", plain).strip()):
        return Head(of_which=True, unit=next(filter(None, map(_unit, _BRACKET.findall(plain))), ""))
    if time := when(plain, year=year):
        return Head(time=time)
    return _taken_apart(plain, year)


def expected(text: str) -> tuple[str, bool] | None:
    """What is left of a head when the words that call it an office's estimate are taken off, and whether they speak of all the year.

    >>> expected("地区生产总值全年预计"), expected("1-10月预计"), expected("预计完成时间")
    (('地区生产总值', True), ('1-10月', False), None)
    """
    found = _EXPECTED.search(text)
    if not found or _DAY_OR_RATE.search(text):
        return None
    rest = text[: found.start()] + text[found.end() :]
    return rest.strip(_EDGES).strip(), any(found[name] for name in ("office", "year", "by", "whole"))


def unit_of(text: str) -> str:
    """The unit that a line like 单位：亿元 gives for the whole table, else nothing."""
    told = _UNIT_LINE.match(_SPACE.sub(" ", text).strip())
    if not told:
        return ""
    units = [_unit(part) or part.strip() for part in re.split(r"[、,，;；和]", told[1])]
    return next((unit for unit in units if unit != "%"), units[0])


def _taken_apart(plain: str, year: int | None) -> Head:
    head, rest = _without_brackets(Head(), plain)
    if base := _BASE.search(rest):
        head, rest = replace(head, unit=_base(base)), rest[: base.start()] + rest[base.end() :]
    if found := _PERIOD_HEAD.match(rest):
        time = when(found[1], year=year)
        if time and (not found[2] or not found[2][0].isdigit()):
            head, rest = replace(head, time=time), found[2]
    if not head.unit and (percent := _TAIL_PERCENT.search(rest)):
        head, rest = replace(head, unit="%"), rest[: percent.start()]
    if (ago := _AGO.fullmatch(rest.strip())) and not head.unit.endswith("=100"):
        measure = head.measure or (SeriesMeasure.YTD if ago[1] and ago[2] else None)
        return replace(head, measure=measure, planned=False, ago="period" if ago[1] else "year")
    head, rest = _measured(head, rest)
    if _INDICES.search(rest):
        rest = _INDICES.sub("", rest)
        told = SeriesMeasure.YTD_INDEX if head.measure is SeriesMeasure.YTD else SeriesMeasure.INDEX
        head = replace(head, measure=told)
    if head.unit.endswith("=100"):
        head = replace(head, measure=_index(head))
    return _named(head, rest.strip(_EDGES).strip())


def _named(head: Head, name: str) -> Head:
    """The head with its name, unless that only says whether a plan is spoken of or what came of it."""
    if _PLANNED.fullmatch(name):
        return replace(head, name=name, planned=True)
    if _ACTUAL.fullmatch(name) and head.unit != "%":  # 完成（%） may be a rate of completion
        return replace(head, planned=False)
    return replace(head, name=name)


def _index(head: Head) -> SeriesMeasure:
    to_date = head.measure in (SeriesMeasure.YTD, SeriesMeasure.YTD_INDEX, SeriesMeasure.YTD_GROWTH)
    return SeriesMeasure.YTD_INDEX if to_date or (head.time is not None and head.time.to_date) else SeriesMeasure.INDEX


def _without_brackets(head: Head, text: str) -> tuple[Head, str]:
    """What brackets say: a unit, a measure or a base is taken off; a remark too; what belongs to the name (M2) stays."""
    remarks: list[str] = []
    for found in list(_BRACKET.finditer(text)):
        inside = found[1].strip()
        if unit := _unit(inside):
            head = replace(head, unit=head.unit or unit)
        elif base := _BASE.fullmatch(inside):
            head = replace(head, unit=_base(base))
        elif (told := _measured(Head(), _TAIL_PERCENT.sub("", inside)))[0].measure and not told[1].strip():
            percent = "%" if _TAIL_PERCENT.search(inside) else ""
            head = replace(head, measure=told[0].measure, unit=head.unit or percent)
        elif re.search(r"没有|无|不含|缺|[月年]", inside):
            remarks.append(inside)
        else:
            continue
        text = text.replace(found[0], "", 1)
    return replace(head, remarks=tuple(remarks)), text


def _measured(head: Head, text: str) -> tuple[Head, str]:
    for pattern, measure in _MEASURES:
        if found := pattern.search(text):
            return replace(head, measure=head.measure or measure), text[: found.start()] + text[found.end() :]
    if head.measure is None and head.unit == "%" and text.strip() and _IN_PERCENT_GROWING.fullmatch(text.strip()):
        return replace(head, measure=SeriesMeasure.GROWTH), ""
    if (found := _ENDS_GROWING.search(text)) and head.measure is None:
        return replace(head, measure=SeriesMeasure.GROWTH), text[: found.start()]
    return head, text


def _base(found: re.Match[str]) -> str:
    if found[1]:
        return f"{found[1]}=100"
    said = _SPACE.sub(" ", found[2].lower())
    return _ENGLISH_BASES.get(said, "上年同期=100")


def _unit(text: str) -> str:
    plain = _SPACE.sub(" ", text).strip()
    if plain.casefold() in _ENGLISH_UNITS:
        return _ENGLISH_UNITS[plain.casefold()]
    plain = plain.replace(" ", "")
    if not _UNIT.fullmatch(plain):
        return ""
    return plain.replace("％", "%").removesuffix("人民币") or plain
