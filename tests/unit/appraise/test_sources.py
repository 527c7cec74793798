"""Where completion gets its targets and results: the plans of a place, and figures."""

from datetime import date
from decimal import Decimal

from duheng import catalog, read
from duheng.appraise import OutturnOrigin, completion, from_figures, from_plans
from duheng.collect import Figure, Figures, Status
from duheng.measure import OWN, Basis, Period, Series, SeriesMeasure
from duheng.plan import AtLeast, Earlier, Mention, Nature, Outcome, Plan, PlannedIndicator, Result, from_reports

AT = Mention(document=0, offset=0, end=1, sentence="x")


def indicator(code, value, *, row=1, actual=None, earlier=None, nature=Nature.EXPECTED):
    return PlannedIndicator(
        row=row,
        code=code,
        name=code,
        unit="%",
        nature=nature,
        target=AtLeast(value=Decimal(value), unit="%"),
        actual=Result(value=Decimal(actual[1]), unit="%", comparator="=", period=actual[0], text="", mention=AT)
        if actual
        else None,
        mentions=(AT,),
        earlier=(Earlier(year=earlier[0], target=AtLeast(value=Decimal(earlier[1]), unit="%"), mention=AT),) if earlier else (),
    )


def plan(year, *indicators):
    return Plan(
        title=f"{year}",
        area="甲区",
        year=year,
        documents=("x",),
        indicators=indicators,
        projects=(),
        tasks=(),
        stated=(),
        review=(),
    )


def test_a_years_targets_are_its_own_plans_and_its_results_the_next_ones():
    plans = [
        plan(2025, indicator("gdp.growth", "6", nature=Nature.BINDING)),
        plan(2026, indicator("gdp.growth", "5.5", actual=("2025", "6.1"))),
    ]
    found = from_plans(plans, year=2025, as_of=date(2026, 1, 20))
    assert [(each.key, each.nature, each.target.value) for each in found.promised] == [("gdp.growth", Nature.BINDING, 6)]
    assert found.outturns["gdp.growth"][0].value == Decimal("6.1")


def test_the_next_plans_table_tells_a_year_that_has_no_plan_here():
    plans = [plan(2026, indicator("gdp.growth", "5.5", actual=("2025", "6.1"), earlier=(2025, "6.2")))]
    found = from_plans(plans, year=2025, as_of=date(2026, 1, 20))
    made = completion(found.promised, found.outturns, year=2025, as_of=date(2026, 1, 20))
    assert made.items[0].outcome is Outcome.MISSED


def test_nothing_is_known_before_the_report_that_says_it():
    plans = [plan(2026, indicator("gdp.growth", "5.5", actual=("2025", "6.1"), earlier=(2025, "6.2")))]
    found = from_plans(plans, year=2025, as_of=date(2025, 12, 31))
    assert len(found.promised) == 1
    assert found.outturns["gdp.growth"] == ()
    assert from_plans(plans, year=2026, as_of=date(2025, 12, 31)).promised == ()


def figures(*values, known=date(2026, 1, 20)):
    series = Series(indicator="gdp.growth", area=OWN, measure=SeriesMeasure.YTD_GROWTH, basis=Basis.COMPARABLE_PRICE, unit="%")
    return Figures.of(
        Figure(
            series=series,
            period=Period.to_date(2025, month),
            value=Decimal(value),
            vintage=known,
            status=Status.FINAL,
            released=True,
        )
        for month, value in values
    )


def outturn(held, as_of):
    promised = from_plans([plan(2025, indicator("gdp.growth", "6"))], year=2025, as_of=date(2026, 1, 20)).promised
    entries = catalog.load("indicators")
    return from_figures(promised, held, entries=entries, year=2025, as_of=as_of).get("gdp.growth")


def test_figures_of_the_whole_year_are_a_result_and_those_of_some_months_are_not():
    quarters = ((3, "6.5"), (6, "6.4"), (9, "6.2"), (12, "6.1"))
    whole = outturn(figures(*quarters), date(2026, 2, 1))[0]
    assert (whole.value, whole.whole, whole.origin) == (Decimal("6.1"), True, OutturnOrigin.FIGURES)
    part = outturn(figures(*quarters[:3]), date(2026, 2, 1))[0]
    assert (part.value, part.whole, part.known_to) == (Decimal("6.2"), False, "2025-09")


def test_figures_that_came_in_later_are_not_known_yet():
    assert outturn(figures((12, "6.1"), known=date(2026, 3, 1)), date(2026, 2, 1)) is None


def test_a_real_report_states_twenty_five_of_thirty_three_and_the_next_year_is_counted_here(truth):
    report = read.open_document(truth / "reports" / "dadukou-2024-2025.docx")
    year = from_reports(report, read.claims(report))
    last = from_plans([year], year=2024, as_of=date(2025, 6, 1))
    made = completion(last.promised, last.outturns, year=2024, as_of=date(2025, 6, 1), stated=last.stated)
    told = {held.statement.kind: held.statement.value for held in made.stated}
    assert (told["indicators_total"], told["indicators_met"], told["completion_rate"]) == (33, 25, 76)
    assert (told["binding_met"], told["expected_met"]) == (8, 17)
    assert {held.agrees for held in made.stated} == {None}
    now = from_plans([year], year=2025, as_of=date(2025, 6, 1))
    made = completion(now.promised, now.outturns, year=2025, as_of=date(2025, 6, 1), stated=now.stated)
    count, binding, expected = made.tally(), made.tally(Nature.BINDING), made.tally(Nature.EXPECTED)
    assert (count.total, binding.total, expected.total, count.open) == (33, 8, 25, 33)
    assert all(held.agrees for held in made.stated)
