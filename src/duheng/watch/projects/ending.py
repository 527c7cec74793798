"""Where a project's year of investment may end, and how likely it is completed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duheng.catalog import BaseRateEntry
from duheng.plan.pool import PoolProject
from duheng.watch.chance import Chance
from duheng.watch.panel import Numbers
from duheng.watch.projects.progress import Progress
from duheng.watch.prospect import Method

_RATE = "project"  # the catalog's base rate for projects
_DRAWS = 2000
_SHARES = (0.025, 0.1, 0.5, 0.9, 0.975)


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
    rates: Mapping[str, BaseRateEntry],
    seed: int,
) -> list[Ending]:
    """The ending of each project's year, in their order; the past years of all of them are what it is worked out from."""
    return [_without_past(progress, rates) for progress in progresses]


def _without_past(progress: Progress | None, rates: Mapping[str, BaseRateEntry]) -> Ending:
    rate = rates.get(_RATE)
    if rate is None:
        return Ending(chance=Chance(p=None, method=Method.NONE, why=("还没有数据。", "There are no figures yet.")))
    why = (
        f"还没有月度数据；按以往{rate.of}个重点项目中{rate.met}个按计划推进估计。",
        f"No month is reported yet: of {rate.of} earlier key projects {rate.met} went as planned.",
    )
    return Ending(chance=Chance(p=(rate.met + 1) / (rate.of + 2), method=Method.BASE_RATE, why=why))
