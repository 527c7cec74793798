"""How far a year is likely to come, from the share it has done by a month: fitted on past years, and turned into a chance.

A past year's end is explained by what was done by the month, how that lies to its own time plan, and what the last three months
brought; none of the three may count against a project, so that more works never make its chance smaller. What remains is what
projects of its kind, and the project itself, used to end above or below that; each is believed the more, the more years tell of it.
The chance is how many past years with such a score were completed, made to rise with the score (isotonic regression).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from duheng.watch.panel import Numbers
from duheng.watch.projects.past import Past

_RECENT = 3  # months
_OF_KIND, _OWN = 10.0, 2.0  # years after which a kind, and a project, is believed by half
_BIN = 25  # past years to a step of the chance
_STEPS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What is known of past years at the end of one month: a rule for scores, and the chance that belongs to a score.

    `scored` are the scores of the past years themselves, each without what it tells of itself.
    """

    month: int
    weights: Numbers
    kinds: dict[str, float]
    own: dict[str, float]
    scored: Numbers
    at: Numbers
    chance: Numbers

    def of(self, features: Numbers, kinds: Sequence[str], projects: Sequence[str]) -> Numbers:
        """The scores of some years: features as `features` gives them, with the kind and the project of each."""
        pairs = zip(kinds, projects, strict=True)
        effects: list[float] = [self.kinds.get(kind, 0.0) + self.own.get(project, 0.0) for kind, project in pairs]
        found: Numbers = _with_one(features) @ self.weights + np.array(effects)
        return found

    def chances(self, scores: Numbers) -> Numbers:
        """P(completed) of each score; straight between the steps, and held beyond the first and the last."""
        return np.interp(scores, self.at, self.chance)


def features(share: Numbers, wanted: Numbers, month: int) -> Numbers:
    """What is looked at by the end of a month: done, done beyond what time wants, and done in the last months; (years, 3)."""
    done = share[:, month]
    return np.column_stack([done, done - wanted[:, month], done - share[:, max(0, month - _RECENT)]])


def fit(past: Past, month: int) -> Scores:
    """Scores and chances by the end of a month, from past years."""
    seen = features(past.share, past.wanted, month)
    weights = _not_negative(seen, past.final)
    rest = past.final - _with_one(seen) @ weights
    by_kind, without = _shrunk(rest, past.kind, _OF_KIND)
    left = rest - np.array([by_kind[kind] for kind in past.kind])
    own, _ = _shrunk(left, past.project, _OWN)
    scored = _with_one(seen) @ weights + without + _earlier(left, past)
    at, chance = _calibrated(scored, past.finished)
    return Scores(month=month, weights=weights, kinds=by_kind, own=own, scored=scored, at=at, chance=chance)


def _with_one(seen: Numbers) -> Numbers:
    return np.column_stack([np.ones(len(seen)), seen])


def _not_negative(seen: Numbers, final: Numbers) -> Numbers:
    """Least squares with weights that are never below zero: the best of all choices of features whose weights come out so."""
    best, found = np.inf, np.zeros(seen.shape[1] + 1)
    for count in range(seen.shape[1] + 1):
        for chosen in combinations(range(seen.shape[1]), count):
            columns = _with_one(seen[:, list(chosen)])
            weights = np.linalg.lstsq(columns, final, rcond=None)[0]
            error = float(((final - columns @ weights) ** 2).sum())
            if (weights[1:] >= 0).all() and error < best - 1e-9:
                best, found = error, np.zeros(seen.shape[1] + 1)
                found[[0, *(place + 1 for place in chosen)]] = weights
    return found


def _shrunk(rest: Numbers, names: Sequence[str], believed: float) -> tuple[dict[str, float], Numbers]:
    """The mean of what remains by name, drawn towards nothing where few tell of it; and for each row that of the others."""
    known, places = np.unique(np.array(names, dtype=object).astype(str), return_inverse=True)
    total, count = np.bincount(places, weights=rest), np.bincount(places)
    means = {str(name): float(value) for name, value in zip(known, total / (count + believed), strict=True)}
    return means, (total[places] - rest) / (count[places] - 1 + believed)


def _earlier(left: Numbers, past: Past) -> Numbers:
    """For each past year what the project's own years before it told, as it could have been told then."""
    found = np.zeros(len(past))
    seen: dict[str, tuple[float, int]] = {}
    for row in np.argsort(past.year, kind="stable"):
        total, count = seen.get(past.project[row], (0.0, 0))
        found[row] = total / (count + _OWN)
        seen[past.project[row]] = total + float(left[row]), count + 1
    return found


def _calibrated(scored: Numbers, finished: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Steps of scores, each with the share completed among past years of such a score, never falling.

    Counted as (completed + 1/2) of (all + 1), so that a few years never make certainty.
    """
    order = np.argsort(scored, kind="stable")
    parts = np.array_split(order, min(_STEPS, max(1, len(order) // _BIN)))
    at = np.array([scored[part].mean() for part in parts])
    share = [(float(finished[part].sum()) + 0.5) / (len(part) + 1) for part in parts]
    return at, _rising(share, [len(part) for part in parts])


def _rising(values: Sequence[float], weights: Sequence[int]) -> Numbers:
    """The nearest values that never fall: neighbours that do are taken together (pool adjacent violators)."""
    blocks: list[tuple[float, int, int]] = []  # value, weight, how many
    for value, weight in zip(values, weights, strict=True):
        block = (value, weight, 1)
        while blocks and blocks[-1][0] > block[0]:
            before = blocks.pop()
            together = before[1] + block[1]
            block = ((before[0] * before[1] + block[0] * block[1]) / together, together, before[2] + block[2])
        blocks.append(block)
    return np.array([value for value, _, count in blocks for _ in range(count)])
