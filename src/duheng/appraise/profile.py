"""One unit of a composite, taken apart: where it is strong, where it is weak, and where most is to be gained."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from duheng.appraise.composite import Composite
from duheng.appraise.rank import ranks
from duheng.appraise.unit_table import Numbers
from duheng.appraise.whole import wholes

Both = tuple[str, str]
"""The same in Chinese and in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine:
    """One indicator of a unit: its value (divided by its denominator), on the common scale, its rank among the units.

    `gain` is by how much the score would rise, and `rank_if_best` where the unit would stand, if it were as good in this one
    indicator as the best unit is, everybody else unchanged. Values are None where there are no data.
    """

    code: str
    name: Both
    unit: str
    value: float | None
    flag: str
    scaled: float | None
    rank: int | None
    gain: float
    rank_if_best: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProfile:
    """A unit with its score, its rank, and its indicators in the order of the specification."""

    code: str
    name: str
    score: float | None
    rank: int | None
    lines: tuple[ProfileLine, ...]

    @property
    def chances(self) -> tuple[ProfileLine, ...]:
        """The indicators by what is to be gained, the most first."""
        return tuple(sorted((line for line in self.lines if line.gain > 0), key=lambda line: -line.gain))

    def plain(self) -> dict[str, Any]:
        """The profile as plain data."""
        return asdict(self)


def profile(made: Composite, code: str) -> UnitProfile:
    """The profile of the unit with that code. Raises `KeyError` where there is none."""
    if code not in made.units.codes:
        raise KeyError(code)
    unit = made.units.codes.index(code)
    spec, scaled = made.spec, made.stages["normalised"]
    places = ranks(scaled.T).T
    better = _if_best(made, unit)
    own = _known(made.score[unit])
    lines = []
    for at, each in enumerate(spec.components):
        gain = float(better[at] - (own or 0.0)) if own is not None and not np.isnan(better[at]) else 0.0
        lines.append(
            ProfileLine(
                code=each.code,
                name=(each.zh, each.en),
                unit=each.unit,
                value=_known(made.stages["denominated"][unit, at]),
                flag=made.flags_of(unit)[at],
                scaled=_known(scaled[unit, at]),
                rank=int(places[unit, at]) or None,
                gain=gain,
                rank_if_best=_rank(made, unit, float(better[at])) if own is not None else None,
            )
        )
    return UnitProfile(code=code, name=made.units.names[unit], score=own, rank=int(made.rank[unit]) or None, lines=tuple(lines))


def _if_best(made: Composite, unit: int) -> Numbers:
    """The score of a unit if it were as good as the best in one component, for each component."""
    scaled = made.stages["normalised"]
    rows = np.tile(scaled[unit], (scaled.shape[1], 1))
    np.fill_diagonal(rows, np.nanmax(scaled, axis=0))
    found: Numbers = wholes(made.spec, rows)[made.spec.top.code][0]
    return found


def _rank(made: Composite, unit: int, score: float) -> int:
    """Where a unit would stand with another score."""
    scores = made.score.copy()
    scores[unit] = score
    return int(ranks(scores, digits=made.spec.digits)[unit])


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
