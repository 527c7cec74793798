"""What a person must decide, and what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from duheng.site.queries import events, known, places
from duheng.site.queries.filtering import Asked
from duheng.site.queries.pairing import Match, Projects
from duheng.site.queries.places import Place
from duheng.site.records.models import Document, Indicator, Mention, Plan, Project, ReviewItem

KINDS: Mapping[str, tuple[str, str]] = {
    "same_project": ("是否同一项目", "Same project?"),
    "actual": ("上年结果", "Last year's result"),
    "target": ("目标", "Target"),
    "indicator_name": ("指标名称", "Indicator's name"),
    "stage": ("项目阶段", "Project's stage"),
    "project": ("项目", "Project"),
    "task": ("任务", "Task"),
    "unit": ("单位", "Unit"),
    "empty": ("没有指标", "No indicators"),
}
STATES: Mapping[str, tuple[str, str]] = {
    "open": ("待处理", "waiting"),
    "accepted": ("已采纳", "accepted"),
    "corrected": ("已更正", "corrected"),
    "dismissed": ("不处理", "set aside"),
}
ORDERS: Mapping[str, Sequence[str]] = {
    "": ("position",),
    "kind": ("kind", "position"),
    "name": ("item", "position"),
    "-decided": ("-decided_at", "position"),
}
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Refers:
    """A plan item that a review item is about."""

    noun: str  # "indicator" or "project"
    pk: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An indicator of the catalog that accepting would bind."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One review item as shown."""

    pk: int
    kind: str
    item: str
    reason: tuple[str, str]
    state: str
    decided_by: str
    decided_at: datetime | None
    note: str
    recalled: bool
    decision: int | None
    alone: bool  # whether the decision settled this item only
    changes: tuple[events.Change, ...]
    place: Place | None
    refers: tuple[Refers, ...]
    choices: tuple[Choice, ...]
    match: Match | None

    @property
    def form(self) -> str:
        """The id of the form that settles it, for fields that stand outside of it."""
        return f"f{self.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the review of a plan is."""

    waiting: int
    settled: int
    states: Mapping[str, int]
    kinds: Mapping[str, int]  # of those that wait

    @property
    def all(self) -> int:
        """Every item."""
        return self.waiting + self.settled


def found(plan: Plan, ask: Asked) -> QuerySet[ReviewItem]:
    """The items that answer to `ask`, in its order; those that wait, unless it says otherwise."""
    rows = plan.review.all()
    state = ask.choices.get("state") or "open"
    if state == "settled":
        rows = rows.exclude(state="open")
    elif state in STATES:
        rows = rows.filter(state=state)
    if kind := ask.choices.get("kind"):
        rows = rows.filter(kind=kind)
    if (document := ask.choices.get("document", "")).isdigit():
        rows = rows.filter(pk__in=Mention.objects.filter(document=int(document)).values("review_item"))
    for word in ask.words.split():
        rows = rows.filter(Q(item__icontains=word) | Q(reason_zh__icontains=word) | Q(reason_en__icontains=word))
    return rows.order_by(*ORDERS.get(ask.sort, ORDERS[""]))


def progress(plan: Plan) -> Progress:
    """How many items wait and how many are settled, by state and kind."""
    counts = list(plan.review.order_by().values_list("state", "kind").annotate(n=Count("pk")))
    states = Counter[str]()
    kinds = Counter[str]()
    for state, kind, n in counts:
        states[state] += n
        kinds[kind] += n if state == "open" else 0
    settled = sum(n for state, n in states.items() if state != "open")
    return Progress(waiting=states["open"], settled=settled, states=dict(states), kinds={k: n for k, n in kinds.items() if n})


def documents(plan: Plan) -> list[tuple[int, str]]:
    """The documents that the plan's items were found in."""
    return list(Document.objects.filter(plans__plan=plan).order_by("plans__position").values_list("pk", "name"))


def shown(plan: Plan, rows: Iterable[ReviewItem], *, language: str) -> list[Item]:
    """These items as a page shows them; the number of queries does not depend on how many there are."""
    listed = list(rows)
    said = places.of("review_item", [row.pk for row in listed])
    known_items = _Known(plan)
    pairs = {row.pk: known_items.projects(row.refers_to) for row in listed if row.kind == "same_project" and row.state == "open"}
    beside = Projects(plan, {pk for ids in pairs.values() for pk in ids})
    return [
        _item(
            row,
            said.get(row.pk, []),
            refers=known_items.refers(row),
            match=_match(row, pairs[row.pk], said.get(row.pk, []), beside) if row.pk in pairs else None,
            language=language,
        )
        for row in listed
    ]


def with_decisions(rows: QuerySet[ReviewItem]) -> QuerySet[ReviewItem]:
    """The same rows, with what their decisions need to be told."""
    return rows.select_related("decision__event").defer("decision__changes")


def subject(row: ReviewItem) -> Indicator | Project | None:
    """The plan's row that the item is about: the project of its code, else the indicator of its name or row."""
    if row.kind in ("stage", "project", "same_project"):
        ids = _Known(row.plan).projects(row.refers_to)
        return Project.objects.filter(pk__in=ids[:1]).first()
    named = Indicator.objects.filter(plan=row.plan)
    numbers = [int(key) for key in row.refers_to if str(key).isdigit()]
    return named.filter(name=row.item).first() or (named.filter(row__in=numbers).first() if numbers else None)


def items(plan: Plan) -> list[ReviewItem]:
    """The items of the plan that wait."""
    return list(plan.review.filter(state="open"))


def when(at: datetime | None) -> str:
    """A time as a sentence tells it."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def open_count(plan: Plan | None) -> int:
    """How many still wait."""
    return plan.review.filter(state="open").count() if plan else 0


def _item(row: ReviewItem, said: list[Place], *, refers: tuple[Refers, ...], match: Match | None, language: str) -> Item:
    made = row.decision.event if row.decision else None
    alone = made is None or made.noun != "plan"
    told = events.changes(made, language=language, leaving=("state", "merged")) if made and alone else ()
    return Item(
        pk=row.pk,
        kind=row.kind,
        item=row.item,
        reason=(row.reason_zh, row.reason_en),
        state=row.state,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
        recalled=row.recalled,
        decision=row.decision_id,
        alone=alone,
        changes=told,
        place=said[0] if said else None,
        refers=refers,
        choices=_choices(row),
        match=match,
    )


def _match(row: ReviewItem, ids: Sequence[int], said: list[Place], beside: Projects) -> Match | None:
    """The projects side by side; where the item names only one, the other name with its sentence beside it."""
    if len(row.refers_to) > 1 or not ids:
        return beside.match(ids) if len(ids) > 1 else None
    project = beside.rows.get(ids[0])
    own = {project.name, *project.aliases} if project else set()
    loose = [(name, said) for name in row.item.split(" / ") if name not in own]
    return beside.match(ids, loose=loose)


def _choices(row: ReviewItem) -> tuple[Choice, ...]:
    if row.kind != "indicator_name":
        return ()
    entries = known.indicators()
    return tuple(Choice(code=code, zh=entries[code].zh, en=entries[code].en) for code in row.refers_to if code in entries)


class _Known:
    """Plan items by what a review item may call them: a project's code, an indicator's code, row or name."""

    def __init__(self, plan: Plan) -> None:
        rows = list(Project.every.filter(plan=plan).values_list("pk", "code", "name", "merged_into"))
        self.named = {pk: name for pk, _code, name, _into in rows}
        self.into = {pk: into for pk, _code, _name, into in rows if into}
        self.codes = {code: pk for pk, code, _name, _into in rows}
        self.items: dict[str, Refers] = {}
        for pk, row, code, name in Indicator.objects.filter(plan=plan).values_list("pk", "row", "code", "name"):
            for key in (row, code, name):
                if key is not None:
                    self.items.setdefault(str(key), Refers(noun="indicator", pk=pk, name=name))

    def projects(self, codes: Iterable[object]) -> tuple[int, ...]:
        """The projects that stand under these codes now, each once."""
        found: dict[int, None] = {}
        for code in codes:
            pk = self.codes.get(str(code))
            while pk in self.into:
                pk = self.into[pk]
            if pk is not None:
                found[pk] = None
        return tuple(found)

    def refers(self, row: ReviewItem) -> tuple[Refers, ...]:
        """The plan items concerned: those it names by code, else the one of its own name."""
        codes = [] if row.kind == "indicator_name" else [str(key) for key in row.refers_to]
        built = [Refers(noun="project", pk=pk, name=self.named[pk]) for pk in self.projects(codes)]
        named = codes or [row.item]
        return tuple(dict.fromkeys([*built, *(self.items[key] for key in named if key in self.items and key not in self.codes)]))
