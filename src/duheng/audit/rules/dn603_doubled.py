"""DN603 Doubled words and marks · 重复的字词和标点

Tests: a mark twice (，， 。。 、，), a particle twice (的的, 了了) where the words around do not call for it, and a word of two or
more characters at once twice (推进推进).

Fails: 加快推进推进项目建设; 全区的的重点项目; 稳步增长，，
Passes: 常常, 人人, 实实在在, 一项一项, 中国国际, 目的的, 以及及时; —— and ……
May be wrong: for a figure of speech that is not in the list of what is legal.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.read import Block, clean

_MARKS = re.compile(r"，[，。、；：]|。[。，、；：]|、[、，。；：]|；[；，。、：]|：[：，。、；]|[？?!]。|,,")
# A particle twice, unless what stands before or behind makes words of them: 目的|的, 与|与会, 参与|与.
_PARTICLES = re.compile(
    r"(?<![目标靶有])的的(?![确士])|(?<![明为罢])了了(?![解然])|(?<![共总祥温缓饱])和和(?![美气平睦谐])|(?<![现存潜所正实内外旨自好])在在(?![建线岗校职京场座押编册])"
    r"|(?<![但可于就还都也不总])是是(?![非否])|(?<![参赋授给赠])与与(?![会])|(?<![涉普危顾触以])及及(?![时早])|(?<!刚)将将|(?<!把)把把(?![关手脉])|被被"
    r"|(?<![难加可予得所])以以(?![上下内外前后来及为])|(?<![一合])并并|(?<![顺自])从从(?![容事业严])"
)
_WORDS = re.compile(r"([一-鿿]{2,8})\1")
_ABAB = frozenset(
    "研究 讨论 商量 考虑 了解 学习 检查 整理 打扫 收拾 清理 锻炼 体验 比试 琢磨 总结 交流 探讨 休息 热闹 高兴".split()
)
_TURNS = frozenset("一每越又边连有无")  # 一校一校, 连战连战: phrases made by turns


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a mark, particle or word stands twice."""
    for block in draft.document.blocks:
        view = clean(block.text)
        for pattern in (_MARKS, _PARTICLES):
            for found in pattern.finditer(view.text):
                yield _finding(draft, block, view.original(*found.span()))
        for found in _WORDS.finditer(view.text):
            if not _is_legal(found[1]):
                yield _finding(draft, block, view.original(*found.span()))


def _is_legal(word: str) -> bool:
    """Whether a word may stand twice: 研究研究, 连战连胜, 一个一个."""
    return word in _ABAB or len(set(word)) == 1 or (len(word) == 2 and bool(set(word) & _TURNS))


def _finding(draft: Draft, block: Block, span: tuple[int, int]) -> Finding:
    start, end = block.offset + span[0], block.offset + span[1]
    shown = draft.document.text[start:end]
    return pointed(
        draft,
        RULE,
        (f"重复的字词或标点：“{shown}”。请看是否多写了一次。", f"Doubled: “{shown}”. See whether one is too many."),
        [(start, end)],
    )


RULE = Rule(
    code="DN603", name=("重复的字词和标点", "Doubled words and marks"), severity=Severity.WARNING, check=check, page=__doc__
)
