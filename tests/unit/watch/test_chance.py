"""The chance that a target is met: of every kind, nearly decided when the year nearly is, and honest where little is known."""

import csv
import gzip
from decimal import Decimal

import numpy as np
import pytest

from duheng import catalog, watch
from duheng.plan import Assigned, AtLeast, AtMost, Exactly, InStepWith, Nature, Positive, Range, Reference
from duheng.watch import Accumulation, Method, Track

RATES = catalog.load("base_rates")


def steady(months, *, level=10.0, noise=0.5, seed=1):
    return level + np.random.default_rng(seed).normal(0, noise, months)


def asked(target, track, *, year=2025, beside=None, nature=Nature.EXPECTED, digits=1):
    found = watch.prospects([track], year=year, seed=7).get(track.name)
    return watch.chance(target, found, digits=digits, nature=nature, rates=RATES, beside=beside)


def test_a_year_that_is_nearly_over_is_nearly_decided():
    made = Track(name="x", values=steady(57), year=2025, step=9)
    so_far = float(made.known(2025).sum())
    assert asked(AtLeast(value=Decimal(f"{so_far + 24:.1f}"), unit="亿元"), made).p > 0.95
    assert asked(AtLeast(value=Decimal(f"{so_far + 36:.1f}"), unit="亿元"), made).p < 0.05
    near = asked(AtLeast(value=Decimal(f"{so_far + 30:.1f}"), unit="亿元"), made)
    assert 0.2 < near.p < 0.8
    assert near.method is Method.PATHS


def test_a_year_that_is_over_is_decided():
    made = Track(name="x", values=np.full(24, 5.0), year=2025, step=12)
    assert asked(AtLeast(value=Decimal(60), unit="亿元"), made).p == 1
    assert asked(AtLeast(value=Decimal("60.1"), unit="亿元"), made).p == 0
    assert asked(Exactly(value=Decimal(60), unit="亿元"), made).method is Method.DECIDED


def test_every_kind_of_target_is_judged_at_the_precision_that_is_published():
    made = Track(name="x", values=np.array([5.96, 5.96]), year=2025, step=2, steps=2, accumulation=Accumulation.MEAN)
    assert asked(AtLeast(value=Decimal(6), unit="%"), made).p == 1
    assert asked(AtMost(value=Decimal(6), unit="%"), made).p == 1
    assert asked(AtMost(value=Decimal(6), unit="%", exclusive=True), made).p == 0
    assert asked(Range(value=Decimal(5), value2=Decimal("5.5"), unit="%"), made).p == 0
    assert asked(Positive(unit="%"), made).p == 1


def test_a_short_history_says_so_and_is_wide():
    made = Track(name="x", values=np.array([10.0, 11.0, 10.5]), year=2025, step=3)
    found = asked(AtLeast(value=Decimal(110), unit="亿元"), made)
    assert found.method is Method.PACE
    assert 0.5 < found.p < 0.95
    assert "历史太短" in found.why[0]


def test_without_figures_targets_of_a_nature_are_met_as_often_as_before():
    for nature, p in ((Nature.BINDING, 9 / 10), (Nature.EXPECTED, 18 / 27)):
        found = watch.chance(AtLeast(value=Decimal(1)), None, digits=0, nature=nature, rates=RATES)
        assert (found.method, found.p) == (Method.BASE_RATE, pytest.approx(p))


def test_what_is_assigned_is_unknown_until_it_is():
    found = watch.chance(Assigned(text="完成市级下达任务"), None, digits=0, nature=Nature.BINDING, rates=RATES)
    assert (found.p, found.method) == (None, Method.NONE)
    confirmed = watch.chance(Assigned(text="", confirmed=True), None, digits=0, nature=Nature.BINDING, rates=RATES)
    assert (confirmed.p, confirmed.method) == (1, Method.DECIDED)


def test_incomes_in_step_with_the_product_are_judged_in_the_same_draws():
    shock = np.random.default_rng(2).normal(0, 1, 41).cumsum()
    tracks = [
        Track(name=name, values=5 + shock[:-1] * 0.3 + lead, year=2024, step=4, steps=4, accumulation=Accumulation.GROWTH)
        for name, lead in (("gdp", 0.0), ("income", 0.2))
    ]
    target = InStepWith(references=(Reference(text="GDP", code="gdp"),), unit="%")
    together = watch.prospects(tracks, year=2025, seed=3, beside={"income": "gdp"})
    apart = watch.prospects(tracks, year=2025, seed=3)
    p = {
        name: watch.chance(
            target,
            drawn["income"],
            digits=1,
            nature=Nature.EXPECTED,
            rates=RATES,
            beside={"gdp": np.round(drawn["gdp"].draws, 1)},
        ).p
        for name, drawn in (("together", together), ("apart", apart))
    }
    assert p["together"] > 0.9
    assert p["apart"] < 0.7
    alone = watch.chance(target, together["income"], digits=1, nature=Nature.EXPECTED, rates=RATES)
    assert (alone.p, alone.method) == (None, Method.NONE)


def test_the_same_seed_gives_the_same_chance():
    made = Track(name="x", values=steady(50), year=2025, step=2)
    target = AtLeast(value=Decimal(120), unit="亿元")
    assert asked(target, made).p == asked(target, made).p


def test_growth_needs_no_level_and_says_that_weights_are_estimated():
    made = Track(name="x", values=steady(40, level=6.0), year=2025, step=4, accumulation=Accumulation.GROWTH)
    found = asked(AtLeast(value=Decimal(3), unit="%"), made)
    assert found.p > 0.9
    assert "等权" in found.why[0]


def test_a_year_ahead_is_reached_over_the_rest_of_this_one():
    made = Track(name="x", values=steady(46), year=2024, step=10)
    found = watch.prospects([made], year=2025, seed=1)["x"]
    assert (found.known, found.draws.mean()) == (0, pytest.approx(120, abs=8))
    assert watch.prospects([made], year=2023, seed=1)["x"].method is Method.DECIDED


@pytest.fixture(scope="module")
def years(truth):
    """The monthly series of the M3 competition that are positive, the last year of each to be foretold."""
    parts = {}
    with gzip.open(truth / "data/statistics/m3_monthly_dev.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            parts.setdefault(row["series"], []).extend(float(value) for value in row["values"].split())
    return [np.array(values) for values in parts.values() if min(values) > 0]


@pytest.mark.parametrize("known", [0, 3, 6, 9])
def test_chances_are_borne_out_and_beat_time_progress(years, known):
    chance = np.random.default_rng(5)
    growth = np.array([values[-12:].sum() / values[-24:-12].sum() for values in years])
    goals = np.array([values[-24:-12].sum() for values in years]) * np.quantile(growth, chance.uniform(0.02, 0.98, len(years)))
    met = np.array([values[-12:].sum() for values in years]) >= goals
    tracks = [
        Track(name=str(place), values=values[: len(values) - 12 + known], year=2025 if known else 2024, step=known or 12)
        for place, values in enumerate(years)
    ]
    drawn = watch.prospects(tracks, year=2025, seed=1)
    p = np.array([(drawn[str(place)].draws >= goal).mean() for place, goal in enumerate(goals)])
    brier = np.mean((p - met) ** 2)
    so_far = np.array([values[len(values) - 12 : len(values) - 12 + known].sum() for values in years])
    straight = np.where(known, so_far / goals >= known / 12, met.mean())
    assert brier < 0.75 * np.mean((straight - met) ** 2)
    for low, high in ((0, 0.2), (0.2, 0.8), (0.8, 1.01)):
        inside = (low <= p) & (p < high)
        assert abs(p[inside].mean() - met[inside].mean()) < 0.08


@pytest.mark.parametrize(
    ("known", "said"),
    [(11, "11 months of the year are known; the other one is simulated"), (1, "1 month of the year is known; the other 11 are")],
)
def test_one_month_is_told_in_the_singular(known, said):
    made = Track(name="x", values=steady(48 + known), year=2025, step=known)
    assert said in asked(AtLeast(value=Decimal(120), unit="亿元"), made).why[1]
