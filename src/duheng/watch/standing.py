"""Where each target of a plan stands: its pace, where its year will end, the chance that it is met, and its lights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from duheng.catalog import BaseRateEntry, IndicatorEntry, LightRuleEntry
from duheng.collect import Figures
from duheng.plan import InStepWith, Nature, Rule, Target
from duheng.watch.chance import Chance, chance
from duheng.watch.course import Course, Courses
from duheng.watch.light import Colour, Light, Standpoint, light
from duheng.watch.pace import Pace, pace
from duheng.watch.panel import Numbers
from duheng.watch.prospect import Prospect, prospects

_USUAL = Rule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A target to watch: `key` is the caller's own name for it, `start` the result the year started from.

    `checkpoints` are what is to be reached by the end of a month, counted from the start of the year.
    """

    key: str
    code: str | None
    target: Target
    nature: Nature
    start: float | None = None
    checkpoints: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one target stands on a day; `lights` by the code of their rule set."""

    key: str
    course: Course | None
    pace: Pace | None
    prospect: Prospect | None
    chance: Chance
    lights: Mapping[str, Light]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what targets are judged: rule sets for lights, base rates, and how strictly; all of it data."""

    lights: Mapping[str, LightRuleEntry]
    rates: Mapping[str, BaseRateEntry]
    judged: Rule = _USUAL


def standings(
    watched: Sequence[Watched],
    *,
    figures: Figures,
    entries: Mapping[str, IndicatorEntry],
    year: int,
    as_of: date,
    rules: Rules,
    seed: int,
    last: Mapping[tuple[str, str], Colour] | None = None,
    above: str | None = None,
) -> list[Standing]:
    """The standing of every target in `year`, by what was known on the day `as_of`.

    `last` holds the colour each target showed last under each rule set, by (key, rule); `above` is the area whose growth an
    area's own is compared with. The same `seed` gives the same chances.
    """
    known = Courses(figures.as_of(as_of), estimates=figures.as_of(as_of, estimates=True), entries=entries, above=above)
    courses = {each.key: known.of(each.code, unit=each.target.unit, year=year) for each in watched if each.code}
    beside = {code: course for code in _references(watched) if (course := known.of(code, unit="%", year=year))}
    tracks = {course.track.name: course.track for course in (*courses.values(), *beside.values()) if course}
    drawn = prospects(list(tracks.values()), year=year, seed=seed, beside=_pairs(watched))
    rounded = {code: np.round(drawn[code].draws, 1) for code in beside if code in drawn}
    return [_standing(each, courses.get(each.key), drawn, rounded, year=year, rules=rules, last=last or {}) for each in watched]


def _references(watched: Sequence[Watched]) -> list[str]:
    found = [reference.code for each in watched if isinstance(each.target, InStepWith) for reference in each.target.references]
    return list(dict.fromkeys(code for code in found if code))


def _pairs(watched: Sequence[Watched]) -> dict[str, str]:
    """The indicator that each in-step target is drawn together with."""
    pairs = {}
    for each in watched:
        if isinstance(each.target, InStepWith) and each.code and each.target.references[0].code:
            pairs[each.code] = each.target.references[0].code
    return pairs


def _standing(
    each: Watched,
    course: Course | None,
    drawn: Mapping[str, Prospect],
    beside: Mapping[str, Numbers],
    *,
    year: int,
    rules: Rules,
    last: Mapping[tuple[str, str], Colour],
) -> Standing:
    track = course.track if course else None
    prospect = drawn.get(track.name) if track else None
    points = {month * track.steps // 12: goal for month, goal in each.checkpoints.items()} if track else {}
    found = pace(each.target, track, year=year, start=each.start, checkpoints=points)
    likely = chance(
        each.target,
        prospect,
        digits=_digits(each.target),
        nature=each.nature,
        rates=rules.rates,
        beside=beside,
        rule=rules.judged,
    )
    at = {
        code: Standpoint(
            pace=found,
            chance=likely,
            accumulation=track.accumulation if track else None,
            above=course.above if course else None,
            last=last.get((each.key, code)),
        )
        for code in rules.lights
    }
    lights = {code: light(rule, at[code]) for code, rule in rules.lights.items()}
    return Standing(key=each.key, course=course, pace=found, prospect=prospect, chance=likely, lights=lights)


def _digits(target: Target) -> int:
    """The decimals at which a figure for the target is published: at least one for a share or growth, else the target's own."""
    number = target.goal
    own = -int(number.as_tuple().exponent) if number is not None and isinstance(number.as_tuple().exponent, int) else 0
    return max(own, 1 if target.unit in ("%", "‰") else 0)
