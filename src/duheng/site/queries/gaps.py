"""The gap table: what each project needs in a year, what it has, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duheng.allocate import FundApplication, gap
from duheng.site.queries import funds, unchanged
from duheng.site.queries.funds import Known

Lines = tuple["Row", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One project of the gap table."""

    known: Known
    line: gap.GapLine

    @property
    def short(self) -> str:
        """How it stands: short of money, covered, or with some to spare."""
        return "short" if self.line.sum.gap > 0 else "spare" if self.line.sum.gap < 0 else "covered"


STATES: Mapping[str, tuple[str, str]] = {
    "short": ("有缺口", "short"),
    "covered": ("已覆盖", "covered"),
    "spare": ("有富余", "to spare"),
}


def rows(year: int) -> list[Row]:
    """The projects that need or have money in a year, in their order."""
    return unchanged.kept(("gaps", year), lambda: _rows(year))


def _rows(year: int) -> list[Row]:
    asked: dict[str, list[FundApplication]] = {}
    for each in funds.applications():
        asked.setdefault(each.value.project, []).append(each.value)
    made = [Row(known=each, line=gap.line(each.value, asked.get(each.code, []), year=year)) for each in funds.projects().values()]
    return [row for row in made if any(getattr(row.line.sum, name) for name in gap.Sum.__slots__)]


def of_project(known: Known, asked: list[FundApplication], years: list[int]) -> list[gap.GapLine]:
    """The years of one project."""
    return [gap.line(known.value, asked, year=year) for year in years]
