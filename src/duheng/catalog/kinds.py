"""The kinds of entries there are, each with its file and its form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

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
    PhraseEntry,
    PrefixEntry,
    ProjectColumnEntry,
    ProjectWordEntry,
    SectorEntry,
    ThemeEntry,
    UnitEntry,
)
from duheng.catalog.land_entry import LandCircumstanceEntry, LandMetricEntry, LandRuleEntry, LandTermEntry


class Kind(NamedTuple):
    """The file that holds the entries of a kind, and what each is made into."""

    file: str
    make: type[Any]


KINDS: Mapping[str, Kind] = {
    "indicators": Kind("indicators.yml", IndicatorEntry),
    "units": Kind("units.yml", UnitEntry),
    "prefixes": Kind("units.yml", PrefixEntry),
    "offices": Kind("offices.yml", OfficeEntry),
    "themes": Kind("themes.yml", ThemeEntry),
    "light_rules": Kind("lights.yml", LightRuleEntry),
    "light_criteria": Kind("lights.yml", LightCriterionEntry),
    "phrases": Kind("lights.yml", PhraseEntry),
    "base_rates": Kind("lights.yml", BaseRateEntry),
    "festivals": Kind("festivals.yml", FestivalEntry),
    "land_metrics": Kind("land.yml", LandMetricEntry),
    "land_rules": Kind("land.yml", LandRuleEntry),
    "land_terms": Kind("land.yml", LandTermEntry),
    "land_circumstances": Kind("land.yml", LandCircumstanceEntry),
    "checks": Kind("checks.yml", CheckEntry),
    "sectors": Kind("funds.yml", SectorEntry),
    "fund_kinds": Kind("funds.yml", FundKindEntry),
    "fund_rules": Kind("funds.yml", FundRuleEntry),
    "grade_rules": Kind("grades.yml", GradeRuleEntry),
    "midterm_rules": Kind("grades.yml", MidtermRuleEntry),
    "appeal_rules": Kind("grades.yml", AppealRuleEntry),
    "project_columns": Kind("projects.yml", ProjectColumnEntry),
    "fund_sources": Kind("projects.yml", ProjectWordEntry),
    "gates": Kind("projects.yml", ProjectWordEntry),
    "delay_reasons": Kind("projects.yml", ProjectWordEntry),
    "banks": Kind("projects.yml", ProjectWordEntry),
}
FILES = sorted({kind.file for kind in KINDS.values()})
HEADER = ("version", "date", "source")
ASCII_CODES = set(KINDS) - {"units", "prefixes"}
WRITTEN = {"valid_from": "from", "valid_to": "to"}  # attribute: its name in the files
