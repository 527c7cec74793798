"""Which year a part of a report speaks of, and whether it tells what was or what is aimed at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from duheng import pattern as re
from duheng.measure.period import Period
from duheng.read.claim import Role
from duheng.read.document import Block, BlockKind, Document
from duheng.read.rows import planned_year
from duheng.read.sentence import Sentence

_PAST = re.compile(r"回顾|执行情况|完成情况|主要成绩|工作总结|发展成就|过去一年")
_PLAN = re.compile(r"规划|安排|目标|任务|重点工作|总体要求|主要工作|计划草案|工作建议|工作打算|怎么干")
_FIVE = re.compile(r"十([三四五六])五|第十([三四五六])个五年")
_FIVE_YEARS = {"三": (2016, 2020), "四": (2021, 2025), "五": (2026, 2030), "六": (2031, 2035)}
_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|第[一二三四五]部分|\d{4}年)")
_BRACKETED = re.compile(r"^\s*[（(]([一二三四五六七八九十]+)[）)]\s*")  # chapters, where a report has no others
_GOALS = re.compile(
    r"(?:今年|\d{4}年|全[省市区县]|今年[^，。]{0,8})[^。]{0,30}(?:预期目标|主要目标|发展目标)(?:任务)?(?:是|为|：|建议)"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年?(?!\d)")
# A year behind these words is what is compared with, or where something begins.
_BASELINE = re.compile(r"(?:较|比|与|同|自|从|由|以|按|相对|《|“)$")
_STARTS_CLAUSE = re.compile(r"^(?:到|至|截至|预计|预期|力争|确保|建议|其中|全[区市省县]|我[区市省县])*$")
_SO_FAR = re.compile(r"去年|上年|目前已?|已(?:建成|完成|达到|累计)|截至目前")
_MONTHS = re.compile(r"(?P<half>上半年)|(?P<quarter>[一二三四]季度)|(?P<three>前三季度)|1[—\-–至]+(?P<month>1?\d)月")


_OPENS = r"(?:^|(?<=[。！!]))\s*(?:各位代表[，,！!：:]?\s*)?"
# A part that looks back on five years (五年来，…) inside the review of one, and where it ends (刚刚过去的2025年，…).
_FIVE_BACK = re.compile(
    _OPENS + r"(?:(?:透过\d{4})?(?:回[望首顾]|展望)[^。，]{0,10})?(?:(?:刚刚)?(?:过去|这)的?[五5]年|[五5]年来"
    r"|[“\"]?十(?P<which>[三四])五[”\"]?(?:时期|期间|以来))"
)
_ONE_BACK = re.compile(r"\s*(?:各位代表[，,！!：:]?\s*)?(?:(?:刚刚)?过去的?(?:一年|20\d\d年)|一年来|20\d\d年[，是])")
_FIVE_AHEAD = re.compile(r"\s*(?:各位代表[，,！!：:]?\s*)?[“\"]?十(?P<which>[五六])五[”\"]?(?:时期|期间)")
# Of five years: what was added, built, grown; but what was reached, it was reached by the end.
_OVER_YEARS = re.compile(
    r"年均(?!浓度|气温|降水)|累计|五年|新增|净增|新建|新开|增加(?!到|至)|增长|增速|提[高升](?!到|至)|下降|降低|改善|完成|实施|培育|投入(?!强度)|减少|[一-九\d]倍"
)
_REACHED = re.compile(r"(?:达到?|突破|超过?|跨[过上越]|[升增降]至|(?:提[高升]|增加)[到至]|[位居]居?|保持|稳定)[^，。；]{0,6}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The period a part of a report speaks of unless its words say otherwise, and its role."""

    offset: int
    period: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The year a report looks back on and the year it plans; None where it does not tell."""

    past: int | None
    plan: int | None


def years(document: Document) -> Years:
    """The two years of a report, from its title and headings."""
    heads = [b.text for b in document.blocks if b.kind is BlockKind.PARAGRAPH and len(b.text) <= 80][:40]
    title = re.sub(r"\s", "", "".join(heads[:4]))
    both = re.search(r"(20\d\d)年.{0,30}(?:执行|完成)情况.{0,12}?(20\d\d)年.{0,20}计划", title)
    if both:
        return Years(past=int(both[1]), plan=int(both[2]))
    numbered = [h for h in heads if _HEADING.match(h)] + [title]
    for cue, before in ((_PAST, 0), (re.compile("政府工作报告|工作报告"), 1), (_PLAN, 1)):
        for head in numbered:
            year = _YEAR.search(head)
            if year and cue.search(head):
                past = int(year[1]) - before
                return Years(past=past, plan=past + 1)
    planned = planned_year(document)  # an annex of tables may name its years in their headings alone
    return Years(past=planned - 1, plan=planned) if planned else Years(past=None, plan=None)


def settings(document: Document) -> tuple[Setting, ...]:
    """Where in the document the year or the role changes, in order; the first begins at 0."""
    known = years(document)
    past, plan = str(known.past or ""), str(known.plan or "")
    result = [Setting(offset=0, period=past, role=Role.ACTUAL)]
    opened = False  # whether the block above is a heading
    bracketed = not any(_is_heading(_first(block), block.text) for block in document.blocks if block.kind is BlockKind.PARAGRAPH)
    for block in document.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        head = _BRACKETED.sub(r"\1、", _first(block)) if bracketed else _first(block)
        if _is_heading(head, block.text):
            setting = _of_heading(head, block.offset, (past, plan), len(result))
            if setting:
                result.append(setting)
            opened = bool(setting)
            continue
        if known.past and (turn := _turn(block, known.past, result[-1], is_first=opened)):
            result.append(turn)
        opened = False
        if (goals := _GOALS.search(block.text)) and not (result[-1].role is Role.TARGET and result[-1].period == plan):
            result.append(Setting(offset=block.offset + goals.start(), period=plan, role=Role.TARGET))
    return tuple(result)


def _first(block: Block) -> str:
    return re.split(r"[。\n]", block.text, maxsplit=1)[0]


def _turn(block: Block, past: int, now: Setting, *, is_first: bool) -> Setting | None:
    """A turn from one year to five, or back, that a paragraph makes by its first words, or a review's by those of a sentence.

    Among the year's tasks only the first paragraph below a heading turns to the five years ahead.
    """
    aims = now.role is Role.TARGET
    if (ahead := _FIVE_AHEAD.match(block.text)) and (is_first or not aims) and now.period.isdigit():
        return Setting(offset=block.offset, period=Period.span(*_FIVE_YEARS[ahead["which"]]).label, role=Role.TARGET)
    if aims:
        comes = not now.period.isdigit() and re.match(rf"\s*(?:各位代表[，！：]?)?(?:今年|{past + 1}年)", block.text)
        return Setting(offset=block.offset, period=str(past + 1), role=Role.TARGET) if comes else None
    if _ONE_BACK.match(block.text) and not now.period.isdigit():
        return Setting(offset=block.offset, period=str(past), role=Role.ACTUAL)
    if (back := _FIVE_BACK.search(block.text)) and now.period.isdigit():
        first, last = _FIVE_YEARS[back["which"]] if back["which"] else (past - 4, past)
        return Setting(offset=block.offset + back.start(), period=Period.span(first, min(last, past)).label, role=Role.ACTUAL)
    return None


def _is_heading(head: str, text: str) -> bool:
    """A numbered first sentence, or a short line of its own that begins with a year."""
    if len(head) > 60 or not _HEADING.match(head):
        return False
    return not re.match(r"\s*\d{4}年", head) or (head.strip() == text.strip() and "，" not in head and len(head) <= 30)


def _of_heading(head: str, offset: int, both: tuple[str, str], seen: int) -> Setting | None:
    past, plan = both
    year, five = _YEAR.search(head), _FIVE.search(head)
    unnamed_first = re.match(r"\s*一、", head) and not year and not _PLAN.search(head)
    if _PAST.search(head) or unnamed_first:
        return Setting(offset=offset, period=past, role=Role.ACTUAL)
    ahead = re.match(r"\s*[一二三四五]、[“\"]?十[五六]五[”\"]?(?:时期|期间|发展)", head)
    if five and not year and (ahead or _PLAN.search(head)):
        first, last = _FIVE_YEARS[five[1] or five[2]]
        return Setting(offset=offset, period=Period.span(first, last).label, role=Role.TARGET)
    if year and _PLAN.search(head):
        return Setting(offset=offset, period=plan or year[1], role=Role.TARGET)
    if re.match(r"\s*[二三四五]、", head) and seen:
        return Setting(offset=offset, period=plan, role=Role.TARGET)
    return None


def place(sentence: Sentence, start: int, setting: Setting) -> tuple[str, Role]:
    """The period and role of the number at `start` of a sentence: its words first, then the part it stands in."""
    clause = sentence.clause_start(start)
    own = sentence.text[clause:start]
    role = Role.ACTUAL if setting.role is Role.TARGET and _SO_FAR.search(own) else setting.role
    five = _five(own)
    if five:
        return five, role
    year = _year_before(sentence, start, clause)
    base = (
        year
        or (str(int(setting.period) - 1) if re.search(r"去年|上年(?!度)", own) and setting.period.isdigit() else "")
        or setting.period
    )
    if year and setting.period.isdigit():
        if int(year) < int(setting.period):
            role = Role.ACTUAL
        elif int(year) > int(setting.period):
            role = Role.TARGET
    reached = _REACHED.search(own) or re.match(r"突破|超", sentence.text[start : start + 2]) or re.search(r"[比占]重$|占比$", own)
    if role is Role.ACTUAL and "/" in base and reached and not _OVER_YEARS.search(own):
        return base.partition("/")[2], role
    return _within(base, own), role


def _five(text: str) -> str:
    named = re.search(r"“?十([三四五六])五”?(?:期间|时期|规划|以来|末|累计|五年|目标)", text)
    return Period.span(*_FIVE_YEARS[named[1]]).label if named else ""


def _year_before(sentence: Sentence, start: int, clause: int) -> str:
    """The last year named before a number: in its own clause, or at the start of an earlier clause."""
    for match in reversed(list(_YEAR.finditer(sentence.text, 0, start))):
        before = sentence.text[: match.start()]
        if _BASELINE.search(before) or sentence.quoted[match.start()] or not match.group().endswith("年"):
            continue
        if match.start() >= clause:
            return match[1]
        own = sentence.clause_start(match.start())
        if _STARTS_CLAUSE.match(sentence.text[own : match.start()]) and sentence.depth[match.start()] <= sentence.depth[start]:
            return match[1]
    return ""


def _within(year: str, own: str) -> str:
    part = _MONTHS.search(own)
    if not part or not year.isdigit():
        return year
    if part["half"]:
        return f"{year}-H1"
    if part["quarter"]:
        return f"{year}-Q{'一二三四'.index(part['quarter'][0]) + 1}"
    return f"{year}-01..{9 if part['three'] else int(part['month']):02d}"


def at(settings_: Sequence[Setting], offset: int) -> Setting:
    """The setting in force at an offset."""
    return settings_[max(0, bisect_right(settings_, offset, key=lambda setting: setting.offset) - 1)]


def holds_prose(block: Block) -> bool:
    """Whether a block is running text rather than a cell or a boxed list of names (A；B；C)."""
    if block.kind is BlockKind.BOX:
        return block.text.count("；") < 2
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.FOOTNOTE)
