"""From figures as offices publish them to the standing of each target."""

from datetime import date
from decimal import Decimal

import pytest

from duheng import catalog, watch
from duheng.collect import Figure, Figures, Status
from duheng.measure import Basis, Period, Series, SeriesMeasure
from duheng.plan import Assigned, AtLeast, InStepWith, Nature, Reference
from duheng.watch import Accumulation, Colour, Method, Rules, Watched

ENTRIES = catalog.load("indicators")
RULES = Rules(lights=catalog.load("light_rules"), rates=catalog.load("base_rates"))
INVESTMENT = Series(indicator="investment.fixed.level", measure=SeriesMeasure.YTD, basis=Basis.NOMINAL, unit="万元")
PRODUCT = Series(indicator="gdp.level", measure=SeriesMeasure.YTD, basis=Basis.NOMINAL, unit="亿元")
GROWTH = Series(indicator="gdp.growth", measure=SeriesMeasure.YTD_GROWTH, basis=Basis.COMPARABLE_PRICE, unit="%")
INCOME = Series(indicator="income.resident.growth", measure=SeriesMeasure.YTD_GROWTH, basis=Basis.NOMINAL, unit="%")


def months(series, year, values, *, first=2):
    """Figures from the year's beginning to each month, January published with February."""
    return [
        Figure(series=series, period=Period.to_date(year, month), value=Decimal(str(value)), vintage=date(year, month, 20))
        for month, value in enumerate(values, start=first)
    ]


def quarters(series, year, values):
    return [
        Figure(
            series=series, period=Period.to_date(year, 3 * number), value=Decimal(str(value)), vintage=date(year, 3 * number, 28)
        )
        for number, value in enumerate(values, start=1)
    ]


@pytest.fixture(scope="module")
def figures():
    rows = []
    for year in range(2020, 2026):
        running = [20_000 * (place + 2) * (1 + 0.05 * (year - 2020)) for place in range(11)]
        rows += months(INVESTMENT, year, running[: 8 if year == 2025 else 11])
        count = 3 if year == 2025 else 4
        rows += quarters(PRODUCT, year, [100 + year - 2020, 210, 330, 470][:count])
        rows += quarters(GROWTH, year, [5.0, 5.4, 5.2, 5.5][:count])
        rows += quarters(INCOME, year, [5.3, 5.6, 5.5, 5.8][:count])
        rows += quarters(Series(**{**_fields(GROWTH), "area": "city"}), year, [5.1, 5.5, 5.6, 5.7][:count])
    expected = {2023: "5.8", 2024: "5.4", 2025: "5.6"}
    rows += [
        Figure(series=GROWTH, period=Period.year(year), value=Decimal(value), vintage=date(year, 10, 8), status=Status.ESTIMATE)
        for year, value in expected.items()
    ]
    return Figures.of(rows)


def _fields(series):
    return {name: getattr(series, name) for name in ("indicator", "area", "measure", "basis", "unit")}


def stand(figures, *watched, as_of=date(2025, 12, 31), **more):
    found = watch.standings(watched, figures=figures, entries=ENTRIES, year=2025, as_of=as_of, rules=RULES, seed=1, **more)
    return {each.key: each for each in found}


def watched(key, code, target, **more):
    return Watched(key=key, code=code, target=target, nature=Nature.EXPECTED, **more)


def test_an_amount_published_from_january_on_is_taken_apart_and_summed(figures):
    target = AtLeast(value=Decimal(28), unit="亿元")
    found = stand(figures, watched("a", "investment.fixed.level", target))["a"]
    track = found.course.track
    assert (track.year, track.step, track.steps, track.accumulation) == (2025, 9, 12, Accumulation.SUM)
    assert found.course.known_to == "2025-09"
    assert track.values[-9:] == pytest.approx([2.5] * 9)  # January and February share what was told of both
    assert found.pace.reached == pytest.approx(22.5)
    assert found.pace.needed == pytest.approx(5.5)
    assert found.chance.method is Method.PATHS
    assert found.chance.p > 0.9
    assert found.lights["yinchuan_2025"].colour is Colour.GREEN


def test_growth_is_weighed_by_last_years_quarters_where_the_level_is_known(figures):
    found = stand(figures, watched("g", "gdp.growth", AtLeast(value=Decimal("5.5"), unit="%")), above="city")["g"]
    assert found.course.track.accumulation is Accumulation.GROWTH
    assert found.course.track.weighed
    assert found.pace.reached == pytest.approx(5.2)
    assert found.pace.needed > 5.5
    assert (found.course.estimate, found.course.above) == (5.6, 5.6)
    assert found.course.estimate_years == 2
    assert found.course.estimate_off == pytest.approx((0.3 + 0.1) / 2)
    assert found.lights["tianjin_2022"].colour is Colour.YELLOW
    assert found.lights["yinchuan_2025"].colour is Colour.NONE


def test_a_target_in_step_is_held_against_the_draws_of_the_other(figures):
    target = InStepWith(references=(Reference(text="经济增长", code="gdp.growth"),), unit="%")
    found = stand(
        figures, watched("i", "income.resident.growth", target), watched("g", "gdp.growth", AtLeast(value=Decimal(5), unit="%"))
    )
    assert 0 < found["i"].chance.p < 1
    assert found["i"].pace is None


def test_as_of_an_earlier_day_only_what_was_known_then_counts(figures):
    found = stand(
        figures, watched("a", "investment.fixed.level", AtLeast(value=Decimal(28), unit="亿元")), as_of=date(2025, 6, 25)
    )["a"]
    assert found.course.known_to == "2025-06"
    assert found.pace.elapsed == 0.5


def test_what_has_no_figures_rests_on_its_kind_alone(figures):
    found = stand(
        figures,
        watched("n", "grain.output.level", AtLeast(value=Decimal(3), unit="万吨")),
        watched("u", None, AtLeast(value=Decimal(3), unit="个")),
        watched("t", "gdp.growth", Assigned(text="完成上级下达任务")),
    )
    assert {found[key].chance.method for key in "nu"} == {Method.BASE_RATE}
    assert found["n"].lights["yinchuan_2025"].colour is Colour.NONE
    assert (found["t"].chance.p, found["t"].lights["chance"].colour) == (None, Colour.NONE)


def test_a_unit_of_another_kind_is_not_compared(figures):
    found = stand(figures, watched("a", "investment.fixed.level", AtLeast(value=Decimal(28), unit="个")))["a"]
    assert found.course is None
