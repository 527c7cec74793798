"""How sure ranks are: everything that might as well have been chosen otherwise, chosen again thousands of times.

Monte Carlo after Saisana, Saltelli and Tarantola (2005) and the Handbook, chapter 7: each draw chooses an imputation, a treatment, a
normalisation and an aggregation, moves every weight, and may leave one component out. A unit's rank is then a band. How much each
choice is to blame for the shifts is told by first-order and total indices (`sensitivity`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from duheng.appraise.choices import Choices, choices
from duheng.appraise.composite import Composite, scaled
from duheng.appraise.rank import Ranks, ranks
from duheng.appraise.spec import NEEDS_ABOVE_0, Aggregation
from duheng.appraise.unit_table import Numbers
from duheng.appraise.whole import own_weights, wholes
from duheng.errors import AppraiseError

_AT_ONCE = 2_000  # draws worked out together
_FEWEST = 20
_RESAMPLED = 100
_LEVELS = (5, 50, 95)
MOST = 100_000
"""The draws that may be asked for."""
SETTLED = 0.95
"""The share of draws from which on one unit is said to be ahead of another."""
_HELD = 20_000_000  # scores held at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """The ranks and scores of all draws, as bands: for each unit the 5th, 50th and 95th percentile.

    `ahead` is, for each unit, the share of draws in which it is better than the unit that comes after it in the ranking (NaN for
    the last). `tiers` count from 1, 0 for a unit without a rank: a new one begins with the unit that is behind the first of the tier in
    a share of `SETTLED` of the draws, so that the order within a tier should not be made much of. `kept` is the share of draws in
    which a unit keeps its rank. `shift` is the mean number of ranks by which a unit moves. `first_order` and `total` are, for each
    factor, the share of the variance of that shift owed to it alone, and to it with all its interactions, `errors` their standard
    errors (by bootstrap); `unit_first_order` is the first for each unit's rank.
    """

    draws: int
    seed: int
    choices: Choices
    rank_bands: Ranks  # units × 3
    score_bands: Numbers  # units × 3
    ahead: Numbers
    tiers: Ranks
    kept: Numbers
    shift: float
    first_order: Mapping[str, float]
    total: Mapping[str, float]
    errors: Mapping[str, tuple[float, float]]
    unit_first_order: Mapping[str, Numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """Random choices, one row a draw: of each step which alternative, how far each weight moves, which component is left out."""

    picks: NDArray[np.int64]  # draws × 4: imputation, treatment, normalisation, aggregation
    weights: Numbers  # draws × components and aggregates: factors around 1
    left_out: NDArray[np.int64]  # a component, or one more than there are: none

    def __len__(self) -> int:
        """How many draws there are."""
        return len(self.left_out)

    def take(self, rows: NDArray[np.int64]) -> Draws:
        """Some of the draws."""
        return Draws(picks=self.picks[rows], weights=self.weights[rows], left_out=self.left_out[rows])

    def with_factor(self, factor: str, other: Draws) -> Draws:
        """These draws, but with one factor as in the others."""
        steps = ("imputation", "treatment", "normalisation", "aggregation")
        if factor in steps:
            picks = self.picks.copy()
            picks[:, steps.index(factor)] = other.picks[:, steps.index(factor)]
            return Draws(picks=picks, weights=self.weights, left_out=self.left_out)
        if factor == "weights":
            return Draws(picks=self.picks, weights=other.weights, left_out=self.left_out)
        return Draws(picks=self.picks, weights=self.weights, left_out=other.left_out)


class Model:
    """A composite as a function of its choices: draws in, scores out (draws × units)."""

    def __init__(self, made: Composite) -> None:
        self.spec, self._units = made.spec, made.units
        self.choices = choices(made.spec, missing=bool(np.isnan(made.stages["denominated"]).any()))
        self._scaled: dict[tuple[int, int, int], Numbers] = {}
        self._own = own_weights(made.spec)

    def draw(self, chance: np.random.Generator, count: int) -> Draws:
        """Random choices, all alternatives equally likely and each weight evenly spread around its own."""
        options = self.choices
        sizes = (options.imputations, options.treatments, options.normalisations, options.aggregations)
        picks = np.column_stack([chance.integers(len(each), size=count) for each in sizes])
        moved = 1 + options.weights * chance.uniform(-1, 1, (count, len(self._own)))
        components = len(self.spec.components)
        left_out = chance.integers(components + 1, size=count) if options.leave_out else np.full(count, components)
        return Draws(picks=picks, weights=moved, left_out=left_out)

    def scores(self, draws: Draws) -> Numbers:
        """The score of every unit in every draw."""
        found = np.full((len(draws), len(self._units.codes)), np.nan)
        for rows in self._alike(draws):
            some = draws.take(rows)
            imputation, treatment, scale, way = (int(pick) for pick in some.picks[0])
            weights = self._own * some.weights
            out = some.left_out < len(self.spec.components)
            weights[np.flatnonzero(out), some.left_out[out]] = 0.0
            ways = self._ways(self.choices.aggregations[way], own_scale=scale == 0)
            values = self._values(imputation, treatment, scale)
            found[rows] = wholes(self.spec, values, weights=weights, ways=ways)[self.spec.top.code]
        return found

    def _ways(self, option: Aggregation | None, *, own_scale: bool) -> dict[str, Aggregation]:
        """How each aggregate is made in a draw; on another scale than its own, what is not above 0 counts as a hundredth of it."""
        scale = self.spec.normalisation
        floor = max(scale.low, 0.0) + (scale.high - scale.low) / 100
        found = {each.code: option or each.aggregation for each in self.spec.aggregates}
        if own_scale:
            return found
        return {
            code: replace(way, floor=floor) if way.floor is None and way.method in NEEDS_ABOVE_0 else way
            for code, way in found.items()
        }

    def _alike(self, draws: Draws) -> Iterator[NDArray[np.int64]]:
        """The draws of the same alternatives, so many at once."""
        _, kinds = np.unique(draws.picks, axis=0, return_inverse=True)
        order = np.argsort(kinds.ravel(), kind="stable")
        for alike in np.split(order, np.flatnonzero(np.diff(kinds.ravel()[order])) + 1):
            yield from np.array_split(alike, max(1, -(-len(alike) // _AT_ONCE)))

    def _values(self, imputation: int, treatment: int, scale: int) -> Numbers:
        key = (imputation, treatment, scale)
        if key not in self._scaled:
            self._scaled[key] = scaled(
                self.spec,
                self._units,
                imputation=self.choices.imputations[imputation],
                treatment=self.choices.treatments[treatment],
                scale=self.choices.normalisations[scale],
            )
        return self._scaled[key]


def uncertainty(made: Composite, *, draws: int, seed: int) -> Uncertainty:
    """The bands of ranks and scores over so many draws, and what they are owed to. The same seed gives the same.

    The indices take as many draws again for each factor.
    """
    if not _FEWEST <= draws <= MOST:
        raise AppraiseError(
            reason=f"{draws} draws were asked for; choose a number from {_FEWEST} to {MOST}.",
            reason_zh=f"抽样次数为 {draws}，应在 {_FEWEST} 到 {MOST} 之间。",
        )
    if draws * len(made.rank) > _HELD:
        most = _HELD // len(made.rank)
        raise AppraiseError(
            reason=f"{draws} draws of {len(made.rank)} units are too many to hold; choose at most {most} draws.",
            reason_zh=f"{len(made.rank)} 个单位抽样 {draws} 次超出内存限制，请不超过 {most} 次。",
        )
    model = Model(made)
    chance = np.random.default_rng(seed)
    first, second = model.draw(chance, draws), model.draw(chance, draws)
    scores = model.scores(first)
    found = ranks(scores, digits=made.spec.digits)
    alone, together, errors, by_unit = _indices(model, made, first, second, found=found, seed=seed)
    return Uncertainty(
        draws=draws,
        seed=seed,
        choices=model.choices,
        rank_bands=np.percentile(found, _LEVELS, axis=0, method="inverted_cdf").T.astype(np.int64),
        score_bands=_bands(scores),
        ahead=_ahead(made, found),
        tiers=_tiers(made, found),
        kept=np.asarray((found == made.rank).mean(axis=0)),
        shift=float(np.abs(found - made.rank).mean()),
        first_order=alone,
        total=together,
        errors=errors,
        unit_first_order=by_unit,
    )


def _placed(made: Composite) -> list[int]:
    """The units that have a rank, the first one first."""
    return [int(unit) for unit in np.lexsort((-made.score, made.rank)) if made.rank[unit]]


def _tiers(made: Composite, found: Ranks) -> Ranks:
    """A new tier begins with the unit that is behind the first of the tier in nearly every draw."""
    tiers = np.zeros(len(made.rank), dtype=np.int64)
    first, tier = -1, 0
    for unit in _placed(made):
        if first < 0 or (found[:, first] < found[:, unit]).mean() >= SETTLED:
            first, tier = unit, tier + 1
        tiers[unit] = tier
    return tiers


def _bands(scores: Numbers) -> Numbers:
    """The percentiles of each unit's scores; NaN for one that never has any."""
    found = np.full((scores.shape[1], len(_LEVELS)), np.nan)
    some = ~np.isnan(scores).all(axis=0)
    found[some] = np.nanpercentile(scores[:, some], _LEVELS, axis=0).T
    return found


def _ahead(made: Composite, found: Ranks) -> Numbers:
    """The share of draws in which each unit is ahead of the one that follows it."""
    share = np.full(len(made.rank), np.nan)
    for above, below in pairwise(_placed(made)):
        share[above] = (found[:, above] < found[:, below]).mean()
    return share


_Shares = dict[str, float]


def _indices(
    model: Model, made: Composite, first: Draws, second: Draws, *, found: Ranks, seed: int
) -> tuple[_Shares, _Shares, dict[str, tuple[float, float]], dict[str, Numbers]]:
    """First-order and total indices of the mean shift in rank with their errors, and first-order ones of each unit's rank.

    First order by Saltelli et al. (2010), total by Jansen (1999): both swap one factor of a sample for that of an independent one.
    """
    other = ranks(model.scores(second), digits=made.spec.digits)
    again = np.random.default_rng(seed).integers(len(first), size=(len(first), _RESAMPLED))
    alone, together, errors, by_unit = {}, {}, {}, {}
    for factor in model.choices.factors:
        mixed = ranks(model.scores(first.with_factor(factor, second)), digits=made.spec.digits)
        shifts = [np.abs(each - made.rank).mean(axis=1) for each in (found, other, mixed)]
        alone[factor], together[factor] = (float(index) for index in index_of(*shifts))
        resampled = index_of(*(each[again] for each in shifts))
        errors[factor] = (float(resampled[0].std(ddof=1)), float(resampled[1].std(ddof=1)))
        by_unit[factor] = index_of(found.astype(float), other.astype(float), mixed.astype(float))[0]
    return alone, together, errors, by_unit


def index_of(here: Numbers, there: Numbers, mixed: Numbers) -> tuple[Numbers, Numbers]:
    """First-order and total index of one factor, over the first axis.

    `here` and `there` are what a function gives of two independent samples, `mixed` of the first with the factor of the second.
    """
    variance = np.var(np.concatenate([here, there]), axis=0)
    middle = np.concatenate([here, there]).mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        alone = ((there - middle) * (mixed - here)).mean(axis=0) / variance
        together = ((here - mixed) ** 2).mean(axis=0) / (2 * variance)
    return np.asarray(np.where(variance > 0, alone, 0.0)), np.asarray(np.where(variance > 0, together, 0.0))
