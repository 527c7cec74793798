"""DA108 A count and its list · 数与列举

Tests: a count behind a list that names all it counts ("A、B、C三大产业"; “补短、提升、冲刺”三个…; A、B、C“三项行动”) against the
number of names; a count that its list follows (六大行动：甲、乙…; “三类”即甲、乙、丙); a count behind a list of examples
("A、B等5个"; "A、B等公园5座"), which must not be less than the names given.

Fails: 万吨、龙文三大专业市场。 Two are named. / 甲公园、乙公园、丙公园等公园2座。 Three are named.
Passes: 万吨、龙文两大专业市场。 / 甲公园、乙公园等公园5座。
Tolerance: 和, 与 and 及 may join two names or stand inside one, so both readings are allowed.
May be wrong: where one name holds a 、 of its own; such names stand in quotes as a rule, and are then taken as one.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.listed import COUNT_WORDS, Names, acts_often, clause, is_act, names, number, prose, spans
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.read import Sentence

_HAN = "两二三四五六七八九十"
_ALL = re.compile(
    rf"(?<![第一十百千万\d{_HAN}])(?P<n>[{_HAN}]{{1,2}})(?P<unit>大|个|项|类|种|条|座|家)(?!月|季度|小时|百分点|工作日|球|规定|以上|年|多|[^，。；、]{{0,8}}、)"
)
_SOME = re.compile(
    rf"等(?P<noun>[^，。；：、（）“”《》\d{_HAN}]{{0,8}}?)(?P<n>\d{{1,3}}|[{_HAN}]{{1,2}})(?P<unit>{COUNT_WORDS})(?P<behind>[^，。；、）]?)"
)
_DEFINED = re.compile(
    rf"(?<![第\d{_HAN}])(?P<n>\d{{1,2}}|[{_HAN}]{{1,2}})(?:大|个|项|类|种|条|座|家)[^，。；：、（）“”]{{0,14}}"
    r"(?:”?[：（]|”?，?即|[”，]分别是|”是指|，(?:主要)?包括)(?P<list>[^，。；：！？]*、[^，。；：！？]*?)(?P<end>[）。；]|$)"
)
_DEED = re.compile(r"获|入选|完成|实现|新增|达|建成|投|提出|有|共|产|推出|引|招|认定|联合|出台")
_INNER = re.compile(rf"[\d{_HAN}]+(?:大|项|个|类|条)|\d")
_PRODUCED = re.compile(r"共$|提出|出台|制定|推出|印发|发布")
_LONG = 20  # a last name that runs on is a clause rather than a name


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a count is not that of the names it stands with."""
    for sentence in prose(draft):
        if "、" in sentence.text:
            yield from _whole_lists(draft, sentence)
            yield from _examples(draft, sentence)
            yield from _definitions(draft, sentence)


def _whole_lists(draft: Draft, sentence: Sentence) -> Iterator[Finding]:
    for found in _ALL.finditer(sentence.text):
        marked = sentence.text[: found.start()].endswith("“")
        text = clause(sentence, found.start() - marked) + "“" * marked
        listed = _all_named(text, number(found["n"]))
        count = number(found["n"])
        if listed and not listed.low <= count <= listed.high:
            told = str(listed.low) if listed.low == listed.high else f"{listed.low}—{listed.high}"
            shown = "、".join(item.strip("“”") for item in listed.items)
            message = (
                f"“{found.group()}”之前列出的是 {told} 项（{shown}），请核对数字或列举。",
                f"{told} are listed before “{found.group()}” ({shown}). Check the count or the list.",
            )
            yield pointed(draft, RULE, message, spans(sentence, [found.span()]))


def _definitions(draft: Draft, sentence: Sentence) -> Iterator[Finding]:
    """六大行动：甲、乙、丙、丁、戊、己."""
    for found in _DEFINED.finditer(sentence.text):
        listed, count = names(found["list"]), number(found["n"])
        short = any(len(item) < 2 for item in listed.items) and "（" in found.group()  # 县（市、区）
        open_ = "等" in found["list"] or any(_INNER.search(item) or len(item) > _LONG for item in listed.items)
        low = len(listed.items)
        if short or open_ or is_act(listed.items[0]) or low <= count <= listed.high:
            continue
        message = (
            f"“{found['n']}”之后列出的是 {low} 项（{'、'.join(listed.items)}），请核对数字或列举。",
            f"{low} are listed behind “{found['n']}” ({'; '.join(listed.items)}). Check the count or the list.",
        )
        yield pointed(draft, RULE, message, spans(sentence, [found.span("n"), found.span("list")]), Severity.WARNING)


def _all_named(text: str, count: int) -> Names | None:
    """The names that stand right before a count, where they are all that it counts."""
    quoted = re.search(r"“(?P<list>[^“”]*、[^“”]*)”的?$", text)
    if quoted:
        inside = names(quoted["list"])
        return Names(items=inside.items, low=len(inside.items), high=inside.high)
    if text.endswith("“"):
        text = text[:-1]
        if count < 3 or "“" in text:  # “两个维护”, 残疾人“两项补贴” are names of their own
            return None
    listed = names(text)
    last = listed.items[-1] if listed.items else ""
    if len(listed.items) < 2 or "等" in last or not 1 < len(last) <= _LONG or acts_often(listed):
        return None
    if _PRODUCED.search(last) or any(_INNER.search(item) for item in listed.items):
        return None
    return listed


def _examples(draft: Draft, sentence: Sentence) -> Iterator[Finding]:
    for found in _SOME.finditer(sentence.text):
        noun = found["noun"]
        if noun and (found["behind"] or _DEED.search(noun)):
            continue
        listed = names(clause(sentence, found.start()))
        if len(listed.items) > 1 and number(found["n"]) < listed.low:
            shown = "、".join(listed.items[-listed.low :])
            count = f"{found['n']}{found['unit']}"
            message = (
                f"“等”前已列出 {listed.low} 项（{shown}），多于所说的 {count}，请核对数字或列举。",
                f"{listed.low} are named before 等 ({shown}), more than the {count} that are counted. Check the count or the list.",
            )
            yield pointed(draft, RULE, message, spans(sentence, [found.span("n")]))


RULE = Rule(code="DA108", name=("数与列举", "A count and its list"), severity=Severity.ERROR, check=check, page=__doc__)
