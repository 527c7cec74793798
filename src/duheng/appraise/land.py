"""Land productivity worked out: every item of every enterprise, scores, ranks and grades.

The formula is that of the places that evaluate so (Huangyan District's published explanation for 2022): an item's points are
value ÷ baseline × weight, and a score is their sum. Enterprises above and below scale have formulas of their own and are ranked
apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duheng.appraise.board import last_places
from duheng.appraise.enterprise import Enterprises
from duheng.appraise.land_rules import SIZES, LandRules, LandTerm
from duheng.appraise.rank import Ranks, ranks
from duheng.appraise.unit_table import Numbers
from duheng.errors import AppraiseError

PLAIN, MEAN, NOTHING, NEGATIVE, FLOORED, CAPPED = "", "mean", "nothing", "negative", "floored", "capped"
"""How an item came to its points: by the formula; the group's mean for want of data; 0 for want of data; 0 for a negative value;
as little or as much as it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandScores:
    """Points of every item (by metric; NaN where the formula of an enterprise's size has none), scores, ranks within the size, grades.

    `ladders` are by size the scores of the graded, the best first; `baselines` are by size and metric. `how` says of each item how
    it came to its points. `rank` is 0 and the grade that of the exemption where an enterprise takes part without one; `by_rank`
    are the grades before circumstances that raise, lower or bound them.
    """

    rules: LandRules
    enterprises: Enterprises
    values: Mapping[str, Numbers]
    points: Mapping[str, Numbers]
    how: Mapping[str, NDArray[np.str_]]
    baselines: Mapping[tuple[str, str], float]
    bonus: Numbers
    penalty: Numbers
    score: Numbers
    rank: Ranks
    by_rank: tuple[str, ...]
    grade: tuple[str, ...]
    ladders: Mapping[str, Numbers]

    def ranked(self, size: str) -> NDArray[np.bool_]:
        """Who of a size has a rank and a grade of its own."""
        return self.enterprises.of_size(size) & (self.rank > 0)

    def size_of(self, row: int) -> str:
        """Whether an enterprise is above or below scale."""
        return SIZES[0] if self.enterprises.above[row] else SIZES[1]


def land(enterprises: Enterprises, rules: LandRules, *, last_year: Enterprises | None = None) -> LandScores:
    """Scores, ranks and grades of enterprises under a rule set; `last_year` is the table from which such baselines are taken.

    Raises `AppraiseError`, which names file, column and rows, for what an item needs and is not there, or a denominator of 0.
    """
    values = {metric.code: np.full(len(enterprises), np.nan) for metric in rules.metrics}
    points = {code: column.copy() for code, column in values.items()}
    how = {code: np.full(len(enterprises), PLAIN, dtype="U8") for code in values}
    baselines: dict[tuple[str, str], float] = {}
    for size in SIZES:
        rows = enterprises.of_size(size)
        for term in rules.terms[size]:
            code = term.metric.code
            if not rows.any():
                continue
            measured = _measured(enterprises, rows, term)
            baselines[size, code] = _baseline(enterprises, rows, term, measured, last_year)
            values[code][rows] = measured
            points[code][rows], how[code][rows] = _points(enterprises, rows, term, measured, baselines[size, code])
    bonus, penalty = (_adjusting(enterprises, rules, column) for column in ("bonus", "penalty"))
    score = np.sum([np.nan_to_num(column) for column in points.values()], axis=0) + bonus - penalty
    rank = _ranks(enterprises, score)
    by_rank = _grades(enterprises, rules, rank)
    return LandScores(
        rules=rules,
        enterprises=enterprises,
        values=values,
        points=points,
        how=how,
        baselines=baselines,
        bonus=bonus,
        penalty=penalty,
        score=score,
        rank=rank,
        by_rank=by_rank,
        grade=_changed(enterprises, rules, by_rank, rank),
        ladders={size: np.sort(score[enterprises.of_size(size) & (rank > 0)])[::-1] for size in SIZES},
    )


def _measured(enterprises: Enterprises, rows: NDArray[np.bool_], term: LandTerm) -> Numbers:
    """The values of an item for the enterprises of its size, NaN where there are no data."""
    above = enterprises.values[term.metric.numerator][rows]
    below = enterprises.values[term.metric.denominator][rows]
    graded = np.array([not kind for kind in enterprises.exempt])[rows]
    refused = graded & (term.entry.missing == "refuse")
    numbers = np.flatnonzero(rows)
    for column, wrong in ((term.metric.numerator, np.isnan(above)), (term.metric.denominator, np.isnan(below))):
        if (wrong & refused).any():
            enterprises.refuse(
                numbers[wrong & refused].tolist(),
                column,
                f"{term.metric.en} needs it. Fill it in; where there is none, write 0.",
                f"计算{term.metric.zh}需要此数。请补上；没有的请填 0。",
            )
    if (below < 0).any():
        enterprises.refuse(numbers[below < 0].tolist(), term.metric.denominator, "it is below 0. Correct it.", "小于 0。请改正。")
    if ((below == 0) & refused).any():
        enterprises.refuse(
            numbers[(below == 0) & refused].tolist(),
            term.metric.denominator,
            f"it is 0, and {term.metric.en} is divided by it. Correct it, or name the enterprise's exemption.",
            f"为 0，而{term.metric.zh}要除以它。请改正；不参与定级的请注明不定等级类别。",
        )
    found: Numbers = np.divide(above, below, out=np.full(len(above), np.nan), where=~np.isnan(below) & (below != 0))
    return found


def _baseline(
    enterprises: Enterprises, rows: NDArray[np.bool_], term: LandTerm, measured: Numbers, last_year: Enterprises | None
) -> float:
    """What an item is held against: a number of the rule set, or what the group comes to."""
    of = term.entry.baseline_of
    if of == "fixed":
        return float(term.entry.baseline or 0)
    if of == "total":
        above, below = (enterprises.values[column][rows] for column in (term.metric.numerator, term.metric.denominator))
        both = ~np.isnan(above) & ~np.isnan(below)
        found = float(above[both].sum() / below[both].sum()) if below[both].sum() else 0.0
    elif of == "last_year":
        found = _last_year(term, last_year)
    else:
        found = float(np.nanmean(measured)) if not np.isnan(measured).all() else 0.0
    if not found > 0:
        raise AppraiseError(
            reason=f"{enterprises.table.name}: the baseline of {term.metric.en} comes to {found:g}; it must be above 0. Check its columns.",
            reason_zh=f"{enterprises.table.name}：{term.metric.zh}的基准值算得 {found:g}，应大于 0。请检查相应各列。",
        )
    return found


def _last_year(term: LandTerm, last_year: Enterprises | None) -> float:
    if last_year is None:
        raise AppraiseError(
            reason=f"The baseline of {term.metric.en} is last year's mean. Give last year's table (--last-year FILE).",
            reason_zh=f"{term.metric.zh}以上年平均值为基准。请给出上年的表（--last-year 文件）。",
        )
    rows = last_year.of_size(term.entry.size)
    above, below = (last_year.values[column][rows] for column in (term.metric.numerator, term.metric.denominator))
    known = ~np.isnan(above) & (below > 0)
    return float((above[known] / below[known]).mean()) if known.any() else 0.0


def _points(
    enterprises: Enterprises, rows: NDArray[np.bool_], term: LandTerm, measured: Numbers, baseline: float
) -> tuple[Numbers, NDArray[np.str_]]:
    """The points of an item, and how they came about."""
    points = measured / baseline * term.weight
    how = np.full(len(points), PLAIN, dtype="U8")
    least, most = term.bounds
    how[points < least] = NEGATIVE if least == 0 else FLOORED
    how[points > most] = CAPPED
    points = np.clip(points, least, most)
    gone = np.isnan(points)
    if gone.any() and term.entry.missing == "mean":
        if gone.all():
            enterprises.refuse(
                np.flatnonzero(rows)[gone].tolist(),
                term.metric.denominator,
                f"nobody has data for {term.metric.en}, so there is no mean to take. Fill in what is known.",
                f"没有一家企业有{term.metric.zh}的数据，无法取平均。请补上已知数据。",
            )
        return np.where(gone, np.mean(points[~gone]), points), np.where(gone, MEAN, how)
    return np.where(gone, 0.0, points), np.where(gone, NOTHING, how)


def _adjusting(enterprises: Enterprises, rules: LandRules, column: str) -> Numbers:
    """Bonus or penalty in points, of the column and of circumstances, where the rules know them, and no more than they allow."""
    found = np.zeros(len(enterprises))
    if rules.entry.adjusts and column in enterprises.values:
        found = np.nan_to_num(enterprises.values[column])
    if (found < 0).any():
        enterprises.refuse(
            np.flatnonzero(found < 0).tolist(),
            column,
            "it is below 0. Write points as 0 or more; bonus and penalty have a column each.",
            "小于 0。加分、减分各有一列，请填 0 或正数。",
        )
    sign = 1 if column == "bonus" else -1
    points = {code: max(0.0, sign * float(each.points or 0)) for code, each in rules.adjustments.items()}
    found = found + np.array([sum(points[code] for code in codes) for codes in enterprises.adjusted])
    most = rules.entry.bonus_most if column == "bonus" else rules.entry.penalty_most
    bounded: Numbers = np.minimum(found, np.inf if most is None else float(most))
    return bounded


def _ranks(enterprises: Enterprises, score: Numbers) -> Ranks:
    """Ranks among the graded of each size, ties shared; 0 for those that take part without a grade."""
    graded = np.array([not kind for kind in enterprises.exempt], dtype=bool)
    found = np.zeros(len(enterprises), dtype=np.int64)
    for size in SIZES:
        rows = enterprises.of_size(size) & graded
        found[rows] = ranks(score[rows])
    return found


def _grades(enterprises: Enterprises, rules: LandRules, rank: Ranks) -> tuple[str, ...]:
    """The grades by rank; that of the exemption for those without one."""
    found = np.full(len(enterprises), rules.entry.exempt_grade or rules.grading.grades[-1], dtype="U8")
    for size in SIZES:
        rows = enterprises.of_size(size) & (rank > 0)
        if rows.any():
            found[rows] = grades_of(rules, rank[rows])
    return tuple(str(each) for each in found)


def _changed(enterprises: Enterprises, rules: LandRules, by_rank: Sequence[str], rank: Ranks) -> tuple[str, ...]:
    """The grades after circumstances: first those that raise or lower, then those that bound."""
    return tuple(
        _grade_after(rules, grade, codes) if codes and place else grade
        for grade, codes, place in zip(by_rank, enterprises.adjusted, rank.tolist(), strict=True)
    )


def _grade_after(rules: LandRules, grade: str, codes: Sequence[str]) -> str:
    grades = rules.grading.grades
    effects = [rules.adjustments[code] for code in codes]
    at = grades.index(grade)
    at += sum(each.effect == "lower" for each in effects) - sum(each.effect == "raise" for each in effects)
    bounds = [grades.index(each.grade) for each in effects if each.effect == "at_most"]
    return grades[max([min(max(at, 0), len(grades) - 1), *bounds])]


def grades_of(rules: LandRules, rank: Ranks) -> NDArray[np.str_]:
    """The grades of those ranked; any number of draws along the first axes."""
    places = last_places(rules.grading, rank.shape[-1])
    return np.array(rules.grading.grades)[np.searchsorted(places, rank, side="left")]
