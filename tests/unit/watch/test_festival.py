"""A series that minds where the Spring Festival falls is forecast knowing it; one that does not is left alone."""

import numpy as np
import pytest

from duheng.watch import Track, prospects
from duheng.watch.festival import _exposure, without_move


def sales(*, effect, noise=0.01, years=9, months=12, seed=11):
    """Monthly sales to the end of `months` of 2024: steady, with a season, and a festival that fills the month it falls in."""
    chance = np.random.default_rng(seed)
    values = []
    for number in range(years * 12 - 12 + months):
        year, month = 2024 - years + 1 + number // 12, number % 12
        season = 1 + 0.2 * np.cos(2 * np.pi * month / 12)
        values.append(100 * season * (1 + effect * _exposure(year, month)) * (1 + chance.normal(0, noise)))
    return Track(name="x", values=np.array(values), year=2024, step=months)


def test_the_festivals_days_are_shared_between_two_months():
    assert _exposure(2023, 0) > 0.2  # 22 January
    assert _exposure(2023, 1) == pytest.approx(-_exposure(2023, 0), abs=0.05)
    assert _exposure(2024, 0) < -0.2  # 10 February
    assert _exposure(2024, 6) == 0
    assert _exposure(1900, 0) == 0


def test_the_move_is_taken_out_and_put_back_ahead():
    moved = without_move(sales(effect=0.3), horizon=12)
    assert moved.ahead[0] == pytest.approx(1 + 0.3 * _exposure(2025, 0), abs=0.03)
    assert moved.ahead[1] == pytest.approx(1 + 0.3 * _exposure(2025, 1), abs=0.03)
    assert moved.ahead[2:].tolist() == [1] * 10
    plain = sales(effect=0, noise=0.01)
    assert np.abs(moved.track.values / plain.values - 1).max() < 0.05


def test_what_does_not_mind_is_left_as_it_is():
    tracks = [sales(effect=0, noise=0.05, seed=seed) for seed in range(100)]
    assert sum(without_move(track, horizon=3).track is not track for track in tracks) <= 3
    short = sales(effect=0.3, years=3)
    assert without_move(short, horizon=3).track is short


def test_january_is_forecast_nearer_when_the_day_is_known():
    track = sales(effect=0.4)
    found = prospects([track], year=2025, seed=1)["x"].draws
    real = sum(100 * (1 + 0.2 * np.cos(2 * np.pi * month / 12)) * (1 + 0.4 * _exposure(2025, month)) for month in range(12))
    assert np.median(found) == pytest.approx(real, rel=0.02)
