"""What a person must decide, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from duheng.site.queries import known, places
from duheng.site.queries.places import Place
from duheng.site.records.models import Indicator, Plan, Project, ReviewItem

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
    place: Place | None
    refers: tuple[Refers, ...]
    choices: tuple[Choice, ...]


def items(plan: Plan) -> list[Item]:
    """All review items of the plan."""
    found = list(plan.review.all())
    said = places.of("review_item", [row.pk for row in found])
    items_known = _known(plan)
    return [_item(row, said.get(row.pk, []), items_known) for row in found]


def when(at: datetime | None) -> str:
    """A time as a sentence tells it."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def open_count(plan: Plan | None) -> int:
    """How many still wait."""
    return plan.review.filter(state="open").count() if plan else 0


def _item(row: ReviewItem, said: list[Place], known: Mapping[str, Refers]) -> Item:
    return Item(
        pk=row.pk,
        kind=row.kind,
        item=row.item,
        reason=(row.reason_zh, row.reason_en),
        state=row.state,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
        place=said[0] if said else None,
        refers=_refers(row, known),
        choices=_choices(row),
    )


def _refers(row: ReviewItem, known: Mapping[str, Refers]) -> tuple[Refers, ...]:
    """The plan items concerned: those it names by code, else the one of its own name."""
    codes = [] if row.kind == "indicator_name" else [str(key) for key in row.refers_to]
    named = codes or [row.item]
    return tuple(known[key] for key in named if key in known)


def _choices(row: ReviewItem) -> tuple[Choice, ...]:
    if row.kind != "indicator_name":
        return ()
    entries = known.indicators()
    return tuple(Choice(code=code, zh=entries[code].zh, en=entries[code].en) for code in row.refers_to if code in entries)


def _known(plan: Plan) -> dict[str, Refers]:
    """Plan items by what a review item may call them: a project's code, an indicator's code or row."""
    known: dict[str, Refers] = {}
    for code, pk, name in Project.objects.filter(plan=plan).values_list("code", "pk", "name"):
        known[code] = Refers(noun="project", pk=pk, name=name)
    for row in Indicator.objects.filter(plan=plan):
        for key in (row.row, row.code, row.name):
            if key is not None:
                known.setdefault(str(key), Refers(noun="indicator", pk=row.pk, name=row.name))
    return known
