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

    `grading` is the rule of `grade_rules` by which scores become grades. Enterprises in a circumstance of `exempt` take part without a
    grade and are treated as `exempt_grade`; those of `adjust` change points or grades. `adjusts` says whether the table's bonus and
    penalty count; all bonuses and penalties together are bounded by their most.
    """

    code: str
    zh: str
    en: str
    grading: str
    source: str
    exempt: tuple[str, ...] = ()
    adjust: tuple[str, ...] = ()
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
class LandCircumstanceEntry:
    """A circumstance of an enterprise that rules have a word on, and the words by which tables name it.

    `effect` is no_grade (takes part without one), points (added; below 0: taken off), raise or lower (by one grade), or at_most (no
    grade better than `grade`).
    """

    code: str
    zh: str
    en: str
    words: tuple[str, ...] = ()
    effect: str = "no_grade"
    points: Decimal | None = None
    grade: str = ""
    verified: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
