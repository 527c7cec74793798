"""What speaks for and against two projects being one: what a person looks at before deciding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from duheng import pattern as re
from duheng.measure import find
from duheng.plan.kinship import plain_name
from duheng.plan.place import Place
from duheng.plan.plan import Stage

_CODE = re.compile(
    r"[A-Za-z]+\d+(?:[A-Za-z\d]*)|(?<![\d一二三四五六七八九十])[一二三四五六七八九十]+横线|(?<!\d)\d{3,}(?![\d年])"
)
_SITE = re.compile(r"[一-鿿]{2,4}?(?:街道|片区|园区|组团|社区|镇|乡|村)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A project as its report tells of it."""

    names: tuple[str, ...]
    group: str = ""
    stage: Stage = Stage.UNKNOWN
    owner: str = ""
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason why two projects may be one (`likely`), or may not be, in words (zh, en)."""

    kind: str  # "words", "short", "code", "site", "money", "owner", "list", "sentence", "stage"
    likely: bool
    text: tuple[str, str]


def evidence(left: Told, right: Told, *, place: Place) -> tuple[Evidence, ...]:
    """Everything that speaks for or against it, what speaks for it first.

    >>> [each.kind for each in evidence(Told(names=("甲水厂二期",)), Told(names=("甲水厂扩建工程",)), place=Place())]
    ['words']
    """
    found = [*_of_names(left, right, place), *_of_facts(left, right), *_against(left, right)]
    return tuple(sorted(found, key=lambda each: not each.likely))


def shared_words(left: str, right: str, *, place: Place) -> tuple[str, ...]:
    """The runs of two characters and more that two names share in order, once what says nothing is looked through."""
    a, b = plain_name(left, place=place), plain_name(right, place=place)
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return tuple(dict.fromkeys(a[block.a : block.a + block.size] for block in blocks if block.size > 1))


def _of_names(left: Told, right: Told, place: Place) -> Iterator[Evidence]:
    pairs = [(one, two) for one in left.names for two in right.names]
    shared = max((shared_words(one, two, place=place) for one, two in pairs), key=lambda words: sum(map(len, words)), default=())
    if shared:
        quoted = "".join(f"“{word}”" for word in shared)
        yield _for("words", f"名称都有{quoted}", f"both names have {quoted}")
    for one, two in pairs:
        short, long = sorted((plain_name(one, place=place), plain_name(two, place=place)), key=len)
        if 1 < len(short) < len(long) and _abbreviates(short, long):
            yield _for("short", f"“{short}”可以是“{long}”的简称", f"“{short}” may be short for “{long}”")
            break
    if codes := _common(_CODE, left.names, right.names):
        yield _for("code", f"同有编号“{codes[0]}”", f"both have the number “{codes[0]}”")
    if sites := _common(_SITE, left.names, right.names):
        yield _for("site", f"同在“{sites[0]}”", f"both at “{sites[0]}”")


def _of_facts(left: Told, right: Told) -> Iterator[Evidence]:
    own, other = set(left.sentences) - set(right.sentences), set(right.sentences) - set(left.sentences)
    if sums := [amount for amount in _money(own) if amount in _money(other)]:
        yield _for("money", f"金额都是{sums[0]}", f"the same sum of money, {sums[0]}")
    if left.owner and left.owner == right.owner:
        yield _for("owner", f"牵头单位都是{left.owner}", f"the same lead office, {left.owner}")


def _against(left: Told, right: Told) -> Iterator[Evidence]:
    if left.group and left.group == right.group:
        zh, en = f"“{left.group}”里各列一项", f"“{left.group}” lists each of them"
        yield Evidence(kind="list", likely=False, text=(zh, en))
    if set(left.sentences) & set(right.sentences):
        yield Evidence(kind="sentence", likely=False, text=("同一句话里分别提到", "one sentence names both"))
    if Stage.UNKNOWN not in (left.stage, right.stage) and left.stage is not right.stage:
        yield Evidence(kind="stage", likely=False, text=("报告给出的阶段不同", "the report gives them different stages"))


def _abbreviates(short: str, long: str) -> bool:
    """Whether `short` keeps the order of characters of `long` and begins as one of its words may."""
    rest = iter(long)
    return all(character in rest for character in short)


def _common(pattern: re.Pattern[str], left: Iterable[str], right: Iterable[str]) -> list[str]:
    others = {found for name in right for found in pattern.findall(name)}
    return [found for name in left for found in pattern.findall(name) if found in others]


def _money(sentences: Iterable[str]) -> list[str]:
    found = (each.quantity for sentence in sorted(sentences) for each in find(sentence))
    return [f"{quantity.value:f}{quantity.unit.symbol}" for quantity in found if quantity.unit.symbol.endswith("元")]


def _for(kind: str, zh: str, en: str) -> Evidence:
    return Evidence(kind=kind, likely=True, text=(zh, en))
