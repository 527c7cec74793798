"""Search: indicators, projects, tasks, offices, documents and sentences by any of their words, or by the initials of their sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length, StrIndex

from duheng.site.queries import known, wording
from duheng.site.queries.folding import folded, marked
from duheng.site.records.models import Plan, SearchEntry

LONGEST = 100  # characters of a query that are looked at
MANY = 1000  # sentences that are counted
NOUNS: Mapping[str, tuple[str, str]] = {
    "indicator": ("指标", "Indicators"),
    "project": ("项目", "Projects"),
    "poolproject": ("项目库", "Project pool"),
    "task": ("任务", "Tasks"),
    "office": ("单位", "Offices"),
    "document": ("文件", "Documents"),
    "sentence": ("原文", "Sentences"),
}
_WORDS = 8
_ITEMS = ("indicator", "project", "poolproject", "task", "office", "document")
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that was found: its name with the words marked, what stands below it, and where it opens."""

    noun: str
    key: object  # of the page it opens
    offset: int | None
    pieces: Pieces
    under: str

    @property
    def page(self) -> str:
        """The name of the page it opens."""
        return _PAGES.get(self.noun, self.noun)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was found of one kind: the best, and how many there are."""

    noun: str
    total: int
    hits: tuple[Hit, ...]

    @property
    def counted(self) -> str:
        """The number, or that there are more than are counted."""
        return f"{MANY}+" if self.total > MANY and self.noun == "sentence" else str(self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer, kind by kind; no kind without a hit."""

    words: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def total(self) -> int:
        """Everything found."""
        return sum(group.total for group in self.groups)


def find(query: str, *, plan: Plan | None, language: str, limit: int, noun: str = "") -> Found:
    """The best `limit` of each kind, or of one kind; items of the plan shown, and sentences of every document."""
    words = words_of(query)
    if not words:
        return Found(words=(), groups=())
    wanted = [noun] if noun in NOUNS else list(NOUNS)
    counts = _counts(words, plan)
    groups = [
        Group(noun=one, total=counts[one], hits=_items(one, words, plan, language, limit)) for one in wanted if one in counts
    ]
    if "sentence" in wanted:
        groups.append(_sentences(words, limit))
    return Found(words=words, groups=tuple(group for group in groups if group.hits))


def words_of(query: str) -> tuple[str, ...]:
    """The words that must all be there, folded; no more than anybody types."""
    words = (folded(word) for word in query[:LONGEST].replace("\0", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))[:_WORDS]


def _counts(words: Sequence[str], plan: Plan | None) -> dict[str, int]:
    entries = _matching(SearchEntry.objects.filter(noun__in=_ITEMS), words, plan)
    return dict(entries.values_list("noun").annotate(Count("pk")))


def _matching(entries: QuerySet[SearchEntry], words: Sequence[str], plan: Plan | None) -> QuerySet[SearchEntry]:
    here = entries.filter(Q(plan=plan) | Q(plan__isnull=True), project__merged_into__isnull=True)
    for word in words:
        either = Q(name__contains=word) | Q(text__contains=word)
        if len(word) > 1 and word.isascii() and word.isalpha():
            either |= Q(sounds__contains=word)
        here = here.filter(either)
    return here


def _items(noun: str, words: Sequence[str], plan: Plan | None, language: str, limit: int) -> tuple[Hit, ...]:
    entries = _matching(SearchEntry.objects.filter(noun=noun), words, plan)
    rows = entries.annotate(rank=_rank(words), long=Length("name")).order_by("rank", "long", "pk").select_related(*_RELATED[noun])
    if noun == "document":
        rows = rows.defer("sentences", "places", "document__text", "document__body")
    found = list(rows[:limit])
    return tuple(_hit(row, words, language) for row in found)


def _rank(words: Sequence[str]) -> Case:
    """Exact name, then its beginning, another name, part of the name, other words, the beginning of its sound, the rest."""
    whole = folded(" ".join(words))
    every = Q()
    for word in words:
        every &= Q(name__contains=word)
    return Case(
        When(name=whole, then=Value(0)),
        When(name__startswith=whole, then=Value(1)),
        When(text__contains=f"\n{whole}", then=Value(2)),
        When(every, then=Value(3)),
        When(text__contains=whole, then=Value(4)),
        When(sounds__contains=f"\n{whole}", then=Value(5)),
        default=Value(6),
        output_field=IntegerField(),
    )


def _sentences(words: Sequence[str], limit: int) -> Group:
    """The sentences that hold all words, of the newest document first; no more are counted than anybody looks through."""
    entries = SearchEntry.objects.filter(noun="document")
    for number, word in enumerate(words):
        entries = entries.alias(**{f"at{number}": StrIndex("sentences", Value(word))}).filter(**{f"at{number}__gt": 0})
    total = 0
    wanted: dict[int, list[int]] = {}  # lines by entry
    for pk, text in entries.order_by("-document_id").values_list("pk", "sentences").iterator(chunk_size=8):
        lines = [number for number, line in enumerate(text.split("\n")) if all(word in line for word in words)]
        if lines and total < limit:
            wanted[pk] = lines[: limit - total]
        total += len(lines)
        if total > MANY:
            break
    hits = [hit for pk, lines in wanted.items() for hit in _quoted(pk, lines, words)]
    return Group(noun="sentence", total=total, hits=tuple(hits))


def _quoted(pk: int, lines: Sequence[int], words: Sequence[str]) -> Iterator[Hit]:
    """These sentences of a document as they are printed."""
    row = SearchEntry.objects.select_related("document").defer("sentences", "document__body").get(pk=pk)
    document = row.document
    for line in lines if document else ():
        begin, end = row.places[line]
        said = marked(document.text[begin:end], words)  # type: ignore[union-attr]
        yield Hit(noun="sentence", key=row.document_id, offset=begin, pieces=_short(said), under=document.name)  # type: ignore[union-attr]


def _hit(row: SearchEntry, words: Sequence[str], language: str) -> Hit:
    of = getattr(row, row.noun)
    name, under, key = _SHOWN[row.noun](of, language)
    return Hit(noun=row.noun, key=key, offset=None, pieces=marked(name, words), under=under)


def _short(pieces: Pieces) -> Pieces:
    """A long sentence from a little before the first word found."""
    lead = pieces[0][0] if pieces and not pieces[0][1] else ""
    if len(lead) > 40:
        pieces = ((f"…{lead[-24:]}", False), *pieces[1:])
    room, kept = 160, []
    for text, hit in pieces:
        kept.append((text if len(text) <= room else f"{text[:room]}…", hit))
        room -= len(text)
        if room <= 0:
            break
    return tuple(kept)


def _indicator(of: Any, language: str) -> tuple[str, str, object]:
    entry = known.entry(of.code)
    name = entry.en if entry and language != "zh" else of.name
    under = [of.name if name != of.name else "", wording.unit_words(of.unit, language=language)]
    return name, " · ".join(part for part in under if part), of.pk


def _office(of: Any, language: str) -> tuple[str, str, object]:
    entry = known.offices().get(of.code or "")
    english = entry.en if entry else ""
    return (english, of.name, of.key) if english and language != "zh" else (of.name, english if language != "zh" else "", of.key)


def _pooled(of: Any, language: str) -> tuple[str, str, object]:
    stage = wording.of(wording.STAGES, of.stage, language=language)
    return of.name, " · ".join(part for part in (stage, of.group, of.owner) if part), of.pk


_RELATED = {noun: [noun] for noun in _ITEMS}
_PAGES = {"poolproject": "pool-project"}
_SHOWN: Mapping[str, Any] = {
    "indicator": _indicator,
    "project": lambda of, language: (of.name, of.group, of.pk),
    "poolproject": _pooled,
    "task": lambda of, language: (of.title, of.group, of.pk),
    "office": _office,
    "document": lambda of, language: (of.name, of.imported_at.strftime("%Y-%m-%d"), of.pk),
}
