"""What a list of projects says: its projects row by row, the totals it prints of groups of them, and what is doubted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duheng.collect.doubt import Doubt, Severity
from duheng.plan.plan import Stage
from duheng.plan.pool import Approval, MonthReport, Problem, YearPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProject:
    """A project as one list tells of it. Money is in hundredths of the list's currency: fen, cents.

    `bank` and `delay` are as printed, with their catalog codes where they are known; `also` holds what stands in columns that mean
    nothing here, by their heads; `stage` is what the list says it has reached, `place_in_file` where it stands.
    """

    name: str
    place_in_file: str
    row: int
    code: str = ""
    approval_code: str = ""
    approval: Approval | None = None
    nature: str = ""
    sector: str = ""
    place: str = ""
    owner: str = ""
    office: str = ""
    group: str = ""
    content: str = ""
    total: int | None = None
    sources: Mapping[str, int] = field(default_factory=dict)
    begins: date | None = None
    ends: date | None = None
    stage: Stage | None = None
    stage_told: bool = False  # by a column of stages, not only by new or continued
    latitude: float | None = None
    longitude: float | None = None
    years: tuple[YearPlan, ...] = ()
    months: tuple[MonthReport, ...] = ()
    problem: Problem | None = None
    delay: tuple[str, str] | None = None  # code of the reason, words
    banks: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A number that the list prints of a group of its projects, and what its rows come to. Counts and hundredths of money."""

    group: str  # empty for the whole list
    what: str  # "count", or the column as the list heads it
    stated: int
    found: int
    slack: int = 0  # what rounding allows

    @property
    def holds(self) -> bool:
        """Whether the rows come to what is printed."""
        return abs(self.stated - self.found) <= self.slack


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """What a column was taken for: a role of the catalog, with its year, month and unit where it has them."""

    place: int
    letter: str
    head: str
    role: str = ""  # empty: kept as printed
    year: int | None = None
    month: int | None = None
    source: str = ""  # kind of money, for a part of the amount above it
    unit: str = ""
    to_date: bool = True  # an amount of a month counts from January on
    confidence: float = 0.0
    why: tuple[str, str] = ("", "")  # what must be said, or what was understood (zh, en)
    skip: bool = False

    def plain(self) -> dict[str, Any]:
        """As plain data: for the command's JSON, and for the load's page."""
        return {
            "letter": self.letter,
            "head": self.head,
            "role": self.role,
            "year": self.year,
            "month": self.month,
            "source": self.source,
            "unit": self.unit,
            "confidence": self.confidence,
            "why": list(self.why),
            "skip": self.skip,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSheet:
    """A sheet of the list as understood, before its rows are read."""

    name: str
    shape: str  # fingerprint of its heads
    title: str
    columns: tuple[ListColumn, ...]
    year: int | None
    month: int | None
    currency: str
    asks: tuple[tuple[str, str], ...]  # what a person must say first (zh, en)
    rows: int
    said: Mapping[str, Any]

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "kind": "projects",
            "sheet": self.name,
            "shape": self.shape,
            "title": self.title,
            "year": self.year,
            "month": self.month,
            "currency": self.currency,
            "asks": [list(each) for each in self.asks],
            "rows": self.rows,
            "skip": bool(self.said.get("skip")),
            "columns": [each.plain() for each in self.columns],
            "said": dict(self.said),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectList:
    """A file of projects, read. `projects` is empty where something must be said first."""

    sheets: tuple[ListedSheet, ...]
    projects: tuple[ListedProject, ...] = ()
    controls: tuple[Control, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    currency: str = "CNY"

    @property
    def asks(self) -> bool:
        """Whether a person must say something first."""
        return any(sheet.asks for sheet in self.sheets if not sheet.said.get("skip"))

    @property
    def refused(self) -> bool:
        """Whether an error stands against it."""
        return any(doubt.severity is Severity.ERROR for doubt in self.doubts)
