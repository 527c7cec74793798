"""P(this year's investment is completed): from past years, from the pace alone, from nothing; never beyond 0 and 1, and rising."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duheng import catalog
from duheng.plan.plan import Stage
from duheng.plan.pool import MonthReport, PoolProject, StageChange, YearPlan
from duheng.watch import Colour, Method
from duheng.watch.projects import Past, ProjectRules, lived, standings

YI = 10_000_000_000
RULES = ProjectRules(
    lights=catalog.load("light_rules"), criteria=catalog.load("light_criteria"), rates=catalog.load("base_rates")
)
STARTED = StageChange(stage=Stage.STARTED, on=date(2024, 6, 1))


def project(code="P1", *, done=(), sector="路", planned=YI):
    """A project that has done these shares of 2025's plan by the end of each month."""
    months = tuple(MonthReport(year=2025, month=number, works=round(share * YI)) for number, share in enumerate(done, start=1))
    return PoolProject(
        code=code, name=code, sector=sector, stages=(STARTED,), years=(YearPlan(year=2025, planned=planned),), months=months
    )


def lived_year(code, end, *, sector="路", year=2024):
    """A project that went evenly to an end."""
    months = tuple(MonthReport(year=year, month=number, works=round(end * number / 12 * YI)) for number in range(1, 13))
    return PoolProject(code=code, name=code, sector=sector, years=(YearPlan(year=year, planned=YI),), months=months)


def past(*ends, sector="路"):
    return Past.of(lived([lived_year(f"{sector}{place}", end, sector=sector) for place, end in enumerate(ends)], before=2025))


def ending(each, before=None, as_of=date(2025, 6, 30)):
    (found,) = standings([each], year=2025, as_of=as_of, rules=RULES, seed=7, past=before or past())
    return found.ending


EVEN = [0.7] * 25 + [1.0] * 25 + [0.85] * 25 + [1.05] * 25


def test_past_years_are_read_as_shares_and_only_those_whose_december_is_known():
    open_year = replace(lived_year("Q", 1.0), months=lived_year("Q", 1.0).months[:11])
    gap = replace(lived_year("R", 0.6), months=(lived_year("R", 0.6).months[5], lived_year("R", 0.6).months[11]))
    found = Past.of(lived([lived_year("P", 1.2), open_year, gap], before=2025))
    assert found.project == ("P", "R")
    assert found.share[0] == pytest.approx(np.arange(13) * 0.1)
    assert found.share[1, 3] == pytest.approx(0.15)  # straight between what is told
    assert list(found.finished) == [True, False]
    assert not len(Past.of(lived([lived_year("P", 1.0)], before=2024)))


def test_a_project_where_completed_years_stood_is_likelier_to_complete_than_one_where_others_stood():
    before = past(*EVEN)
    good = ending(project(done=[month / 12 for month in range(1, 7)]), before).chance
    bad = ending(project(done=[0.7 * month / 12 for month in range(1, 7)]), before).chance
    assert good.method is Method.PATHS
    assert good.p > 0.9
    assert bad.p < 0.1
    assert "100个以往项目年度" in good.why[0]


def test_the_fan_begins_with_what_is_known_and_as_many_ways_complete_as_the_chance_says():
    found = ending(project(done=[month / 12 for month in range(1, 7)]), past(*EVEN))
    assert found.fan.shape == (5, 12)
    assert found.fan[:, 5] == pytest.approx(np.full(5, 0.5 * YI), rel=1e-6)
    assert (np.diff(found.fan[:, 5:], axis=1) >= -1e-3).all()
    assert (np.diff(found.fan, axis=0) >= -1e-3).all()
    assert found.fan[2, 11] >= YI  # more than half complete it


def test_without_past_years_the_pace_is_carried_on_and_the_range_is_wide():
    found = ending(project(done=[month / 12 for month in range(1, 7)]))
    assert found.chance.method is Method.PACE
    assert found.chance.p == pytest.approx(0.5, abs=0.01)  # exactly on plan
    assert found.fan[4, 11] - found.fan[0, 11] > 0.8 * YI


def test_without_a_month_it_is_a_base_rate_that_gives_no_light():
    (found,) = standings([project()], year=2025, as_of=date(2025, 6, 30), rules=RULES, seed=7, past=past())
    assert found.chance.method is Method.BASE_RATE
    assert found.chance.p == pytest.approx(76 / 82)  # 75 of 80, by Laplace
    assert found.lights["chance"].colour is Colour.NONE
    own = ending(project(), past(*EVEN)).chance
    assert own.method is Method.BASE_RATE
    assert own.p == pytest.approx(0.5, abs=0.12)
    assert "100个以往项目年度中50个完成" in own.why[0]


def test_what_is_done_or_over_is_decided():
    assert ending(project(done=[0.2, 0.6, 1.0]), past(*EVEN)).chance.p == 1
    short = ending(project(done=[month / 13 for month in range(1, 13)]), past(*EVEN), date(2026, 1, 20)).chance
    assert (short.p, short.method) == (0, Method.DECIDED)
    assert ending(project(planned=None)).chance.p is None


def test_a_projects_own_years_count_more_than_the_others():
    """Both stand alike in June; the one that used to stay short is less likely to complete."""
    slow = [lived_year("S", 0.75, year=year) for year in (2022, 2023, 2024)]
    mixed = [lived_year(f"M{place}", end) for place, end in enumerate([0.8, 0.9, 1.0, 1.1] * 20)]
    for each in mixed[::2]:  # some catch up in the second half
        years = tuple(
            MonthReport(year=2024, month=m, works=round((0.04 * m if m <= 6 else 0.24 + 0.13 * (m - 6)) * YI))
            for m in range(1, 13)
        )
        mixed[mixed.index(each)] = replace(each, months=years)
    before = Past.of(lived([*mixed, *slow], before=2025))
    half = [0.7 * month / 12 for month in range(1, 7)]
    own, other = ending(project("S", done=half), before).chance, ending(project("N", done=half), before).chance
    assert own.p < other.p


def test_the_same_seed_gives_the_same_whoever_else_is_asked():
    first, second = project("A", done=[0.1, 0.2]), project("B", done=[0.05, 0.1, 0.3])
    both = standings([first, second], year=2025, as_of=date(2025, 3, 31), rules=RULES, seed=7, past=past(*EVEN))
    (alone,) = standings([second], year=2025, as_of=date(2025, 3, 31), rules=RULES, seed=7, past=past(*EVEN))
    assert alone.chance == both[1].chance
    assert (alone.ending.fan == both[1].ending.fan).all()


MIXED = Past.of(
    lived(
        [lived_year(f"{place}", 0.5 + (place * 37 % 60) / 100, sector=("路", "水")[place % 2]) for place in range(80)],
        before=2025,
    )
)
WORSE = [Colour.GREEN, Colour.YELLOW, Colour.RED]


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.floats(0, 0.2), min_size=1, max_size=11),
    more=st.floats(0, 0.5),
    history=st.sampled_from([MIXED, past()]),
)
def test_more_works_never_make_a_chance_smaller_or_an_official_light_worse(steps, more, history):
    done = list(np.cumsum(steps))
    as_of = date(2025, len(done) + 1, 1)
    less, greater = project("N", done=done), project("N", done=[*done[:-1], done[-1] + more])
    first, second = standings([less, greater], year=2025, as_of=as_of, rules=RULES, seed=3, past=history)
    assert 0 <= first.chance.p <= second.chance.p + 1e-12 <= 1 + 1e-12
    for rule in ("yinchuan_2025", "wuhan", "chance"):
        assert WORSE.index(second.lights[rule].colour) <= WORSE.index(first.lights[rule].colour)


@settings(max_examples=60, deadline=None)
@given(lags=st.lists(st.floats(-0.45, 0.1), min_size=2, max_size=8))
def test_with_slack_a_light_is_never_better_and_worsens_only_where_the_plain_one_does(lags):
    from duheng.watch.projects import Last

    shown, plain = [], []
    last = None
    for lag in lags:
        each = project("N", done=[0.0] * 5 + [max(0.0, 0.5 + lag)])
        ask = {"year": 2025, "as_of": date(2025, 6, 30), "rules": RULES, "seed": 3, "past": MIXED}
        (free,) = standings([each], **ask)
        (held,) = standings([each], last={("N", "wuhan"): last} if last else None, **ask)
        plain.append(free.lights["wuhan"].colour)
        shown.append(held.lights["wuhan"].colour)
        last = Last(colour=held.lights["wuhan"].colour, criterion=held.lights["wuhan"].criterion)
    assert all(WORSE.index(s) >= WORSE.index(p) for s, p in zip(shown, plain, strict=True))
    # It worsens only where the plain light does: what hovers at a number is told as worse once, not again and again.
    worse = [[b > a for a, b in pairwise(map(WORSE.index, line))] for line in (shown, plain)]
    assert all(now <= then for now, then in zip(*worse, strict=True))
