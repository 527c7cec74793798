"""Pairs of projects that may be one, as a person looks at them: side by side, with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from duheng.site.records.models import PoolPair, PoolProject, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: of the pool, or named in a report."""

    pk: int
    planned: bool  # named in a report's plan
    name: str
    others: tuple[str, ...]
    code: str
    owner: str
    office: str
    place: str
    total: int | None  # hundredths of the currency
    currency: str
    stage: str
    lists: tuple[str, ...]  # the lists that tell of it, or the plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A pair that waits for a decision."""

    pk: int
    sides: tuple[Side, Side]
    reasons: tuple[tuple[bool, tuple[str, str]], ...]  # whether it speaks for it, and what it says (zh, en)


def waiting() -> QuerySet[PoolPair]:
    """The pairs that wait for a decision, of projects that stand."""
    found = PoolPair.objects.filter(state="open", left__withdrawn=False, left__merged_into=None)
    return found.exclude(right__withdrawn=True).exclude(right__merged_into__isnull=False)


def cases(pairs: Sequence[PoolPair]) -> list[Case]:
    """These pairs with all that is shown of them."""
    return [
        Case(
            pk=pair.pk,
            sides=(_pooled(pair.left), _other(pair)),
            reasons=tuple((bool(likely), (zh, en)) for likely, zh, en in pair.reasons),
        )
        for pair in pairs
    ]


def _other(pair: PoolPair) -> Side:
    if pair.planned is not None:
        return _planned(pair.planned)
    return _pooled(pair.right or pair.left)


def _pooled(row: PoolProject) -> Side:
    told = row.told.filter(withdrawn=False, load__isnull=False).values_list("load__name", flat=True)
    return Side(
        pk=row.pk,
        planned=False,
        name=row.name,
        others=tuple(row.aliases),
        code=row.approval_code or row.code,
        owner=row.owner,
        office=row.office,
        place=row.place,
        total=row.total,
        currency=row.currency,
        stage=row.stage,
        lists=tuple(dict.fromkeys(told)),
    )


def _planned(row: Project) -> Side:
    return Side(
        pk=row.pk,
        planned=True,
        name=row.name,
        others=tuple(row.aliases),
        code=row.code,
        owner="",
        office="",
        place="",
        total=None,
        currency="CNY",
        stage=row.stage,
        lists=(row.plan.title,),
    )
