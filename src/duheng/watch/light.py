"""Red, yellow or green, by a rule that says so: official rule sets, several at once, and the chance's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from duheng.catalog import LightRuleEntry
from duheng.watch.chance import Chance
from duheng.watch.pace import Pace
from duheng.watch.prospect import Method
from duheng.watch.track import Accumulation


class Colour(StrEnum):
    """What a light shows."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"  # the rule does not judge targets of this kind, or there is nothing to judge yet


WORSE = (Colour.GREEN, Colour.YELLOW, Colour.RED)
WORDS: Mapping[Colour, tuple[str, str]] = {
    Colour.GREEN: ("绿灯", "green"),
    Colour.YELLOW: ("黄灯", "yellow"),
    Colour.RED: ("红灯", "red"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """The light of one target under one rule set, with its reason in (zh, en)."""

    colour: Colour
    rule: str  # code of the rule set
    reason: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What a rule set may look at: the pace, the chance, the growth of the area above, and the light shown last."""

    pace: Pace | None
    chance: Chance | None
    accumulation: Accumulation | None = None
    above: float | None = None  # growth of the same indicator in the area above
    last: Colour | None = None


def light(rule: LightRuleEntry, at: Standpoint) -> Light:
    """The light that `rule` gives.

    A light that gets worse does so at once; one that gets better must pass the rule's number by its slack, so that a figure at
    the edge does not make it flicker (hysteresis).
    """
    judge = {"lag": _by_lag, "ratio": _by_ratio, "growth": _by_growth, "chance": _by_chance}[rule.looks_at]
    return judge(rule, at)


def _by_lag(rule: LightRuleEntry, at: Standpoint) -> Light:
    if at.pace is None or at.pace.lag is None:
        return _silent(rule, at)
    behind = round(-at.pace.lag, 6)  # 75 % less 65 % is ten points, whatever binary fractions say
    colour = steady(at.last, [_beyond(behind, rule, slack) for slack in (0.0, float(rule.slack))])
    said = f"{abs(behind):.1f}"
    zh = f"落后时间进度{said}个百分点" if behind > 0 else f"超前时间进度{said}个百分点"
    en = f"{said} points {'behind' if behind > 0 else 'ahead of'} time progress"
    return lit(rule, colour, (zh, en))


def _beyond(behind: float, rule: LightRuleEntry, slack: float) -> Colour:
    """The light for `behind` points; with slack the numbers lie lower, as for a light that would get better."""
    colour = above(behind, rule, slack)
    return Colour(rule.behind) if colour is Colour.GREEN and behind > 0 else colour


class Cuts(Protocol):
    """Where red and yellow begin; None where there is no such light."""

    @property
    def yellow(self) -> Decimal | None:
        """Where yellow begins."""

    @property
    def red(self) -> Decimal | None:
        """Where red begins."""

    @property
    def yellow_included(self) -> bool:
        """Whether the number itself is yellow."""

    @property
    def red_included(self) -> bool:
        """Whether the number itself is red."""


def above(value: float, cuts: Cuts, slack: float = 0.0) -> Colour:
    """The light of a value that is the worse the higher it is."""
    if cuts.red is not None and _past(value, float(cuts.red) - slack, included=cuts.red_included):
        return Colour.RED
    if cuts.yellow is not None and _past(value, float(cuts.yellow) - slack, included=cuts.yellow_included):
        return Colour.YELLOW
    return Colour.GREEN


def _past(value: float, cut: float, *, included: bool) -> bool:
    return value > cut or (included and value == cut)


def _by_ratio(rule: LightRuleEntry, at: Standpoint) -> Light:
    if at.pace is None or at.pace.ratio is None:
        return _silent(rule, at)
    ratio = round(at.pace.ratio, 8)
    colour = steady(at.last, [_under(ratio, rule, slack) for slack in (0.0, float(rule.slack))])
    share = f"{ratio * 100:.0f}"
    return lit(rule, colour, (f"进度为时间进度的{share}%", f"progress is {share} % of time progress"))


def _by_chance(rule: LightRuleEntry, at: Standpoint) -> Light:
    # A light tells of the indicator itself: without a figure of it there is none.
    if at.chance is None or at.chance.p is None or at.chance.method is Method.BASE_RATE:
        why = at.chance.why if at.chance else ("还没有数据。", "There are no figures yet.")
        return Light(colour=Colour.NONE, rule=rule.code, reason=why)
    colour = steady(at.last, [_under(at.chance.p, rule, slack) for slack in (0.0, float(rule.slack))])
    # Never 0 or 100 while anything is open.
    share = f"{at.chance.p * 100:.0f}" if at.chance.p in (0, 1) else f"{min(99, max(1, round(at.chance.p * 100)))}"
    return lit(rule, colour, (f"完成概率约{share}%", f"the chance of being met is about {share} %"))


def _under(value: float, rule: LightRuleEntry, slack: float) -> Colour:
    if value < float(rule.red or 0) + slack:
        return Colour.RED
    return Colour.YELLOW if value < float(rule.yellow or 0) + slack else Colour.GREEN


def _by_growth(rule: LightRuleEntry, at: Standpoint) -> Light:
    """Green at plan and at the average above, yellow below either, red where it shrinks."""
    if at.pace is None or at.accumulation is not Accumulation.GROWTH:
        return _silent(rule, at)
    growth, plan = at.pace.reached, at.pace.goal
    beside_zh, beside_en = "", ""
    if at.above is not None:
        beside_zh, beside_en = f"，上级平均{at.above:.1f}%", f", the average above is {at.above:.1f} %"
    said = (
        f"累计增长{growth:.1f}%，目标{plan:g}%{beside_zh}",
        f"growth so far is {growth:.1f} %, the target {plan:g} %{beside_en}",
    )
    if growth < 0:
        return lit(rule, Colour.RED, said)
    short = round(growth, 1) < plan or (at.above is not None and round(growth, 1) < round(at.above, 1))
    return lit(rule, Colour.YELLOW if short else Colour.GREEN, said)


def steady(last: Colour | None, lights: list[Colour]) -> Colour:
    """The plain light, unless it would get better and the one with slack does not go as far."""
    plain, slack = lights
    if last in WORSE and WORSE.index(plain) < WORSE.index(last):
        return WORSE[min(WORSE.index(slack), WORSE.index(last))]
    return plain


def lit(rule: LightRuleEntry, colour: Colour, said: tuple[str, str]) -> Light:
    """The light with its reason: what was `said`, and by which rule set that is such a light."""
    zh, en = WORDS[colour]
    return Light(
        colour=colour,
        rule=rule.code,
        reason=(f"{said[0]}；按{rule.zh}规则为{zh}。", f"{said[1][:1].upper()}{said[1][1:]}: {en} by {rule.en}."),
    )


def _silent(rule: LightRuleEntry, at: Standpoint) -> Light:
    if at.pace is None:
        reason = ("还没有可比的数据，不亮灯。", "There is nothing to compare yet, so there is no light.")
    elif rule.looks_at == "growth":
        reason = (f"{rule.zh}规则只看增速类目标。", f"{rule.en} judges growth targets only.")
    else:
        reason = (
            f"{rule.zh}规则看进度快慢，此目标不是逐步完成的量。",
            f"{rule.en} judges progress against time, and this target is not reached by and by.",
        )
    return Light(colour=Colour.NONE, rule=rule.code, reason=reason)
