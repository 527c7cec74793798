"""Land productivity at a glance: grades against last year's, industries side by side; and what a corrected number would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from duheng.appraise.enterprise import Enterprises
from duheng.appraise.land import LandScores, land
from duheng.appraise.land_rules import SIZES, LandRules
from duheng.errors import AppraiseError

NAMELESS = ""
"""The industry of enterprises whose table names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryGrades:
    """The enterprises of one industry and size: how many, their mean score, and how many of the graded have each grade."""

    industry: str
    size: str
    count: int
    mean: float
    grades: Mapping[str, int]

    def plain(self) -> dict[str, Any]:
        """The row as plain data."""
        return asdict(self)


def industries(scores: LandScores) -> tuple[IndustryGrades, ...]:
    """The industries of each size, the highest mean score first."""
    found = scores.enterprises
    rows = []
    for size in SIZES:
        here = found.of_size(size)
        for industry in dict.fromkeys(found.industries):
            members = [row for row in np.flatnonzero(here).tolist() if found.industries[row] == industry]
            if members:
                grades = Counter(scores.grade[row] for row in members if scores.rank[row])
                rows.append(
                    IndustryGrades(
                        industry=industry,
                        size=size,
                        count=len(members),
                        mean=float(scores.score[members].mean()),
                        grades={grade: grades[grade] for grade in scores.rules.grading.grades},
                    )
                )
    return tuple(sorted(rows, key=lambda row: (SIZES.index(row.size), -row.mean)))


def turned(scores: LandScores) -> dict[str, dict[str, int]]:
    """How many of each of last year's grades have which grade now, of those whose table says it: {"B": {"A": 3, "B": 12 …} …}."""
    grades = scores.rules.grading.grades
    pairs = Counter(
        (before, now)
        for before, now, rank in zip(scores.enterprises.last_grades, scores.grade, scores.rank.tolist(), strict=True)
        if rank and before in grades
    )
    return {before: {now: pairs[before, now] for now in grades} for before in grades if any(pairs[before, now] for now in grades)}


def supposed(scores: LandScores, code: str, changes: Mapping[str, float], *, last_year: Enterprises | None = None) -> LandScores:
    """The scores of all if numbers of one enterprise were others, as an appeal would have them; group means move with them.

    Raises `AppraiseError` for an enterprise or a column that is not there, or a number that cannot be.
    """
    found, rules = scores.enterprises, scores.rules
    _check(found, rules, code, changes)
    row = found.codes.index(code)
    values = {column: numbers.copy() for column, numbers in found.values.items()}
    for column, number in changes.items():
        values[column][row] = number
    return land(replace(found, values=values), rules, last_year=last_year)


def _check(found: Enterprises, rules: LandRules, code: str, changes: Mapping[str, float]) -> None:
    if code not in found.codes:
        raise AppraiseError(
            reason=f"{found.table.name}: there is no enterprise “{code}”. Check the code.",
            reason_zh=f"{found.table.name} 中没有企业“{code}”。请检查代码。",
        )
    known = list(_changeable(found, rules))
    for column, number in changes.items():
        if column not in known:
            raise AppraiseError(
                reason=f"“{column}” is no number that these rules look at; use one of {', '.join(known)}.",
                reason_zh=f"“{column}”不是本规则用到的数，可用：{'、'.join(known)}。",
            )
        if not np.isfinite(number) or (column == "land_mu" and number <= 0):
            raise AppraiseError(
                reason=f"{column} cannot be {number:g}. Land used must be above 0; all else must be a number.",
                reason_zh=f"{column} 不能是 {number:g}。用地面积应大于 0，其余应为数字。",
            )


def _changeable(found: Enterprises, rules: LandRules) -> Iterator[str]:
    adjusting = ("bonus", "penalty") if rules.entry.adjusts else ()
    wanted = dict.fromkeys([*(column for size in SIZES for column in rules.needs(size)), *adjusting])
    return (column for column in wanted if column in found.values)
