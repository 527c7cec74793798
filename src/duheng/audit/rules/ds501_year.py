"""DS501 A year that does not fit · 年份与所在部分、五年规划不符

Tests: the years that headings and captions name, against the two years of the report; a year already past as the time of what the
plan part still means to do; the coming year at the head of a sentence that tells what was; a year called the first or last of a
five-year plan; spans that end before they begin, and years no plan reaches.

Fails: “2023年，全区拟实施建设项目336个” in the plan of 2025; “2024年是‘十四五’规划收官之年”; （2027—2024年）.
Passes: “2023年能耗较2020年下降12.9%” in a look back on 2024; “2024年，是‘十四五’的关键一年”.
May be wrong: where an older matter is taken up again in so many words; such findings are warnings.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import Span, pointed
from duheng.audit.rule import Rule
from duheng.audit.year import Years
from duheng.read import Block, BlockKind, Box, Table

_YEAR = re.compile(r"(?<![\d.])(\d{4})年")
_BACK = re.compile(r"执行情况|完成情况|回顾|工作总结|开竣?工项目情况")
_AHEAD = re.compile(
    r"重点工作|主要任务|重点任务|工作安排|预期目标|主要目标|总体要求|项目安排|工作打算|主要工作|目标任务|计划草案"
)
_AIM = re.compile(
    r"拟|(?<![即正])将(?![军近士领])|力争|确保|争取|建议|要(?=[坚全把以抓着深聚]|$)|目标为|预期目标"
    r"|计划(?:投资|实施|新|安排|建设)|安排(?:建设|实施)"
)
_TASK = re.compile(r"(?:办好|做好|抓好|制定|编制|推进|实施|完成|落实)$")
_MATTER = re.compile(r"[^，。；]{0,12}(?:民生实事|工作|计划|任务|目标|项目|改造|建设)")
_BASE = re.compile(r"(?:较|比|与|同|自|从|由|以|于|在|按|沿用|截至|对|《|“|（|\(|[—\-–~至到])$")
_DATED = re.compile(r"\d{1,2}月|初|底|末|以来|之前|来|版|印发|第|[—\-–]")
_OPENS = re.compile(r"(?:^|[。\n])[^，。；：（(“]{0,6}$")
_TOLD_AHEAD = re.compile(r"将|拟|力争|确保|预计|预期|计划于|谋划|提前|打[下牢好]|奠定")
_FIVE = re.compile(
    r"“?(十[三四五六七])五”?(?:规划|时期)?(?:期间)?的?(?P<role>收官|最后一年|末年|开局之年|首年|第一年|第(?P<n>[二三四五])年)"
)
_SUBJECT = re.compile(
    r"^(?:(?P<year>20\d\d)年|(?P<now>今年|本年)|(?P<last>去年|上年|过去一年|刚刚过去的一年|过去的一年))[^。]{0,6}?(?:也|正|既)?是"
)
_FIRST = {"十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031, "十七": 2036}
_ROLES = {"收官": 4, "最后一年": 4, "末年": 4, "开局之年": 0, "首年": 0, "第一年": 0}
_SPAN = re.compile(r"(?<!\d)(20\d\d)年?\s*[—\-–~至]+\s*(20\d\d)年?(?!\d)")
_HORIZON = 2060  # carbon neutrality, the farthest year that plans name


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a year does not fit what is said of it."""
    years = Years.of(draft)
    for block in draft.document.blocks:
        yield from _cannot_be(draft, block)
        yield from _five_years(draft, block, years)
    if years.known:
        yield from _headings(draft, years)
        for block in draft.document.blocks:
            if block.kind is BlockKind.PARAGRAPH and not _in_back_matter(draft, block):
                yield from _in_part(draft, block, years)


def _cannot_be(draft: Draft, block: Block) -> Iterator[Finding]:
    for found in _SPAN.finditer(block.text):
        if int(found[2]) < int(found[1]):
            zh = f"起止年份颠倒：“{found.group()}”的终点早于起点。请核对。"
            en = f"The span “{found.group()}” ends before it begins. Please check."
            yield _at(draft, (zh, en), _span(block, found), Severity.ERROR)
    for found in _YEAR.finditer(block.text):
        if not 1800 <= int(found[1]) <= _HORIZON:
            zh = f"“{found.group()}”不像计划报告会写到的年份，请看数字是否录错。"
            en = f"{found[1]} is hardly a year that a plan names. Was it mistyped?"
            yield _at(draft, (zh, en), _span(block, found), Severity.WARNING)


def _five_years(draft: Draft, block: Block, years: Years) -> Iterator[Finding]:
    """What a sentence says of its year's place in a five-year plan."""
    for sentence in re.finditer(r"[^。！？\n]+", block.text):
        subject = _SUBJECT.match(sentence.group().strip())
        year = _year_of(subject, years) if subject else None
        if year is None:
            continue
        for found in _FIVE.finditer(block.text, *sentence.span()):
            place = "一二三四五".index(found["n"]) if found["n"] else _ROLES[found["role"]]
            right = _FIRST[found[1]] + place
            before = block.text[sentence.start() : found.start()]
            if right != year and not re.search(r"为[^，。]*$|实现[^，。]*$|确保[^，。]*$", before):
                zh = f"{year}年不是“{found[1]}五”的{found['role']}，{right}年才是。请核对年份或提法。"
                en = f"{year} is not that year of the five-year plan (“{found.group()}”): {right} is. Check the year or the wording."
                yield _at(draft, (zh, en), _span(block, found), Severity.ERROR)


def _year_of(subject: re.Match[str], years: Years) -> int | None:
    if subject["year"]:
        return int(subject["year"])
    return years.plan if subject["now"] else years.past


def _headings(draft: Draft, years: Years) -> Iterator[Finding]:
    """Headings, captions and heads of columns that name one year, and another than theirs."""
    for section in draft.document.sections:
        if section.level <= 2 and len(section.title) <= 60 and not _in_back_matter_at(draft, section.offset):
            yield from _named(draft, (section.offset, section.offset + len(section.title)), years)
    frames: list[Table | Box] = [*draft.document.tables, *draft.document.boxes]
    for caption in (frame.caption for frame in frames):
        if caption is not None:
            yield from _caption(draft, caption, years)
    for table in draft.document.tables:
        yield from _columns(draft, table.rows[0], years)


def _named(draft: Draft, span: Span, years: Years) -> Iterator[Finding]:
    title = draft.document.text[slice(*span)].split("\n")[0]
    found = list(_YEAR.finditer(title))
    back, ahead = bool(_BACK.search(title)), bool(_AHEAD.search(title))
    if len(found) != 1 or back == ahead:
        return
    year, due = int(found[0][1]), years.past if back else years.plan
    if year != due:
        zh = f"标题写的是{year}年，而这一部分讲的是{due}年。请核对标题的年份。"
        en = f"The heading names {year}, but this part speaks of {due}. Check the year."
        yield _at(draft, (zh, en), (span[0] + found[0].start(), span[0] + found[0].end()), Severity.ERROR)


def _caption(draft: Draft, caption: Block, years: Years) -> Iterator[Finding]:
    found = list(_YEAR.finditer(caption.text))
    due = years.plan if years.plans(caption.offset) else years.past if years.looks_back(caption.offset) else None
    if len(found) == 1 and due is not None and int(found[0][1]) != due:
        zh = f"题名写的是{found[0][1]}年，而它所在的部分讲的是{due}年。请核对。"
        en = f"The caption names {found[0][1]}, but the part it stands in speaks of {due}. Please check."
        yield _at(draft, (zh, en), _span(caption, found[0]), Severity.WARNING)


def _columns(draft: Draft, row: tuple[Block, ...], years: Years) -> Iterator[Finding]:
    """A table of targets of which no column is for the year planned."""
    heads = [(cell, found) for cell in dict.fromkeys(row) for found in _YEAR.finditer(cell.text)]
    goals = [(cell, found) for cell, found in heads if re.search(r"目标|计划|预期", cell.text)]
    if goals and all(int(found[1]) != years.plan for _, found in heads) and years.plans(row[0].offset):
        cell, found = goals[-1]
        zh = f"表头写的是{found[1]}年目标，而本报告安排的是{years.plan}年。请核对表头的年份。"
        en = f"The column is for {found[1]}, but this report plans {years.plan}. Check the head of the column."
        yield _at(draft, (zh, en), _span(cell, found), Severity.WARNING)


def _in_part(draft: Draft, block: Block, years: Years) -> Iterator[Finding]:
    for found in _YEAR.finditer(block.text):
        before, behind = block.text[: found.start()], block.text[found.end() :]
        if _BASE.search(before) or _DATED.match(behind):
            continue
        year, offset = int(found[1]), block.offset + found.start()
        if years.plans(offset) and 2000 < year < years.plan and _is_aimed_at(before, behind):
            zh = f"这里安排的是{years.plan}年的事，却写作{year}年。请核对年份。"
            en = f"This speaks of what {years.plan} is to bring, yet names {year}. Check the year."
            yield _at(draft, (zh, en), _span(block, found), RULE.severity)
        elif years.looks_back(offset) and year > years.past and _is_told(before, behind, far=year > years.plan):
            zh = f"这一部分回顾{years.past}年，这句话却以{year}年开头。请核对年份。"
            en = f"This part looks back on {years.past}, yet the sentence begins with {year}. Check the year."
            yield _at(draft, (zh, en), _span(block, found), RULE.severity)


def _is_aimed_at(before: str, behind: str) -> bool:
    clause, own = re.split(r"[，。；：]", behind, maxsplit=1)[0], re.split(r"[，。；：\n]", before)[-1]
    if re.search(r"较|比|已|同比|了", clause) or re.search(r"沿用|对照|根据", own):
        return False
    if _TASK.search(before) and _MATTER.match(behind):
        return True
    opened = re.match(r"，(要|将|力争|确保)", behind)
    return bool(_AIM.search(clause) or re.search(r"建议$|力争$|确保$", own) or opened)


def _is_told(before: str, behind: str, *, far: bool) -> bool:
    """Whether a year opens what is told as done: a sentence, or any clause where the year lies beyond the plan's own."""
    sentence = re.split(r"[。\n]", behind, maxsplit=1)[0]
    opens = _OPENS.search(before) or (far and re.search(r"[，；]$", before))
    return bool(opens) and not _TOLD_AHEAD.search(sentence[:60]) and len(sentence) > 8


def _in_back_matter(draft: Draft, block: Block) -> bool:
    return _in_back_matter_at(draft, block.offset)


def _in_back_matter_at(draft: Draft, offset: int) -> bool:
    """Behind the report (名词解释, 附件) a year is a fact of its own."""
    return any(section.level == 0 and not section.number for section in draft.document.path_at(offset))


def _span(block: Block, found: re.Match[str]) -> Span:
    return block.offset + found.start(), block.offset + found.end()


def _at(draft: Draft, message: tuple[str, str], span: Span, severity: Severity) -> Finding:
    return pointed(draft, RULE, message, [span], severity)


RULE = Rule(code="DS501", name=("年份不符", "A year that does not fit"), severity=Severity.WARNING, check=check, page=__doc__)
