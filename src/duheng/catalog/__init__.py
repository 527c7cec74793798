"""What a planning office knows before it reads anything: indicators, units, offices and themes, as dated and sourced data.

The files beside this one hold the facts; this is their only loader. `load(kind)` gives plain frozen values keyed by code,
and each room builds its own nouns from them. A workspace may keep an *overlay*: a folder with files of the same names whose
entries add to the shipped ones or, where the code is the same, override the fields they give (aliases are added).

    >>> load("indicators")["rd.intensity"].zh
    '研究与试验发展经费投入强度'
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, overload

from duheng.catalog import field, kept, shelf
from duheng.catalog.entry import (
    AppealRuleEntry,
    BaseRateEntry,
    CheckEntry,
    FestivalEntry,
    FundKindEntry,
    FundRuleEntry,
    GradeRuleEntry,
    IndicatorEntry,
    LightCriterionEntry,
    LightRuleEntry,
    MidtermRuleEntry,
    OfficeEntry,
    Origin,
    PhraseEntry,
    PrefixEntry,
    ProjectColumnEntry,
    ProjectWordEntry,
    SectorEntry,
    ThemeEntry,
    UnitEntry,
)
from duheng.catalog.file import SHIPPED, refuse
from duheng.catalog.kinds import KINDS
from duheng.catalog.land_entry import LandCircumstanceEntry, LandMetricEntry, LandRuleEntry, LandTermEntry

__all__ = [
    "AppealRuleEntry",
    "BaseRateEntry",
    "CheckEntry",
    "FestivalEntry",
    "FundKindEntry",
    "FundRuleEntry",
    "GradeRuleEntry",
    "IndicatorEntry",
    "LandCircumstanceEntry",
    "LandMetricEntry",
    "LandRuleEntry",
    "LandTermEntry",
    "LightCriterionEntry",
    "LightRuleEntry",
    "MidtermRuleEntry",
    "OfficeEntry",
    "Origin",
    "PhraseEntry",
    "PrefixEntry",
    "ProjectColumnEntry",
    "ProjectWordEntry",
    "SectorEntry",
    "ThemeEntry",
    "UnitEntry",
    "load",
    "origin",
]


@overload
def load(kind: Literal["indicators"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, IndicatorEntry]: ...
@overload
def load(kind: Literal["units"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, UnitEntry]: ...
@overload
def load(kind: Literal["prefixes"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, PrefixEntry]: ...
@overload
def load(kind: Literal["offices"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, OfficeEntry]: ...
@overload
def load(kind: Literal["themes"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, ThemeEntry]: ...
@overload
def load(
    kind: Literal["light_rules"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LightRuleEntry]: ...
@overload
def load(
    kind: Literal["light_criteria"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LightCriterionEntry]: ...
@overload
def load(kind: Literal["phrases"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, PhraseEntry]: ...
@overload
def load(kind: Literal["base_rates"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, BaseRateEntry]: ...
@overload
def load(kind: Literal["festivals"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, FestivalEntry]: ...
@overload
def load(kind: Literal["checks"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, CheckEntry]: ...
@overload
def load(
    kind: Literal["land_metrics"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LandMetricEntry]: ...
@overload
def load(kind: Literal["land_rules"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, LandRuleEntry]: ...
@overload
def load(kind: Literal["land_terms"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, LandTermEntry]: ...
@overload
def load(
    kind: Literal["land_circumstances"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, LandCircumstanceEntry]: ...
@overload
def load(kind: Literal["sectors"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, SectorEntry]: ...
@overload
def load(kind: Literal["fund_kinds"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, FundKindEntry]: ...
@overload
def load(kind: Literal["fund_rules"], *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, FundRuleEntry]: ...
@overload
def load(
    kind: Literal["grade_rules"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, GradeRuleEntry]: ...
@overload
def load(
    kind: Literal["appeal_rules"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, AppealRuleEntry]: ...
@overload
def load(
    kind: Literal["midterm_rules"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, MidtermRuleEntry]: ...
@overload
def load(
    kind: Literal["project_columns"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, ProjectColumnEntry]: ...
@overload
def load(
    kind: Literal["fund_sources", "gates", "delay_reasons", "banks"], *, on: date | None = None, overlay: Path | None = None
) -> Mapping[str, ProjectWordEntry]: ...
def load(kind: str, *, on: date | None = None, overlay: Path | None = None) -> Mapping[str, Any]:
    """The entries of one kind by code, in the order of the file: those in force `on` a date, else the latest of each.

    Raises CatalogError, naming the file, the entry and the remedy, if the catalog or the overlay says something impossible.
    """
    if kind not in KINDS:
        known = ", ".join(KINDS)
        refuse(kind, f"there is no such kind of catalog; use one of {known}.", f"没有这一类目录，可用：{known}。")
    return shelf.in_force(shelf.entries(kind, overlay, shelf.stamp(overlay)), on)


def origin(kind: str) -> Origin:
    """The version, date and sources of the shipped file that holds `kind`."""
    header = shelf.header(shelf.shipped(KINDS[kind].file), SHIPPED / KINDS[kind].file)
    return Origin(version=header["version"], date=field.day(header["date"]), source=header["source"])


def keep() -> None:
    """Keep the shipped catalog, checked, beside its files: at set-up, for commands to take up as it is."""
    kept.KEPT.unlink(missing_ok=True)
    kept.keep({kind: shelf.entries(kind, None, ()) for kind in KINDS})
