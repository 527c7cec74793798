"""DA109 Names and values of 分别 · “分别”前后的个数

Tests: the number of values behind 分别 against the number of names before it, or, where 分别 goes on with the clause before it
(，分别居第3、第2、第3), against the values there.

Fails: 零售业、住宿业、餐饮业销售额分别增长12%、9%。 Three trades, two values.
Passes: 零售业、住宿业、餐饮业销售额分别增长12%、9%、9.9%。
Tolerance: 和, 与 and 及 may join two names or stand inside one, and 城乡, 内外 and their like are two in one word, so that
every reading of the names is allowed.
May be wrong: where the names stand in an earlier sentence; a clause without names before 分别 is held against the clause
before it only when that one has values of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.listed import Names, clause, names, prose, spans, split
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.read import Sentence

_EMPTY = re.compile(r"^(?:排名|累计|年均|同比|五年|比\d{4}年|预计|并|也|均|数量|总量|、)*$")
_TWO_IN_ONE = re.compile(r"城乡|牛羊|内外|存贷|进出|产销|粮油|水陆|男女|老幼|师生|增减")
_MOVED = re.compile(r"^[^\d]*(?:从|由)")
_VALUE = re.compile(r"\d|第[一二三四五六七八九十]|首位|翻番|[一二三四五六七八九]成|百分之|倍")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where names and values behind 分别 differ in number."""
    for sentence in prose(draft):
        last = 0
        for found in re.finditer("分别", sentence.text):
            end = sentence.clause_end(found.end(), "，；：。！？")
            count = _values(sentence.text[found.end() : end])
            if count:
                yield from _compare(draft, sentence, found, (count, last))
            last = count


def _values(text: str) -> int:
    """How many values stand in a row; 0 where what follows is no row of values."""
    pieces = split(text, "、和与及")
    if _MOVED.match(text) or not all(_VALUE.search(piece) for piece in pieces):
        return 0
    return len(pieces)


def _compare(draft: Draft, sentence: Sentence, found: re.Match[str], counts: tuple[int, int]) -> Iterator[Finding]:
    count, last = counts
    head = clause(sentence, found.start())
    if _EMPTY.match(head):
        if last > 1 and last != count:
            yield _finding(draft, sentence, found, count, str(last))
        return
    if count == 1:  # 分别增长20%以上: each of them
        return
    listed = names(re.sub(r"^.*(?:其中|：)", "", head))
    if len(listed.items) < 2 and listed.high < 2:
        return
    if not _lowest(listed) <= count <= listed.high + len(_TWO_IN_ONE.findall(head)):
        told = str(listed.low) if listed.low == listed.high else f"{listed.low}—{listed.high}"
        yield _finding(draft, sentence, found, count, told)


def _lowest(listed: Names) -> int:
    """The fewest names that a list can have; a single 和 may join two names, or stand inside the one there is."""
    return listed.low


def _finding(draft: Draft, sentence: Sentence, found: re.Match[str], count: int, told: str) -> Finding:
    end = sentence.clause_end(found.end(), "，；：。！？")
    message = (
        f"“分别”之后有 {count} 个数，之前有 {told} 项，个数不一致，请核对是否漏写。",
        f"{count} values stand behind 分别 and {told} names before it. Check whether one was left out.",
    )
    return pointed(draft, RULE, message, spans(sentence, [(found.start(), end)]))


RULE = Rule(
    code="DA109", name=("“分别”前后的个数", "Names and values of 分别"), severity=Severity.ERROR, check=check, page=__doc__
)
