"""Lists in running text: the names before a count (甲、乙、丙三大产业; 甲、乙等5个), and how many of them there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.measure import from_chinese
from duheng.read import BlockKind, Sentence, sentences

_OPEN, _CLOSE = "“（(《「", "”）)》」"
_ACT = re.compile(
    r"^(?:加[快强大]|着力|大力|积极|切实|(?:进一步|持续|大力|全面|深入|统筹|积极|切实|不断)*(?:新[建开增改设签认引获入培]|建设|建成|改建|改造|扩建|完[成善]|开[展工通]|实施|推[进动出]|创建|培育|"
    r"引进|引入|招引|获|入选|举办|组织|签|争[取创]|支持|帮助|服务好?|做[好到强优实]|坚[持定决]|增强|提[升高质]|促进|深化|强化|优化|打造|落实|聚焦|抓[好实紧]|"
    r"办[好理]|发[放布挥]|启动|设[立置]|成立|整治|治理|修[复缮]|贯彻|学习|关停|盘活|健全|构建|建立|拓展|维护|保障|实现|制定|出台|修订|弘扬|巩固|完[成善]|应对|防范|兼顾))"
)
COUNT_WORDS = r"个|项|家|座|条|所|件|处|种|类|大|支|部|台|辆|片|块|款|对|篇|门|期|宗|套|艘|只|名"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of a list: at least `low`, at most `high` of them, since 和 may join two names or stand inside one."""

    items: tuple[str, ...]
    low: int
    high: int


def names(text: str) -> Names:
    """The names in the words before a count; what an earlier action lists (建设甲、推进乙、丙) is no part of it.

    >>> names("统筹好生产、生活和生态")
    Names(items=('统筹好生产', '生活和生态'), low=2, high=3)
    """
    items = split(text, "、")
    acts = [i for i, item in enumerate(items) if i and is_act(item)]
    own = items[acts[-1] :] if acts and len(acts) < len(items) - 1 else items  # actions alone are a list of actions
    high = sum(len(split(item, "和与及")) for item in items)
    return Names(items=tuple(items), low=len(own), high=high)


def acts_often(listed: Names) -> bool:
    """Whether the items of a list are actions rather than names."""
    return any(is_act(item) for item in listed.items[1:])


def is_act(item: str) -> bool:
    """Whether words begin with an action: 建设甲, 加快乙."""
    return bool(_ACT.match(item))


def split(text: str, marks: str) -> list[str]:
    """`text` cut at `marks` outside brackets and quotes, empty pieces left out."""
    pieces, depth, start = [], 0, 0
    for i, char in enumerate(text):
        depth = max(0, depth + (char in _OPEN) - (char in _CLOSE))
        if char in marks and depth == 0:
            pieces.append(text[start:i])
            start = i + 1
    pieces.append(text[start:])
    return [piece for piece in (piece.strip() for piece in pieces) if piece]


@lru_cache(maxsize=1)  # several rules read one draft in turn
def prose(draft: Draft) -> tuple[Sentence, ...]:
    """The sentences of running text."""
    blocks = (block for block in draft.document.blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.FOOTNOTE))
    return tuple(sentence for block in blocks for sentence in sentences(block))


def clause(sentence: Sentence, at: int) -> str:
    """The words of the clause before a place, brackets and quotes of lower depth not entered."""
    return sentence.text[sentence.clause_start(at, "，；：。！？") : at]


def number(text: str) -> int:
    """The value of a small numeral in either writing."""
    return int(text) if text.isdecimal() else int(from_chinese(text)[0])


def spans(sentence: Sentence, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of a cleaned sentence as stretches of the document."""
    return [sentence.original(start, end) for start, end in places]
