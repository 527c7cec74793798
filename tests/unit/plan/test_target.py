"""Targets that judge themselves: what meets them, by how much, and why."""

from decimal import Decimal

import pytest

from duheng.errors import PlanError
from duheng.plan import (
    Around,
    Assigned,
    AtLeast,
    AtMost,
    Exactly,
    FloorWithStretch,
    InStepWith,
    Outcome,
    Polarity,
    Positive,
    Range,
    Reading,
    Reference,
    Rule,
    target_from_dict,
    target_to_dict,
)

HIGHER, LOWER = Polarity.HIGHER, Polarity.LOWER
GDP = Reference(text="经济增长", code="gdp.growth")


def percent(value):
    return Reading(value=Decimal(value), unit="%")


def outcome(target, value, **beside):
    figure = None if value is None else percent(value)
    return target.met_by(figure, beside={key: percent(each) for key, each in beside.items()}).outcome.value


def number(text):
    return Decimal(text)


def test_a_target_without_a_figure_is_not_yet_known():
    assert outcome(AtLeast(value=number(6), unit="%"), None) == "not_yet_known"


def test_a_figure_meets_a_target_at_the_precision_it_is_published_in():
    assert outcome(AtLeast(value=number(6), unit="%"), "6.0") == "met"
    assert outcome(AtLeast(value=number(6), unit="%"), "5.9") == "missed"


def test_a_computed_figure_is_rounded_to_its_printed_digits_first():
    class Computed:
        value, unit, digits = Decimal("5.9996"), "%", 1

    assert AtLeast(value=number(6), unit="%").met_by(Computed()).outcome is Outcome.MET


def test_the_margin_is_in_the_targets_unit_and_positive_on_the_good_side():
    assert AtLeast(value=number(6), unit="%").met_by(percent("6.2")).margin == number("0.2")
    assert AtMost(value=number(14), unit="人").met_by(Reading(value=number(16), unit="人")).margin == -2


def test_beyond_is_not_the_number_itself():
    assert outcome(AtLeast(value=number(10), unit="%", exclusive=True), "10") == "missed"
    assert outcome(AtMost(value=number(5), unit="%", exclusive=True), "5") == "missed"


def test_units_of_one_dimension_are_compared_and_others_refused():
    stock = AtLeast(value=number(44000), unit="家")
    assert stock.met_by(Reading(value=number("4.5"), unit="万户")).outcome is Outcome.MET
    assert stock.met_by(Reading(value=number("4.5"), unit="亿元")).outcome is Outcome.NOT_YET_KNOWN


@pytest.mark.parametrize(
    ("value", "polarity", "expected"),
    [("6.2", HIGHER, "met"), ("4.8", HIGHER, "met"), ("4.7", HIGHER, "missed"), ("0.2", LOWER, "met"), ("5.3", LOWER, "missed")],
)
def test_around_is_one_sided_by_polarity(value, polarity, expected):
    assert outcome(Around(value=number(5), unit="%", polarity=polarity), value) == expected


def test_around_forgives_what_the_rule_says():
    target = Around(value=number(5), unit="%", polarity=HIGHER)
    assert target.met_by(percent("4.8"), rule=Rule(around_points=number(0))).outcome is Outcome.MISSED


def test_the_duty_of_a_range_is_its_lower_end_where_higher_is_better():
    target = Range(value=number(5), value2=number("5.5"), unit="%", polarity=HIGHER)
    assert [outcome(target, value) for value in ("4.9", "5", "6.1")] == ["missed", "met", "met"]


def test_a_range_of_a_neutral_indicator_holds_both_ends():
    target = Range(value=number(5), value2=number("5.5"), unit="%")
    assert [outcome(target, value) for value in ("4.9", "5.2", "6.1")] == ["missed", "met", "missed"]


def test_a_range_cannot_run_down():
    with pytest.raises(PlanError):
        Range(value=number(6), value2=number(5), unit="%")


def test_exactly_is_neither_more_nor_less():
    assert [outcome(Exactly(value=number(3), unit="%"), value) for value in ("2", "3", "4")] == ["missed", "met", "missed"]


def test_positive_growth_is_above_zero():
    assert [outcome(Positive(unit="%"), value) for value in ("0.1", "0", "-1")] == ["met", "missed", "missed"]


def test_in_step_is_at_least_the_other_and_unknown_without_it():
    target = InStepWith(references=(GDP,), unit="%")
    assert outcome(target, "5.8", **{"gdp.growth": "5.8"}) == "met"
    assert outcome(target, "5.7", **{"gdp.growth": "5.8"}) == "missed"
    assert outcome(target, "5.8") == "not_yet_known"


def test_roughly_in_step_forgives_a_little_as_basically_met():
    target = InStepWith(references=(GDP,), unit="%", loosely=True)
    assert outcome(target, "5.7", **{"gdp.growth": "5.8"}) == "basically_met"
    assert outcome(target, "5.0", **{"gdp.growth": "5.8"}) == "missed"


def test_faster_than_is_not_as_fast_as():
    target = InStepWith(references=(GDP,), unit="%", exclusive=True)
    assert outcome(target, "5.8", **{"gdp.growth": "5.8"}) == "missed"


def test_something_better_low_stays_below_the_other():
    target = InStepWith(references=(Reference(text="上年水平"),), unit="%", exclusive=True, polarity=LOWER)
    assert outcome(target, "4", 上年水平="5") == "met"
    assert outcome(target, "5", 上年水平="5") == "missed"


def test_an_assigned_target_waits_for_the_superior_and_needs_no_number():
    assert outcome(Assigned(unit="%"), "3") == "not_yet_known"
    assert outcome(Assigned(unit="%", confirmed=True), None) == "met"
    assert outcome(Assigned(unit="%", confirmed=False), None) == "missed"


def test_the_floor_is_the_duty_and_the_stretch_is_not():
    target = FloorWithStretch(value=number(9), value2=number(10), unit="%")
    assert [outcome(target, value) for value in ("8.9", "9", "11")] == ["missed", "met", "met"]


def test_a_small_miss_is_basically_met_where_the_rule_knows_that_class():
    target = AtLeast(value=number(100), unit="个")
    figure = Reading(value=number(96), unit="个")
    assert target.met_by(figure).outcome is Outcome.MISSED
    assert target.met_by(figure, rule=Rule(basically=number("0.05"))).outcome is Outcome.BASICALLY_MET


def test_the_reason_is_given_in_both_languages():
    zh, en = AtLeast(value=number(6), unit="%").met_by(percent("5.8")).why
    assert (zh, en) == ("5.8%，未达到6%。", "5.8% falls short of 6%.")


ALL = [
    AtLeast(value=number("6.5"), unit="%", text="6.5", exclusive=True, sentences=("甲。", "乙。")),
    AtMost(value=number(14), unit="人"),
    Exactly(value=number(3), unit="个", note="建成区"),
    Around(value=number(5), unit="%", polarity=HIGHER, ambition="争取更好结果"),
    Range(value=number(5), value2=number("5.5"), unit="%"),
    Positive(unit="%"),
    InStepWith(references=(GDP, Reference(text="全国平均水平")), loosely=True),
    Assigned(confirmed=True),
    FloorWithStretch(value=number(9), value2=number(10), unit="%"),
]


@pytest.mark.parametrize("target", ALL, ids=lambda each: each.kind)
def test_every_kind_survives_json(target):
    assert target_from_dict(target_to_dict(target)) == target


@pytest.mark.parametrize("form", [{"kind": "at_leats", "value": 3}, {"kind": "at_least"}, {}])
def test_a_form_that_describes_no_target_is_refused(form):
    with pytest.raises(PlanError):
        target_from_dict(form)
