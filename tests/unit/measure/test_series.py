"""Series, areas and the periods that figures stand in."""

import pytest

from duheng.errors import MeasureError
from duheng.measure import OWN, Area, Basis, Period, Series, SeriesMeasure, plain_name


def test_a_series_is_read_back_from_its_key():
    series = Series(
        indicator="income.level", area="北京", measure=SeriesMeasure.YTD_GROWTH, basis=Basis.COMPARABLE_PRICE, unit="万元/人"
    )
    assert Series.parse(series.key) == series
    assert Series(indicator="x").area == OWN


@pytest.mark.parametrize("key", ["", "a|b", "a|own|weekly|none|%", "|own|level|none|%"])
def test_what_is_no_series_is_refused(key):
    with pytest.raises(MeasureError):
        Series.parse(key)


def test_a_series_is_measured_in_another_way():
    level = Series(indicator="retail", unit="亿元")
    assert level.measured(SeriesMeasure.GROWTH, unit="%").key == "retail|own|growth|none|%"
    assert level.measured(SeriesMeasure.YTD).unit == "亿元"


def test_an_area_does_not_lie_in_itself():
    assert Area(code="a", zh="甲区", parent="city").parent == "city"
    with pytest.raises(MeasureError):
        Area(code="a", zh="甲区", parent="a")


@pytest.mark.parametrize(("printed", "plain"), [("秦 皇 岛", "秦皇岛"), ("\xa0总值 ", "总值"), ("New  York", "New York")])
def test_padding_is_taken_off_names(printed, plain):
    assert plain_name(printed) == plain


@pytest.mark.parametrize("label", ["2025", "2025-H1", "2025-Q3", "2025-07", "2025-01..09", "2021/2025"])
def test_a_period_is_counted_in_months_and_back(label):
    period = Period.parse(label)
    assert Period.between(period.start, period.end) == period
    assert period.months == period.end - period.start + 1


def test_periods_are_made_from_their_parts():
    assert Period.month(2025, 7).label == "2025-07"
    assert Period.quarter(2025, 4).label == "2025-Q4"
    assert [Period.to_date(2025, month).label for month in (1, 2, 3, 12)] == ["2025-01", "2025-01..02", "2025-Q1", "2025"]
