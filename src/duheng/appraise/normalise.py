"""Components made comparable, so that more is better in each: the normalisations of the Handbook (chapter 5), as COINr names them."""

from __future__ import annotations

import numpy as np

from duheng.appraise.rank import ranks
from duheng.appraise.spec import Component, CompositeSpec, Normalisation
from duheng.appraise.unit_table import Numbers


def normalised(spec: CompositeSpec, values: Numbers, how: Normalisation) -> Numbers:
    """Units × components, each component on one scale. Raises `AppraiseError` where all its values are equal."""
    return np.column_stack([_one(spec, each, values[:, at], how) for at, each in enumerate(spec.components)])


def _one(spec: CompositeSpec, one: Component, values: Numbers, how: Normalisation) -> Numbers:
    plain = _transformed(spec, one, values)
    if how.method == "goalposts":
        return _between(_posts(one), plain, one, how)
    turned = plain * one.direction
    least, most = np.nanmin(turned), np.nanmax(turned)
    if least == most and how.method not in ("rank", "percentile"):
        same = values[~np.isnan(values)][0]
        spec.refuse(
            f"all values of “{one.code}” are equal ({same:g}), so they tell no unit from another and cannot be "
            "brought to a scale. Take it out of the indicators, or give it goalposts.",
            f"“{one.code}”的值全部相同（{same:g}），无法区分，也无法归一化。请从 indicators 中去掉，或改用 goalposts。",
        )
    if how.method in ("rank", "percentile"):
        return _ranked(turned, how)
    if how.method == "z_score":
        return np.asarray((turned - np.nanmean(turned)) / np.nanstd(turned, ddof=1) * how.spread + how.mean)
    if how.method == "target":
        return _to_target(spec, one, turned, how)
    if how.method == "highest" and np.nanmin(plain) <= 0:
        spec.refuse(
            f"“{one.code}” holds {np.nanmin(plain):g}, and shares of the best value are taken. They need values above 0; choose min_max.",
            f"“{one.code}”含有 {np.nanmin(plain):g}，与最优值之比只适用于大于 0 的值。请改用 min_max。",
        )
    if how.method == "highest":
        return np.asarray(turned / most * how.high if one.direction > 0 else -most / plain * how.high)
    return np.asarray((turned - least) / (most - least) * (how.high - how.low) + how.low)


def _transformed(spec: CompositeSpec, one: Component, values: Numbers) -> Numbers:
    if one.transform != "log":
        return values
    if np.nanmin(values) <= 0:
        spec.refuse(
            f"“{one.code}” holds {np.nanmin(values):g}, and a logarithm is taken. Correct it, or take transform: log out.",
            f"“{one.code}”含有 {np.nanmin(values):g}，不能取对数。请改正，或去掉 transform: log。",
        )
    return np.asarray(np.log(values))


def _posts(one: Component) -> tuple[float, float]:
    low, high = one.goalposts or (0.0, 1.0)
    return (float(np.log(low)), float(np.log(high))) if one.transform == "log" else (low, high)


def _between(posts: tuple[float, float], values: Numbers, one: Component, how: Normalisation) -> Numbers:
    """Between goalposts, and no further: UNDP, Human Development Report 2021/22, technical note 1."""
    share = np.clip((values - posts[0]) / (posts[1] - posts[0]), 0.0, 1.0)
    return np.asarray((share if one.direction > 0 else 1.0 - share) * (how.high - how.low) + how.low)


def _ranked(turned: Numbers, how: Normalisation) -> Numbers:
    """The number of units a unit is better than, plus one; or as percentiles, from `low` for the last to `high` for the first."""
    behind = np.where(np.isnan(turned), np.nan, ranks(-turned).astype(float))
    if how.method == "rank":
        return behind
    count = int((~np.isnan(turned)).sum())
    return np.asarray((behind - 1) / max(1, count - 1) * (how.high - how.low) + how.low)


def _to_target(spec: CompositeSpec, one: Component, turned: Numbers, how: Normalisation) -> Numbers:
    """How much of the way from the worst unit to the target is done, and no more than all of it."""
    target = (one.target or 0.0) * one.direction
    least = np.nanmin(turned)
    if target <= least:
        spec.refuse(
            f"“{one.code}”: its target {one.target:g} is not better than the worst unit, so there is no way to measure. Correct it.",
            f"“{one.code}”的目标 {one.target:g} 不优于最差的单位，无从衡量。请改正。",
        )
    return np.asarray(np.minimum(1.0, (turned - least) / (target - least)) * (how.high - how.low) + how.low)
