"""What was decided: the projects that are in and when they start, who pays them in which year, and why others are left out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from duheng.allocate.fault import Fault, Words


class AnswerStatus(StrEnum):
    """How far an answer can be trusted to be the best."""

    OPTIMAL = "optimal"  # proved to be within the gap that was asked for
    FEASIBLE = "feasible"  # good, and stopped by the time limit before more was proved
    INFEASIBLE = "infeasible"  # what must be in cannot be paid for together


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A project that is in, and the year in which it starts."""

    project: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What one fund pays one project in one year, in fen."""

    project: str
    fund: str
    year: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a project is left out, or what a conflict consists of: a code and words in (zh, en)."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfunded:
    """A project that is left out, with the reasons."""

    project: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FundYear:
    """One year of one fund, in fen: what it could pay (what was carried over among it), what it pays, what is lost unspent."""

    fund: str
    year: int
    available: int
    used: int
    expired: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A need, in fen, of a project that is in, in a year after those of the plan: it is not paid here, and will have to be."""

    project: str
    year: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A smallest set of things that must be and cannot be together: without any one of them the rest can.

    `projects` are codes; `reasons` say what each demands, and what is short, where and by how much.
    """

    projects: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outcome for one problem. `gap` is how much better, at most, another answer could be, as a share of `objective`."""

    status: AnswerStatus
    objective: Decimal = Decimal(0)
    gap: Decimal = Decimal(0)
    selected: tuple[Selected, ...] = ()
    payments: tuple[Payment, ...] = ()
    unfunded: tuple[Unfunded, ...] = ()
    funds: tuple[FundYear, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    conflict: Conflict | None = None
    warnings: tuple[Fault, ...] = ()

    @property
    def starts(self) -> dict[str, int]:
        """The year in which each project that is in starts."""
        return {each.project: each.start for each in self.selected}
