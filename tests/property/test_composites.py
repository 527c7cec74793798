"""What holds of every composite score."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from duheng import appraise
from tests.unit.appraise.composites import spec, units

NUMBERS = st.integers(-1000, 1000)
METHODS = st.sampled_from(["min_max", "z_score", "rank", "percentile"])


@st.composite
def _tables(draw, columns=3):
    count = draw(st.integers(3, 8))
    return {name: draw(st.lists(NUMBERS, min_size=count, max_size=count, unique=True)) for name in "abc"[:columns]}


def _spec(method, weights=(1.0, 2.0, 3.0), directions=None, **more):
    return spec(
        "abc",
        weights=dict(zip("abc", weights, strict=True)),
        directions=directions,
        normalisation=appraise.Normalisation(method=method),
        **more,
    )


@settings(deadline=None)
@given(_tables(), METHODS, st.sampled_from([1, -1]), st.integers(1, 500), st.data())
def test_a_better_value_never_lowers_a_score(table, method, direction, more, data):
    made = _spec(method, directions={"a": direction})
    unit = data.draw(st.integers(0, len(table["a"]) - 1))
    better = dict(table)
    better["a"] = [value + direction * more * (place == unit) for place, value in enumerate(table["a"])]
    if len(set(better["a"])) < len(better["a"]):
        return
    before, after = (appraise.composite(made, units(**each)) for each in (table, better))
    assert after.score[unit] >= before.score[unit] - 1e-9
    scaled = after.stages["normalised"][:, 0]
    assert np.argsort(scaled).tolist() == np.argsort(np.array(better["a"]) * direction).tolist()


@settings(deadline=None)
@given(_tables(), METHODS, st.floats(0.001, 1000))
def test_weights_that_are_all_scaled_change_nothing(table, method, by):
    plain, scaled = (
        appraise.composite(_spec(method, tuple(each * factor for each in (1.0, 2.0, 3.0))), units(**table))
        for factor in (1.0, by)
    )
    assert np.allclose(plain.score, scaled.score)


@settings(deadline=None)
@given(_tables(), METHODS)
def test_equal_units_share_their_rank(table, method):
    doubled = {name: [*column, column[0]] for name, column in table.items()}
    made = appraise.composite(_spec(method, digits=9), units(**doubled))
    assert made.rank[0] == made.rank[-1]


@settings(deadline=None)
@given(_tables(), METHODS, st.randoms(use_true_random=False))
def test_the_order_of_the_units_does_not_matter(table, method, chance):
    order = list(range(len(table["a"])))
    chance.shuffle(order)
    made = appraise.composite(_spec(method), units(**table))
    mixed = appraise.composite(
        _spec(method), units(**{name: [column[place] for place in order] for name, column in table.items()})
    )
    assert np.allclose(made.score[order], mixed.score)
