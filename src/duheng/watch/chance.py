"""How likely a target is met by its deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from duheng.catalog import BaseRateEntry
from duheng.plan import Assigned, Nature, Rule, Target
from duheng.watch.panel import Numbers
from duheng.watch.prospect import Method, Prospect

_USUAL = Rule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """P(target met): `p` is None where nothing can be said; `method` is what it rests on, `why` says it in (zh, en)."""

    p: float | None
    method: Method
    why: tuple[str, str]


def chance(
    target: Target,
    prospect: Prospect | None,
    *,
    digits: int,
    nature: Nature,
    rates: Mapping[str, BaseRateEntry],
    beside: Mapping[str, Numbers] | None = None,
    rule: Rule = _USUAL,
) -> Chance:
    """P(`target` met) by the draws of `prospect`, judged at the `digits` that are published.

    Without figures the chance is how often targets of this `nature` are met, counted as (met + 1) of (all + 2) so that a few
    cases never make certainty (Laplace). `beside` holds the draws of the indicators an in-step target is held against.
    """
    if isinstance(target, Assigned):
        return _assigned(target)
    if prospect is None:
        return _base_rate(nature, rates)
    held = target.holds(np.round(prospect.draws, digits), beside=beside or {}, rule=rule)
    if held is None:
        return Chance(
            p=None, method=Method.NONE, why=("所对照的指标还没有数据。", "The indicator it is held against has no figures.")
        )
    share = float(np.mean(held))
    if prospect.method is Method.DECIDED:
        return Chance(p=share, method=Method.DECIDED, why=("全年数据已出。", "The year's figures are complete."))
    count = len(prospect.draws)
    return Chance(p=(share * count + 0.5) / (count + 1), method=prospect.method, why=_rests_on(prospect))


def _assigned(target: Assigned) -> Chance:
    if target.confirmed is None:
        why = ("任务数由上级下达，下达前无法判断。", "The number is set by the superior; nothing can be said before.")
        return Chance(p=None, method=Method.NONE, why=why)
    verdict = target.met_by(None)
    return Chance(p=float(target.confirmed), method=Method.DECIDED, why=verdict.why)


def _base_rate(nature: Nature, rates: Mapping[str, BaseRateEntry]) -> Chance:
    rate = rates.get(nature.value)
    if rate is None:
        return Chance(p=None, method=Method.NONE, why=("还没有数据。", "There are no figures yet."))
    why = (
        f"还没有数据；按同类目标以往{rate.of}个中完成{rate.met}个估计。",
        f"There are no figures yet: of {rate.of} earlier targets of this nature {rate.met} were met.",
    )
    return Chance(p=(rate.met + 1) / (rate.of + 2), method=Method.BASE_RATE, why=why)


def _rests_on(prospect: Prospect) -> tuple[str, str]:
    known, steps = prospect.known, prospect.steps
    unit_zh, unit_en = {12: ("个月", "months"), 4: ("个季度", "quarters")}.get(steps, ("期", "periods"))
    estimate = (
        ("；各期权重未公布，按等权估计", "; the weights of the periods are not published and taken as equal")
        if prospect.estimate
        else ("", "")
    )
    if prospect.method is Method.PACE:
        return (
            f"历史太短，按今年{known}{unit_zh}的走势推算，范围放宽{estimate[0]}。",
            f"The history is too short: {_carried(known, unit_en)} carried on, with a wide range{estimate[1]}.",
        )
    return (
        f"今年已有{known}{unit_zh}，其余{steps - known}{unit_zh}按历史走势和以往预测误差模拟{estimate[0]}。",
        f"{_known(known, unit_en)}; the other {_left(steps - known)} simulated from its history and from how wrong such "
        f"forecasts have been{estimate[1]}.",
    )


def _known(steps: int, units: str) -> str:
    return f"1 {units.removesuffix('s')} of the year is known" if steps == 1 else f"{steps} {units} of the year are known"


def _left(steps: int) -> str:
    return "one is" if steps == 1 else f"{steps} are"


def _carried(steps: int, units: str) -> str:
    return f"the one {units.removesuffix('s')} of this year is" if steps == 1 else f"the {steps} {units} of this year are"
