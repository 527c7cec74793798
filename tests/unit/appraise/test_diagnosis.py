"""What a composite is made of, and a unit taken apart."""

import pytest
from tests.unit.appraise.composites import NAN, spec, units

from duheng import appraise

A, TWICE, DOWN, OTHER = [0, 1, 2, 3, 4], [0, 2, 4, 6, 8], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]


def notes(made):
    return [en for _, en in appraise.diagnosis(made).notes]


def test_weights_are_not_importance():
    """Two indicators that say the same count for more than their third each; what runs against them counts for less."""
    made = appraise.composite(spec("abc"), units(a=A, b=TWICE, c=OTHER))
    found = appraise.diagnosis(made).components
    assert [each.weight for each in found] == pytest.approx([1 / 3] * 3)
    assert sum(each.importance for each in found) == pytest.approx(1)
    assert found[0].importance == pytest.approx(found[1].importance)
    assert found[0].importance > 1 / 3 > found[2].importance


def test_the_weight_of_a_component_is_the_product_up_the_tree():
    tree = appraise.CompositeSpec(
        zh="", en="",
        components=(appraise.Component(code="a", zh="", en="", parent="low", weight=3), appraise.Component(code="b", zh="", en="", parent="low"),
                    appraise.Component(code="c", zh="", en="", parent="top", weight=1)),
        aggregates=(appraise.Aggregate(code="low", zh="", en="", parent="top", weight=4), appraise.Aggregate(code="top", zh="", en="")),
    )  # fmt: skip
    made = appraise.composite(tree, units(a=A, b=OTHER, c=DOWN))
    assert [each.weight for each in appraise.diagnosis(made).components] == pytest.approx([0.6, 0.2, 0.2])


def test_what_is_worth_a_look_is_said():
    twin = appraise.composite(spec("ab"), units(a=A, b=TWICE))
    assert any("say nearly the same (1.00)" in note for note in notes(twin))
    against = appraise.composite(spec("ab", weights={"a": 3.0}), units(a=A, b=DOWN))
    assert any("work against each other (-1.00)" in note for note in notes(against))
    assert any("“b” is correlated negatively with its own aggregate" in note for note in notes(against))
    scarce = appraise.composite(spec("ab"), units(a=A, b=[1, NAN, NAN, 5, 2]))
    assert any("40% of the units have no data for “b”" in note for note in notes(scarce))
    assert notes(appraise.composite(spec("ab"), units(a=A, b=OTHER))) == []


def test_a_profile_says_what_being_the_best_would_bring():
    made = appraise.composite(spec("ab", weights={"a": 3.0}), units(a=[0, 5, 10], b=[10, 5, 0]))
    found = appraise.profile(made, "u0")
    assert (found.score, found.rank) == (25.0, 3)
    assert [(line.rank, line.gain, line.rank_if_best) for line in found.lines] == [(3, 75.0, 1), (1, 0.0, 3)]
    assert [line.code for line in found.chances] == ["a"]
    with pytest.raises(KeyError):
        appraise.profile(made, "nobody")
