"""How far a year has come, for each kind of target and of series."""

from decimal import Decimal

import numpy as np
import pytest

from duheng import watch
from duheng.plan import Assigned, AtLeast, AtMost, Polarity, Positive
from duheng.watch import Accumulation, Track

SIXTY = AtLeast(value=Decimal(60), unit="亿元")


def track(values, *, step, accumulation=Accumulation.SUM, steps=12, weights=None):
    return Track(
        name="x", values=np.array(values, float), year=2025, step=step, steps=steps, accumulation=accumulation, weights=weights
    )


def test_a_sum_is_held_against_time_and_last_years_rest():
    found = watch.pace(SIXTY, track([4.0] * 12 + [5.0] * 3 + [4.0] * 3, step=6), year=2025)
    assert (found.reached, found.progress, found.elapsed) == (27, 0.45, 0.5)
    assert found.lag == pytest.approx(-5)
    assert found.ratio == pytest.approx(0.9)
    assert found.needed == 33
    assert found.needed_growth == pytest.approx((33 / 24 - 1) * 100)


def test_checkpoints_are_the_time_where_the_plan_gives_them():
    found = watch.pace(SIXTY, track([3.0] * 4, step=4), year=2025, checkpoints={3: 6.0, 6: 24.0})
    assert found.by_plan
    assert found.elapsed == pytest.approx((6 + 18 / 3) / 60)
    assert found.lag == pytest.approx(0)


def test_growth_is_compared_as_growth_and_never_as_a_share_of_the_way():
    six = AtLeast(value=Decimal(6), unit="%")
    found = watch.pace(six, track([5.0, 5.0, 4.0], step=3, steps=4, accumulation=Accumulation.GROWTH), year=2025)
    assert (found.progress, found.lag) == (None, None)
    assert found.reached == pytest.approx(14 / 3)
    assert found.ahead == pytest.approx(14 / 3 - 6)
    assert found.needed == pytest.approx(10)
    assert found.estimate


def test_the_growth_that_is_needed_weighs_the_quarters_as_last_year_had_them():
    six = AtLeast(value=Decimal(6), unit="%")
    weights = np.array([10.0, 20.0, 30.0, 40.0])
    made = track([5.0, 5.0, 4.0], step=3, steps=4, accumulation=Accumulation.GROWTH, weights=weights)
    found = watch.pace(six, made, year=2025)
    assert found.needed == pytest.approx((6 - (0.5 + 1.0 + 1.2)) / 0.4)
    assert not found.estimate


def test_a_state_goes_from_where_it_was():
    households = AtLeast(value=Decimal(110), unit="户")
    found = watch.pace(households, track([100, 101, 104], step=3, accumulation=Accumulation.LAST), year=2025, start=100)
    assert (found.progress, found.lag) == (0.4, pytest.approx(15))
    assert found.needed == 6


def test_a_state_that_is_good_already_has_room_instead_of_a_way():
    found = watch.pace(
        AtLeast(value=Decimal(90), unit="%"), track([93.0], step=1, accumulation=Accumulation.LAST), year=2025, start=92
    )
    assert (found.progress, found.headroom) == (None, 3)


def test_a_ceiling_has_room():
    costs = AtMost(value=Decimal(100), unit="万元")
    assert watch.pace(costs, track([30.0, 30.0], step=2), year=2025).headroom == 40
    prices = AtMost(value=Decimal(2), unit="%", polarity=Polarity.LOWER)
    found = watch.pace(prices, track([1.0, 2.0], step=2, steps=4, accumulation=Accumulation.MEAN), year=2025)
    assert (found.ahead, found.needed) == (0.5, 2.5)


def test_positive_growth_aims_at_nothing_and_more():
    made = track([1.0, -3.0], step=2, steps=4, accumulation=Accumulation.GROWTH)
    found = watch.pace(Positive(unit="%"), made, year=2025)
    assert (found.goal, found.ahead, found.needed) == (0, -1, pytest.approx(1))


def test_what_has_no_number_or_no_figure_has_no_pace():
    assert watch.pace(Assigned(text="完成市级下达任务"), track([1.0], step=1), year=2025) is None
    assert watch.pace(SIXTY, track([1.0] * 12, step=12), year=2026) is None
    assert watch.pace(SIXTY, None, year=2025) is None


def test_a_year_to_date_comes_apart_into_months_with_january_and_february_as_one():
    ytd = np.array([np.nan, 20, 32, 45, np.nan, 30])
    assert watch.singled(ytd[:4], steps=12).tolist() == [10, 10, 12, 13]
    assert watch.singled(ytd, steps=4).tolist()[4:] == [15, 15]


def test_growth_of_a_quarter_is_not_the_difference_of_cumulative_rates():
    assert watch.singled_growth(np.array([6.0, 5.0, 5.2]), steps=4)[1] == pytest.approx(4.0)
    weighed = watch.singled_growth(np.array([6.0, 5.0]), steps=4, weights=np.array([1.0, 3.0, 1.0, 1.0]))
    assert weighed[1] == pytest.approx((5 * 4 - 6) / 3)
