"""Findings of an audit as pages show them: counted in an answer, listed with their sentences, marked in the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from duheng import audit
from duheng.site.queries import drafts
from duheng.site.records.models import Document, Finding, Plan

SEVERITIES: Mapping[str, tuple[str, str]] = {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note")}
SHAPES: Mapping[str, str] = {"error": "■", "warning": "▲", "note": "○"}
FAMILIES: Mapping[str, tuple[str, str]] = {
    "DA": ("数字勾稽", "Arithmetic"),
    "DT": ("文表一致", "Text and table"),
    "DR": ("引用与体例", "References and form"),
    "DU": ("单位与数量级", "Units and magnitude"),
    "DS": ("时间与阶段", "Time and stage"),
    "DN": ("名称", "Names"),
    "DC": ("文件之间", "Between documents"),
    "DP": ("计划合理性", "Plan sense"),
}
STATES: Mapping[str, tuple[str, str]] = {
    "open": ("未处理", "open"),
    "accepted": ("已接受", "accepted"),
    "explained": ("看似不符，实则无误", "looks wrong, but is right"),
}
_RANK = {name: number for number, name in enumerate(SEVERITIES)}
_ORDER = ("open", "accepted", "explained")
_TELLING = 3
_TOLD_FIRST = ("DU", "DA", "DT", "DC", "DS", "DP", "DN", "DR")  # of one severity: what the numbers say, before how it is written


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, or a row of a table, that a finding points to: pieces of text, each marked or not, and where it stands."""

    document: int
    anchor: str
    pieces: tuple[tuple[str, bool], ...]
    section: str
    paragraph: int | None
    table: int | None
    row: int | None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One finding as shown."""

    pk: int
    document: int
    rule: str
    name: tuple[str, str]
    severity: str
    offset: int
    message: tuple[str, str]
    expected: tuple[str, str]
    found: tuple[str, str]
    explanation: tuple[str, str] | None
    spots: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]
    state: str  # "open", "accepted" or "explained"
    decided_by: str
    decided_at: datetime | None
    reason: str
    new: bool = False

    @property
    def family(self) -> str:
        """The kind of rule."""
        return self.rule[:2]

    @property
    def shape(self) -> str:
        """The severity's mark, for print and for eyes that see no colour."""
        return SHAPES[self.severity]

    @property
    def marked(self) -> str:
        """The first words it points to."""
        return next((text for text, marked in self.sentences[0].pieces if marked), "") if self.sentences else ""

    @property
    def home(self) -> Sentence | None:
        """The sentence where it stands."""
        return self.sentences[0] if self.sentences else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An audit in short."""

    document: Document
    counts: Mapping[str, int]  # by severity, open and accepted
    opened: Mapping[str, int]  # by severity, open only
    open: int
    accepted: int
    explained: int
    telling: tuple[Row, ...] = ()
    since: drafts.Since | None = None

    @property
    def total(self) -> int:
        """Findings that count."""
        return self.open + self.accepted

    @property
    def told(self) -> tuple[tuple[str, int], ...]:
        """The severities there are, gravest first, each with its number."""
        return tuple((name, self.counts[name]) for name in SEVERITIES if self.counts.get(name))

    @property
    def waiting(self) -> tuple[tuple[str, int], ...]:
        """The same, of open findings."""
        return tuple((name, self.opened[name]) for name in SEVERITIES if self.opened.get(name))


@lru_cache(maxsize=1)
def names() -> Mapping[str, tuple[str, str]]:
    """What each rule is called."""
    return {rule.code: rule.name for rule in audit.all_rules()}


def rows(document: Document) -> list[Row]:
    """Every finding of the document: open ones first, gravest first, then as they stand in the text."""
    return _rows(document, drafts.since(document))


def answer(document: Document) -> Answer:
    """The audit of the document in short, with the few most telling findings."""
    compared = drafts.since(document)
    found = _rows(document, compared)
    states = Counter(row.state for row in found)
    return Answer(
        document=document,
        counts=Counter(row.severity for row in found if row.state != "explained"),
        opened=Counter(row.severity for row in found if row.state == "open"),
        open=states["open"],
        accepted=states["accepted"],
        explained=states["explained"],
        telling=tuple(_telling(found)),
        since=compared,
    )


def _telling(found: Sequence[Row]) -> list[Row]:
    """The few open errors and warnings to be told first; of several about the same words only one."""
    able = [row for row in found if row.state == "open" and row.severity != "note"]
    able.sort(key=lambda row: (_RANK[row.severity], _told_first(row), row.rule, row.offset))
    chosen: list[Row] = []
    for row in able:
        if len(chosen) < _TELLING and not any(set(row.spots) & set(other.spots) for other in chosen):
            chosen.append(row)
    return chosen


def _told_first(row: Row) -> int:
    return _TOLD_FIRST.index(row.family) if row.family in _TOLD_FIRST else len(_TOLD_FIRST)


def answers(plan: Plan) -> list[Answer]:
    """The audits of the plan's documents that were audited."""
    sources = plan.sources.select_related("document").defer("document__text", "document__body")
    return [answer(source.document) for source in sources if source.document.audited_at]


def open_counts(documents: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """How many open findings of each severity the documents have."""
    count: dict[int, Counter[str]] = {pk: Counter() for pk in documents}
    found = Finding.objects.filter(document__in=documents, state="open", explanation_zh="")
    for pk, severity in found.values_list("document_id", "severity"):
        count[pk][severity] += 1
    return {pk: [(name, each[name]) for name in SEVERITIES if each[name]] for pk, each in count.items()}


def _rows(document: Document, since: drafts.Since | None) -> list[Row]:
    numbers = set(document.claims.values_list("offset", flat=True))
    new = since.new if since else frozenset()
    found = [_row(each, numbers, new=new) for each in document.findings.all()]
    return sorted(found, key=lambda row: (_ORDER.index(row.state), _RANK[row.severity], row.offset))


def _row(each: Finding, numbers: set[int], *, new: frozenset[int]) -> Row:
    explained = bool(each.explanation_zh)
    return Row(
        pk=each.pk,
        document=each.document_id,
        rule=each.rule,
        name=names().get(each.rule, (each.rule, each.rule)),
        severity=each.severity,
        offset=each.offset,
        message=(each.message_zh, each.message_en),
        expected=(each.expected_zh, each.expected_en),
        found=(each.found_zh, each.found_en),
        explanation=(each.explanation_zh, each.explanation_en) if explained else None,
        spots=tuple((spot[0], spot[1]) for spot in each.spots),
        sentences=tuple(_sentence(each.document_id, place, numbers) for place in each.places),
        state="explained" if explained else each.state,
        decided_by=each.decided_by,
        decided_at=each.decided_at,
        reason=each.reason,
        new=each.pk in new,
    )


def _sentence(document: int, place: Mapping[str, Any], numbers: set[int]) -> Sentence:
    offset = place["offset"]
    return Sentence(
        document=document,
        anchor=f"{'c' if offset in numbers else 'f'}{offset}",
        pieces=tuple((text, marked) for text, marked in place["pieces"]),
        section=place["section"][-1] if place["section"] else "",
        paragraph=place["paragraph"],
        table=place["table"],
        row=place["row"],
        page=place.get("page"),
        sheet=place.get("sheet"),
        cell=place.get("cell"),
    )
