"""The course of one thing over the years: its levels, and what is said of its growth and change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from duheng.audit.draft import Draft, interval, quantity
from duheng.audit.interval import Interval
from duheng.audit.same import is_criterion, is_stretch, of_its_own_year
from duheng.errors import UnitUnknown
from duheng.measure import unit
from duheng.read import Claim, Measure, Role

_AMOUNT = "总量"
_SHORT = 4  # a name of fewer characters that is no indicator of the catalog says too little: 项目, 资金


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The levels of things by year: of each (thing, year, role), every claim."""

    levels: Mapping[tuple[str, int, Role], tuple[Claim, ...]]

    @classmethod
    def of(cls, draft: Draft, *, measures: tuple[Measure, ...] = (Measure.LEVEL,)) -> Course:
        """The levels that a document gives."""
        return _course(draft, measures)

    def at(self, name: str, year: int, role: Role, unit_: str) -> Claim | None:
        """The one level of a thing in a year, in a unit of the dimension of `unit_`; None where the text gives several."""
        fit = [c for c in self.levels.get((name, year, role), ()) if _dimension(c.unit) == _dimension(unit_)]
        return fit[0] if len({_base(claim) for claim in fit}) == 1 else None


@lru_cache(maxsize=4)  # several rules ask for the course of one draft
def _course(draft: Draft, measures: tuple[Measure, ...]) -> Course:
    found: dict[tuple[str, int, Role], list[Claim]] = {}
    for claim in draft.claims:
        name = thing(draft, claim) if claim.measure in measures else None
        year = year_of(draft, claim) if name else None
        if name and year and not is_criterion(draft, claim) and not is_stretch(draft, claim):
            found.setdefault((name, year, claim.role), []).append(claim)
    return Course(levels={key: tuple(claims) for key, claims in found.items()})


def _dimension(unit_: str) -> str | None:
    try:
        return unit(unit_).dimension
    except UnitUnknown:
        return None


def _base(claim: Claim) -> Decimal | None:
    found = quantity(claim)
    return found.base if found else None


def thing(draft: Draft, claim: Claim) -> str | None:
    """What a claim speaks of, whether of its level or its growth; None where its words say too little."""
    key = draft.keys[claim.offset]
    code, name = key.code, key.name
    if code is None and name.endswith(_AMOUNT):  # 地区生产总值总量 is 地区生产总值
        name = name.removesuffix(_AMOUNT)
        code = draft.naming.bind(name, unit=claim.unit, measure=claim.measure)
    if code:
        return code.removesuffix(".level").removesuffix(".growth")
    return name if len(name) >= _SHORT else None


def year_of(draft: Draft, claim: Claim) -> int | None:
    """The one year that a claim is of; None for spans and averages over years."""
    label = claim.period.removesuffix("-end")
    return int(label) if label.isdigit() and of_its_own_year(draft, claim) else None


def signed(claim: Claim) -> Interval | None:
    """What a printed growth or change allows, below zero where it fell."""
    bound = interval(claim)
    if bound is None or claim.value >= 0:
        return bound
    return Interval(low=-bound.high, high=-bound.low)
