"""Quantities compare as they were printed, and units carry their scale and dimension."""

from decimal import Decimal

import pytest

from duheng import measure
from duheng.errors import DimensionMismatch, MeasureError, UnitUnknown
from duheng.measure import Comparator, Period, Quantity


def test_ten_thousand_households_and_firms_are_one_count():
    assert measure.parse("4.4万户").agrees_with(measure.parse("44000家"))


def test_a_number_agrees_with_what_rounds_to_it():
    assert measure.parse("76%").agrees_with(measure.parse("75.8%"))
    assert not measure.parse("76.0%").agrees_with(measure.parse("75.8%"))


def test_a_percentage_point_is_no_per_cent():
    with pytest.raises(DimensionMismatch):
        measure.parse("0.8个百分点").agrees_with(measure.parse("0.8%"))


def test_a_range_runs_upward_and_has_two_ends():
    percent = measure.unit("%")
    with pytest.raises(MeasureError):
        Quantity(value=Decimal(6), value2=Decimal(5), unit=percent, comparator=Comparator.RANGE)
    with pytest.raises(MeasureError):
        Quantity(value=Decimal(6), unit=percent, comparator=Comparator.RANGE)


@pytest.mark.parametrize(
    ("symbol", "scale", "dimension"),
    [
        ("亿元", "100000000", "money"),
        ("万亿元", "1000000000000", "money"),
        ("万元/人", "10000", "money/people"),
        ("万千瓦时", "10000", "energy"),
        ("", "1", "count"),
    ],
)
def test_a_unit_is_read_out_of_its_parts(symbol, scale, dimension):
    unit = measure.unit(symbol)
    assert (unit.scale, unit.dimension) == (Decimal(scale), dimension)


def test_a_unit_per_another_divides_their_scales():
    density = measure.unit("公里/平方公里")
    assert density.scale == measure.unit("公里").scale / measure.unit("平方公里").scale
    assert density.dimension == "length/area"


def test_an_unknown_unit_says_where_to_add_it():
    with pytest.raises(UnitUnknown) as caught:
        measure.unit("光年")
    assert "光年" in caught.value.message("zh")
    assert "units.yml" in caught.value.message("en")


@pytest.mark.parametrize("label", ["2025", "2025-H1", "2025-Q3", "2025-07", "2025-01..10", "2021/2025"])
def test_a_period_is_read_back_from_its_label(label):
    assert Period.parse(label).label == label


@pytest.mark.parametrize("label", ["25", "2025-Q5", "2025-13", "2025/2021", "去年"])
def test_a_label_of_no_period_is_refused(label):
    with pytest.raises(MeasureError):
        Period.parse(label)
