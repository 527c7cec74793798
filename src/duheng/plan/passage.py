"""The sentences of a report, each with the side of the year it speaks from: what was, or what is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from duheng.read import Block, BlockKind, Document

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?")
_YEAR = re.compile(r"20\d\d(?=\s*年)")
_PAST_WORDS = re.compile(
    r"回顾|执行情况|完成情况|落实情况|过去一年|去年|工作总结|发展情况|运行情况|主要成效|存在.{0,4}(?:困难|问题|不足)"
)
_PLAN_WORDS = re.compile(
    r"计划草案|主要目标|预期目标|发展目标|重点工作|主要任务|工作安排|总体要求|项目安排|重点任务(?!完成)|下一步|今年"
)
_GOALS = re.compile(r"(?:预期|主要|发展|奋斗)目标(?:任务)?(?:建议|安排)?[是为：:]")
_OTHER_SPAN = re.compile(r"[“\"]?十[三四五六七八]五[”\"]?(?:时期|期间|规划)|今后五年|未来五年|到20\d\d年|年均")
_SHORT = 45


class Side(StrEnum):
    """Which year a part of the report speaks of."""

    PAST = "past"
    PLAN = "plan"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence: `document.text[offset:end]` is `text`."""

    offset: int
    text: str
    side: Side
    kind: BlockKind

    @property
    def end(self) -> int:
        """Offset just behind the sentence."""
        return self.offset + len(self.text)

    @property
    def states_goals(self) -> bool:
        """Whether it opens the year's goals (主要预期目标是：…), and not those of a five-year plan."""
        found = _GOALS.search(self.text)
        return bool(found) and not _OTHER_SPAN.search(self.text[: found.end()] if found else "")


def passages(document: Document, *, year: int) -> tuple[Passage, ...]:
    """The sentences of `document` in order; headings turn the side, and so does the sentence that opens the goals."""
    levels = {section.offset: section for section in document.sections if section.level <= 2}
    side, decided = Side.UNKNOWN, False
    found: list[Passage] = []
    for block in document.blocks:
        section = levels.get(block.offset)
        title = section.title if section else block.text if _is_heading(block) else ""
        turned = _turned(title, year=year, by_words=not decided or (section is not None and section.level <= 1))
        if section is not None and section.level <= 1:
            decided = turned is not None
        side = turned or side
        for offset, text in _sentences(block):
            passage = Passage(offset=offset, text=text, side=side, kind=block.kind)
            if side is not Side.PLAN and "今年" in text and passage.states_goals:
                side = Side.PLAN
                passage = replace(passage, side=side)
            found.append(passage)
    return tuple(found)


def _is_heading(block: Block) -> bool:
    text = block.text.strip()
    return block.kind is BlockKind.PARAGRAPH and 4 <= len(text) <= _SHORT and not text.endswith(("。", "；", "，", "："))


def _turned(title: str, *, year: int, by_words: bool) -> Side | None:
    """The side a heading turns to; a title that names both years (the report's own) turns to neither.

    Inside a chapter whose side is known only a year turns (`by_words` false): 重点任务 may be last year's.
    """
    years = {int(found) for found in _YEAR.findall(title)}
    past = year - 1 in years or ("去年" in title)
    plan = year in years
    if past != plan:
        return Side.PLAN if plan else Side.PAST
    if (past and plan) or not title or not by_words:
        return None
    past, plan = bool(_PAST_WORDS.search(title)), bool(_PLAN_WORDS.search(title))
    return None if past == plan else Side.PLAN if plan else Side.PAST


def _sentences(block: Block) -> Iterator[tuple[int, str]]:
    for found in _SENTENCE.finditer(block.text):
        text = found.group()
        if text.strip():
            lead = len(text) - len(text.lstrip())
            yield block.offset + found.start() + lead, text.strip()
