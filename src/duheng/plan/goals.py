"""The sentence that states the year's goals (主要预期目标是：…), read clause by clause, numbers or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from duheng import pattern as re
from duheng.plan.passage import Passage, Side
from duheng.read import names_of_list

_OPENS = re.compile(r"目标(?:任务)?(?:建议|安排)?(?:是|为)?[：:是为]+\s*")
# Digits that belong to a name: hidden before the number of a clause is sought.
_IN_NAMES = re.compile(r"PM\s?\d+(?:\.\d+)?|\d+(?=岁|G基站|A级|项指标)|[“\"][^”\"]*[”\"]|（[^（）]*）|\([^()]*\)")
_PREDICATE = re.compile(
    r"\d|Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|两位数|按(?:照)?(?:增长|\d|国家|上级)|(?:基本)?[与同和跟](?=[^，；]{2,14}同步)|分别|进一步|持续(?=[下上增降提])"
    r"|稳定(?:在|保持)?|保持|控制|限制|完成|达到?(?=[^成])|实现|力争|争取|高于|快于|低于|优于|不低于|不高于|不超过|不少于|超过|突破|继续|同步"
)
_ASSIGNED = re.compile(
    r"^(?:全面|按照?[^，]{0,6}要求|按时|高质量)*(?:完成|落实|达到|实现)(?:好)?"
    r"(?:国家|上级|省|市|中央|省级|市级|国务院)?(?:下达|确定|要求)?(?:的|我[省市区县州]的?|给?我[省市区县州]的?)*"
    r"(?P<name>[^\d，]{3,}?)(?:等)?(?:目标任务|约束性指标|任务|目标|要求|指标)+$"
)
_PERIOD = re.compile(r"^[“\"]?十[一二三四五六七八]五[”\"]?(?:时期|期间|规划)")
_WISH = re.compile(
    r"^(?:并|且|同时)?(?:在?实际工作中|根据实际情况|工作中)?(?:将|要)?(?:尽最大努力|努力|积极)*(?:力争|争取|奋斗|冲刺|保持.{0,6}前列|实现更|达到更)"
)
_COMPLETE = re.compile(r"\d|同步|任务|正增长|两位数|平均|下降$|稳定$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One promise of the goals' sentence: what, and how much in the report's words (`said`)."""

    name: str
    said: str
    falls: bool  # whether the words make it a fall (下降2%): its size is aimed at
    offset: int
    end: int
    sentence: str


class _Place(NamedTuple):
    offset: int
    end: int
    sentence: str


def goals(passages: Sequence[Passage], *, knows: Callable[[str], bool]) -> tuple[Goal, ...]:
    """The goals of the year in the order stated; `knows` tells whether a name means an indicator of the catalog."""
    found: list[Goal] = []
    for passage in passages:
        opening = _OPENS.search(passage.text)
        if opening and passage.states_goals and passage.side is not Side.PAST:
            found.extend(_goals(passage, start=opening.end(), knows=knows))
    return tuple(found)


def _goals(passage: Passage, *, start: int, knows: Callable[[str], bool]) -> Iterator[Goal]:
    previous: list[Goal] = []
    for at, clause in _clauses(passage.text, start):
        if previous and _WISH.match(clause):
            last = previous[-1]
            said = f"{last.said}，{clause}"
            previous[-1] = replace(last, said=said, end=passage.offset + at + len(clause))
            continue
        yield from previous
        previous = list(_read(clause, passage=passage, at=at, knows=knows))
    yield from previous


def _clauses(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The clauses of a sentence with their places: cut at ，and ；, and at 、 where what stands before it is complete."""
    at = start
    for piece in re.split(r"([，；,;。！])", text[start:]):
        if piece and piece not in "，；,;。！":
            yield from _cut_lists(piece, at)
        at += len(piece)


def _cut_lists(piece: str, at: int) -> Iterator[tuple[int, str]]:
    if "分别" in piece:
        yield at, piece
        return
    held, held_at = "", at
    for part in re.split(r"(、)", piece):
        if part == "、" and _COMPLETE.search(_hidden(held)) and not re.search(r"[高快优低]于", held):
            yield held_at, held
            held, held_at = "", at + 1
        else:
            held += part
        at += len(part)
    if held.strip():
        yield held_at, held


def _read(clause: str, *, passage: Passage, at: int, knows: Callable[[str], bool]) -> Iterator[Goal]:
    """The goals of one clause: one, or one for each name of a list that shares what is said."""
    clause, at = clause.rstrip(), at + len(clause) - len(clause.lstrip())
    clause = clause.lstrip()
    place = _Place(passage.offset + at, passage.offset + at + len(clause), passage.text)
    if assigned := _ASSIGNED.match(clause):
        names = _split_names(_PERIOD.sub("", assigned["name"]), knows)
        yield from (_goal(name, said=clause, place=place) for name in names)
        return
    cut = _PREDICATE.search(_hidden(clause))
    if cut is None or cut.start() < 2:
        return
    name, said = clause[: cut.start()], clause[cut.start() :]
    if said.startswith("分别"):
        yield from _respectively(name, said, place=place)
        return
    yield from (_goal(each, said=said, place=place) for each in _split_names(name, knows))


def _goal(name: str, *, said: str, place: _Place) -> Goal:
    """The measure's word belongs to the name, wherever the sentence puts it: 按增长5%安排 is a growth."""
    name = name.strip().rstrip("等的")
    falls = bool(re.search(r"(?:下降|降低|减少)$", name))
    if not re.search(r"(?:增长|增速|增幅|涨幅|上涨|下降|降低|减少|降幅)$", name):
        moved = re.search(r"(?P<word>增长|下降|降低|减少)(?=\s*\d|$)", said)
        if moved and "正增长" not in said:
            name, falls = f"{name}{moved['word']}", moved["word"] != "增长"
    return Goal(name=name, said=said, falls=falls, offset=place.offset, end=place.end, sentence=place.sentence)


def _respectively(name: str, said: str, *, place: _Place) -> Iterator[Goal]:
    """城乡居民人均可支配收入分别增长5%、6%: each number with its own name."""
    word = re.match(r"分别(?P<word>[^\d]*)", said)
    values = re.findall(r"\d[\d.,]*\s*[%％]?[^\d、和]*", said)
    names = names_of_list(name, len(values)) or [name] * min(len(values), 1)
    lead = word["word"] if word else ""
    for each, value in zip(names, values, strict=False):
        yield _goal(each, said=f"{lead}{value}".strip("、和"), place=place)


def _split_names(name: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """The names of a list, if one of them alone is known; else the list is one name (长江、黄河干流水质)."""
    parts = [part for part in re.split(r"[、和及]", re.sub(r"等[^等]{0,4}$", "", name)) if part.strip()]
    measured = re.search(r"(?:下降|降低|增长|增速)$", name)
    tail = measured.group() if measured else ""
    if len(parts) > 1 and any(knows(part) or knows(f"{part}{tail}") for part in parts):
        return tuple(parts)
    return (name,)


def _hidden(text: str) -> str:
    """`text` with the digits of names blanked, same length."""
    return _IN_NAMES.sub(lambda found: "□" * len(found.group()), text)
