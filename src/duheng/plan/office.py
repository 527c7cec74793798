"""Who must act: which office a printed name means, for the sheets and reports of one place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from duheng import pattern as re
from duheng.catalog import OfficeEntry
from duheng.plan.place import Place

_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉「」·]")
_SEPARATORS = "、，,；;/／|｜\n\r\t"
_ROLE = re.compile(r"[（(](?P<role>牵头|配合|协办|主办)(?:单位|部门)?[）)]")
_LABEL = re.compile(r"(?P<role>牵头|主责|主办|责任|配合|协办|参与|协同)(?:责任)?(?:单位|部门)[:：]")
_TAIL = re.compile(r"(?:等(?:有关|相关)?(?:部门|单位)?)?(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?P<role>牵头|配合|协办|负责|落实)?$")
_SUGGESTED = re.compile(r"[（(](?:建议|suggested)[）)]$")
_NOBODY = re.compile(r"^(?:待[明确定]+|未定|无|暂无|待分配|[-—–/\\.·…]+|to be named)?$")
_BRANCH = re.compile(r"局分局$")
_LEVELS = "省市区县州旗盟"
_LEADS = frozenset(("牵头", "主责", "主办"))
_SUPPORTS = frozenset(("配合", "协办", "参与", "协同"))
_LONGEST = 60  # characters: what is longer is a sentence, not the name of an office


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office as it is called here. `code` is the catalog's; an office that only this place knows has none.

    `key` tells one office from another: the code, or the name without the place's own words.
    """

    name: str
    code: str | None
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """Finds the office that a printed name means. An exact alias binds; every other name stays as it is printed."""

    entries: Mapping[str, OfficeEntry]
    place: Place
    _codes: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_codes", _index(self.entries))

    def find(self, printed: str) -> Office:
        """The office that `printed` means: 乙区发展和改革委员会 is 发展改革委 in 乙区."""
        plain = _plain(printed)
        forms = list(dict.fromkeys(_forms(plain, self.place)))
        for form in forms:
            if code := self._codes.get(_normal(form)):
                return Office(name=_shown(printed), code=code, key=code)
        return Office(name=_shown(printed), code=None, key=f"={_normal(forms[-1])}")

    def all(self, cell: str) -> tuple[Office, ...]:
        """The offices of a cell that holds several names, each once."""
        found = {office.key: office for name in names(cell) if (office := self.find(name))}
        return tuple(found.values())


def names(cell: str) -> tuple[str, ...]:
    """The names in a cell, separated by 、 ， ； / or lines; what is no name (待明确, —, a suggestion) is left out."""
    lead, support = roles(cell)
    return tuple(dict.fromkeys((*lead, *support)))


def roles(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names in a cell by their role, where it says it: lead offices, and those that support them.

    Names without a role count as lead offices, unless another is said to lead.

        >>> roles("发改局牵头，财政局、统计局配合")
        (('发改局',), ('财政局', '统计局'))
    """
    lead: list[str] = []
    support: list[str] = []
    for label, part in _labelled(cell):
        waiting: list[str] = []
        marked = False
        for printed in _cut(part):
            name, role = _role(printed)
            if _NOBODY.match(name) is None and not _SUGGESTED.search(name) and len(name) <= _LONGEST:
                waiting.append(name)
            if role:
                (support if role in _SUPPORTS else lead).extend(waiting)
                waiting, marked = [], marked or role in _LEADS
        (support if marked or label in _SUPPORTS else lead).extend(waiting)
    return tuple(dict.fromkeys(lead)), tuple(name for name in dict.fromkeys(support) if name not in lead)


def charged(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The offices of a column 责任单位, which names them all: the first leads, as offices read it, unless the cell says who does.

    >>> charged("发改局、财政局")
    (('发改局',), ('财政局',))
    """
    lead, support = roles(cell)
    return (lead, support) if "牵头" in cell else (lead[:1], (*lead[1:], *support))


def said(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lead and supporting offices that a sentence names itself: （牵头单位：甲局；配合单位：乙局、丙局）; often none."""
    bracket = re.search(r"[（(【\[]\s*((?:牵头|主责|主办|责任)(?:责任)?(?:单位|部门)[:：][^（）()【】\[\]]+)[）)】\]]", text)
    if bracket is None:
        return (), ()
    return charged(bracket[1])


def _labelled(cell: str) -> Iterator[tuple[str, str]]:
    """A cell cut at labels such as 牵头单位：; the part before the first label has none."""
    marks = list(_LABEL.finditer(cell))
    begin = marks[0].start() if marks else len(cell)
    if cell[:begin].strip():
        yield "", cell[:begin]
    several = any(mark["role"] in _LEADS for mark in marks)
    ends = [*(mark.start() for mark in marks[1:]), len(cell)]
    for mark, end in zip(marks, ends, strict=False):
        role = "配合" if several and mark["role"] == "责任" else mark["role"]
        yield role, cell[mark.end() : end].strip(" ；;。")


def _cut(text: str) -> Iterator[str]:
    """The names, cut at separators that stand outside brackets."""
    depth, begin = 0, 0
    for place, sign in enumerate(text):
        if sign in "（(":
            depth += 1
        elif sign in "）)":
            depth = max(0, depth - 1)
        elif sign in _SEPARATORS and not depth:
            yield text[begin:place].strip()
            begin = place + 1
    yield text[begin:].strip()


def _role(printed: str) -> tuple[str, str]:
    """A name without the word that says its role, and that word."""
    role = ""
    if found := _ROLE.search(printed):
        printed, role = printed[: found.start()] + printed[found.end() :], found["role"]
    printed = printed.strip(" 。.")
    tail = _TAIL.search(printed)
    if tail and tail.start() > 1:
        word = tail["role"] or ""
        role = role or (word if word in _LEADS | _SUPPORTS else "")
        printed = printed[: tail.start()]
    return printed.strip(), role


def _shown(printed: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", printed))[:_LONGEST]


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def _forms(plain: str, place: Place) -> Iterator[str]:
    """The name, then without the place's own words, then without the level before it: 区财政局 is 财政局 in a 区."""
    yield plain
    own = [word for word in place.own if not word.startswith(("全", "我", "本")) or len(word) > 2]
    cut = plain
    for word in (*own, *(f"{sign}{place.level}" for sign in "全我本" if place.level)):
        if cut.startswith(word) and len(cut) - len(word) >= 2:
            cut = cut.removeprefix(word)
            break
    yield cut
    if cut.endswith("分局"):
        branch = cut
        for word in place.words:
            branch = branch.replace(word, "") if len(branch) - len(word) > 2 else branch
        cut = _BRANCH.sub("局", branch)
        yield cut
    levels = place.level or _LEVELS
    if cut[:1] in levels and len(cut) > 2:
        cut = cut[1:]
    for word in ("委", "政府"):  # 区委宣传部, 区政府办公室
        if cut.startswith(word) and len(cut) - len(word) >= 3:
            yield cut
            cut = cut.removeprefix(word) if word == "委" else cut
    yield cut


def _normal(name: str) -> str:
    """A name by which spellings agree: without 和, with 委 for 委员会 and 办 for 办公室."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    return re.sub(r"和|与|及", "", bare).replace("委员会", "委").replace("办公室", "办") or name


def _index(entries: Mapping[str, OfficeEntry]) -> Mapping[str, str]:
    """The code of each name; a name that two offices have means neither."""
    codes: dict[str, str | None] = {}
    for code, entry in entries.items():
        for name in (entry.zh, *entry.aliases):
            form = _normal(_plain(name))
            codes[form] = code if codes.get(form, code) == code else None
    return {form: code for form, code in codes.items() if code}
