"""The project pool (项目库): what an office keeps of each project through its life, from reserve to completion.

Money is whole fen (分). A report names projects (`PlannedProject`); the pool follows them over the years. What a project is *now*
is worked out from dated facts: its stage from the changes of stage, its amounts from the months reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duheng.plan.plan import Stage


class Approval(StrEnum):
    """How the state lets a project go ahead: 审批 (public money), 核准 (listed kinds), 备案 (the rest)."""

    EXAMINED = "examined"  # 审批
    AUTHORISED = "authorised"  # 核准
    FILED = "filed"  # 备案


class Onset(StrEnum):
    """What a project is to one year's plan: an attribute of the year, not a stage."""

    NEW = "new"  # 新开工
    CONTINUED = "continued"  # 续建
    PRELIMINARY = "preliminary"  # 前期


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange:
    """A project reached a stage on a day, by a paper that says so."""

    stage: Stage
    on: date
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition that must be met before building: land, permits, funds, start date; `kind` is a code of the catalog's."""

    kind: str
    due: date | None = None
    met: date | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A dated step of the works: when it is planned, when it was done."""

    name: str
    planned: date | None = None
    actual: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """What a project is to invest in a year, and out of what: `sources` gives a part of `planned` by kind of money."""

    year: int
    planned: int | None = None  # fen
    onset: Onset | None = None
    sources: Mapping[str, int] | None = None  # fen
    monthly: tuple[int, ...] | None = None  # the project's own plan, cumulative by month, fen
    before: int | None = None  # invested before the year, fen


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """What is reported of a month: three amounts that differ, each cumulative since January, in fen.

    `works` are the works done (形象进度), `counted` what statistics count (入统), `paid` what was paid (资金支付); None where the
    report does not say.
    """

    year: int
    month: int
    works: int | None = None
    counted: int | None = None
    paid: int | None = None
    in_library: bool | None = None  # in the statistical library (纳统)
    words: str = ""  # progress in words
    known: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What holds a project up: what, whose to settle, by when, and when it was settled."""

    what: str
    whose: str = ""
    raised: date | None = None
    due: date | None = None
    settled: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Why a project is late: `reason` is a code of the catalog's list, `words` what the office says."""

    reason: str
    words: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolProject:
    """A project of the pool with all that is known of it; facts in the order of their dates."""

    code: str
    name: str
    approval_code: str = ""  # of the national approval platform: the first key by which it is known again
    aliases: tuple[str, ...] = ()
    approval: Approval | None = None
    nature: str = ""  # 建设性质: new building, extension …, as printed
    sector: str = ""
    place: str = ""
    owner: str = ""  # 项目法人, 业主
    office: str = ""  # the office responsible
    group: str = ""
    total: int | None = None  # total investment, fen
    begins: date | None = None
    ends: date | None = None
    stages: tuple[StageChange, ...] = ()
    gates: tuple[Gate, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    years: tuple[YearPlan, ...] = ()
    months: tuple[MonthReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    delays: tuple[Delay, ...] = ()

    def stage(self, *, on: date) -> Stage:
        """The stage it had reached by a day; UNKNOWN before the first change."""
        reached = self.reached(on=on)
        return reached[-1].stage if reached else Stage.UNKNOWN

    def reached(self, *, on: date) -> list[StageChange]:
        """Its changes of stage by a day, in their order; of two on one day the one told later is the later."""
        return sorted((change for change in self.stages if change.on <= on), key=lambda change: change.on)

    def plan(self, year: int) -> YearPlan | None:
        """What it is to invest in a year; the latest told counts."""
        return next((each for each in reversed(self.years) if each.year == year), None)
