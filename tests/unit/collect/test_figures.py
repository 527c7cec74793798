"""Figures as columns: what was known on a day, what came first, and series side by side."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from duheng.collect import NOTHING, STATUSES, Figure, Figures, Grid, Status
from duheng.measure import Basis, Period, Series, SeriesMeasure

GDP = Series(indicator="gdp.level", measure=SeriesMeasure.YTD, basis=Basis.NOMINAL, unit="亿元")
GROWTH = Series(indicator="industry.growth", measure=SeriesMeasure.YTD_GROWTH, unit="%")
RETAIL = Series(indicator="retail.level", unit="亿元")


def figure(series: Series, period: str, value: str, vintage: str, status: Status = Status.PRELIMINARY, **more) -> Figure:
    return Figure(
        series=series,
        period=Period.parse(period),
        value=Decimal(value),
        vintage=date.fromisoformat(vintage),
        status=status,
        **more,
    )


@pytest.fixture
def figures() -> Figures:
    return Figures.of(
        [
            figure(GDP, "2024", "480.9", "2025-01-20"),
            figure(GDP, "2024", "490", "2024-11-30", Status.ESTIMATE),
            figure(GDP, "2024", "478.25", "2025-12-30", Status.FINAL, released=True),
            figure(GDP, "2025-Q1", "110", "2025-04-18", Status.FLASH),
            figure(GDP, "2025-Q1", "111", "2025-04-18"),
            figure(GROWTH, "2025-01..02", "-5.9", "2025-03-17"),
        ]
    )


def test_a_row_comes_back_as_the_figure_it_was(figures):
    first = figures.figure(2)
    assert (first.value, str(first.value), first.digits, first.unit) == (Decimal("478.25"), "478.25", 2, "亿元")
    assert (first.period.label, first.vintage, first.status, first.released) == ("2024", date(2025, 12, 30), Status.FINAL, True)


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2025-01-19", {}),
        ("2025-01-20", {"2024": "480.9"}),
        ("2025-12-31", {"2024": "478.25", "2025-Q1": "111", "2025-01..02": "-5.9"}),
    ],
)
def test_as_of_a_day_gives_what_was_known_then_and_no_estimate(figures, day, known):
    then = figures.as_of(date.fromisoformat(day))
    assert {each.period.label: str(each.value) for each in then} == known


def test_an_estimate_is_asked_for_apart(figures):
    assert [str(each.value) for each in figures.as_of(date(2025, 6, 1), estimates=True)] == ["490"]


def test_of_two_figures_of_one_day_the_later_row_counts(figures):
    assert [str(each.value) for each in figures.latest().within(Period.parse("2025-03"), Period.parse("2025-03"))] == ["111"]


def test_the_first_release_is_the_observation_that_was_known_first(figures):
    assert {each.period.label: str(each.value) for each in figures.first_release()} == {
        "2024": "480.9",
        "2025-Q1": "110",
        "2025-01..02": "-5.9",
    }


def test_only_what_was_released_is_public(figures):
    assert [str(each.value) for each in figures.public()] == ["478.25"]


def test_figures_are_picked_by_what_their_series_are(figures):
    growth = figures.where(measure=SeriesMeasure.YTD_GROWTH)
    assert (growth.series, len(growth)) == ((GROWTH,), 1)
    assert figures.where(indicator={"gdp.level", "industry.growth"}, unit="亿元").series == (GDP,)
    assert len(figures.where(area="elsewhere")) == 0
    assert len(figures.only(Status.FLASH, Status.FINAL)) == 2


def test_more_figures_are_joined_with_their_series(figures):
    more = Figures.of([figure(RETAIL, "2025-03", "12.5", "2025-04-16"), figure(GROWTH, "2025-Q1", "6.1", "2025-04-16")])
    joined = figures.with_more(more)
    assert joined.series == (GDP, GROWTH, RETAIL)
    assert [joined.figure(place).series for place in (6, 7)] == [RETAIL, GROWTH]
    assert len(Figures.of([]).with_more(figures)) == len(figures)


def test_a_grid_shows_each_series_month_for_month_with_its_statuses(figures):
    grid = Grid.of(figures.latest())
    assert (grid.values.shape, grid.label(0)) == ((2, 4), "2024-12")
    assert STATUSES[grid.status[0, 0]] is Status.FINAL
    assert grid.values[0, grid.column(Period.parse("2025-Q1"))] == 111
    assert grid.status[0, 1] == NOTHING
    assert np.isnan(grid.values[0, 1])
    assert (grid.values[1, 2], grid.months[1, 2]) == (-5.9, 2)


def test_a_grid_prefers_the_month_to_the_quarter_that_ends_in_it_but_the_year_so_far_to_the_month():
    rows = [
        figure(series, period, value, "2025-04-20")
        for series in (RETAIL, GDP)
        for period, value in (("2025-Q1", "30"), ("2025-03", "11"))
    ]
    grid = Grid.of(Figures.of(rows))
    assert grid.values[:, 0].tolist() == [11, 30]


def test_a_grid_of_no_figures_is_empty():
    assert Grid.of(Figures.of([])).values.shape == (0, 0)
    window = Grid.of(Figures.of([]), first=Period.parse("2025-01"), last=Period.parse("2025-03"))
    assert window.values.shape == (0, 3)


@pytest.mark.slow
def test_a_million_figures_are_asked_as_of_a_day_in_a_second():
    number, months = np.divmod(np.arange(1_000_000, dtype=np.int32), 100)
    of_one = Figures.of([figure(RETAIL, "2025-01", "1", "2025-02-01")])
    many = Figures(
        series=tuple(Series(indicator=f"i{place}") for place in range(10_000)),
        number=number,
        start=(months % 50 + 24000).astype(np.int32),
        end=(months % 50 + 24000).astype(np.int32),
        vintage=np.datetime64("2020-01-01", "D") + months,
        status=np.full(1_000_000, of_one.status[0], dtype=np.int8),
        released=np.zeros(1_000_000, dtype=np.bool_),
        value=months.astype(np.float64),
        digits=np.zeros(1_000_000, dtype=np.int8),
        row=np.arange(1_000_000, dtype=np.int64),
    )
    assert len(many.as_of(date(2020, 1, 10))) == 100_000
    assert len(many.latest()) == 500_000
