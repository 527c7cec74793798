"""The project pool as a table asks for it: narrowed, ordered and added up by the database, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, FilteredRelation, IntegerField, Min, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from duheng.site.queries import pool_events
from duheng.site.queries.filtering import Asked
from duheng.site.records.models import PoolBank, PoolProject, PoolStanding

APPROVALS, ONSETS = pool_events.APPROVALS, pool_events.ONSETS
BATCHES = ("reserve", "started", "under_construction", "completed")
COLOURS = ("red", "yellow", "green", "none")
_AMOUNTS = ("total", "planned", "works", "counted", "paid", "done", "due")
_YES_OR_NO = {"yes": True, "no": False}


def _in_order(field: str, values: tuple[str, ...]) -> Case:
    cases = [When(**{field: value, "then": Value(place)}) for place, value in enumerate(values)]
    return Case(*cases, default=Value(len(values)), output_field=IntegerField())


_ORDERS: Mapping[str, Any] = {
    "code": F("project__code"),
    "name": F("project__name"),
    "group": F("project__group"),
    "sector": F("project__sector"),
    "place": F("project__place"),
    "office": F("project__office"),
    "total": F("project__total"),
    "planned": F("planned"),
    "works": F("works"),
    "share": F("share"),
    "counted": F("counted"),
    "paid": F("paid"),
    "library": F("in_library"),
    "problems": F("problems"),
    "lag": F("lag"),
    "stage": _in_order("stage", BATCHES),
    "light": _in_order("colour", COLOURS),
}
_PLAIN: Mapping[str, str] = {
    "stage": "stage",
    "light": "colour",
    "group": "project__group",
    "sector": "project__sector",
    "place": "project__place",
    "office": "project__office",
    "onset": "onset",
}
CHOICES = (*_PLAIN, "library", "problem", "bank", "turned", "stalled")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a table of the pool shows: a year, under a rule set, beside the office's `usual` one."""

    year: int
    rule: str
    usual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What some projects come to: how many, their money in fen, and how many show each light."""

    count: int
    total: int
    planned: int
    works: int
    counted: int
    paid: int
    done: int
    due: int
    problems: int
    lights: Mapping[str, int]
    as_of: date | None
    simulated: int
    foreign: int  # whose amounts are in another currency than yuan
    differing: int  # lights that the rule set in use here shows otherwise

    @property
    def lit(self) -> list[tuple[str, int]]:
        """How many show each light, the worst first; without those that none shows."""
        return [(colour, self.lights[colour]) for colour in COLOURS if self.lights[colour]]

    @property
    def share(self) -> float | None:
        """The part of the year's plan that is done."""
        return self.done / self.planned if self.planned else None

    @property
    def time(self) -> float | None:
        """The part of the year's plan that should be done by now."""
        return self.due / self.planned if self.planned else None


def years() -> list[int]:
    """The years of which anything is kept, the newest first."""
    return list(PoolStanding.objects.order_by("-year").values_list("year", flat=True).distinct())


def holds() -> bool:
    """Whether there is any project in the pool."""
    return PoolProject.objects.exists()


def rows(view: View, ask: Asked) -> QuerySet[PoolStanding, Any]:
    """The standings of a year that answer to `ask`, in its order, each with its light."""
    found = _all(view).filter(_answering(ask))
    order = _ORDERS.get(ask.sort.removeprefix("-"))
    if order is None:
        return found.order_by("project__position", "project_id")
    sorts = order.desc(nulls_last=True) if ask.sort.startswith("-") else order.asc(nulls_last=True)
    return found.order_by(sorts, "project__position", "project_id")


def _all(view: View) -> QuerySet[PoolStanding, Any]:
    return (
        PoolStanding.objects.filter(year=view.year, project__withdrawn=False, project__merged_into__isnull=True)
        .annotate(
            lit=FilteredRelation("lights", condition=Q(lights__rule=view.rule)),
            here=FilteredRelation("lights", condition=Q(lights__rule=view.usual)),
        )
        .annotate(
            colour=Coalesce(F("lit__colour"), Value("none")),
            usual=Coalesce(F("here__colour"), Value("none")),
            reason_zh=F("lit__reason_zh"),
            reason_en=F("lit__reason_en"),
        )
        .select_related("project")
        .defer("path", "why_zh", "why_en")
    )


def _answering(ask: Asked) -> Q:
    wanted = {name: value for name, value in ask.choices.items() if value}
    found = Q()
    for name, field in _PLAIN.items():
        if name in wanted:
            found &= Q(**{field: "" if wanted[name] == "none" and name != "light" else wanted[name]})
    if wanted.get("library") in _YES_OR_NO:
        inside = Q(in_library=True)
        found &= inside if wanted["library"] == "yes" else ~inside
    if wanted.get("problem") in ("yes", "no", "overdue"):
        found &= {"yes": Q(problems__gt=0), "no": Q(problems=0), "overdue": Q(overdue__gt=0)}[wanted["problem"]]
    if wanted.get("bank"):
        found &= Q(Exists(PoolBank.objects.filter(project=OuterRef("project"), withdrawn=False, bank=wanted["bank"])))
    if wanted.get("turned") == "yes":
        found &= ~Q(colour=F("usual"))
    if wanted.get("stalled") == "yes":
        found &= ~Q(stalled_zh="")
    for word in ask.words.split():
        found &= _named(word)
    return found


def _named(word: str) -> Q:
    fields = ("name", "code", "approval_code", "owner", "office", "place", "content")
    # SQLite keeps JSON with its characters escaped, PostgreSQL as they are
    found = Q(project__aliases__icontains=word) | Q(project__aliases__icontains=json.dumps(word)[1:-1])
    for field in fields:
        found |= Q(**{f"project__{field}__icontains": word})
    return found


def totals(found: QuerySet[PoolStanding, Any]) -> Totals:
    """What the projects found come to, in one query."""
    money = {name: Coalesce(Sum("project__total" if name == "total" else name), 0) for name in _AMOUNTS}
    lights = {f"lit_{colour}": Count("pk", filter=Q(colour=colour)) for colour in COLOURS}
    told = found.order_by().aggregate(
        count=Count("pk"),
        problems=Coalesce(Sum("problems"), 0),
        as_of=Min("as_of"),
        differing=Count("pk", filter=~Q(colour=F("usual"))),
        simulated=Count("pk", filter=Q(project__simulated=True)),
        foreign=Count("pk", filter=~Q(project__currency="CNY")),
        **money,
        **lights,
    )
    return Totals(
        count=told["count"],
        problems=told["problems"],
        as_of=told["as_of"],
        simulated=told["simulated"],
        foreign=told["foreign"],
        differing=told["differing"],
        lights={colour: told[f"lit_{colour}"] for colour in COLOURS},
        **{name: told[name] for name in _AMOUNTS},
    )


def offered(view: View) -> dict[str, list[str]]:
    """What the filters offer: the groups, sectors, places, offices and banks there are."""
    projects = PoolProject.objects.filter(standings__year=view.year)
    found = {
        name: list(projects.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct())
        for name in ("sector", "place", "office")
    }
    groups = projects.exclude(group="").values("group").annotate(first=Min("position")).order_by("first")
    found["group"] = [each["group"] for each in groups]
    found["bank"] = list(PoolBank.objects.filter(withdrawn=False).order_by("bank").values_list("bank", flat=True).distinct())
    return found


def keys(view: View, ask: Asked) -> list[int]:
    """The standings that answer to `ask` by their keys, in its order."""
    return list(rows(view, ask).values_list("pk", flat=True))


def some(view: View, wanted: Sequence[int]) -> list[PoolStanding]:
    """These standings with their lights, in the order they are asked for."""
    found = {row.pk: row for row in _all(view).filter(pk__in=wanted).order_by()}
    return [found[key] for key in wanted if key in found]


def batches(view: View, ask: Asked, *, most: int) -> list[tuple[str, int, int, list[int]]]:
    """For each stage that holds any: how many answer to `ask`, what they plan, and the first, the worst lights and largest plans."""
    found = rows(view, ask)
    told = found.order_by("stage").values("stage").annotate(count=Count("pk"), money=Coalesce(Sum("planned"), 0))
    order = (_ORDERS["light"].asc(), F("planned").desc(nulls_last=True), "project__position")
    return [
        (
            each["stage"],
            each["count"],
            each["money"],
            list(found.filter(stage=each["stage"]).order_by(*order).values_list("pk", flat=True)[:most]),
        )
        for each in told
    ]
