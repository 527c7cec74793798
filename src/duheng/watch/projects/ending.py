"""Where a project's year of investment may end, and how likely it is completed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from duheng.catalog import BaseRateEntry
from duheng.plan.plan import Stage
from duheng.plan.pool import PoolProject
from duheng.watch.chance import Chance
from duheng.watch.panel import Numbers
from duheng.watch.projects.past import DONE, MONTHS, Past, kind_of, shares
from duheng.watch.projects.progress import Progress, amounts, reports, time_share
from duheng.watch.projects.scoring import Scores, features, fit
from duheng.watch.prospect import Method

_RATE = "project"  # the catalog's base rate for projects
_WAYS = 200  # ways in which a year may go on
_SHARES = (0.025, 0.1, 0.5, 0.9, 0.975)
_LEAST = 12  # past years from which on they are asked
_BATCH = 500
_NOTHING = 1e-9
_NEAR = 20  # past years, at least, that an ending is drawn from
# Without past years: as if a project had kept its plan for a quarter of a year, and what is left may go half or twice as fast.
_KEPT, _WIDE = 0.25, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Where a project's year may end.

    `fan` is what it may have come to by the end of each month, in fen: the amounts that 2.5, 10, 50, 90 and 97.5 % of the ways
    stay under, (5, 12); of months that are known, what is known. None where there is no month to go on from.
    """

    chance: Chance
    fan: Numbers | None = None


def endings(
    projects: Sequence[PoolProject],
    progresses: Sequence[Progress | None],
    *,
    year: int,
    as_of: date,
    past: Past,
    rates: Mapping[str, BaseRateEntry],
    seed: int,
) -> list[Ending]:
    """The ending of each project's year, in their order, by the years in `past`.

    What one project gets does not depend on which others are asked about with it. Shapes: `past` as it says.
    """
    found: dict[int, Ending] = {}
    groups: dict[int, list[int]] = {}
    for place, (project, at) in enumerate(zip(projects, progresses, strict=True)):
        known = _settled(project, at, year=year, as_of=as_of)
        if known is not None:
            found[place] = known
        else:
            groups.setdefault(at.through if at else 0, []).append(place)
    for month, places in groups.items():
        rule = fit(past, month) if len(past) >= _LEAST else None
        for start in range(0, len(places), _BATCH):
            some = places[start : start + _BATCH]
            told = [_Row(projects[place], progresses[place], year) for place in some]
            ends = _by_past(told, month, past, rule, seed) if rule else [_by_pace(row, month, rates, seed) for row in told]
            found |= dict(zip(some, ends, strict=True))
    return [found[place] for place in range(len(projects))]


class _Row:
    """A project in a year, with its shares by month and what its time wants; both (13,)."""

    def __init__(self, project: PoolProject, at: Progress | None, year: int) -> None:
        self.project, self.at = project, at
        plan = project.plan(year)
        self.planned = (plan.planned if plan else None) or 0
        told = amounts(reports(project, year, as_of=date.max), at.by) if at else {}
        known = {month: value for month, value in told.items() if at and month <= at.reported}
        if at:
            known[at.reported] = at.done
        self.share = shares(known, self.planned, MONTHS) if self.planned else np.zeros(MONTHS + 1)
        self.wanted = np.array([0.0] + [time_share(project, year, month)[0] for month in range(1, MONTHS + 1)])


def _settled(project: PoolProject, at: Progress | None, *, year: int, as_of: date) -> Ending | None:
    """What needs no chance: a year without a plan, one whose plan is done, one that is over, a project that is completed."""
    plan = project.plan(year)
    if plan is None or not plan.planned:
        why = (f"没有{year}年投资计划。", f"There is no investment plan for {year}.")
        return Ending(chance=Chance(p=None, method=Method.NONE, why=why))
    over = as_of >= date(year, 12, 31)
    if at is None:
        if not over:
            return None
        why = (f"{year}年没有月度数据。", f"No month of {year} was reported.")
        return Ending(chance=Chance(p=None, method=Method.NONE, why=why))
    if at.share >= DONE:
        why = ("年度投资计划已完成。", "The year's plan of investment is completed.")
        return Ending(chance=Chance(p=1.0, method=Method.DECIDED, why=why), fan=_known(project, at))
    if at.through == MONTHS:
        why = ("全年已过，已报数未达年度计划。", "The year is over, and what was reported is short of its plan.")
        return Ending(chance=Chance(p=0.0, method=Method.DECIDED, why=why), fan=_known(project, at))
    if project.stage(on=as_of) is Stage.COMPLETED:
        why = ("项目已完工，投资以结算为准。", "The project is completed; its money is settled at the end.")
        return Ending(chance=Chance(p=None, method=Method.NONE, why=why))
    return None


def _known(project: PoolProject, at: Progress) -> Numbers:
    return np.tile(_Row(project, at, at.year).share[1:] * at.planned, (len(_SHARES), 1))


def _by_past(rows: Sequence[_Row], month: int, past: Past, rule: Scores, seed: int) -> list[Ending]:
    """Endings from past years that stood alike by the end of the same month."""
    share, wanted = np.array([row.share for row in rows]), np.array([row.wanted for row in rows])
    kinds, names = [kind_of(row.project) for row in rows], [row.project.code for row in rows]
    scores = rule.of(features(share, wanted, month), kinds, names)
    chances = rule.chances(scores)
    fans = _fans(share, month, past=past, rule=rule, told=(scores, chances), seed=seed)
    own, alike = Counter(past.project), Counter(past.kind)
    method = Method.PATHS if month else Method.BASE_RATE
    finished = int(past.finished.sum())
    return [
        Ending(
            chance=Chance(p=float(p), method=method, why=_rests_on(month, own[name], alike[kind], len(past), finished)),
            fan=fan * row.planned,
        )
        for row, name, kind, p, fan in zip(rows, names, kinds, chances, fans, strict=True)
    ]


def _fans(share: Numbers, month: int, *, past: Past, rule: Scores, told: tuple[Numbers, Numbers], seed: int) -> Numbers:
    """What each year may have come to by each month, by past years of near scores; as many complete it as the chance says.

    Shapes: `share` (projects, 13), `told` the scores and the chances (projects,); the fans are (projects, 5, 12).
    """
    scores, chances = told
    draw = np.random.default_rng(seed)
    completed = draw.permutation((np.arange(_WAYS) + 0.5) / _WAYS)[None, :] < chances[:, None]
    which = draw.random(_WAYS)
    ended, missed = (_near(rule.scored, past.finished == ends, scores, which) for ends in (True, False))
    picked = np.where(completed, ended, missed)
    ways, final = past.share[picked], past.final[picked]
    done = share[:, [month]]
    end = np.maximum(np.where(completed, np.maximum(final, 1.0), np.minimum(final, DONE)), done)
    left = (ways[..., -1] - ways[..., month])[..., None]
    even = np.linspace(0.0, 1.0, MONTHS - month + 1)
    course = np.where(left > _NOTHING, (ways[..., month:] - ways[..., [month]]) / np.maximum(left, _NOTHING), even)
    ahead = np.quantile(done[..., None] + (end - done)[..., None] * course[..., 1:], _SHARES, axis=1).transpose(1, 0, 2)
    behind = np.broadcast_to(share[:, None, 1 : month + 1], (len(share), len(_SHARES), month))
    found: Numbers = np.concatenate([behind, ahead], axis=2)
    return found


def _near(scored: Numbers, wanted: NDArray[np.bool_], scores: Numbers, which: Numbers) -> NDArray[np.int64]:
    """For each score a past year for each draw, out of the nearest of those wanted; of all where there are none."""
    rows = np.flatnonzero(wanted)
    rows = rows if len(rows) else np.arange(len(scored))
    order = rows[np.argsort(scored[rows], kind="stable")]
    count = min(len(order), max(_NEAR, len(scored) // 10))
    first = np.clip(np.searchsorted(scored[order], scores) - count // 2, 0, len(order) - count)
    found: NDArray[np.int64] = order[first[:, None] + (which * count).astype(np.int64)[None, :]]
    return found


def _rests_on(month: int, own: int, alike: int, count: int, finished: int) -> tuple[str, str]:
    if not month:
        return (
            f"今年还没有月度数据；本库{count}个以往项目年度中{finished}个完成年度计划，按同类情况估计。",
            f"No month of this year is reported: of {count} earlier years of projects here {finished} completed their plan, "
            "weighed by kind.",
        )
    zh = f"按本库{count}个以往项目年度在{month}月末的进度和年末结果推算，其中同类{alike}个、本项目{own}个"
    en = (
        f"Worked out from how {count} earlier years of projects here stood after month {month} and how they ended, "
        f"{alike} of its kind and {own} of its own"
    )
    return (zh + "。", en + ".") if alike >= _LEAST else (zh + "，同类较少。", en + "; few are of its kind.")


def _by_pace(row: _Row, month: int, rates: Mapping[str, BaseRateEntry], seed: int) -> Ending:
    """The ending by this year's own pace, with a wide range; without a month of it, the catalog's base rate."""
    rate = rates.get(_RATE)
    if not month:
        if rate is None:
            return Ending(chance=Chance(p=None, method=Method.NONE, why=("还没有数据。", "There are no figures yet.")))
        why = (
            f"还没有月度数据；按以往{rate.of}个重点项目中{rate.met}个按计划推进估计。",
            f"No month is reported yet: of {rate.of} earlier key projects {rate.met} went as planned.",
        )
        return Ending(chance=Chance(p=(rate.met + 1) / (rate.of + 2), method=Method.BASE_RATE, why=why))
    done, gone = float(row.share[month]), float(row.wanted[month])
    left = max(1.0 - gone, (MONTHS - month) / (2 * MONTHS))
    pace = (done + _KEPT) / (gone + _KEPT)
    # P(the rest goes fast enough), where how fast it goes is spread like a lognormal around the pace so far.
    p = 0.5 * math.erfc(math.log((1.0 - done) / (left * pace)) / (_WIDE * math.sqrt(2)))
    speeds = pace * np.exp(_WIDE * np.random.default_rng(seed).standard_normal(_WAYS))
    course = np.linspace(0.0, 1.0, MONTHS - month + 1)
    ahead = done + (left * speeds)[:, None] * course
    whole = np.concatenate([np.broadcast_to(row.share[:month], (_WAYS, month)), ahead], axis=1)
    why = (
        f"本库没有足够的以往年度，按今年前{month}个月的进度推算，范围放宽。",
        f"There are too few earlier years here: the pace of this year's first {month} months carried on, with a wide range.",
    )
    fan = np.quantile(whole[:, 1:], _SHARES, axis=0) * row.planned
    return Ending(chance=Chance(p=min(0.99, max(0.01, p)), method=Method.PACE, why=why), fan=fan)
