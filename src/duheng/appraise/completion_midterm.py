"""Mid-term evaluation of five-year targets: achieved early, ahead, in line or behind, by the measure that fits the target's kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from duheng.catalog import MidtermRuleEntry
from duheng.errors import AppraiseError


class LongKind(StrEnum):
    """How a target over several years is reached."""

    LEVEL = "level"  # 到2025年达到: from a base to a level
    CUMULATIVE = "cumulative"  # 五年累计: what each year adds
    AVERAGE_GROWTH = "average_growth"  # 年均增长: the values are the years' growth in percent
    REDUCTION = "reduction"  # 五年累计降低14.5%: the values are the years' falls in percent, told as positive numbers
    CEILING = "ceiling"  # 控制在…以内, each year
    FLOOR = "floor"  # 保持在…以上, each year


class MidtermClass(StrEnum):
    """The classes of mid-term evaluation reports."""

    ACHIEVED_EARLY = "achieved_early"  # 提前实现
    AHEAD = "ahead"  # 快于预期
    IN_LINE = "in_line"  # 符合预期
    BEHIND = "behind"  # 滞后
    NOT_YET_KNOWN = "not_yet_known"

    @property
    def words(self) -> tuple[str, str]:
        """How reports call it, in (zh, en)."""
        return _WORDS[self]


_WORDS: Mapping[MidtermClass, tuple[str, str]] = {
    MidtermClass.ACHIEVED_EARLY: ("提前实现", "achieved early"),
    MidtermClass.AHEAD: ("快于预期", "ahead"),
    MidtermClass.IN_LINE: ("符合预期", "in line"),
    MidtermClass.BEHIND: ("滞后", "behind"),
    MidtermClass.NOT_YET_KNOWN: ("尚不可知", "not yet known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTarget:
    """A target to be reached from the end of `base_year` to the end of `end_year`, with the values of the years since.

    `base` is the value at the end of the base year: wanted for levels only.
    """

    name: str
    unit: str
    kind: LongKind
    base_year: int
    end_year: int
    target: Decimal
    base: Decimal | None = None
    values: Mapping[int, Decimal]

    def __post_init__(self) -> None:
        if self.end_year <= self.base_year:
            raise AppraiseError(
                reason=f"{self.name}: the target's end ({self.end_year}) must lie after its base year ({self.base_year}).",
                reason_zh=f"{self.name}：目标年（{self.end_year}）应晚于基年（{self.base_year}）。",
            )
        if self.kind is LongKind.LEVEL and self.base is None:
            raise AppraiseError(
                reason=f"{self.name}: a level needs the value of its base year {self.base_year}. Fill the column “base”.",
                reason_zh=f"{self.name}：水平类目标需要 {self.base_year} 年的基期值。请填写“基期值”列。",
            )
        shares = (self.target, *self.values.values())
        if self.kind is LongKind.REDUCTION and not (0 < self.target < 100 and all(value < 100 for value in shares)):
            raise AppraiseError(
                reason=f"{self.name}: a reduction is told as a positive number of percent below 100, as 14.5.",
                reason_zh=f"{self.name}：降低类目标用小于 100 的正数表示百分比，如 14.5。",
            )
        if self.kind is LongKind.AVERAGE_GROWTH and any(value <= -100 for value in shares):
            raise AppraiseError(
                reason=f"{self.name}: a growth of −100 % or less leaves nothing to grow. Check the values.",
                reason_zh=f"{self.name}：增速不能低于 −100%。请核对数值。",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Midterm:
    """Where a target over several years stands at the end of `year`.

    `progress` is its share of the way (1 is there), `elapsed` the share of the time, `lag` their difference in points; all three
    are None for ceilings and floors, which have `headroom` in the target's unit. `needed` is what each year that is left must
    bring: growth or fall in percent, or an amount, None where nothing is left or wanted.
    """

    target: LongTarget
    year: int | None
    result: MidtermClass
    why: tuple[str, str]
    progress: float | None = None
    elapsed: float | None = None
    lag: float | None = None
    headroom: Decimal | None = None
    needed: float | None = None


def midterm(target: LongTarget, *, by: int, rule: MidtermRuleEntry) -> Midterm:
    """Where `target` stands by what is known up to the end of the year `by`.

    Level R = (y_t − y_0)/(y_T − y_0); cumulative R = Σy/target; average growth and reduction by logarithms of what has
    accumulated; R is held against the time that is gone, and `rule` says how many points make ahead or behind.

    >>> from duheng import catalog
    >>> rule = catalog.load("midterm_rules")["usual"]
    >>> aim = LongTarget(name="x", unit="%", kind=LongKind.LEVEL, base_year=2020, end_year=2025, base=Decimal(60),
    ...                  target=Decimal(70), values={2023: Decimal(69)})
    >>> found = midterm(aim, by=2023, rule=rule)
    >>> found.progress, found.elapsed, found.result.value
    (0.9, 0.6, 'ahead')
    """
    years = sorted(year for year in target.values if target.base_year < year <= min(by, target.end_year))
    if not years:
        why = ("还没有规划期内的数据。", "There are no values of the plan's years yet.")
        return Midterm(target=target, year=None, result=MidtermClass.NOT_YET_KNOWN, why=why)
    if target.kind in (LongKind.CEILING, LongKind.FLOOR):
        return _held(target, years[-1])
    missing = [year for year in range(target.base_year + 1, years[-1]) if year not in target.values]
    if missing and target.kind is not LongKind.LEVEL:
        told = ", ".join(map(str, missing))
        why = (
            f"缺 {told.replace(', ', '、')} 年的数据，无法累计。",
            f"The values of {told} are missing, so nothing can be accumulated.",
        )
        return Midterm(target=target, year=years[-1], result=MidtermClass.NOT_YET_KNOWN, why=why)
    if not _whole_way(target):
        return _held(target, years[-1])
    progress, needed = _MEASURES[target.kind](target, years)
    return _classed(target, years[-1], progress, needed, rule)


def _whole_way(target: LongTarget) -> float:
    """How long the way is in the measure of its kind; nothing where the base is the target already."""
    if target.kind is LongKind.LEVEL:
        return float(target.target - (target.base or 0))
    return float(target.target)


def _classed(target: LongTarget, year: int, progress: float, needed: float | None, rule: MidtermRuleEntry) -> Midterm:
    span = target.end_year - target.base_year
    elapsed = (year - target.base_year) / span
    lag = round((progress - elapsed) * 100, 6)
    if progress >= 1 - 1e-12:
        result = MidtermClass.ACHIEVED_EARLY if year < target.end_year else MidtermClass.IN_LINE
    elif lag > float(rule.lead):
        result = MidtermClass.AHEAD
    elif lag < -float(rule.trail) or year == target.end_year:
        result = MidtermClass.BEHIND
    else:
        result = MidtermClass.IN_LINE
    side_zh, side_en = ("超前", "ahead of") if lag >= 0 else ("落后", "behind")
    done, gone, size = f"{progress * 100:.1f}", f"{elapsed * 100:.0f}", f"{abs(lag):.1f}"
    why = (
        f"至{year}年完成{done}%，时间过去{gone}%，{side_zh}{size}个百分点。",
        f"By {year} {done} % is done with {gone} % of the time gone: {size} points {side_en} time.",
    )
    left = needed if year < target.end_year and progress < 1 else None
    return Midterm(target=target, year=year, result=result, why=why, progress=progress, elapsed=elapsed, lag=lag, needed=left)


def _held(target: LongTarget, year: int) -> Midterm:
    """Ceilings, floors, and levels that only need to stay where they are: headroom, and no more."""
    value = target.values[year]
    below = target.kind is LongKind.CEILING
    room = target.target - value if below else value - target.target
    if room >= 0:
        why = (f"{year}年为{value:f}{target.unit}，余{room:f}。", f"{value:f} in {year}: {room:f} to spare.")
    else:
        why = (
            f"{year}年为{value:f}{target.unit}，差{-room:f}。",
            f"{value:f} in {year}: {-room:f} beyond the bound.",
        )
    result = MidtermClass.IN_LINE if room >= 0 else MidtermClass.BEHIND
    return Midterm(target=target, year=year, result=result, why=why, headroom=room)


def _level(target: LongTarget, years: list[int]) -> tuple[float, float | None]:
    base = target.base or Decimal(0)
    way, done = target.target - base, target.values[years[-1]] - base
    left = target.end_year - years[-1]
    return float(done / way), float((way - done) / left) if left else None


def _cumulative(target: LongTarget, years: list[int]) -> tuple[float, float | None]:
    done = sum((target.values[year] for year in years), Decimal(0))
    left = target.end_year - years[-1]
    return float(done / target.target), float((target.target - done) / left) if left else None


def _average_growth(target: LongTarget, years: list[int]) -> tuple[float, float | None]:
    """Growth needed for the rest: ((1+g*)^T / Π(1+g_s))^(1/(T−t)) − 1."""
    return _by_logarithm(target, years, sign=1)


def _reduction(target: LongTarget, years: list[int]) -> tuple[float, float | None]:
    """Cumulative log reduction: what is left is the product of what each year left; the target is of the whole time."""
    return _by_logarithm(target, years, sign=-1)


def _by_logarithm(target: LongTarget, years: list[int], *, sign: int) -> tuple[float, float | None]:
    span, left = target.end_year - target.base_year, target.end_year - years[-1]
    whole = math.log1p(sign * float(target.target) / 100) * (span if sign > 0 else 1)
    done = sum(math.log1p(sign * float(target.values[year]) / 100) for year in years)
    return done / whole, sign * math.expm1((whole - done) / left) * 100 if left else None


_MEASURES: Mapping[LongKind, Callable[[LongTarget, list[int]], tuple[float, float | None]]] = {
    LongKind.LEVEL: _level,
    LongKind.CUMULATIVE: _cumulative,
    LongKind.AVERAGE_GROWTH: _average_growth,
    LongKind.REDUCTION: _reduction,
}


def long_target_to_dict(target: LongTarget) -> dict[str, Any]:
    """A target over several years as plain data, numbers as text so that none loses a digit."""
    return {
        "name": target.name,
        "unit": target.unit,
        "kind": target.kind.value,
        "base_year": target.base_year,
        "end_year": target.end_year,
        "target": f"{target.target:f}",
        "base": f"{target.base:f}" if target.base is not None else None,
        "values": {str(year): f"{value:f}" for year, value in target.values.items()},
    }


def long_target_from_dict(told: Mapping[str, Any]) -> LongTarget:
    """The target that plain data tell."""
    return LongTarget(
        name=told["name"],
        unit=told["unit"],
        kind=LongKind(told["kind"]),
        base_year=told["base_year"],
        end_year=told["end_year"],
        target=Decimal(told["target"]),
        base=Decimal(told["base"]) if told["base"] is not None else None,
        values={int(year): Decimal(value) for year, value in told["values"].items()},
    )
