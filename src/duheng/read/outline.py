"""The numbered sections of a report, from the numbering its author typed: 一、 （一） 1. （1） 第一， 一是 ——.

Published reports rarely use heading styles, and a number is easily typed in the wrong form; so the form gives a heading its
level, and the order of its siblings corrects it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from duheng import pattern as re
from duheng.measure import from_chinese
from duheng.read.document import Block, BlockKind, Section
from duheng.read.view import View, clean

_HAN = "零〇一二三四五六七八九十百"
_FORMS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (0, rf"第([{_HAN}]+|\d+)(?:部分|[章篇编])(?=[\s：:、]|[^\s，。；、]{{1,40}}$|$)"),
        (1, rf"第([{_HAN}]+|\d+)节(?=[\s：:、]|[^\s，。；、]{{1,40}}$|$)"),
        # not 一、二、三产业
        (1, rf"([{_HAN}]{{1,4}})\s*[、．.](?![{_HAN}]+(?:[、和产]|是))"),
        # the opening bracket is easily lost at a line's end
        (2, rf"[（(]?\s*([{_HAN}]{{1,4}})\s*[）)]"),
        # not 2.5万, but 1.2024年
        (3, r"(\d{1,3})\s*(?:[.、](?!\d)|\.(?=(?:19|20)\d\d年))"),
        (4, r"[（(]\s*(\d{1,3})\s*[）)]|(\d{1,3})\s*[）)]"),
        (5, rf"第([{_HAN}]+)[，,、]|([{_HAN}]{{1,3}})(?:是|要)|([①-⑳])"),
        (6, r"([—―─]{1,6}|-{2,6})(?=[^\s—―─-])"),
    )
)
_HEADED = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)", re.IGNORECASE)
_BACK_MATTER = re.compile(r"(?:名词(?:术语)?(?:解释|注释)|注释|附注|附件|附录)\s*(?:\d*$|\d*\s*[：:])")
_DATELINE = re.compile(r"[—―─-]+\d{4}年\d{1,2}月\d{1,2}日")
_STOP = re.compile(r"[。；？！\n]")
_MARK = re.compile(r"[，。；：？！、,;:?!]")
_PROSE_ENDS = re.compile(r"[。！？；：][”’）)]?$")
_DASH = 6
_COUNTED = range(1, 5)  # 一、 to （1）: the forms that number siblings in order
_RUNS_ON = 3  # 1. to 21. may run on through （一） to （六）
_SHORT = 60
_LINE = 30  # characters of a centred heading line
_FAR = 100  # headings; a sibling further on is none


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    number: str
    value: int | None
    title: str
    offset: int


def sections(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The numbered sections of a document, in order, each knowing its parent."""
    headings = _settled(_headings(blocks))
    end = max((block.end for block in blocks), default=0)
    ends = _ends(headings, end)
    found: list[Section] = []
    open_: list[int] = []
    for index, heading in enumerate(headings):
        while open_ and found[open_[-1]].level >= heading.level:
            open_.pop()
        found.append(
            Section(
                level=heading.level,
                number=heading.number,
                title=heading.title,
                offset=heading.offset,
                end=ends[index],
                parent=open_[-1] if open_ else None,
            )
        )
        open_.append(index)
    return tuple(found)


def numeral(text: str) -> int | None:
    """The value of a section number: 十二 → 12, 21 → 21, ③ → 3; None for a dash.

    >>> [numeral(text) for text in ("一", "十", "二十一", "一百零三", "21", "③", "——")]
    [1, 10, 21, 103, 21, 3, None]
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    return int(from_chinese(text)[0]) if text and all(character in _HAN for character in text) else None


def _headings(blocks: Sequence[Block]) -> list[_Heading]:
    prose = [block for block in blocks if block.kind is BlockKind.PARAGRAPH and not _CONTENTS.match(block.style or "")]
    found = [_by_number(block, below) or _by_word(block) for block, below in pairwise([*prose, None]) if block]
    if not any(heading and heading.level == 1 for heading in found):
        found = [heading or _by_place(prose, place) for place, heading in enumerate(found)]
    return [heading for heading in found if heading]


def _by_number(block: Block, below: Block | None) -> _Heading | None:
    view = clean(block.text[: 4 * _SHORT])
    lead = len(view.text) - len(view.text.lstrip())
    for level, form in _FORMS:
        found = form.match(view.text, lead)
        if found:
            number = "——" if level == _DASH else next(group for group in found.groups() if group)
            if level == _DASH and _DATELINE.match(view.text, lead):
                return None
            title = _title(block, view, found.end())
            if level <= 2 and below and _is_cut(block, below):
                title += clean(below.text).text.strip()
            return _Heading(level, number, numeral(number), title, block.offset + view.places[lead])
    return None


def _is_cut(block: Block, below: Block) -> bool:
    """Whether a heading goes on in the line below: both are short, and neither holds any punctuation but the number's own."""
    bare = not _MARK.search(block.text[5:]) and not _MARK.search(below.text) and len(block.text) <= _LINE
    return bare and len(below.text) <= _LINE and below.offset - block.end <= 2 and not any(f.match(below.text) for _, f in _FORMS)


def _by_word(block: Block) -> _Heading | None:
    """A heading without a number: one in a heading style, or what stands behind the report (名词解释, 附件)."""
    if len(block.text) > _SHORT:
        return None
    styled = _HEADED.match(block.style or "")
    if not styled and not _BACK_MATTER.match(block.text):
        return None
    level = min(int(styled[1]), _DASH) if styled else 0
    return _Heading(level, "", None, clean(block.text).text.strip(), block.offset)


def _by_place(prose: Sequence[Block], place: int) -> _Heading | None:
    """A heading known only by where it stands: a short bare line between two paragraphs, in a report that numbers no parts."""
    block = prose[place]
    if not 0 < place < len(prose) - 1 or len(block.text) > _LINE or _MARK.search(block.text):
        return None
    above, below = prose[place - 1], prose[place + 1]
    if not _PROSE_ENDS.search(above.text) or len(below.text) <= _SHORT or not _PROSE_ENDS.search(below.text):
        return None
    return _Heading(1, "", None, clean(block.text).text.strip(), block.offset)


def _title(block: Block, view: View, behind: int) -> str:
    """The sentence that carries the number; it is looked for in the whole block, the number only at its beginning."""
    start = view.places[behind]
    stop = _STOP.search(block.text, start)
    return clean(block.text[: stop.start() if stop else None]).text.strip()


def _ends(headings: Sequence[_Heading], end: int) -> list[int]:
    """Where each section ends: at the next heading of its level or higher."""
    ends = [end] * len(headings)
    waiting: list[int] = []
    for index, heading in enumerate(headings):
        while waiting and headings[waiting[-1]].level >= heading.level:
            ends[waiting.pop()] = heading.offset
        waiting.append(index)
    return ends


def _settled(headings: list[_Heading]) -> list[_Heading]:
    """The headings with those typed in the wrong form moved to the level where their number fills the gap."""
    last: dict[int, int] = {}
    for index, heading in enumerate(headings):
        level = _level(headings, index, last)
        headings[index] = replace(heading, level=level)
        last = {known: value for known, value in last.items() if known <= level or (known == _RUNS_ON and level == 2)}
        last[level] = heading.value or 0
    return headings


def _level(headings: Sequence[_Heading], index: int, last: dict[int, int]) -> int:
    heading = headings[index]
    if heading.value is None or heading.level not in _COUNTED:
        return heading.level
    for level in _COUNTED:
        if level != heading.level and last.get(level, 0) == heading.value - 1 and _fills(headings, index, level, last):
            return level
    return heading.level


def _fills(headings: Sequence[_Heading], index: int, level: int, last: dict[int, int]) -> bool:
    """Whether a heading that could come next at `level` is missed there, and not at the level of its own form."""
    heading, value = headings[index], headings[index].value or 0
    in_turn = last.get(heading.level, 0) == value - 1
    follower, own = _next(headings, index, level), _next(headings, index, heading.level)
    if follower is None:
        return value > 2 and not in_turn
    # A heading sinks below its form only where that number comes again, or is out of turn.
    may_move = level < heading.level or own == value or not in_turn
    return may_move and follower == value + 1 != own


def _next(headings: Sequence[_Heading], index: int, level: int) -> int | None:
    """The number of the next heading of `level` under the same parent."""
    for place in range(index + 1, min(index + _FAR, len(headings))):
        heading = headings[place]
        if heading.level == level:
            return heading.value
        if heading.level < level:
            return None
    return None
