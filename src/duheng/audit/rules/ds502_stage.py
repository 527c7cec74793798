"""DS502 A stage before one already had · 项目阶段倒退

Tests: each project that the look back tells as completed (建成, 竣工, 投用 …), against what the plan still means for it; started
last year and to be started again; in one year both started and completed.

Fails: “自启学校建成投用” last year, “开工建设自启学校” this year.
Passes: 主体完工 last year, 完工投用 this year; started and completed within one year is legal and gives a note.
May be wrong: where the work of this year is a later phase under the same name; then the name should say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import Span, pointed
from duheng.audit.rule import Rule
from duheng.audit.year import Years
from duheng.plan import PlannedProject
from duheng.read import BlockKind


class _Told(IntEnum):
    STARTED = 1
    BUILDING = 2
    DONE = 3


_VERBS = re.compile(
    r"(?P<no>主体\w{0,2}(?:完工|竣工|建成|封顶)|基本(?:建成|完工)|前期|试运[行营]|部分\w{0,4}(?:建成|投用))"
    r"|(?P<done>竣工|完工|建成|投产|投用|通车|开园|开业|投入使用|投入运营|交付使用|启用|开馆)"
    r"|(?P<started>开工建设|开工|动工|启动建设|新开工)"
    r"|(?P<building>加快建设|加快推进|续建|提速建设|建设)"
)
_WORDS = {_Told.STARTED: ("开工", "started"), _Told.BUILDING: ("在建", "under construction"), _Told.DONE: ("建成", "completed")}
_CUTS = "，；。：！？\n"
_PART = re.compile(r"[一二三四五六七八九十]期|段|标段|部分|主体|首批|配套")
_CONTINUES = re.compile(r"^[一-鿿A-Za-z]{0,6}(?:配电|给水|配套|附属|光伏|连接|安置|扩建|改造|提升|工程)")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a project is told at a stage that it has already passed."""
    years = Years.of(draft)
    if not years.known:
        return
    for project in draft.plan.projects:
        past, plan = _told(draft, project, years)
        yield from _compare(draft, project, past, plan)


def _told(draft: Draft, project: PlannedProject, years: Years) -> tuple[dict[_Told, Span], dict[_Told, Span]]:
    """Where a project is told at each stage: in the look back, and in the plan."""
    found: tuple[dict[_Told, Span], dict[_Told, Span]] = ({}, {})
    for mention in project.mentions:
        side = 0 if years.looks_back(mention.offset) else 1 if years.plans(mention.offset) else None
        stage = _stage(draft, mention.offset, mention.end)
        if side is not None and stage is not None:
            found[side].setdefault(stage, (mention.offset, mention.end))
    return found


def _stage(draft: Draft, start: int, end: int) -> _Told | None:
    """What the words around a name say: the nearest verb before it in its clause, else the first behind it."""
    block = draft.document.block_at(start)
    if block is None or block.kind is BlockKind.CELL:
        return None
    text, first, last = block.text, start - block.offset, end - block.offset
    if block.kind is BlockKind.BOX:
        return _of_list(text)
    before = text[max((text.rfind(mark, 0, first) for mark in _CUTS), default=-1) + 1 : first]
    stops = [place for mark in _CUTS if (place := text.find(mark, last)) >= 0]
    behind = text[last : min(stops, default=len(text))]
    if _CONTINUES.match(behind) or _PART.search(behind[:4]):
        return None
    ahead = list(_VERBS.finditer(before))
    verb = ahead[-1] if ahead else _VERBS.search(behind)
    return _of_verb(verb) if verb else None


def _of_verb(verb: re.Match[str]) -> _Told | None:
    if verb["no"]:
        return None
    return _Told.DONE if verb["done"] else _Told.STARTED if verb["started"] else _Told.BUILDING


def _of_list(text: str) -> _Told | None:
    """The stage that the head of a list tells of all its items: 竣工重点项目：…."""
    head = text.split("：", 1)[0] if "：" in text[:30] else ""
    verb = _VERBS.search(head)
    return _of_verb(verb) if verb and not verb["building"] else None


def _compare(draft: Draft, project: PlannedProject, past: dict[_Told, Span], plan: dict[_Told, Span]) -> Iterator[Finding]:
    if _Told.DONE in past:
        later = [stage for stage in (_Told.STARTED, _Told.DONE, _Told.BUILDING) if stage in plan]
        if later:
            yield _again(draft, past[_Told.DONE], plan[later[0]], _Told.DONE, later[0])
        if _Told.STARTED in past:
            yield _within_a_year(draft, project, past)
    elif _Told.STARTED in past and _Told.STARTED in plan:
        yield _again(draft, past[_Told.STARTED], plan[_Told.STARTED], _Told.STARTED, _Told.STARTED)


def _again(draft: Draft, before: Span, now: Span, had: _Told, told: _Told) -> Finding:
    name = draft.document.text[slice(*now)]
    had_zh, had_en = _WORDS[had]
    told_zh, told_en = _WORDS[told]
    return pointed(
        draft,
        RULE,
        (
            f"“{name}”在上年部分写作已{had_zh}，在今年安排中又写作{told_zh}。请核对项目进度，如为不同期次或标段请写明。",
            f"“{name}” is told as {had_en} last year, and as {told_en} in this year's plan. Check its stage, or name the phase.",
        ),
        [now, before],
        Severity.NOTE if told is _Told.BUILDING else RULE.severity,
    )


def _within_a_year(draft: Draft, project: PlannedProject, past: dict[_Told, Span]) -> Finding:
    return pointed(
        draft,
        RULE,
        (
            f"“{project.name}”同一年既列为开工又列为建成。当年开工当年竣工是可能的，请确认不是重复填报。",
            f"“{project.name}” is told as started and as completed in one year. That can be; make sure it is not listed twice.",
        ),
        [past[_Told.DONE], past[_Told.STARTED]],
        Severity.NOTE,
    )


RULE = Rule(code="DS502", name=("项目阶段", "A stage already had"), severity=Severity.WARNING, check=check, page=__doc__)
