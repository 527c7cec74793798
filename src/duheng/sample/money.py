"""The invented district's money: eight pools, what its projects have applied for, and what funds ask of some of them.

`pools.csv`, `applications.csv` and `funding.csv` hold it, amounts in 万元. Everything is simulated and says so.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from duheng.allocate import Move, Step, money

_WAN = money.scale(money.WAN)
_YEARS = (2026, 2027, 2028, 2029)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePool:
    """A pool of the sample; amounts are fen by year."""

    code: str
    name: str
    kind: str
    amounts: dict[int, int]
    carry_over: bool
    opens: date | None
    closes: date | None
    likelihood: int
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleApplication:
    """An application of the sample, with all its steps; the project by its name, the pool by its code."""

    project: str
    pool: str
    year: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFunding:
    """What funds ask of a project of the sample; `cover` is thousandths."""

    project: str
    revenue: bool
    cover: int | None
    priority: int | None
    mandatory: bool
    requires: str  # the name of another project


def pools() -> list[SamplePool]:
    """The eight pools."""
    return [
        SamplePool(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            amounts={year: int(row[str(year)]) * _WAN for year in _YEARS if row[str(year)]},
            carry_over=row["carry_over"] == "1",
            opens=_day(row["opens"]),
            closes=_day(row["closes"]),
            likelihood=int(row["likelihood"]),
            paper=row["paper"],
        )
        for row in _rows("pools.csv")
    ]


def applications() -> list[SampleApplication]:
    """The applications, each step as 2026-03-15:5000, in the order of the steps."""
    steps = [step for step in Step if step is not Step.REFUSED]
    made = []
    for row in _rows("applications.csv"):
        moves = [_move(step, told, row) for step in steps for told in row[step.value].split()]
        if row["refused"]:
            moves.append(Move(step=Step.REFUSED, on=date.fromisoformat(row["refused"]), amount=0, words=row["words"]))
        made.append(
            SampleApplication(project=row["project"], pool=row["pool"], year=int(row["year"]), moves=tuple(_ordered(moves)))
        )
    return made


def funding() -> list[SampleFunding]:
    """What funds ask of the projects that say it."""
    return [
        SampleFunding(
            project=row["project"],
            revenue=row["revenue"] == "1",
            cover=round(float(row["cover"]) * 1000) if row["cover"] else None,
            priority=int(row["priority"]) if row["priority"] else None,
            mandatory=row["mandatory"] == "1",
            requires=row["requires"],
        )
        for row in _rows("funding.csv")
    ]


def _move(step: Step, told: str, row: dict[str, str]) -> Move:
    day, _colon, amount = told.partition(":")
    paper = row["paper"] if step is Step.ALLOTTED else ""
    return Move(step=step, on=date.fromisoformat(day), amount=int(amount) * _WAN, paper=paper)


def _ordered(moves: list[Move]) -> list[Move]:
    """By day; on one day in the order of the steps."""
    return sorted(moves, key=lambda move: move.on)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files("duheng.sample").joinpath(name).read_text(encoding="utf-8"))))
