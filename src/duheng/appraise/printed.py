"""A composite as a table of text and as plain data: for the command, for files, for pages."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from duheng.appraise.composite import Composite
from duheng.appraise.diagnosis import diagnosis
from duheng.appraise.method import method
from duheng.appraise.uncertainty import Uncertainty

_BANDS = ("rank_p5", "rank_p50", "rank_p95", "score_p5", "score_p50", "score_p95", "ahead_of_next", "tier", "rank_kept")


def composite_rows(made: Composite, unsure: Uncertainty | None = None) -> Iterator[list[str]]:
    """Units by rank, the heads first: code, name, score, rank, then the other aggregates and, where given, the bands."""
    spec = made.spec
    others = [each.code for each in reversed(spec.aggregates) if each.code != spec.top.code]
    yield ["code", "name", "score", "rank", *others, *(_BANDS if unsure else ())]
    for unit in _by_rank(made):
        bands = _bands(unsure, unit) if unsure else []
        yield [
            made.units.codes[unit],
            made.units.names[unit],
            text(made.score[unit]),
            str(made.rank[unit]) if made.rank[unit] else "",
            *(text(made.scores[code][unit]) for code in others),
            *(text(each) for each in bands),
        ]


def stage_rows(made: Composite, stage: str) -> Iterator[list[str]]:
    """The values of one stage, units in the order of the data, the heads first."""
    spec = made.spec
    values = made.stages["normalised" if stage == "aggregated" else stage]
    codes = [each.code for each in spec.components]
    if stage == "aggregated":
        codes += [each.code for each in spec.aggregates]
        values = np.column_stack([values, *(made.scores[each.code] for each in spec.aggregates)])
    yield ["code", "name", *codes]
    for unit, row in enumerate(values.tolist()):
        yield [made.units.codes[unit], made.units.names[unit], *(text(each) for each in row)]


def composite_plain(made: Composite, unsure: Uncertainty | None = None) -> dict[str, Any]:
    """All of it as plain data: the method, every unit with its values at each stage, and how sure the ranks are."""
    told: dict[str, Any] = {
        "title": {"zh": made.spec.zh, "en": made.spec.en},
        "simulated": made.spec.simulated,
        "method": [each.plain() for each in method(made.spec)],
        "left_out": dict(made.left_out),
        "treatment": _treatment(made),
        "diagnosis": diagnosis(made).plain(),
        "units": [_unit(made, unit, unsure) for unit in _by_rank(made)],
    }
    if unsure:
        told["uncertainty"] = _uncertainty(unsure)
    return told


def text(value: float) -> str:
    """A number with all its digits, nothing for one that is not there."""
    value = float(value)
    return "" if math.isnan(value) else repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _by_rank(made: Composite) -> list[int]:
    """The units, the best first, those without a score last."""
    return [
        int(unit) for unit in np.lexsort((-np.nan_to_num(made.score), np.where(made.rank > 0, made.rank, len(made.rank) + 1)))
    ]


def _bands(unsure: Uncertainty, unit: int) -> list[float]:
    return [
        *unsure.rank_bands[unit].tolist(),
        *unsure.score_bands[unit].tolist(),
        unsure.ahead[unit],
        int(unsure.tiers[unit]),
        unsure.kept[unit],
    ]


def _unit(made: Composite, unit: int, unsure: Uncertainty | None) -> dict[str, Any]:
    codes = [each.code for each in made.spec.components]
    told: dict[str, Any] = {
        "code": made.units.codes[unit],
        "name": made.units.names[unit],
        "score": _known(made.score[unit]),
        "rank": int(made.rank[unit]) or None,
        "scores": {code: _known(column[unit]) for code, column in made.scores.items()},
        "ranks": {code: int(column[unit]) or None for code, column in made.ranks.items()},
        "stages": {
            stage: {code: _known(value) for code, value in zip(codes, values[unit].tolist(), strict=True)}
            for stage, values in made.stages.items()
        },
        "flags": {code: flag for code, flag in zip(codes, made.flags_of(unit), strict=True) if flag},
    }
    if unsure:
        told |= {name: _known(value) for name, value in zip(_BANDS, _bands(unsure, unit), strict=True)}
        told["rank_owed_to"] = {factor: float(shares[unit]) for factor, shares in unsure.unit_first_order.items()}
    return told


def _treatment(made: Composite) -> list[dict[str, Any]]:
    pairs = zip(made.spec.components, made.treatments, strict=True)
    return [{"code": one.code, "low": each.low, "high": each.high, "log": each.log, "passes": each.passes} for one, each in pairs]


def _uncertainty(unsure: Uncertainty) -> dict[str, Any]:
    return {
        "draws": unsure.draws,
        "seed": unsure.seed,
        "mean_shift_in_rank": unsure.shift,
        "sensitivity": [
            {
                "factor": factor,
                "first_order": unsure.first_order[factor],
                "total": unsure.total[factor],
                "standard_error": list(unsure.errors[factor]),
            }
            for factor in unsure.choices.factors
        ],
    }


def _known(value: float) -> float | None:
    return None if math.isnan(float(value)) else float(value)
