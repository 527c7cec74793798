"""A composite score, stage by stage, on numbers that can be worked out by hand."""

import numpy as np
import pytest
from tests.unit.appraise.composites import NAN, spec, units

from duheng import appraise
from duheng.appraise import (
    Aggregate,
    Aggregation,
    Availability,
    Component,
    CompositeSpec,
    Imputation,
    Normalisation,
    Treatment,
    Variation,
)
from duheng.errors import AppraiseError


def scores(made):
    return [round(float(score), 9) for score in made.score]


def test_min_max_and_an_arithmetic_mean():
    made = appraise.composite(spec(weights={"a": 3.0}), units(a=[0, 5, 10], b=[7, 9, 8]))
    assert scores(made) == [0.0, 62.5, 87.5]  # (3·0 + 0)/4, (3·50 + 100)/4, (3·100 + 50)/4
    assert made.rank.tolist() == [3, 2, 1]


def test_what_is_better_low_is_turned_round():
    made = appraise.composite(spec("a", directions={"a": -1}), units(a=[2, 4, 6]))
    assert scores(made) == [100.0, 50.0, 0.0]


def test_a_geometric_mean_is_taken_of_a_scale_above_0():
    made = appraise.composite(spec(way="geometric", normalisation=Normalisation(low=1, high=100)), units(a=[1, 2], b=[2, 1]))
    assert scores(made) == [10.0, 10.0]  # √(1·100)
    assert made.rank.tolist() == [1, 1]


def test_a_harmonic_mean_a_median_and_the_lowest():
    data = units(a=[1, 0], b=[1, 0], c=[0.25, 1])
    scale = Normalisation(low=1, high=5)
    found = {
        way: scores(appraise.composite(spec("abc", way=way, normalisation=scale), data))[0]
        for way in ("harmonic", "median", "lowest")
    }
    assert found == {"harmonic": round(3 / (1 / 5 + 1 / 5 + 1), 9), "median": 5.0, "lowest": 1.0}


def test_z_scores_ranks_and_percentiles():
    data = units(a=[1, 2, 3, 3])
    found = {
        method: scores(appraise.composite(spec("a", normalisation=Normalisation(method=method, mean=50, spread=10)), data))
        for method in ("z_score", "rank", "percentile")
    }
    deviation = np.sqrt((1.25**2 + 0.25**2 + 2 * 0.75**2) / 3)
    assert found["z_score"] == [round(float(50 + 10 * off / deviation), 9) for off in (-1.25, -0.25, 0.75, 0.75)]
    assert found["rank"] == [1.0, 2.0, 3.0, 3.0]
    assert found["percentile"] == [0.0, round(100 / 3, 9), round(200 / 3, 9), round(200 / 3, 9)]


def test_distance_to_a_target_stops_at_the_target():
    one = CompositeSpec(
        zh="", en="", components=(Component(code="a", zh="", en="", parent="s", target=6.0),),
        aggregates=(Aggregate(code="s", zh="", en=""),), normalisation=Normalisation(method="target"),
    )  # fmt: skip
    assert scores(appraise.composite(one, units(a=[2, 4, 6, 9]))) == [0.0, 50.0, 100.0, 100.0]


def test_goalposts_are_fixed_and_a_logarithm_is_taken_of_them_too():
    one = CompositeSpec(
        zh="", en="",
        components=(
            Component(code="a", zh="", en="", parent="s", goalposts=(20, 80)),
            Component(code="b", zh="", en="", parent="s", goalposts=(100, 10_000), transform="log"),
        ),
        aggregates=(Aggregate(code="s", zh="", en=""),), normalisation=Normalisation(method="goalposts", low=0, high=1),
    )  # fmt: skip
    assert scores(appraise.composite(one, units(a=[50, 90, 10], b=[1_000, 20_000, 50]))) == [0.5, 1.0, 0.0]


def test_a_denominator_divides_and_what_has_none_is_missing():
    one = CompositeSpec(
        zh="", en="", components=(Component(code="a", zh="", en="", parent="s", denominator="people"),),
        aggregates=(Aggregate(code="s", zh="", en=""),),
    )  # fmt: skip
    made = appraise.composite(one, units(a=[10, 10, 30], people=[5, 2, NAN]))
    assert made.stages["denominated"][:2, 0].tolist() == [2.0, 5.0]
    assert np.isnan(made.stages["denominated"][2, 0])
    assert made.rank.tolist() == [2, 1, 0]


@pytest.mark.parametrize(
    ("how", "filled"),
    [
        ("mean", 3.0),
        ("median", 2.0),
        ("zero", 0.0),
        ("lowest", 1.0),
        ("highest", 6.0),
        ("group_mean", 1.5),
        ("group_median", 1.5),
    ],
)
def test_what_stands_in_for_a_missing_value(how, filled):
    data = units(a=[1, 2, 6, NAN], b=[1, 2, 3, 4], groups={"kind": ("town", "town", "street", "town")})
    made = appraise.composite(spec(imputation=Imputation(method=how, group="kind")), data)
    assert made.stages["imputed"][3, 0] == filled
    assert made.flags_of(3) == ["imputed", ""]


def test_without_imputation_the_others_share_the_weight_unless_too_little_is_there():
    data = units(a=[0, 10, NAN], b=[0, 10, 5])
    assert scores(appraise.composite(spec(), data))[2] == 50.0
    strict = appraise.composite(spec(availability=Availability(aggregate=0.6)), data)
    assert np.isnan(strict.score[2])
    assert strict.rank.tolist() == [2, 1, 0]


def test_units_without_enough_data_take_no_part():
    data = units(a=[0, 10, NAN, 4], b=[0, 10, 5, 4])
    made = appraise.composite(spec(availability=Availability(unit=0.6)), data)
    assert made.units.codes == ("u0", "u1", "u3")
    assert made.left_out == {"u2": 0.5}


def test_outliers_are_drawn_in_one_by_one_and_told():
    column = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 200]
    made = appraise.composite(spec("a", treatment=Treatment()), units(a=column))
    assert made.stages["treated"][:, 0].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert made.treatments[0].high == 1
    assert made.flags_of(9) == ["high"]
    low = appraise.composite(spec("a", treatment=Treatment()), units(a=[-each for each in column]))
    assert low.treatments[0].low == 1
    assert low.flags_of(9) == ["low"]


def test_a_logarithm_is_taken_where_drawing_in_does_not_do():
    column = [2.0**power for power in range(12)]
    made = appraise.composite(spec("a", treatment=Treatment(points=0, then="log")), units(a=column))
    assert made.treatments[0].log
    assert made.stages["treated"][:, 0].tolist() == sorted(made.stages["treated"][:, 0].tolist())
    assert made.flags_of(0) == ["log"]


def test_levels_are_worked_out_from_the_bottom():
    tree = CompositeSpec(
        zh="", en="",
        components=(Component(code="a", zh="", en="", parent="top"), Component(code="b", zh="", en="", parent="low"), Component(code="c", zh="", en="", parent="low", weight=3)),
        aggregates=(Aggregate(code="top", zh="", en="", aggregation=Aggregation(method="geometric")), Aggregate(code="low", zh="", en="", parent="top")),
        normalisation=Normalisation(low=1, high=9),
    )  # fmt: skip
    made = appraise.composite(tree, units(a=[0, 1], b=[1, 0], c=[0, 1]))
    assert made.scores["low"].tolist() == [3.0, 7.0]  # (9 + 3·1)/4, (1 + 3·9)/4
    assert scores(made) == [round(3**0.5, 9), round(63**0.5, 9)]


def test_ranks_are_compared_at_the_precision_that_is_published():
    data = units(a=[0, 100, 50.001, 50.0])
    assert appraise.composite(spec("a"), data).rank.tolist() == [4, 1, 2, 3]
    assert appraise.composite(spec("a", digits=1), data).rank.tolist() == [4, 1, 2, 2]


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: spec(weights={"a": -1.0}), "the weight of “a” is -1"),
        (lambda: spec(weights={"a": 0.0, "b": 0.0}), "all weights of the parts of “score” are 0"),
        (lambda: spec(weights={"a": 30.0, "b": 60.0}, weights_sum=100.0), "add up to 90, not to 100"),
        (lambda: spec("aa"), "“a” is given 2 times"),
        (lambda: spec(normalisation=Normalisation(method="goalposts")), "“a” has no goalposts"),
        (lambda: spec(normalisation=Normalisation(method="target")), "“a” has no target"),
        (lambda: spec(normalisation=Normalisation(low=5, high=5)), "must be below high"),
        (lambda: spec(variation=Variation(weights=1.5)), "weights may move by a share from 0 to 1"),
    ],
)
def test_a_specification_that_makes_no_sense_cannot_be_built(build, says):
    with pytest.raises(AppraiseError, match=says):
        build()


def test_a_parent_that_is_not_there_and_a_circle_are_told():
    one = Component(code="a", zh="", en="", parent="x")
    with pytest.raises(AppraiseError, match="its parent “x” is no aggregate"):
        CompositeSpec(zh="", en="", components=(one,), aggregates=(Aggregate(code="s", zh="", en=""),))
    circle = (
        Aggregate(code="s", zh="", en=""),
        Aggregate(code="x", zh="", en="", parent="y"),
        Aggregate(code="y", zh="", en="", parent="x"),
    )
    with pytest.raises(AppraiseError, match="is a part of itself"):
        CompositeSpec(zh="", en="", components=(one, Component(code="b", zh="", en="", parent="s")), aggregates=circle)


@pytest.mark.parametrize(
    ("made", "data", "says"),
    [
        (spec(), units(a=[1, 2], b=[3, 3]), "all values of “b” are equal \\(3\\)"),
        (spec(), units(a=[1, NAN], b=[3, NAN]), "“u1” has no data at all"),
        (spec(), units(a=[1, 2], b=[NAN, NAN]), "“b” holds no data for any unit"),
        (spec(way="geometric"), units(a=[1, 2], b=[3, 4]), "“score” is a geometric mean, but its part “a” goes down to 0"),
        (spec(imputation=Imputation(method="group_mean", group="kind")), units(a=[1, NAN], b=[1, 2], groups={"kind": ("x", "y")}), "no unit of the group “y”"),
    ],
)  # fmt: skip
def test_data_that_cannot_be_scored_are_told_with_place_and_remedy(made, data, says):
    with pytest.raises(AppraiseError, match=says) as told:
        appraise.composite(made, data)
    assert told.value.message("zh") != told.value.message("en")


def test_a_denominator_of_zero_is_told_with_its_unit():
    one = CompositeSpec(
        zh="", en="", components=(Component(code="a", zh="", en="", parent="s", denominator="people"),),
        aggregates=(Aggregate(code="s", zh="", en=""),),
    )  # fmt: skip
    with pytest.raises(AppraiseError, match="u1, “people”: it is 0, and “a” is divided by it"):
        appraise.composite(one, units(a=[1, 2], people=[3, 0]))
