"""The gap table: what each project needs in a year, what it has, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duheng.allocate import FundApplication, gap
from duheng.site.queries import funds, unchanged
from duheng.site.queries.funds import Known

Lines = tuple["Row", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One project of the gap table."""

    known: Known
    line: gap.GapLine
    past: bool = False  # whether the year is over

    @property
    def silent(self) -> bool:
        """Whether a year that is over has no payments recorded: its gap is not known then."""
        return self.past and not self.line.paid_told

    @property
    def short(self) -> str:
        """How it stands: short of money, covered, with some to spare, or not known."""
        if self.silent:
            return "silent"
        return "short" if self.line.sum.gap > 0 else "spare" if self.line.sum.gap < 0 else "covered"


STATES: Mapping[str, tuple[str, str]] = {
    "short": ("有缺口", "short"),
    "covered": ("已覆盖", "covered"),
    "spare": ("有富余", "to spare"),
    "silent": ("无支付数据", "no payments recorded"),
}


def rows(year: int, *, as_of: date) -> list[Row]:
    """The projects that need or have money in a year, in their order."""
    past = year < as_of.year
    return unchanged.kept(("gaps", year, past), lambda: _rows(year, past=past))


def _rows(year: int, *, past: bool) -> list[Row]:
    asked: dict[str, list[FundApplication]] = {}
    for each in funds.applications():
        asked.setdefault(each.value.project, []).append(each.value)
    made = [
        Row(known=each, line=gap.line(each.value, asked.get(each.code, []), year=year), past=past)
        for each in funds.projects().values()
    ]
    return [row for row in made if any(getattr(row.line.sum, name) for name in gap.Sum.__slots__)]


def of_project(known: Known, asked: list[FundApplication], years: list[int], *, as_of: date) -> list[Row]:
    """The years of one project."""
    return [Row(known=known, line=gap.line(known.value, asked, year=year), past=year < as_of.year) for year in years]
