"""What one entry of each catalog file says: plain frozen values without behaviour, from which each room builds its nouns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorEntry:
    """One indicator as plans and statistics use it; a level and its growth are two indicators.

    `polarity` says which way the value, signed by meaning, is better. `fall` marks those whose plan table prints the size of
    a fall as a positive number (单位能耗降低 2.5 means −2.5 %). `owner` is the office that usually leads: a suggestion.
    `lag` is the usual number of days from the end of the period to publication. `unit_variants` are other units it is
    printed in that are not the same dimension as `unit` (万人发明专利拥有量: 件 or 件/万人).
    """

    code: str
    zh: str
    en: str
    unit: str
    measure: str  # level growth share rank change completion multiple
    polarity: str  # higher lower neutral
    frequency: str  # month quarter half year
    lag: int
    owner: str
    theme: str
    basis: str = "none"  # nominal comparable_price comparable_scope none
    aliases: tuple[str, ...] = ()
    formula: str | None = None
    unit_variants: tuple[str, ...] = ()
    fall: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """One unit of measurement, written without 万 or 亿: its exact scale within a dimension, and its words.

    Counted nouns (个, 家, 户, 件 …) share the dimension `count`, so that 44000家 and 4.4万户 compare; 个百分点 is not %.
    """

    code: str
    en: str
    scale: Decimal
    dimension: str
    zh: str = ""  # a fuller name, where the code is a sign
    plural: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixEntry:
    """A numeral that multiplies the unit behind it: 万, 亿 …"""

    code: str
    en: str
    scale: Decimal
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEntry:
    """A kind of government office, under the names that differ from place to place."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeEntry:
    """A field of the plan under which indicators are grouped; the order of the file is the order of display."""

    code: str
    zh: str
    en: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRuleEntry:
    """A rule set for lights, as the issuing document has it: what it looks at, and the numbers where red and yellow begin.

    `looks_at` is lag (points behind time progress), ratio (progress divided by time progress), growth (against the target and
    the average above; no numbers) or chance (of being met). `slack` is how far a light that gets better must pass the number.
    `behind` is the light of a lag that does not come to yellow, which the published rule leaves open.
    """

    code: str
    zh: str
    en: str
    looks_at: str
    source: str
    verified: bool = False
    yellow: Decimal | None = None
    red: Decimal | None = None
    yellow_included: bool = False
    red_included: bool = False
    slack: Decimal = Decimal(0)
    behind: str = "green"
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LightCriterionEntry:
    """What else a rule set looks at in projects, beside its own progress; the worst light of all that it looks at is shown.

    `counts` is start (months that the planned start is missed without a reason), library (months since the start that it is
    not in the statistical library), funds (the share of the year's money that is in place), bonds (per cent by which the
    spending of special bonds is below what their window expects) or stall (months without any progress; told, not lit).
    `rule` is the rule set, `red` and `yellow` where these lights begin, `least` the total investment from which projects are
    asked (万元), `window` the months in which bonds are to be spent.
    """

    code: str
    zh: str
    en: str
    counts: str
    source: str
    rule: str = ""
    verified: bool = False
    yellow: Decimal | None = None
    red: Decimal | None = None
    yellow_included: bool = False
    red_included: bool = False
    least: Decimal = Decimal(0)
    window: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEntry:
    """What figures are held to when they come in; an error keeps the file out, a warning does not.

    `check` is range, falls, jump, sum, share or growth. `share` is the share or growth that `whole` and `parts` are held
    against; `cut` is the tolerance, in points, or for jumps the robust deviations; `least` the changes wanted to judge by.
    """

    code: str
    zh: str
    en: str
    check: str
    severity: str
    source: str
    verified: bool = False
    indicators: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    share: str = ""
    whole: str = ""
    parts: tuple[str, ...] = ()
    cut: Decimal = Decimal(0)
    least: Decimal = Decimal(0)
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseEntry:
    """How an office words a chance, from `least` on: 预计可完成, 经努力可完成, 完成难度较大."""

    code: str
    zh: str
    en: str
    least: Decimal
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRateEntry:
    """How many of the earlier targets of one nature were met: `met` of `of`."""

    code: str
    zh: str
    en: str
    met: int
    of: int
    source: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FestivalEntry:
    """The day of the Spring Festival in one year, which moves between January and February."""

    code: str
    day: date
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorEntry:
    """A sector of projects as rules of funds name it, known by words that stand in what a list prints."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundKindEntry:
    """A source of money for projects. `spend_months` is how long what has arrived may wait to be spent, 0 where nobody asks."""

    code: str
    zh: str
    en: str
    source: str
    verified: bool = False
    aliases: tuple[str, ...] = ()
    spend_months: int = 0
    repaid: bool = False
    note_zh: str = ""
    note_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRuleEntry:
    """One row of what a kind of fund asks of a project: `asks` says what it looks at.

    sector_in and sector_out: `sectors`. negative: `words` of a negative list. ceiling: the share of the total cost, of `sectors`
    in `regions` where these are given. gate: the condition `gate` is met. revenue: the project earns something. cover: debt
    service is covered `cut` times. library: in the bank `bank` by `deadline` (month-day) of the year before. region: `regions`.
    """

    code: str
    fund: str
    zh: str
    en: str
    asks: str
    source: str
    verified: bool = False
    sectors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ceiling: Decimal | None = None
    gate: str = ""
    cut: Decimal = Decimal(0)
    bank: str = ""
    deadline: str = "09-30"
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRuleEntry:
    """How ranks or scores become grades: the grades, the best first, and the `cuts` between them; `said_*` is the rule's own text.

    `graded_by` is share (a grade holds those whose rank is within that share of all ranked), score (at least the cut) or rank
    (at most the cut).
    """

    code: str
    zh: str
    en: str
    graded_by: str
    grades: tuple[str, ...]
    cuts: tuple[Decimal, ...]
    said_zh: str
    said_en: str
    source: str
    verified: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRuleEntry:
    """How many days after grades are published an appeal may be filed, and within how many days it is to be answered."""

    code: str
    zh: str
    en: str
    file_days: int
    answer_days: int
    source: str
    verified: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MidtermRuleEntry:
    """By how many points progress must lead or trail the time that is gone to count as ahead (`lead`) or behind (`trail`)."""

    code: str
    zh: str
    en: str
    lead: Decimal
    trail: Decimal
    source: str
    verified: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a file's facts come from: its version, its date and its sources."""

    version: str
    date: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectColumnEntry:
    """What a column of a list of projects may be; `holds` is the kind of value in its cells."""

    code: str
    zh: str
    en: str
    holds: str  # seq name text approval nature span date money flag stage number
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectWordEntry:
    """One of the lists that projects are told by: a source of money, a gate, a reason for delay, a bank.

    `needed_for` is, for a gate, the stage that it opens.
    """

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    needed_for: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
