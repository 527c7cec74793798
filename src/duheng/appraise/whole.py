"""Parts put together into a whole, for one set of weights or for thousands of draws at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from duheng.appraise.spec import NEEDS_ABOVE_0, Aggregation, CompositeSpec
from duheng.appraise.unit_table import Numbers

Wholes = Mapping[str, Numbers]


def wholes(
    spec: CompositeSpec, values: Numbers, *, weights: Numbers | None = None, ways: Mapping[str, Aggregation] | None = None
) -> Wholes:
    """Every aggregate of every unit: by code, draws × units.

    `values` are units × components. `weights` are draws × (components, then aggregates, in the specification's order), the
    specification's own unless given; a weight of 0 leaves a part out. `ways` replaces how single aggregates are made.

    Raises `AppraiseError` for a value under a geometric or harmonic mean that is not above 0.
    """
    given = own_weights(spec)[None, :] if weights is None else weights
    at = {each.code: place for place, each in enumerate(spec.every)}
    given = given.copy()
    found: dict[str, Numbers] = {}
    for level in spec.levels:
        for each in level:
            parts = spec.parts[each.code]
            places = [at[part] for part in parts]
            way = (ways or {}).get(each.code, each.aggregation)
            _check(spec, each.code, way, values, found)
            stacked = _stacked(spec, parts, values, found)
            found[each.code] = whole(stacked, given[:, places], way, least=spec.availability.aggregate)
            gone = ~(given[:, places] > 0).any(axis=1)
            given[gone, at[each.code]] = 0.0  # nothing of it is left in this draw
    return found


def own_weights(spec: CompositeSpec) -> Numbers:
    """The specification's weights: of the components, then of the aggregates."""
    return np.array([each.weight for each in spec.every])


def whole(values: Numbers, weights: Numbers, way: Aggregation, *, least: float = 0.0) -> Numbers:
    """Weighted means of parts, draws × units; a part that is missing leaves its weight to the others.

    `values` are units × parts, or draws × units × parts; `weights` draws × parts. Where less than `least` of the parts with a
    weight are there, or none, the whole is missing.

    >>> whole(np.array([[1.0, 4.0]]), np.array([[1.0, 1.0]]), Aggregation(method="geometric")).round(9).tolist()
    [[2.0]]
    """
    present = ~np.isnan(values)
    counted = (weights > 0).astype(float)
    there = _dot(present.astype(float), counted)
    total = _dot(present.astype(float), weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        ordered = way.method in ("median", "lowest")
        found = _ordered(values, counted, way.method) if ordered else _mean(values, present, weights, total, way)
        wanted = np.maximum(least * counted.sum(axis=1, keepdims=True) - 1e-9, 0.5)
    return np.where(there >= wanted, found, np.nan)


def _mean(values: Numbers, present: NDArray[np.bool_], weights: Numbers, total: Numbers, way: Aggregation) -> Numbers:
    plain = values if way.floor is None else np.maximum(values, way.floor)
    if way.method == "geometric":
        return np.asarray(np.exp(_dot(np.where(present, np.log(np.where(present, plain, 1.0)), 0.0), weights) / total))
    if way.method == "harmonic":
        return np.asarray(total / _dot(np.where(present, 1.0 / np.where(present, plain, 1.0), 0.0), weights))
    return np.asarray(_dot(np.where(present, plain, 0.0), weights) / total)


def _dot(values: Numbers, weights: Numbers) -> Numbers:
    """Sums over the parts: draws × units."""
    return np.asarray(weights @ values.T if values.ndim == 2 else np.matmul(values, weights[:, :, None])[:, :, 0])


def _ordered(values: Numbers, counted: Numbers, method: str) -> Numbers:
    """The median or the lowest of the parts that count, whatever their weight."""
    every = np.where(counted[:, None, :] > 0, values if values.ndim == 3 else values[None], np.nan)
    empty = np.asarray(np.isnan(every).all(axis=-1))
    every = np.where(empty[..., None], 0.0, every)
    found = np.nanmedian(every, axis=-1) if method == "median" else np.nanmin(every, axis=-1)
    return np.where(empty, np.nan, found)


def _stacked(spec: CompositeSpec, parts: Sequence[str], values: Numbers, found: Wholes) -> Numbers:
    """The parts side by side: units × parts where all are components, else draws × units × parts."""
    own = {each.code: place for place, each in enumerate(spec.components)}
    if all(part in own for part in parts):
        return values[:, [own[part] for part in parts]]
    columns = [found[part] if part in found else values[None, :, own[part]] for part in parts]
    draws = max(len(column) for column in columns)
    return np.stack([np.broadcast_to(column, (draws, column.shape[1])) for column in columns], axis=-1)


def _check(spec: CompositeSpec, code: str, way: Aggregation, values: Numbers, found: Wholes) -> None:
    """No logarithm and no reciprocal of what is not above 0."""
    if way.method not in NEEDS_ABOVE_0 or way.floor is not None:
        return
    own = {each.code: place for place, each in enumerate(spec.components)}
    for part in spec.parts[code]:
        column = found[part] if part in found else values[:, own[part]]
        with np.errstate(invalid="ignore"):
            low = bool((column <= 0).any())
        if low:
            _refuse_low(spec, code, part, way.method, float(np.nanmin(column)))


def _refuse_low(spec: CompositeSpec, code: str, part: str, method: str, least: float) -> NoReturn:
    spec.refuse(
        f"“{code}” is a {method} mean, but its part “{part}” goes down to {least:g}. Normalise to a scale that begins above 0 "
        "(low: 1), or give the aggregation a floor.",
        f"“{code}”用{_ZH[method]}平均，但下级“{part}”最低为 {least:g}。请把归一化下限设为大于 0（如 low: 1），或给出 floor。",
    )


_ZH = {"geometric": "几何", "harmonic": "调和"}
