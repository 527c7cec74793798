"""What a composite is really made of: how its indicators hang together, and how much each one moves the score.

After the Handbook's multivariate step and the JRC's audits: weights are not importance. The importance of an indicator is the share
of the score's variance that goes with it (Paruolo, Saisana and Saltelli 2013; here by the squared correlation).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from duheng.appraise.composite import Composite
from duheng.appraise.unit_table import Numbers

Both = tuple[str, str]
"""The same in Chinese and in English."""

ALIKE, AGAINST, SCARCE = 0.92, -0.4, 0.35
"""Two indicators of one aggregate say the same above the first correlation and work against each other below the second; an indicator
with more than the third share of values missing rests on guesses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentDiagnosis:
    """One indicator: the share of units without it, its correlation with its aggregate and with the score, and what it counts for.

    `weight` is its nominal share in the score (the product of the weights above it), `importance` its share of the squared
    correlations of all with the score.
    """

    code: str
    name: Both
    missing: float
    with_parent: float
    with_score: float
    weight: float
    importance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All indicators, their correlations with each other (components × components), and what is worth a look, in words."""

    components: tuple[ComponentDiagnosis, ...]
    correlations: Numbers
    notes: tuple[Both, ...]

    def plain(self) -> dict[str, Any]:
        """The diagnosis as plain data."""
        return {
            "components": [
                {
                    "code": each.code,
                    "missing": each.missing,
                    "with_parent": _known(each.with_parent),
                    "with_score": _known(each.with_score),
                    "weight": each.weight,
                    "importance": _known(each.importance),
                }
                for each in self.components
            ],
            "notes": [{"zh": zh, "en": en} for zh, en in self.notes],
        }


def diagnosis(made: Composite) -> Diagnosis:
    """How the indicators of a composite hang together, and how much each counts."""
    spec, scaled = made.spec, made.stages["normalised"]
    missing = np.isnan(made.stages["denominated"]).mean(axis=0)
    together = np.array([[_correlation(left, right) for right in scaled.T] for left in scaled.T])
    score = np.array([_correlation(column, made.score) for column in scaled.T])
    parent = np.array(
        [_correlation(column, made.scores[each.parent]) for each, column in zip(spec.components, scaled.T, strict=True)]
    )
    square = np.nan_to_num(score) ** 2
    found = tuple(
        ComponentDiagnosis(
            code=each.code,
            name=(each.zh, each.en),
            missing=float(missing[at]),
            with_parent=float(parent[at]),
            with_score=float(score[at]),
            weight=nominal_weight(made, each.code),
            importance=float(square[at] / square.sum()) if square.sum() else float("nan"),
        )
        for at, each in enumerate(spec.components)
    )
    return Diagnosis(components=found, correlations=together, notes=tuple(_notes(made, found, together)))


def nominal_weight(made: Composite, code: str) -> float:
    """The share of a component in the score as its weights have it: the product of its shares all the way up."""
    spec = made.spec
    parents = {each.code: each.parent for each in spec.every}
    share = 1.0
    while parent := parents[code]:
        share *= spec.weight_of(code) / sum(spec.weight_of(part) for part in spec.parts[parent])
        code = parent
    return share


def _correlation(left: Numbers, right: Numbers) -> float:
    """Pearson's correlation over the units that have both; NaN where one of them does not vary."""
    both = ~np.isnan(left) & ~np.isnan(right)
    if both.sum() < 3 or np.ptp(left[both]) == 0 or np.ptp(right[both]) == 0:
        return float("nan")
    return float(np.corrcoef(left[both], right[both])[0, 1])


def _notes(made: Composite, found: tuple[ComponentDiagnosis, ...], together: Numbers) -> Iterator[Both]:
    for one, treated in zip(found, made.treatments, strict=True):
        zh, en = one.name
        if one.missing > SCARCE:
            yield f"“{zh}”有 {one.missing:.0%} 的单位缺数据。", f"{one.missing:.0%} of the units have no data for “{en}”."
        if not treated.passes:
            yield f"“{zh}”处理后仍有异常值。", f"“{en}” still has outliers after its treatment."
        if one.with_parent < 0:
            yield (
                f"“{zh}”与所属汇总层负相关（{one.with_parent:.2f}）：它越好，该层得分反而越低，请核对方向。",
                f"“{en}” is correlated negatively with its own aggregate ({one.with_parent:.2f}): check its direction.",
            )
    yield from _pairs(made, together)


def _pairs(made: Composite, together: Numbers) -> Iterator[Both]:
    """What is to be said of two indicators of one aggregate."""
    for left, one in enumerate(made.spec.components):
        for right, other in enumerate(made.spec.components[:left]):
            how = float(together[left, right])
            if one.parent == other.parent and how > ALIKE:
                yield (
                    f"“{one.zh}”与“{other.zh}”几乎是一回事（相关系数 {how:.2f}），等于算了两遍。",
                    f"“{one.en}” and “{other.en}” say nearly the same ({how:.2f}), which counts twice.",
                )
            elif one.parent == other.parent and how < AGAINST:
                yield (
                    f"“{one.zh}”与“{other.zh}”此消彼长（相关系数 {how:.2f}），平均后互相抵消。",
                    f"“{one.en}” and “{other.en}” work against each other ({how:.2f}); their mean hides both.",
                )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
