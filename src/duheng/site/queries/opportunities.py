"""What anybody may see of the project pool: the projects marked as opportunities, and of them only what is meant to be public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from duheng.plan.plan import Stage
from duheng.site.queries.filtering import Asked
from duheng.site.records.models import PoolProject


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """One project of the city opportunity list. Everything that is public of it stands here; nothing else leaves the pool."""

    name: str
    sector: str
    place: str
    content: str
    total: int | None  # fen
    stage: str
    begins: date | None
    ends: date | None
    office: str  # whom to turn to
    simulated: bool


def rows(ask: Asked) -> list[Opportunity]:
    """The opportunities that answer to a filter, in the order of the pool."""
    found = _open()
    for name in ("sector", "place"):
        if ask.choices.get(name):
            found = found.filter(**{name: ask.choices[name]})
    told = [Opportunity(**row) for row in found.values(*Opportunity.__slots__)]
    words = ask.words.casefold().split()
    return [row for row in told if all(word in _words(row) for word in words)]


def _open() -> QuerySet[PoolProject]:
    """Those marked public that can still be joined: what is completed is no opportunity."""
    return PoolProject.objects.filter(public=True).exclude(stage=Stage.COMPLETED.value)


def _words(row: Opportunity) -> str:
    return f"{row.name} {row.sector} {row.place} {row.content} {row.office}".casefold()


def offered() -> dict[str, list[str]]:
    """The sectors and places there are among the opportunities."""
    public = _open()
    return {
        name: list(public.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct())
        for name in ("sector", "place")
    }
