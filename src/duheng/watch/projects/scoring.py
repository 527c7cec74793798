"""How likely a year is completed, from the share it has done by a month: fitted on past years, and turned into a chance.

Whether a past year was completed is explained by what was done by the month, how that lies to its own time plan, and what the last
three months brought; none of the three may count against a project, so that more works never make its chance smaller. What remains
is what projects of its kind, and the project itself, used to do better or worse than that: believed the more, the more years tell
of it, and no further than the past years themselves bear it out. The chance is how many past years with such a score were
completed, made to rise with the score (isotonic regression).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from duheng.watch.panel import Numbers
from duheng.watch.projects.past import Past

_RECENT = 3  # months
_OF_KIND, _OWN = 10.0, 2.0  # years after which a kind, and a project, is believed by half
_NEAR, _STEPS = 10, 20  # past years that a chance is counted of: ten, or a twentieth of many
_MOST = 200  # steps of the chance


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


@lru_cache(maxsize=32)
def fit(past: Past, month: int) -> Scores:
    """Scores and chances by the end of a month, from past years."""
    seen, ends = features(past.share, past.wanted, month), past.finished.astype(np.float64)
    weights = _not_negative(seen, ends)
    plain = _with_one(seen) @ weights
    by_kind, of_others = _shrunk(ends - plain, past.kind, _OF_KIND)
    left = ends - plain - np.array([by_kind[kind] for kind in past.kind])
    by_project, _ = _shrunk(left, past.project, _OWN)
    of_before = _earlier(left, past)
    kind = _believed(of_others, ends - plain)
    own = _believed(of_before, ends - plain - kind * of_others)
    scored = plain + kind * of_others + own * of_before
    at, chance = _calibrated(scored, past.finished)
    return Scores(
        month=month,
        weights=weights,
        kinds={name: kind * value for name, value in by_kind.items()},
        own={name: own * value for name, value in by_project.items()},
        scored=scored,
        at=at,
        chance=chance,
    )


def _believed(told: Numbers, rest: Numbers) -> float:
    """How far what others of a kind, or a project's own earlier years, tell is borne out by what remained: from 0 to 1."""
    size = float(told @ told)
    return min(1.0, max(0.0, float(told @ rest) / size)) if size > 0 else 0.0


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
    """Steps of scores, each with the share completed among the past years of the nearest scores, never falling.

    Counted as (completed + 1/2) of (all + 1), so that a few years never make certainty.
    """
    order = np.argsort(scored, kind="stable")
    count = len(order)
    near = min(count, max(_NEAR, count // _STEPS))
    first = np.unique(np.linspace(0, count - near, min(_MOST, count - near + 1)).round().astype(np.int64))
    _, alike = np.unique(scored.round(9), return_inverse=True)  # years of one score count alike, in whatever order they stand
    completed = np.bincount(alike, weights=finished)[alike] / np.bincount(alike)[alike]
    ends = np.concatenate([[0], np.cumsum(completed[order])])
    sums = np.concatenate([[0.0], np.cumsum(scored[order])])
    share = (ends[first + near] - ends[first] + 0.5) / (near + 1)
    return (sums[first + near] - sums[first]) / near, _rising(share.tolist(), [1] * len(first))


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
