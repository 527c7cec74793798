"""What is to be decided: which projects, paid from which funds, in which years. All money is whole fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from duheng.allocate import money
from duheng.allocate.fault import Fault, refuse_any
from duheng.allocate.fund import Fund
from duheng.allocate.judge import faults
from duheng.allocate.pin import Pin
from duheng.allocate.project import Project


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Years, funds, projects and pins, in which all codes are known and nothing contradicts itself on its face.

    Raises `ProblemUnusable`, which tells every fault with its place and remedy. `unit` is the unit of money in which the problem
    was stated and its answer is printed; `notes` is what was noticed when it was read.
    """

    years: tuple[int, ...]
    funds: tuple[Fund, ...] = ()
    projects: tuple[Project, ...] = ()
    pins: tuple[Pin, ...] = ()
    unit: str = money.WAN
    name: str = ""
    notes: tuple[Fault, ...] = ()

    def __post_init__(self) -> None:
        refuse_any(faults(self.years, self.funds, self.projects, self.pins), name=self.name)

    @cached_property
    def by_code(self) -> Mapping[str, Project]:
        """The projects by their codes."""
        return MappingProxyType({project.code: project for project in self.projects})

    @cached_property
    def funds_by_code(self) -> Mapping[str, Fund]:
        """The funds by their codes."""
        return MappingProxyType({fund.code: fund for fund in self.funds})

    def starts(self, project: Project) -> tuple[int, ...]:
        """The years of the plan in which `project` may start, pins heard."""
        pinned = {pin.start for pin in self.pins if pin.project == project.code and pin.start is not None}
        span = (year for year in self.years if project.earliest <= year <= project.latest)
        return tuple(year for year in span if not pinned or pinned == {year})

    def payable(self, project: Project, start: int) -> dict[int, int]:
        """The needs of `project` by year that fall within the years of the plan, when it starts in `start`."""
        return {year: need for year, need in project.needs(start).items() if year in self.years}
