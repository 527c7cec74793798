"""The board of a plan's targets as pages show it: lights, pace, where the year ends, what turned since last month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duheng.catalog import LightRuleEntry, PhraseEntry
from duheng.site.access import Role
from duheng.site.queries import indicators, outlook, pacing, visible
from duheng.site.queries.indicators import Row
from duheng.site.queries.pacing import Words
from duheng.site.records.models import Light, LightChange, Plan, PoolLight, PoolLightChange, Standing, StandingPoint

COLOURS: Mapping[str, Words] = {
    "red": ("红灯", "red"),
    "yellow": ("黄灯", "yellow"),
    "green": ("绿灯", "green"),
    "none": ("不亮灯", "no light"),
}
METHODS: Mapping[str, Words] = {
    "decided": ("全年数据已出", "the year is over"),
    "paths": ("走势模拟", "simulated paths"),
    "pace": ("按今年走势推算", "this year's pace"),
    "base_rate": ("同类完成率", "base rate"),
    "none": ("无法判断", "cannot be told"),
}
_WORST_FIRST = ("red", "yellow", "none", "green")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One target on the board; `usual` is its light under the office's own rule set where another one is tried."""

    row: Row
    state: Standing
    light: Light
    usual: Light | None
    phrase: PhraseEntry | None
    step: float | None  # what it came to at the step before
    progress: Words | None
    needed: Words | None

    @property
    def waits(self) -> bool:
        """Whether there is no figure yet that tells of this year."""
        return self.state.method == "base_rate" or not self.state.series

    @property
    def differs(self) -> bool:
        """Whether the rule set that is tried gives another light than the office's own."""
        return self.usual is not None and self.usual.colour != self.light.colour

    @property
    def change(self) -> float | None:
        """How far the year's number moved since the step before."""
        reached = self.state.pace["reached"] if self.state.pace else None
        return reached - self.step if reached is not None and self.step is not None else None

    @property
    def margin(self) -> float | None:
        """How far it is from the goal, as a verdict's: above zero better than it, below zero short of it, floor or ceiling."""
        if not self.state.pace:
            return None
        beyond = self.state.pace["reached"] - self.state.pace["goal"]
        return -beyond if self.row.aim.is_ceiling else beyond

    @property
    def assessment(self) -> Words:
        """The office's phrase for the chance; where no figures are known, that, and the base rate of such targets."""
        if self.phrase:
            return self.phrase.zh, self.phrase.en
        return (self.state.why_zh, self.state.why_en) if self.state.method == "base_rate" else ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A light that turned, with the target it belongs to."""

    row: Row
    change: LightChange


def reason(told: Light | LightChange | PoolLight | PoolLightChange, *, numbers: bool) -> Words:
    """Why a light shows what it does; without the chance itself for whom it is not shown as a number."""
    colour = told.colour if isinstance(told, Light | PoolLight) else told.after
    return said(told.rule, colour, (told.reason_zh, told.reason_en), numbers=numbers)


def said(rule: str, colour: str, words: Words, *, numbers: bool) -> Words:
    """The reason of a light as a reader may see it: without the chance itself where it is not shown as a number."""
    if numbers or rule_sets()[rule].looks_at != "chance" or "%" not in words[0]:
        return words
    zh, en = COLOURS[colour]
    return f"按完成概率为{zh}。", f"{en.capitalize()} by the chance of being met."


def rule_sets() -> Mapping[str, LightRuleEntry]:
    """The rule sets there are, by code."""
    return outlook.rules().lights


def lights(plan: Plan, *, rule: str, role: Role) -> list[tuple[str, int]]:
    """How many targets show each light, the worst first; nothing where none is lit."""
    shown = Light.objects.filter(indicator__plan=plan, rule=rule, audience__in=visible.audiences(role))
    count = Counter(shown.values_list("colour", flat=True))
    return [(colour, count[colour]) for colour in ("red", "yellow", "green") if count[colour]]


def board(plan: Plan, *, rule: str, usual: str, role: Role) -> list[Line]:
    """All targets of the plan that have been worked out, the worst first; under `rule`, beside the office's `usual` one."""
    mine = {"indicator__plan": plan, "audience__in": visible.audiences(role)}
    states = {state.indicator_id: state for state in Standing.objects.filter(**mine)}
    lights = {(light.indicator_id, light.rule): light for light in Light.objects.filter(**mine, rule__in=(rule, usual))}
    steps = _steps_before(plan, states, role)
    lines = [
        _line(
            row, states[row.pk], lights[row.pk, rule], lights.get((row.pk, usual)) if usual != rule else None, steps.get(row.pk)
        )
        for row in indicators.rows(plan)
        if row.pk in states and (row.pk, rule) in lights
    ]
    return sorted(lines, key=_badness)


def line(plan: Plan, pk: int, *, rule: str, role: Role) -> Line | None:
    """One target of the plan, under one rule set."""
    mine = {"indicator": pk, "audience__in": visible.audiences(role)}
    state, light = Standing.objects.filter(**mine).first(), Light.objects.filter(**mine, rule=rule).first()
    if state is None or light is None:
        return None
    row = indicators.row(plan.indicators.get(pk=pk))
    return _line(row, state, light, None, _steps_before(plan, {pk: state}, role).get(pk))


def turns(plan: Plan, *, rule: str, since: date, role: Role) -> list[Turn]:
    """The lights that turned after `since`, the newest first."""
    rows = {row.pk: row for row in indicators.rows(plan)}
    shown = visible.audiences(role)
    found = LightChange.objects.filter(indicator__plan=plan, rule=rule, as_of__gt=since, audience__in=shown)
    return [Turn(row=rows[change.indicator_id], change=change) for change in found]


def points(pk: int, *, role: Role) -> list[StandingPoint]:
    """How a target stood at the end of each month."""
    return list(StandingPoint.objects.filter(indicator_id=pk, audience__in=visible.audiences(role)))


def signals(pk: int, *, role: Role) -> list[Light]:
    """The lights of a target under every rule set."""
    return list(Light.objects.filter(indicator_id=pk, audience__in=visible.audiences(role)))


def _line(row: Row, state: Standing, light: Light, usual: Light | None, step: float | None) -> Line:
    return Line(
        row=row,
        state=state,
        light=light,
        usual=usual,
        phrase=None if state.method == "base_rate" else outlook.phrase(state.p),  # a base rate judges nobody's year
        step=step,
        progress=pacing.progress(state.pace, unit=row.unit),
        needed=pacing.needed(state.pace, unit=row.unit, accumulation=state.accumulation),
    )


def _steps_before(plan: Plan, states: Mapping[int, Standing], role: Role) -> dict[int, float | None]:
    """What each target had come to when less was known than now, the newest of those times."""
    found: dict[int, float | None] = {}
    shown = StandingPoint.objects.filter(indicator__plan=plan, audience__in=visible.audiences(role))
    for point in shown.order_by("as_of"):
        state = states.get(point.indicator_id)
        if state and point.known_to and point.known_to < state.known_to and point.reached is not None:
            found[point.indicator_id] = point.reached
    return found


def _badness(line: Line) -> tuple[int, float, int]:
    p = line.state.p
    return _WORST_FIRST.index(line.light.colour), 2.0 if p is None else p, line.row.position
