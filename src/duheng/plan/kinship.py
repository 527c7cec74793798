"""Whether two project names mean one real thing: same, likely the same, related, or different, and why."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from duheng import pattern as re
from duheng.plan.place import Place

_QUOTES = re.compile(r"[\s“”\"'‘’《》〈〉「」·]|\[[^\[\]]*\]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PHASE = re.compile(r"第?([一二三四五六七八九十\d]+)(期|标段|批)")
_PHASES = re.compile(r"(?:第?[一二三四五六七八九十\d]+(?:期|标段|批次?)[、和及]?)+")
_PART = re.compile(r"^(?:[^含]{0,6}(?:校区|院区|园区|片区|段|侧|厂区)|[东南西北中]|[A-Z]\d?区?)$")
_YEAR = re.compile(r"20\d\d年?(?:度)?(?:[国省市区县]级)?")
_PARK = re.compile(r"(?:产业|工业|科技)?园区?(?=$|[一二三四五六七八九十]期)")
_COINED = (("EOD", "生态环境"), ("TOD", "轨道站点"), ("CBD", "中央商务区"))
_ROADS = ((re.compile(r"国道(\d+)线?"), r"G\1"), (re.compile(r"省道(\d+)线?"), r"S\1"), (re.compile(r"县道(\d+)线?"), r"X\1"))
_LEVEL = re.compile(r"^(?:全[区市县]|[区市县省州])(?=[一-鿿]{4,})")
_TAIL = re.compile(r"(?:的|等|项目|工程|主体|建设|新建|工作|提速|推进)$")
_WORKS = re.compile(
    r"(?:改扩建|扩建|改建|拓宽改造|提升改造|升级改造|整治改造|更新改造|改造|拓宽|提[档质]升级|提[档质]|升级|修缮利用|修缮|综合整治|整治|治理"
    r"|盘活|活化|搬迁|更新|加层|加固|修复|延伸|提升|配套)+$"
)
_FACILITY = re.compile(r"(?:生产线|生产|研发|基地|中心|工厂|厂房?|车间|主体|园|大楼)+")
_JOINS = "至与和及、—-到"
_TOWNS = "镇乡村"
_NUMERALS = {str(i): c for i, c in enumerate("零一二三四五六七八九")} | {"10": "十"}

_SHORT = 5  # characters a core needs before its leading words may be looked through
_RARE = 0.55  # how much of a name must be its own (not shared with other projects) to be told by it
_RARE_IN_PHASE = 0.25  # the same, where both names state the same phase
_ALIKE = 0.75  # share of the shorter name's own characters that must be found in the longer
_SHARED = 1.0  # weight of what two names share, in characters of their own
_RUNS = 3  # pairs of neighbouring characters that two names must share at all
_SITE = 6.0  # the same, where what they do not share differs wholly


class Likeness(StrEnum):
    """How two names stand to each other."""

    SAME = "same"  # merged
    LIKELY_SAME = "likely_same"  # a person decides
    RELATED = "related"  # phases, sections, components: kept apart
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """How two project names stand to each other, and why (zh, en)."""

    likeness: Likeness
    reason: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A project name looked through."""

    core: str
    base: str  # core without the works done on it
    works: str
    phases: frozenset[str]
    notes: tuple[str, ...]


class Kin:
    """Compares the project names of one report: what many of its projects share tells little, what few share tells much."""

    def __init__(self, names: Iterable[str], *, place: Place) -> None:
        self._place = place
        self._forms = {name: _form(name, place) for name in dict.fromkeys(names)}
        cores = {form.core for form in self._forms.values()}
        self._shared = Counter(part for core in cores for part in {*_pairs(core), *core})

    def compare(self, left: str, right: str) -> Kinship:
        """How `left` and `right` stand to each other."""
        a, b = self._form(left), self._form(right)
        if a.core == b.core:
            return _by_phase(a, b)
        if a.base == b.base and len(a.base) > 2:
            return _by_works(a, b)
        return self._by_containment(a, b) or self._by_overlap(a, b)

    def candidates(self) -> Iterator[tuple[str, str]]:
        """The pairs worth comparing: those that share something few others have, in the order of the names."""
        holders: dict[str, list[str]] = defaultdict(list)
        for name, form in self._forms.items():
            for pair in set(_pairs(form.core)) or {form.core}:
                holders[pair].append(name)
        order = {name: i for i, name in enumerate(self._forms)}
        found = {
            (left, right)
            for names in holders.values()
            if len(names) <= 12
            for i, left in enumerate(names)
            for right in names[i + 1 :]
        }
        yield from sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))

    def _form(self, name: str) -> _Form:
        return self._forms.get(name) or _form(name, self._place)

    def _by_containment(self, a: _Form, b: _Form) -> Kinship | None:
        short, long = (a, b) if len(a.core) < len(b.core) else (b, a)
        if short.core not in long.core or not short.core:
            return None
        lead = long.core[: long.core.index(short.core)]
        if long.core.startswith(short.core):
            if _FACILITY.fullmatch(long.core[len(short.core) :]):
                return _by_works(a, b)
            return _related(
                f"“{long.core}”是“{short.core}”名下的另一项内容", f"“{long.core}” is something else at “{short.core}”"
            )
        if not long.core.endswith(short.core) or lead[-1] in _JOINS:
            return _related("一个名称只是另一个的一部分", "one name is only a part of the other")
        if a.phases != b.phases:
            return _by_phase(a, b)
        own = self._own(short.core, a, b)
        enough = _RARE_IN_PHASE if a.phases else _RARE
        if (len(short.core) >= _SHORT and own >= enough) or lead[-1] in _TOWNS:
            return _same(f"只差前面的“{lead}”", f"they differ only by the leading “{lead}”")
        if own >= _RARE / 2:
            return _likely(
                f"只差前面的“{lead}”，但“{short.core}”较通用", f"they differ only by “{lead}”, but “{short.core}” is common"
            )
        return _different()

    def _by_overlap(self, a: _Form, b: _Form) -> Kinship:
        """Names that share most of what is their own; two sites of one kind of works share only what is common."""
        if len(_pair_set(a.core) & _pair_set(b.core)) < _RUNS:
            return _different()
        shared = Counter(a.core) & Counter(b.core)
        weight = {c: self._weight(c, a, b) for c in {*a.core, *b.core}}
        common = sum(weight[c] * n for c, n in shared.items())
        alike = common / min(sum(weight[c] for c in form.core) for form in (a, b))
        if alike < _ALIKE or common < _SHARED:
            return _different()
        if a.phases and b.phases and a.phases != b.phases:
            return _by_phase(a, b)
        start, rest_a, rest_b, end = _ends(a.core, b.core)
        both = set(rest_a) & set(rest_b)
        apart = bool(rest_a) and bool(rest_b) and len(both) <= 1 and both not in (set(rest_a), set(rest_b))
        if apart and (end or sum(self._weight(pair, a, b) for pair in _pairs(start)) < _SITE):
            return _different()  # 城东片区 and 城西片区: what differs stands before what they share
        return _likely("名称中各自独有的字大部分相同", "most of what is each name's own is in both")

    def _own(self, text: str, a: _Form, b: _Form) -> float:
        pairs = _pairs(text)
        return sum(self._weight(pair, a, b) for pair in pairs) / len(pairs) if pairs else 0.0

    def _weight(self, part: str, a: _Form, b: _Form) -> float:
        """1 for what only these two names say, less for each other project that says it too."""
        others = self._shared[part] - len({form.core for form in (a, b) if part in form.core})
        return 1 / (1 + max(0, others))


def short_forms(name: str) -> tuple[str, ...]:
    """Shorter ways the text may write a name: without brackets, quotes and the closing 项目 or 工程."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    forms = [name, bare, _strip_tail(bare)]
    return tuple(dict.fromkeys(form for form in forms if len(form) >= _SHORT))


def plain_name(name: str, *, place: Place) -> str:
    """A project's name looked through, with its phase: two names with the same one are the same project to a reader.

    >>> plain_name("甲区“乙公园”建设工程（一期）", place=Place(area="甲区")) == plain_name("乙公园一期", place=Place())
    True
    """
    form = _form(name, place)
    return "".join([form.core, *sorted(form.phases)])


@lru_cache(maxsize=4096)
def _form(name: str, place: Place) -> _Form:
    text = _QUOTES.sub("", unicodedata.normalize("NFKC", name))
    text = _YEAR.sub("", text)
    for short, full in _COINED:
        text = text.replace(short, full)
    for pattern, sign in _ROADS:
        text = pattern.sub(sign, text)
    notes: list[str] = []

    def bracket(found: re.Match[str]) -> str:
        inside = found[1]
        if _PHASE.search(inside) or _PART.match(inside):
            return inside
        if inside not in place.words:
            notes.append(inside)
        return ""

    text = _BRACKETS.sub(bracket, text)
    phases = frozenset(f"{_NUMERALS.get(number, number)}{kind}" for number, kind in _PHASE.findall(text))
    text = _PHASES.sub("", text)
    text = re.sub(r"\d", lambda found: _NUMERALS[found.group()], text)
    core = _PARK.sub("园", _strip_tail(_without_place(text, place)))
    base = _WORKS.sub("", core)
    base = _strip_tail(base) if len(base) > 1 else core
    return _Form(core=core, base=base, works=core[len(base) :], phases=phases, notes=tuple(notes))


def _without_place(text: str, place: Place) -> str:
    for word in place.words:
        if word in text and len(text) - len(word) >= 3:
            text = text.replace(word, "")
    return _LEVEL.sub("", text)


def _strip_tail(text: str) -> str:
    while (found := _TAIL.search(text)) and len(text) - len(found.group()) >= 2:
        text = text[: found.start()]
    return text


def _ends(left: str, right: str) -> tuple[str, str, str, str]:
    """What two names share at their beginning, what is left of each, and what they share at their end."""
    start = _agreeing(left, right)
    end = _agreeing(left[start:][::-1], right[start:][::-1])
    return left[:start], left[start : len(left) - end], right[start : len(right) - end], left[len(left) - end :]


def _agreeing(left: str, right: str) -> int:
    """How many characters two texts share from their beginning."""
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


@lru_cache(maxsize=4096)  # every name is compared with many
def _pair_set(text: str) -> frozenset[str]:
    return frozenset(_pairs(text))


def _by_phase(a: _Form, b: _Form) -> Kinship:
    if a.phases == b.phases:
        if a.notes and b.notes and a.notes != b.notes:
            return _likely("名称相同，括注不同", "the names agree, the notes in brackets differ")
        return _same("名称相同", "the names agree")
    if a.phases and b.phases:
        return _related(f"分属不同期（{_phases(a)}／{_phases(b)}）", f"they are different phases ({_phases(a)} / {_phases(b)})")
    return _likely(
        f"一处写明{_phases(a) or _phases(b)}，另一处没有",
        f"one name states its phase ({_phases(a) or _phases(b)}), the other does not",
    )


def _by_works(a: _Form, b: _Form) -> Kinship:
    """One thing, with different works told: 某路拓宽改造 and 某路."""
    if a.phases != b.phases:
        return _by_phase(a, b) if a.phases and b.phases else _related("期数和建设内容都不同", "phase and works both differ")
    if a.works and b.works and not (a.works in b.works or b.works in a.works):
        zh = f"同一地点，建设内容写法不同（{a.works}／{b.works}）"
        return _likely(zh, f"one place, works worded differently ({a.works} / {b.works})")
    short, long = sorted((a.core, b.core), key=len)
    rest = long.removeprefix(short)
    if a.phases and not (a.works and b.works):
        return _same(f"同为{_phases(a)}，只差“{rest}”", f"the same phase; they differ only by “{rest}”")
    return _likely(f"只差“{rest}”", f"they differ only by “{rest}”")


def _phases(form: _Form) -> str:
    return "、".join(sorted(form.phases))


def _same(zh: str, en: str) -> Kinship:
    return Kinship(likeness=Likeness.SAME, reason=(zh, en))


def _likely(zh: str, en: str) -> Kinship:
    return Kinship(likeness=Likeness.LIKELY_SAME, reason=(zh, en))


def _related(zh: str, en: str) -> Kinship:
    return Kinship(likeness=Likeness.RELATED, reason=(zh, en))


def _different() -> Kinship:
    return Kinship(likeness=Likeness.DIFFERENT, reason=("名称不同", "the names differ"))
