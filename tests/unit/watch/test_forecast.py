"""Forecasts: as good as published ones on series nobody tuned them to, with intervals as wide as they say, and honest when short."""

import csv
import gzip

import numpy as np
import pytest

from duheng import watch
from duheng.errors import WatchError
from duheng.watch.season import adjust

MONTHS = np.arange(120)


def smape(real, said):
    return float(np.mean(200 * np.abs(real - said) / (np.abs(real) + np.abs(said))))


@pytest.fixture(scope="module")
def m3(truth):
    """History and what came of it, of the 714 monthly series."""
    parts = {"x": {}, "xx": {}}
    with gzip.open(truth / "data/statistics/m3_monthly_dev.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            parts[row["part"]][row["series"]] = [float(value) for value in row["values"].split()]
    return parts["x"], np.array([parts["xx"][name] for name in parts["x"]])


def test_monthly_series_of_the_m3_competition_are_forecast_better_than_by_exponential_smoothing(m3):
    history, real = m3
    outlook = watch.forecast(watch.Panel.of(history), horizon=18)
    assert smape(real, outlook.mean) < 13.79  # AutoETS of statsforecast on the same series
    for level, least, most in ((80, 0.78, 0.82), (95, 0.935, 0.965)):
        low, high = outlook.bounds[level]
        assert least <= float(np.mean((low <= real) & (real <= high))) <= most


def test_a_steady_season_comes_back():
    pattern = 10 * np.sin(2 * np.pi * MONTHS / 12)
    outlook = watch.forecast(watch.Panel.of({"level": 100 + pattern, "growth": pattern}), horizon=12)
    assert np.abs(outlook.mean[0] - (100 + pattern[:12])).max() < 1.5
    assert np.abs(outlook.mean[1] - pattern[:12]).max() < 1.5


def test_what_has_no_season_is_given_none():
    noise = np.random.default_rng(7).normal(100, 1, (40, 120))
    assert float(np.mean(adjust(noise, season=12).factors == 1)) > 0.7


def test_a_series_in_another_unit_is_forecast_alike():
    walk = 500 + np.random.default_rng(3).normal(0, 5, 100).cumsum()
    outlook = watch.forecast(watch.Panel.of({"yuan": walk * 1e4, "wan": walk}), horizon=6)
    assert np.allclose(outlook.mean[0], outlook.mean[1] * 1e4)
    assert np.allclose(outlook.bounds[80][1][0], outlook.bounds[80][1][1] * 1e4)


def test_intervals_widen_with_the_level_and_never_narrow_with_the_step():
    walk = np.random.default_rng(5).normal(0, 1, (30, 90)).cumsum(axis=1)
    outlook = watch.forecast(watch.Panel(names=tuple("abcdefghijklmnopqrstuvwxyzABCD"), values=walk), horizon=12)
    half80, half95 = (outlook.bounds[level][1] - outlook.mean for level in (80, 95))
    assert (half95 > half80).all()
    assert (np.diff(half80, axis=1) >= -1e-9).all()


@pytest.mark.parametrize("length", [1, 2, 3, 5, 11, 13, 24, 30, 37])
def test_a_short_series_gets_a_forecast_and_a_wide_interval(length):
    values = (100 + np.random.default_rng(length).normal(0, 5, length)).tolist()
    outlook = watch.forecast(watch.Panel.of({"short": values}), horizon=12)
    low, high = outlook.bounds[95]
    assert np.isfinite(outlook.mean).all()
    assert (high > outlook.mean).all()
    assert (low >= 0).all()


def test_what_never_moved_is_expected_not_to():
    outlook = watch.forecast(watch.Panel.of({"price": [5.0] * 40, "none": [0.0] * 50}), horizon=3)
    assert outlook.mean.tolist() == [[5.0] * 3, [0.0] * 3]


def test_one_series_is_forecast_the_same_alone_and_among_others():
    rows = np.random.default_rng(9).normal(50, 3, (4, 80))
    alone = watch.forecast(watch.Panel.of({"a": rows[0]}), horizon=4)
    among = watch.forecast(watch.Panel.of({"a": rows[0], "b": rows[1][:50], "c": rows[2]}), horizon=4)
    assert np.allclose(alone.mean[0], among.mean[0])


def test_a_panel_has_no_gaps():
    with pytest.raises(WatchError):
        watch.Panel(names=("a",), values=np.array([[1.0, np.nan, 2.0]]))
    with pytest.raises(WatchError):
        watch.Panel(names=("a", "b"), values=np.array([[1.0, 2.0]]))
