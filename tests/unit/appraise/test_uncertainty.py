"""How sure ranks are: bands, ties, what they are owed to."""

from importlib import import_module

import numpy as np
import pytest
from tests.unit.appraise.composites import spec, units

from duheng import appraise
from duheng.appraise import Normalisation, Variation
from duheng.appraise.uncertainty import index_of
from duheng.errors import AppraiseError

ONLY_WEIGHTS = Variation(weights=0.5, leave_out=False, given=True)


def test_the_indices_are_those_of_a_function_whose_indices_are_known():
    """Of y = 4a + 2b + c with even a, b, c the shares are 16, 4 and 1 of 21; of y = ab with a, b around 0 all is interaction."""
    chance = np.random.default_rng(7)
    here, there = chance.uniform(-1, 1, (2, 200_000, 3))

    def indices(function, factor):
        mixed = here.copy()
        mixed[:, factor] = there[:, factor]
        return index_of(function(here), function(there), function(mixed))

    for factor, share in enumerate((16 / 21, 4 / 21, 1 / 21)):
        alone, together = indices(lambda x: x @ [4, 2, 1], factor)
        assert (alone, together) == (pytest.approx(share, abs=0.01), pytest.approx(share, abs=0.01))
    alone, together = indices(lambda x: x[:, 0] * x[:, 1], 0)
    assert (alone, together) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01))


def test_who_is_better_in_everything_is_first_in_every_draw():
    made = appraise.composite(spec("abc"), units(a=[9, 5, 1, 4], b=[9, 1, 5, 4], c=[9, 4, 4, 1]))
    found = appraise.uncertainty(made, draws=500, seed=1)
    assert found.rank_bands[0].tolist() == [1, 1, 1]
    assert found.kept[0] == 1.0
    assert found.ahead[int(np.argmax(made.rank == 1))] == 1.0


def test_two_that_only_weights_tell_apart_overlap():
    made = appraise.composite(spec(variation=ONLY_WEIGHTS), units(a=[0, 10, 0.1], b=[10, 0, 0.1]))
    found = appraise.uncertainty(made, draws=2_000, seed=1)
    assert found.choices.factors == ("weights",)
    assert found.rank_bands[:2, [0, 2]].tolist() == [[1, 2], [1, 2]]
    assert 0.45 < found.ahead[0] < 0.55
    assert found.unit_first_order["weights"][0] == pytest.approx(1, abs=0.1)


def test_the_same_seed_gives_the_same_and_another_does_not():
    made = appraise.composite(spec("abc"), units(a=[3, 5, 1, 4], b=[9, 1, 5, 4], c=[2, 4, 4, 1]))
    first, again, other = (appraise.uncertainty(made, draws=200, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.score_bands, again.score_bands)
    assert first.total == again.total
    assert not np.array_equal(first.score_bands, other.score_bands)


def test_left_out_components_are_left_out():
    """Without weights moving, the score of two components is either's alone or their mean: three values."""
    only = Variation(weights=0.0, leave_out=True, given=True)
    made = appraise.composite(spec(variation=only), units(a=[0, 4, 10], b=[0, 10, 10]))
    found = appraise.uncertainty(made, draws=600, seed=3)
    assert found.score_bands[1].round(9).tolist() == [40.0, 70.0, 100.0]


def test_a_unit_without_a_score_has_no_band_and_does_not_disturb_others():
    strict = spec(availability=appraise.Availability(aggregate=1), variation=ONLY_WEIGHTS)
    made = appraise.composite(strict, units(a=[0, 10, float("nan")], b=[0, 10, 5]))
    found = appraise.uncertainty(made, draws=50, seed=1)
    assert found.rank_bands.tolist() == [[2, 2, 2], [1, 1, 1], [0, 0, 0]]
    assert np.isnan(found.score_bands[2]).all()


def test_a_geometric_mean_stays_possible_on_every_scale():
    made = appraise.composite(spec(way="geometric", normalisation=Normalisation(low=1)), units(a=[1, 2, 3], b=[3, 1, 2]))
    assert appraise.uncertainty(made, draws=200, seed=1).rank_bands.min() == 1


@pytest.mark.parametrize("draws", [0, 19, 100_001])
def test_too_few_or_too_many_draws_are_refused(draws):
    made = appraise.composite(spec(), units(a=[1, 2], b=[2, 3]))
    with pytest.raises(AppraiseError, match="choose a number from 20 to 100000"):
        appraise.uncertainty(made, draws=draws, seed=1)


def test_units_that_are_not_told_apart_are_of_one_tier():
    data = units(a=[9, 0, 10, 0.1, 0.2], b=[9.5, 10, 0, 0.1, 0.2])
    made = appraise.composite(spec(variation=ONLY_WEIGHTS), data)
    found = appraise.uncertainty(made, draws=500, seed=1)
    assert found.tiers.tolist() == [1, 2, 2, 4, 3]


def test_more_than_can_be_held_is_refused_before_it_is_tried(monkeypatch):
    monkeypatch.setattr(import_module("duheng.appraise.uncertainty"), "_HELD", 300)
    made = appraise.composite(spec(), units(a=[1, 2, 4], b=[2, 3, 1]))
    with pytest.raises(AppraiseError, match="choose at most 100 draws"):
        appraise.uncertainty(made, draws=101, seed=1)
    assert appraise.uncertainty(made, draws=100, seed=1).draws == 100
