"""Ranks with ties shared: 1, 2, 2, 4."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from duheng.appraise.unit_table import Numbers

Ranks = NDArray[np.int64]


def ranks(scores: Numbers, *, digits: int | None = None) -> Ranks:
    """The rank of each score along the last axis, the highest first; who is level shares the better rank, NaN has 0.

    `digits` are the decimals at which scores are compared, as they are published.

    >>> ranks(np.array([5.0, 7.0, np.nan, 7.0, 6.999])).tolist()
    [4, 1, 0, 1, 3]
    >>> ranks(np.array([5.0, 7.0, np.nan, 7.0, 6.999]), digits=1).tolist()
    [4, 1, 0, 1, 1]
    """
    shown = scores if digits is None else np.round(scores, digits)
    worst = np.where(np.isnan(shown), np.inf, -shown)
    order = np.argsort(worst, axis=-1, kind="stable")
    sorted_ = np.take_along_axis(worst, order, axis=-1)
    places = np.broadcast_to(np.arange(worst.shape[-1]), worst.shape)
    fresh = np.ones(worst.shape, dtype=bool)
    fresh[..., 1:] = sorted_[..., 1:] != sorted_[..., :-1]
    first = np.maximum.accumulate(np.where(fresh, places, 0), axis=-1)
    found = np.empty(worst.shape, dtype=np.int64)
    np.put_along_axis(found, order, first + 1, axis=-1)
    return np.where(np.isnan(shown), 0, found)
