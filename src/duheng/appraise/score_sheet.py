"""The score sheet of one enterprise: every term, baseline, weight and bound in plain values, to be recomputed by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from duheng.appraise.board import last_places
from duheng.appraise.enterprise import HEADS
from duheng.appraise.land import CAPPED, FLOORED, MEAN, NEGATIVE, NOTHING, LandScores
from duheng.appraise.land_rules import LandTerm
from duheng.catalog import LandCircumstanceEntry

Both = tuple[str, str]
"""The same in Chinese and in English."""

UNITS: Mapping[str, Both] = {
    "land_mu": ("亩", "mu"),
    "tax": ("万元", "10,000 yuan"),
    "value_added": ("万元", "10,000 yuan"),
    "revenue": ("万元", "10,000 yuan"),
    "output": ("万元", "10,000 yuan"),
    "investment": ("万元", "10,000 yuan"),
    "energy_tce": ("吨标准煤", "tonnes of coal equivalent"),
    "emissions_t": ("吨", "tonnes"),
    "staff": ("人", "people"),
    "rd": ("万元", "10,000 yuan"),
    "power_wan_kwh": ("万千瓦时", "10,000 kWh"),
}
"""The unit of each column of an enterprises' table."""

ENGLISH: Mapping[str, str] = {
    "land_mu": "land used",
    "tax": "tax",
    "value_added": "value added",
    "revenue": "revenue",
    "output": "output",
    "investment": "investment",
    "energy_tce": "energy",
    "emissions_t": "emissions",
    "staff": "staff",
    "rd": "R&D",
    "power_wan_kwh": "electricity",
}
_HIGHEST, _LOWEST = 1e6, 0.1  # times what an input is: beyond that nothing is told
_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One item: numerator ÷ denominator = value; value ÷ baseline × weight = points, within its bounds.

    `how` says how the points came about (see `land`); `sentence` is the item's arithmetic in words. `numerator` and the like are None
    where there are no data; `least` and `cap`, the bounds of the points, where there is none. `baseline_of` is fixed, mean, total or
    last_year.
    """

    metric: str
    name: Both
    numerator_name: Both
    numerator: float | None
    denominator_name: Both
    denominator: float | None
    value: float | None
    unit: str
    baseline: float
    baseline_of: str
    weight: float
    least: float | None
    cap: float | None
    points: float
    how: str
    sentence: Both


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """What one input alone would have to become for the next grade, all else and everybody else as they are."""

    column: str
    name: Both
    unit: Both
    now: float
    needed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """An enterprise's score as the sum of its lines, bonus and penalty; its rank among those of its size; the way to the next grade.

    `adjustments` say what circumstances do; `by_rank` is the grade before those that change it.
    `better`, `distance` (in points) and `lifts` are empty at the top and for an enterprise that takes part without a grade, whose
    `exempt` names the reason and whose rank is None.
    """

    code: str
    name: str
    size: str
    rules: Both
    lines: tuple[SheetLine, ...]
    bonus: float
    penalty: float
    score: float
    rank: int | None
    ranked: int
    grade: str
    by_rank: str
    adjustments: tuple[Both, ...]
    exempt: Both | None
    last_grade: str
    better: str
    distance: float | None
    lifts: tuple[Lift, ...]
    sentence: Both

    def plain(self) -> dict[str, Any]:
        """The sheet as plain data."""
        return asdict(self)


def score_sheet(scores: LandScores, code: str) -> ScoreSheet:
    """The sheet of the enterprise with that code. Raises `KeyError` where there is none."""
    if code not in scores.enterprises.codes:
        raise KeyError(code)
    return sheet_of(scores, scores.enterprises.codes.index(code))


def sheet_of(scores: LandScores, row: int, *, lifts: bool = True) -> ScoreSheet:
    """The sheet of the enterprise in a row of the table; without what would lift it, for thousands of them."""
    found, size = scores.enterprises, scores.size_of(row)
    entry = scores.rules.entry
    lines = tuple(_line(scores, row, term) for term in scores.rules.terms[size])
    kind = found.exempt[row]
    better, wanted = _next(scores, row)
    distance = wanted - float(scores.score[row]) if wanted is not None else None
    return ScoreSheet(
        code=found.codes[row],
        name=found.names[row],
        size=size,
        rules=(entry.zh, entry.en),
        lines=lines,
        bonus=float(scores.bonus[row]),
        penalty=float(scores.penalty[row]),
        score=float(scores.score[row]),
        rank=int(scores.rank[row]) or None,
        ranked=len(scores.ladders[size]),
        grade=scores.grade[row],
        by_rank=scores.by_rank[row],
        adjustments=tuple(circumstance(scores.rules.adjustments[each]) for each in found.adjusted[row]),
        exempt=(scores.rules.exemptions[kind].zh, scores.rules.exemptions[kind].en) if kind else None,
        last_grade=found.last_grades[row],
        better=better,
        distance=distance,
        lifts=_lifts(scores, row, distance) if lifts and distance is not None else (),
        sentence=_sum(lines, float(scores.bonus[row]), float(scores.penalty[row]), float(scores.score[row])),
    )


def circumstance(entry: LandCircumstanceEntry) -> Both:
    """A circumstance and what it does, in words."""
    zh, en = {
        "points": (f"{entry.points} 分", f"{entry.points} points"),
        "raise": ("提一档", "one grade up"),
        "lower": ("降一档", "one grade down"),
        "at_most": (f"不高于 {entry.grade} 类", f"no grade better than {entry.grade}"),
    }.get(entry.effect, ("不定等级", "no grade"))
    shown = ("", "") if entry.verified else ("（示例，未核实）", " (an example, not verified)")
    return f"{entry.zh}：{zh}{shown[0]}", f"{entry.en}: {en}{shown[1]}"


def _line(scores: LandScores, row: int, term: LandTerm) -> SheetLine:
    metric, found = term.metric, scores.enterprises
    above, below = (_known(found.values[column][row]) for column in (metric.numerator, metric.denominator))
    value, baseline = _known(scores.values[metric.code][row]), scores.baselines[scores.size_of(row), metric.code]
    points, how = float(scores.points[metric.code][row]), str(scores.how[metric.code][row])
    return SheetLine(
        metric=metric.code,
        name=(metric.zh, metric.en),
        numerator_name=column_name(metric.numerator),
        numerator=above,
        denominator_name=column_name(metric.denominator),
        denominator=below,
        value=value,
        unit=metric.unit,
        baseline=baseline,
        baseline_of=term.entry.baseline_of,
        weight=term.weight,
        least=None if math.isinf(term.bounds[0]) else term.bounds[0],
        cap=None if math.isinf(term.bounds[1]) else term.bounds[1],
        points=points,
        how=how,
        sentence=_sentence(term, (above, below, value), baseline, points, how),
    )


def column_name(column: str) -> Both:
    """What a column of an enterprises' table is called."""
    return HEADS[column][0] if column in HEADS else column, ENGLISH.get(column, column)


def _sentence(
    term: LandTerm, numbers: tuple[float | None, float | None, float | None], baseline: float, points: float, how: str
) -> Both:
    """An item's arithmetic: 24 ÷ 24.097 × 30 = 29.88 points."""
    above, below, value = numbers
    told = f"{points:.4g}"
    if value is None or above is None or below is None:
        filled_zh, filled_en = ("按同组平均得分", "the mean of the group") if how == MEAN else ("计 0 分", "0 points")
        return f"{term.metric.zh}无数据，{filled_zh}：{told} 分", f"no data for {term.metric.en}; {filled_en}: {told} points"
    above_name, below_name = column_name(term.metric.numerator), column_name(term.metric.denominator)
    line = f"{_short(above)} ÷ {_short(below)} = {_short(value)}"
    score = f"{_short(value)} ÷ {_short(baseline)} × {term.weight:g}"
    bound_zh, bound_en = {
        NEGATIVE: ("，负值计 0", ", negative counts 0"),
        FLOORED: ("，按保底计", ", as little as it may be"),
        CAPPED: ("，按封顶计", ", as much as it may be"),
    }.get(how, ("", ""))
    return (
        f"{term.metric.zh} = {above_name[0]} ÷ {below_name[0]} = {line} {term.metric.unit}；{score} = {told} 分{bound_zh}",
        f"{term.metric.en} = {above_name[1]} ÷ {below_name[1]} = {line}; {score} = {told} points{bound_en}",
    )


def _sum(lines: tuple[SheetLine, ...], bonus: float, penalty: float, score: float) -> Both:
    """The score as the sum of its items."""
    parts = " + ".join(f"{line.points:.4g}" for line in lines)
    parts += (f" + {bonus:g}" if bonus else "") + (f" − {penalty:g}" if penalty else "")
    return f"总得分 = {parts} = {score:.4f}", f"score = {parts} = {score:.4f}"


def _short(value: float) -> str:
    return f"{value:.6g}"


def _known(value: float) -> float | None:
    return None if math.isnan(float(value)) else float(value)


def _next(scores: LandScores, row: int) -> tuple[str, float | None]:
    """The next better grade and the score of the last who has it; nothing at the top and without a grade."""
    grading, rank = scores.rules.grading, int(scores.rank[row])
    bounded = any(scores.rules.adjustments[code].effect == "at_most" for code in scores.enterprises.adjusted[row])
    if not rank or (bounded and scores.grade[row] != scores.by_rank[row]):
        return "", None
    best = scores.ladders[scores.size_of(row)]
    places = last_places(grading, len(best))
    at = next((number for number, last in enumerate(places) if rank <= last), len(places))
    number = next((each for each in range(at - 1, -1, -1) if places[each] > 0), None)
    if number is None:
        return "", None
    return grading.grades[number], float(best[places[number] - 1])


def _lifts(scores: LandScores, row: int, distance: float) -> tuple[Lift, ...]:
    """For each input that works one way only, what it alone would have to become."""
    terms = scores.rules.terms[scores.size_of(row)]
    ups = {term.metric.numerator for term in terms}
    downs = {term.metric.denominator for term in terms}
    found = []
    for column in (
        *dict.fromkeys(term.metric.numerator for term in terms),
        *dict.fromkeys(term.metric.denominator for term in terms),
    ):
        now = float(scores.enterprises.values[column][row])
        if (column in ups and column in downs) or math.isnan(now):
            continue
        needed = _needed(_gain(scores, row, column), now, distance, up=column in ups)
        if needed is not None:
            name = column_name(column)
            found.append(Lift(column=column, name=name, unit=UNITS.get(column, ("", "")), now=now, needed=needed))
    return tuple(found)


def _gain(scores: LandScores, row: int, column: str) -> Callable[[float], float]:
    """How many points an enterprise would have more if one input were another, baselines and everybody else as they are."""
    size = scores.size_of(row)
    touched = [
        (term, scores.baselines[size, term.metric.code], float(scores.points[term.metric.code][row]))
        for term in scores.rules.terms[size]
        if column in (term.metric.numerator, term.metric.denominator) and scores.how[term.metric.code][row] not in (MEAN, NOTHING)
    ]

    def gain(value: float) -> float:
        total = 0.0
        for term, baseline, before in touched:
            above, below = (
                value if each == column else float(scores.enterprises.values[each][row])
                for each in (term.metric.numerator, term.metric.denominator)
            )
            points = above / below / baseline * term.weight if below else math.inf
            total += min(max(points, term.bounds[0]), term.bounds[1]) - before
        return total

    return gain


def _needed(gain: Callable[[float], float], now: float, distance: float, *, up: bool) -> float | None:
    """The nearest value of an input with so many points more, by halving; None where no sensible value brings them."""
    far = max(abs(now), 1.0) * _HIGHEST if up else now * _LOWEST
    if gain(far) < distance or (not up and now <= 0):
        return None
    near = now
    for _ in range(_STEPS):
        middle = (near + far) / 2
        near, far = (near, middle) if gain(middle) >= distance else (middle, far)
    return far
