"""What the catalog knows, with the workspace's own `catalog` folder laid over it; read once per process."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from django.conf import settings

from duheng import catalog, collect
from duheng.allocate import Rulebook
from duheng.plan import Offices, Place


@lru_cache(maxsize=1)
def offices() -> Mapping[str, catalog.OfficeEntry]:
    """Offices by code."""
    return catalog.load("offices", overlay=settings.WORKSPACE.catalog)


@lru_cache(maxsize=8)
def offices_of(area: str) -> Offices:
    """What finds the office that a printed name means in this area."""
    return Offices(entries=offices(), place=Place(area=area))


@lru_cache(maxsize=1)
def indicators() -> Mapping[str, catalog.IndicatorEntry]:
    """Indicators by code."""
    return catalog.load("indicators", overlay=settings.WORKSPACE.catalog)


@lru_cache(maxsize=1)
def checks() -> Mapping[str, catalog.CheckEntry]:
    """What figures are held to when they come in, by code."""
    return catalog.load("checks", overlay=settings.WORKSPACE.catalog)


@lru_cache(maxsize=1)
def formulas() -> tuple[collect.Formula, ...]:
    """The formulas of the catalog, each behind those it is made of."""
    return collect.formulas(indicators())


def entry(code: str | None) -> catalog.IndicatorEntry | None:
    """The indicator of this code, if there is one."""
    return indicators().get(code) if code else None


def search(words: str, *, limit: int = 8) -> list[catalog.IndicatorEntry]:
    """Indicators with these words in their code or any of their names, the nearest name first; likeness where none has."""
    asked = words.casefold().split()
    entries = indicators().values()
    names = {item.code: [item.zh, item.en.casefold(), item.code, *item.aliases] for item in entries}
    having = [item for item in entries if asked and all(any(word in name for name in names[item.code]) for word in asked)]
    plain = "".join(asked)
    ranked = sorted(having or entries, key=lambda item: (-max(_likeness(plain, name) for name in names[item.code]), item.code))
    return ranked[:limit] if plain else []


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio() if set(left) & set(right) else 0.0


@lru_cache(maxsize=1)
def units() -> Mapping[str, catalog.UnitEntry]:
    """Units by their words, aliases included."""
    found = catalog.load("units")
    return {alias: entry for entry in found.values() for alias in entry.aliases} | dict(found)


@lru_cache(maxsize=1)
def prefixes() -> Mapping[str, catalog.PrefixEntry]:
    """万, 亿 and the like, longest first."""
    found = catalog.load("prefixes")
    return {name: found[name] for name in sorted(found, key=len, reverse=True)}


@lru_cache(maxsize=1)
def fund_kinds() -> Mapping[str, catalog.FundKindEntry]:
    """Kinds of funds by code."""
    return catalog.load("fund_kinds", overlay=settings.WORKSPACE.catalog)


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """What funds ask of projects."""
    overlay = settings.WORKSPACE.catalog
    rules = catalog.load("fund_rules", overlay=overlay)
    return Rulebook(rules=tuple(rules.values()), sectors=catalog.load("sectors", overlay=overlay))


@lru_cache(maxsize=1)
def banks() -> Mapping[str, catalog.ProjectWordEntry]:
    """Banks of projects by code."""
    return catalog.load("banks", overlay=settings.WORKSPACE.catalog)
