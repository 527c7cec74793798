"""Lights: three official rule sets that disagree, the chance's own, and no flicker."""

import pytest

from duheng import catalog, watch
from duheng.watch import Accumulation, Chance, Colour, Method, Pace, Standpoint

RULES = catalog.load("light_rules")


def at(progress, elapsed, last=None):
    pace = Pace(
        reached=progress, goal=1, elapsed=elapsed, progress=progress, lag=(progress - elapsed) * 100, ratio=progress / elapsed
    )
    return Standpoint(pace=pace, chance=None, accumulation=Accumulation.SUM, last=last)


def chance(p, last=None):
    return Standpoint(pace=None, chance=Chance(p=p, method=Method.PATHS, why=("", "")), last=last)


def growth(reached, plan, above=None):
    pace = Pace(reached=reached, goal=plan, elapsed=0.5, ahead=reached - plan)
    return Standpoint(pace=pace, chance=None, accumulation=Accumulation.GROWTH, above=above)


@pytest.mark.parametrize(
    ("rule", "progress", "elapsed", "colour"),
    [
        ("yinchuan_2025", 0.11, 0.20, "green"),  # nine points behind: no warning here, red in Wuhan
        ("wuhan", 0.11, 0.20, "red"),
        ("yinchuan_2025", 0.64, 0.95, "red"),  # red here, yellow in Wuhan
        ("wuhan", 0.64, 0.95, "yellow"),
        ("yinchuan_2025", 0.65, 0.75, "yellow"),  # ten points: both ends are in
        ("yinchuan_2025", 0.45, 0.75, "yellow"),
        ("yinchuan_2025", 0.449, 0.75, "red"),
        ("wuhan", 0.40, 0.50, "green"),
        ("wuhan", 0.30, 0.50, "yellow"),
        ("yinchuan_2025", 0.80, 0.50, "green"),
    ],
)
def test_official_rules_judge_as_they_are_published(rule, progress, elapsed, colour):
    assert watch.light(RULES[rule], at(progress, elapsed)).colour == colour


@pytest.mark.parametrize(
    ("reached", "plan", "above", "colour"),
    [
        (6.0, 6.0, 5.5, "green"),
        (5.9, 6.0, 5.5, "yellow"),
        (6.2, 6.0, 6.5, "yellow"),
        (0.1, 6.0, None, "yellow"),
        (-0.1, 6.0, None, "red"),
    ],
)
def test_growth_is_judged_by_plan_and_the_average_above(reached, plan, above, colour):
    assert watch.light(RULES["tianjin_2022"], growth(reached, plan, above)).colour == colour


def test_a_light_says_why_in_both_languages():
    found = watch.light(RULES["yinchuan_2025"], at(0.11, 0.20))
    assert found.reason == (
        "落后时间进度9.0个百分点；按银川2025规则为绿灯。",
        "9.0 points behind time progress: green by Yinchuan 2025.",
    )


def test_what_a_rule_does_not_judge_stays_dark_and_says_so():
    for rule, standpoint in (("yinchuan_2025", growth(5, 6)), ("tianjin_2022", at(0.5, 0.5)), ("wuhan", chance(0.5))):
        found = watch.light(RULES[rule], standpoint)
        assert found.colour is Colour.NONE
        assert all(found.reason)


@pytest.mark.parametrize(
    ("p", "last", "colour"),
    [
        (0.69, Colour.GREEN, "yellow"),  # worse at once
        (0.71, Colour.YELLOW, "yellow"),  # better only past the edge
        (0.76, Colour.YELLOW, "green"),
        (0.43, Colour.RED, "red"),
        (0.72, Colour.RED, "yellow"),
        (0.99, Colour.RED, "green"),
        (0.71, None, "green"),
        (0.39, Colour.YELLOW, "red"),
    ],
)
def test_a_light_gets_better_only_past_the_edge(p, last, colour):
    assert watch.light(RULES["chance"], chance(p, last)).colour == colour
