"""What the heads above a column say: what it holds, of which year and month, out of which money, in which unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from duheng import pattern as re
from duheng.catalog import ProjectColumnEntry, ProjectWordEntry
from duheng.collect.projects.amounts import money_unit

_BRACKET = re.compile(r"[（(【\[]([^（()）【】\[\]]*)[)）】\]]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*年?度?")
_MONTHS = re.compile(
    r"(?:截[至止]|至)?\s*(?:(?<!\d)(?P<from>1[0-2]|0?[1-9])\s*月?\s*[-–—－~～至到]\s*)?(?<!\d)(?P<until>1[0-2]|0?[1-9])\s*月\s*(?P<end>[份底末止]*)"
)
_UNTIL_YEAR = re.compile(r"(?:截[至止]|至)?\s*(?P<year>(?:19|20)\d\d)\s*年?\s*(?:年?[底末]|12月[底末])")
_LAST_YEAR = re.compile(r"(?:截[至止]|至|到)?(?:上|去)年(?:底|末|12月底)")
_SINCE_START = re.compile(r"自(?:开工|建设)(?:以来|至今|起|之日起)?|(?:开工|建设)(?:以来|至今|起)|历年|开工至[今报]")
_TO_DATE = re.compile(r"累计|截[至止]|年初|至今|止|全年|本年|当年|今年|年度")
_NOISE = re.compile(r"[\s\xa0　:：、，,。．\.;；\-—_/\\*＊“”\"'·]+")
_SPACE = re.compile(r"\s+")
_OF_WHICH = re.compile(r"^其中[：:]?")
_WHOLE = frozenset(("小计", "合计", "总计", "计", "总额", "金额", "数额", "计划数", "完成数", "全年", "投资额", "投资", "total"))
_TO_COME = re.compile(r"下年|明年|次年")
_THIS_MONTH = re.compile(r"(?:当|本)月(?!止|末|底|累计)")  # a month's own amount: months are kept cumulative since January
_RATE = re.compile(r"率|比例|占比|%|％|百分比|比重")
_SURE, _LIKELY = 1.0, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnHead:
    """What a column's heads say of it."""

    role: str = ""
    source: str = ""
    year: int | None = None
    month: int | None = None
    unit: str = ""
    confidence: float = 0.0
    since_start: bool = False  # counted from the beginning of the works, not of the year
    to_date: bool = False  # counted since January, in so many words: 累计, 1-8月, 截至8月底


@dataclass(frozen=True, kw_only=True)
class ProjectWords:
    """The catalog's words for lists of projects."""

    columns: Mapping[str, ProjectColumnEntry]
    sources: Mapping[str, ProjectWordEntry]
    delays: Mapping[str, ProjectWordEntry]
    banks: Mapping[str, ProjectWordEntry]

    @cached_property
    def _roles(self) -> Mapping[str, str]:
        return _by_name(self.columns.values())

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return _by_name(self.sources.values())

    def role(self, plain: str) -> tuple[str, float]:
        """The role a head names and how sure that is: exactly, or by the longest name that stands in it."""
        return _found(plain, self._roles)

    def source(self, plain: str) -> tuple[str, float]:
        """The kind of money a head names."""
        return _found(plain, self._sources)

    def delay(self, words: str) -> str:
        """The reason for a delay that words give; "other" where none of the list stands in them."""
        return _told_in(words, self.delays) or "other"

    def bank(self, words: str) -> str:
        """The bank that words name, as printed where the list has none such."""
        return _told_in(words, self.banks) or words.strip()

    def holds(self, role: str) -> str:
        """What kind of value stands in columns of a role."""
        return self.columns[role].holds if role in self.columns else ""


def read_heads(heads: Sequence[str], words: ProjectWords) -> ColumnHead:
    """What a column's heads, from the top down, say together.

    A head below says what its column is; where it only names a part (其中：中央预算内, 小计, 3月), those above say of what.
    """
    pieces = [piece for piece in (_piece(head, words) for head in dict.fromkeys(heads) if head) if piece]
    if not pieces:
        return ColumnHead()
    found = pieces[-1]
    for above in reversed(pieces[:-1]):
        role, source, sure = found.role, found.source, found.confidence
        if not role and (source or found.whole):
            told = above.confidence if above.role or (above.source and not source) else 0.0
            role, sure = above.role, min(sure or _SURE, told) if told else sure
        found = replace(
            found,
            role=role,
            source=source or (above.source if not above.role else ""),
            year=found.year or above.year,
            month=found.month or above.month,
            unit=found.unit or above.unit,
            confidence=sure,
            since_start=found.since_start or above.since_start,
            to_date=found.to_date or above.to_date,
        )
    return _settled(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece(ColumnHead):
    whole: bool = False  # says only that it is all of what stands above, or of which month
    amount: bool = False  # and that it is an amount: 投资, 金额, 小计


def _settled(found: _Piece) -> ColumnHead:
    role, source = found.role, found.source
    sure = found.confidence
    if not role and not source and found.amount and found.unit and found.month is None:
        role, sure = ("planned" if found.year else "total"), _LIKELY  # 投资（万元）, 2025年投资（万元）
    if source and role in ("", "source"):
        role = "source"
    elif source and role not in ("total", "planned", "works", "applied"):
        source = ""
    if role == "works" and found.since_start:
        role = "before" if found.month in (None, 12) and found.year else "ever"
    return ColumnHead(
        role=role,
        source=source,
        year=found.year,
        month=found.month,
        unit=found.unit,
        confidence=sure if role else 0.0,
        since_start=found.since_start,
        to_date=found.to_date,
    )


def _piece(head: str, words: ProjectWords) -> _Piece | None:
    unit, bare = _unit_taken_off(head)
    text = " ".join(bare.split()) if bare.isascii() else _SPACE.sub("", bare)
    if not text.isascii():
        text = _BRACKET.sub(lambda found: "" if found[0] == text or len(found[1]) > 1 else found[1], text)
    found = _Piece(unit=unit, to_date=bool(_TO_DATE.search(text)))
    exact, sure = words.role(_plain(text))
    if exact and sure == _SURE:
        return replace(found, role=exact, confidence=sure)
    if until := _UNTIL_YEAR.search(text):
        found, text = replace(found, year=int(until["year"]) + 1, since_start=True), _cut(text, until)
    elif last := _LAST_YEAR.search(text):
        found, text = replace(found, since_start=True), _cut(text, last)
    if since := _SINCE_START.search(text):
        found, text = replace(found, since_start=True), _cut(text, since)
    if year := _YEAR.search(text):
        found, text = replace(found, year=found.year or int(year[1])), _cut(text, year)
    if (months := _MONTHS.search(text)) and (months["end"] or months["from"] or months[0].endswith("月")):
        to_date = found.to_date or months["from"] == "1" or bool(months["end"] and months["end"] != "份")
        found, text = replace(found, month=int(months["until"]), to_date=to_date), _cut(text, months)
    return _named(found, _OF_WHICH.sub("", text), words)


def _unit_taken_off(head: str) -> tuple[str, str]:
    """The unit of money that a head has in brackets, and the head without it."""
    for inside in _BRACKET.finditer(head):
        unit = inside[1].strip() if inside[1].isascii() else _SPACE.sub("", inside[1])
        if money_unit(unit):
            return unit, _cut(head, inside)
    return "", head


def _named(found: _Piece, text: str, words: ProjectWords) -> _Piece | None:
    plain = _plain(text)
    if not plain or plain in _WHOLE:
        return replace(found, whole=True, amount=bool(plain))
    role, sure = words.role(plain)
    source, sure_source = words.source(plain)
    if source and sure_source > sure:
        base, base_sure = words.role(plain.replace("资金", "")) if sure_source < _SURE else ("", 0.0)
        keeps = base in ("planned", "total", "applied") and base_sure >= _LIKELY
        return replace(found, source=source, role=base if keeps else "", confidence=sure_source, whole=not keeps)
    if role and words.holds(role) == "money" and (_RATE.search(plain) or _TO_COME.search(plain) or _THIS_MONTH.search(plain)):
        return replace(found, confidence=0.0)
    return replace(found, role=role, confidence=sure)


def _cut(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + text[found.end() :]


def _plain(text: str) -> str:
    return _NOISE.sub("" if not text.isascii() else " ", text).strip().casefold()


def _by_name(entries: Iterable[ProjectColumnEntry | ProjectWordEntry]) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for entry in entries:
        for name in (entry.zh, entry.en, *entry.aliases):
            names.setdefault(_plain(_BRACKET.sub("", name)) or _plain(name), entry.code)
    return names


def _found(plain: str, names: Mapping[str, str]) -> tuple[str, float]:
    if plain in names:
        return names[plain], _SURE
    inside = [name for name in names if len(name) > 2 and not name.isascii() and name in plain]
    if not inside:
        return "", 0.0
    longest = max(inside, key=len)
    return names[longest], _LIKELY if len(longest) * 2 > len(plain) else 0.4


def _told_in(words: str, entries: Mapping[str, ProjectWordEntry]) -> str:
    """The entry whose name stands first in words."""
    plain = words.casefold()
    places = [
        (place, entry.code)
        for entry in entries.values()
        for name in (entry.zh, entry.en, *entry.aliases)
        if (place := plain.find(name.casefold())) >= 0
    ]
    return min(places)[1] if places else ""
