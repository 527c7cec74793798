"""The sentences of a report, each with the side of the year it speaks from: what was, or what is planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from duheng import pattern as re
from duheng.read import BlockKind, Document, Role, Setting, sentences, settings

_GOALS = re.compile(r"(?:预期|主要|发展|奋斗)目标(?:任务)?(?:建议|安排)?[是为：:]")
_OTHER_SPAN = re.compile(r"[“\"]?十[三四五六七八]五[”\"]?(?:时期|期间|规划)|今后五年|未来五年|到20\d\d年|年均")


class Side(StrEnum):
    """Which year a part of the report speaks of."""

    PAST = "past"
    PLAN = "plan"
    UNKNOWN = "unknown"  # before the first heading, or over several years


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


def passages(document: Document) -> tuple[Passage, ...]:
    """The sentences of `document` in order, each on the side of the part it stands in."""
    return tuple(_passages(document))


def _passages(document: Document) -> Iterator[Passage]:
    turns = list(settings(document)[1:])
    side = Side.UNKNOWN
    for block in document.blocks:
        for sentence in sentences(block):
            while turns and turns[0].offset <= sentence.offset:
                side = _side(turns.pop(0))
            yield Passage(offset=sentence.offset, text=sentence.raw, side=side, kind=block.kind)


def _side(setting: Setting) -> Side:
    """What a part aims at over several years is neither this year's plan nor last year's result."""
    if setting.role is Role.ACTUAL:
        return Side.PAST
    return Side.UNKNOWN if "/" in setting.period else Side.PLAN
