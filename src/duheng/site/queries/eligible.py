"""Which project may draw on which pool: the facts that rules look at, gathered from the records, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings

from duheng.allocate import Candidate, Eligibility, Fitness
from duheng.site.queries import known, unchanged
from duheng.site.queries.funds import Pool
from duheng.site.records import models as records

FITNESS: Mapping[str, tuple[str, str]] = {
    "eligible": ("可申报", "eligible"),
    "unknown": ("待补资料", "not known yet"),
    "later": ("条件未成熟", "not yet"),
    "ineligible": ("不符合", "not eligible"),
}
REGIONS: Mapping[str, tuple[str, str]] = {"east": ("东部", "east"), "central": ("中部", "central"), "west": ("西部", "west")}
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One project with its standing at every pool, in the order of the pools."""

    pk: int
    code: str
    name: str
    sector: str
    sectors: tuple[str, str]
    cells: tuple[Eligibility, ...]

    @property
    def open_to(self) -> int:
        """How many pools it may draw on."""
        return sum(cell.verdict is Fitness.ELIGIBLE for cell in self.cells)


def candidates(rows: Sequence[records.PoolProject]) -> dict[int, Candidate]:
    """What the rules look at in these projects; a few queries for all of them."""
    keys = [row.pk for row in rows]
    facts = {each.project_id: each for each in records.FundFacts.objects.filter(project__in=keys)}
    gates: dict[int, dict[str, date | None]] = {}
    for project, kind, met in _facts(records.PoolGate, keys, "kind", "met"):
        gates.setdefault(project, {})[kind] = met
    banks: dict[int, dict[str, date | None]] = {}
    for project, bank, since, until in _facts(records.PoolBank, keys, "bank", "since", "until"):
        if until is None:
            banks.setdefault(project, {})[bank_code(bank)] = since
    return {row.pk: _candidate(row, facts.get(row.pk), gates.get(row.pk, {}), banks.get(row.pk, {})) for row in rows}


def _facts(noun: Any, keys: list[int], *columns: str) -> Iterable[tuple[Any, ...]]:
    found = noun.objects.filter(project__in=keys, withdrawn=False).order_by("id")
    return list(found.values_list("project_id", *columns))


def _candidate(
    row: records.PoolProject,
    facts: records.FundFacts | None,
    gates: Mapping[str, date | None],
    banks: Mapping[str, date | None],
) -> Candidate:
    return Candidate(
        code=row.code,
        words=f"{row.name} {row.nature} {row.content}",
        sectors=known.rulebook().sectors_of(row.sector),
        region=settings.WORKSPACE.region,
        gates=gates,
        banks=banks,
        cover=Decimal(facts.cover) / 1000 if facts and facts.cover is not None else None,
        revenue=facts.revenue if facts else None,
        waived=frozenset(facts.waived) if facts else frozenset(),
    )


@lru_cache(maxsize=512)
def bank_code(printed: str) -> str:
    """The catalog's code of a bank of projects, by its code, name or alias; else as printed."""
    for code, entry in known.banks().items():
        if printed == code or any(name and name in printed for name in (entry.zh, *entry.aliases)):
            return code
    return printed


def judged(rows: Iterable[records.PoolProject], pools: Sequence[Pool], *, year: int, as_of: date) -> list[Judged]:
    """These projects at these pools, for the money of `year`, by what is known on `as_of`."""
    made = []
    wanted = list(rows)
    book = known.rulebook()
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        told = candidates(some)
        for row in some:
            candidate = told[row.pk]
            cells = tuple(book.judge(candidate, pool.value, year=year, as_of=as_of) for pool in pools)
            made.append(
                Judged(
                    pk=row.pk,
                    code=row.code,
                    name=row.name,
                    sector=row.sector,
                    sectors=book.named(sorted(candidate.sectors)),
                    cells=cells,
                )
            )
    return made


def unused(pools: Sequence[Pool], *, year: int, as_of: date) -> list[Pool]:
    """The pools on which no project may draw."""
    codes = unchanged.kept(("unused", year, as_of), lambda: _unused(pools, year, as_of))
    return [pool for pool in pools if pool.value.code in codes]


def standings(pool: Pool, *, year: int, as_of: date) -> dict[int, Fitness]:
    """How every project that is not completed stands at a pool, by key."""

    def judge() -> dict[int, Fitness]:
        rows = records.PoolProject.objects.exclude(stage="completed")
        return {each.pk: each.cells[0].verdict for each in judged(rows, [pool], year=year, as_of=as_of)}

    return unchanged.kept(("standings", pool.pk, year, as_of), judge)


def _unused(pools: Sequence[Pool], year: int, as_of: date) -> frozenset[str]:
    """It is looked no longer than until a project is found for each."""
    left = list(pools)
    keys = list(records.PoolProject.objects.exclude(stage="completed").values_list("pk", flat=True))
    book = known.rulebook()
    for start in range(0, len(keys), _BATCH):
        told = candidates(list(records.PoolProject.objects.filter(pk__in=keys[start : start + _BATCH])))
        for candidate in told.values():
            if not left:
                return frozenset()
            left = [
                pool for pool in left if book.judge(candidate, pool.value, year=year, as_of=as_of).verdict is not Fitness.ELIGIBLE
            ]
    return frozenset(pool.value.code for pool in left) if keys else frozenset()
