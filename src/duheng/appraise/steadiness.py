"""How steady grades are when weights move, and who moves under another rule set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from duheng.appraise.land import LandScores, grades_of
from duheng.appraise.land_rules import SIZES
from duheng.appraise.rank import ranks
from duheng.appraise.unit_table import Numbers
from duheng.errors import AppraiseError

_AT_ONCE = 2_000_000  # scores held at a time
MOST = 100_000
"""The draws that may be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steadiness:
    """Over draws in which each weight moves by up to `move` (a share) and all still add up: the share of each grade.

    `shares` are enterprises × grades by rank, the best first; NaN for those that take part without a grade. `kept` is the share of
    draws in which an enterprise keeps its grade.
    """

    draws: int
    seed: int
    move: float
    shares: Numbers
    kept: Numbers


def steadiness(scores: LandScores, *, draws: int, seed: int, move: float = 0.25) -> Steadiness:
    """How often each enterprise gets each grade when weights move. The same seed gives the same."""
    if not 1 <= draws <= MOST:
        raise AppraiseError(
            reason=f"{draws} draws were asked for; choose a number from 1 to {MOST}.",
            reason_zh=f"抽样次数为 {draws}，应在 1 到 {MOST} 之间。",
        )
    grades = scores.rules.grading.grades
    shares = np.full((len(scores.enterprises), len(grades)), np.nan)
    chance = np.random.default_rng(seed)
    for size in SIZES:
        rows = np.flatnonzero(scores.ranked(size))
        factors = _factors(scores, size, chance, draws, move)
        if not len(rows):
            continue
        points = np.column_stack([scores.points[term.metric.code][rows] for term in scores.rules.terms[size]])
        adjusted = scores.bonus[rows] - scores.penalty[rows]
        counts = np.zeros((len(rows), len(grades)))
        for part in np.array_split(factors, max(1, -(-len(factors) * len(rows) // _AT_ONCE))):
            found = grades_of(scores.rules, ranks(part @ points.T + adjusted))
            counts += np.stack([(found == grade).sum(axis=0) for grade in grades], axis=1)
        shares[rows] = counts / draws
    own = np.array([grades.index(grade) if grade in grades else 0 for grade in scores.by_rank])
    kept = np.take_along_axis(shares, own[:, None], axis=1)[:, 0]
    return Steadiness(draws=draws, seed=seed, move=move, shares=shares, kept=kept)


def _factors(scores: LandScores, size: str, chance: np.random.Generator, draws: int, move: float) -> Numbers:
    """By how much each item's points are multiplied in each draw, so that the weights still add up to what they did."""
    weights = np.array([term.weight for term in scores.rules.terms[size]])
    moved = weights * (1 + move * chance.uniform(-1, 1, (draws, len(weights))))
    found: Numbers = moved / moved.sum(axis=1, keepdims=True) * weights.sum() / weights
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An enterprise whose grade differs between two rule sets."""

    code: str
    name: str
    grade: str
    rank: int
    other_grade: str
    other_rank: int


def moved(scores: LandScores, other: LandScores) -> Iterator[Moved]:
    """Who would have another grade under the other rule set, in the order of the table."""
    found = scores.enterprises
    for row, (grade, there) in enumerate(zip(scores.grade, other.grade, strict=True)):
        if grade != there:
            yield Moved(
                code=found.codes[row],
                name=found.names[row],
                grade=grade,
                rank=int(scores.rank[row]),
                other_grade=there,
                other_rank=int(other.rank[row]),
            )
