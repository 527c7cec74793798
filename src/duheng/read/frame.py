"""What a framed thing in a document is: a table or a box, and which line is its caption."""

from __future__ import annotations

from collections.abc import Sequence

from duheng import pattern as re
from duheng.read.document import Block, BlockKind

_NUMERAL = r"\s*[（(]?[\d０-９一二三四五六七八九十]"
_CAPTION = re.compile(rf"(?:附表|续表|专栏|图表)|附?表{_NUMERAL}|表\s*[：:]|附件\s*[\d０-９一二三四五六七八九十]*\s*[：:]")
_CAPTION_STYLES = ("caption", "题注")
_BOXED = re.compile(r"专栏")
_ENDS_AS_TABLE = re.compile(r"(?:表|一览|清单)(?:[（(][^（）()]*[）)])?$")
_SHORT = 60
_REACH = 3  # between a caption and its table stand at most a line of units and a date


def is_box(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table of these cell texts is a frame around prose: one cell, or one column headed 专栏."""
    if any(len(row) != 1 for row in rows):
        return False
    return len(rows) == 1 or bool(_BOXED.match(rows[0][0].strip()))


def names_frame(text: str) -> bool:
    """Whether a text reads like the name of the table or box below it: 表1：…, 附表, 专栏2：…."""
    return len(text) <= _SHORT and bool(_CAPTION.match(text))


def caption_above(blocks: Sequence[Block]) -> Block | None:
    """The caption of a frame that follows `blocks`: the nearest short line that begins as one, or ends in 表 right above."""
    for block in reversed(blocks[-_REACH:]):
        if block.kind is not BlockKind.PARAGRAPH or len(block.text) > _SHORT:
            break
        if names_frame(block.text) or (block.style or "").casefold() in _CAPTION_STYLES:
            return block
    last = blocks[-1] if blocks else None
    if last and last.kind is BlockKind.PARAGRAPH and len(last.text) <= _SHORT and _ENDS_AS_TABLE.search(last.text):
        return last
    return None


def caption_inside(block: Block) -> Block | None:
    """The first paragraph of a box, where it names the box itself."""
    return block if len(block.text) <= _SHORT and _BOXED.match(block.text) else None
