"""What one entry of `land.yml` says: measures, rule sets, items of formulas and exemptions of land productivity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LandMetricEntry:
    """One measure of land productivity: a column of the enterprises' table divided by another."""

    code: str
    zh: str
    en: str
    numerator: str
    denominator: str
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandRuleEntry:
    """A rule set for land productivity as its document has it; its items are `LandTermEntry`.

    `grading` is the rule of `grade_rules` by which scores become grades. Enterprises of a kind in `exempt` take part without a grade
    and are treated as `exempt_grade`. `adjusts` says whether bonus and penalty count, each up to its most.
    """

    code: str
    zh: str
    en: str
    grading: str
    source: str
    exempt: tuple[str, ...] = ()
    exempt_grade: str = ""
    adjusts: bool = False
    bonus_most: Decimal | None = None
    penalty_most: Decimal | None = None
    verified: bool = False
    note_zh: str = ""
    note_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandTermEntry:
    """One item of a rule set's formula: value ÷ baseline × weight, for enterprises above or below scale (`size`).

    Its points are at least `floor` (0 unless given; no bound at all where `negative`) and at most `cap`.
    """

    code: str
    rule: str
    size: str
    metric: str
    weight: Decimal
    baseline: Decimal | None = None
    baseline_of: str = "fixed"  # fixed mean total last_year
    missing: str = "refuse"  # refuse zero mean
    negative: bool = False
    floor: Decimal | None = None
    cap: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandExemptionEntry:
    """A kind of enterprise that takes part without a grade, and the words by which tables name it."""

    code: str
    zh: str
    en: str
    words: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
