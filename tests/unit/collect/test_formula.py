"""Formulas: derived series, recomputed for exactly what changed, each after those it is made of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duheng import catalog
from duheng.collect import Figure, Figures, Status, derive, formulas, needed
from duheng.collect.formula import Formula
from duheng.errors import CollectError
from duheng.measure import Period, Series

SHIPPED = catalog.load("indicators")
BLANK = replace(SHIPPED["gdp.level"], formula=None)


def entries(**made: str):
    """Entries with these formulas; _ stands for the dot of a code."""
    growing = {"grown": "growth", "part": "share"}
    return {
        code: replace(
            BLANK, code=code, formula=text or None, measure=growing.get(code, "level"), unit="%" if code in growing else "亿元"
        )
        for code, text in made.items()
    }


def figure(
    key: str, period: str, value: str, vintage: str = "2025-10-20", status: Status = Status.FINAL, *, released: bool = True
) -> Figure:
    return Figure(
        series=Series.parse(key),
        period=Period.parse(period),
        value=Decimal(value),
        vintage=date.fromisoformat(vintage),
        status=status,
        released=released,
    )


def made(known, rows: list[Figure], changed: list[Figure]) -> list[tuple[str, str, str]]:
    found = derive(formulas(known), known, Figures.of([*rows, *changed]), Figures.of(changed))
    return [(one.series.key, one.period.label, str(one.value)) for one in found]


def test_every_formula_of_the_catalog_is_understood_and_none_goes_round():
    assert len(formulas(SHIPPED)) == sum(bool(entry.formula) for entry in SHIPPED.values())


def test_value_added_per_head_and_shares_come_out_in_their_own_units():
    gdp = figure("gdp.level|own|level|nominal|亿元", "2025", "562.4")
    heads = figure("population.resident.average|own|level|none|万人", "2025", "46.0")
    second = figure("gdp.secondary.level|own|level|nominal|亿元", "2025", "237.9")
    found = made(SHIPPED, [heads, second], [gdp])
    assert ("gdp.per_capita.level|own|level|nominal|万元", "2025", "12.2261") in found
    assert ("gdp.secondary.share|own|share|nominal|%", "2025", "42.30") in found


def test_only_what_depends_on_the_change_is_recomputed_in_order():
    known = entries(a="", b="a * 2", c="b + a", other="d", d="")
    rows = [figure("d|own|level|nominal|亿元", "2025", "9"), figure("a|own|level|nominal|亿元", "2024", "1")]
    found = made(known, rows, [figure("a|own|level|nominal|亿元", "2025", "3")])
    assert [(key.split("|")[0], period, value) for key, period, value in found] == [
        ("b", "2025", "6.0000"),
        ("c", "2025", "9.0000"),
    ]
    assert needed(formulas(known), {"a"}) == {"a", "b", "c"}
    assert needed(formulas(known), {"x"}) == set()


def test_growth_is_recomputed_for_the_year_and_for_the_one_after_it():
    known = entries(sales="", grown="growth(sales)")
    rows = [
        figure("sales|own|ytd|nominal|亿元", period, value) for period, value in (("2024-01..09", "100"), ("2026-01..09", "121"))
    ]
    found = made(known, rows, [figure("sales|own|ytd|nominal|亿元", "2025-01..09", "110")])
    assert [(period, value) for _, period, value in found] == [("2025-01..09", "10.00"), ("2026-01..09", "10.00")]
    assert {key.split("|")[2] for key, _, _ in found} == {"ytd_growth"}


def test_months_are_added_up_and_a_year_to_date_is_taken_apart_with_january_and_february_as_one():
    known = entries(m="", total="to_date(m)", y="", single="months(y)")
    months = [figure("m|own|level|nominal|亿元", period, value) for period, value in (("2025-01..02", "20"), ("2025-04", "12"))]
    found = made(known, months, [figure("m|own|level|nominal|亿元", "2025-03", "11")])
    assert [(period, value) for _, period, value in found] == [("2025-Q1", "31.0000"), ("2025-01..04", "43.0000")]
    years = [figure("y|own|ytd|nominal|亿元", period, value) for period, value in (("2025-01..02", "20"), ("2025-01..04", "43"))]
    found = made(known, years, [figure("y|own|ytd|nominal|亿元", "2025-Q1", "31")])
    assert [(period, value) for _, period, value in found] == [("2025-03", "11.0000"), ("2025-04", "12.0000")]
    found = made(known, [], [figure("y|own|ytd|nominal|亿元", "2025-01..02", "20")])
    assert [(period, value) for _, period, value in found] == [("2025-01..02", "20.0000")]


def test_what_goes_in_decides_how_settled_how_public_and_since_when_it_is_known():
    known = entries(a="", b="", part="a / b")
    rows = [
        figure("a|own|level|nominal|亿元", "2025", "1", "2026-01-20", Status.FLASH),
        figure("b|own|level|nominal|亿元", "2025", "4", "2026-02-20", released=False),
    ]
    (found,) = derive(formulas(known), known, Figures.of(rows), Figures.of(rows[:1]))
    assert (str(found.value), found.status, found.released, found.vintage) == ("25.00", Status.FLASH, False, date(2026, 2, 20))


def test_nothing_is_made_of_what_is_missing_or_of_nought():
    known = entries(a="", b="", part="a / b", minus="-a + 1 - b")
    assert made(known, [], [figure("a|own|level|nominal|亿元", "2025", "1")]) == []
    found = made(known, [figure("b|own|level|nominal|亿元", "2025", "0")], [figure("a|own|level|nominal|亿元", "2025", "3")])
    assert [(key.split("|")[0], value) for key, _, value in found] == [("minus", "-2.0000")]


def test_a_circle_is_refused_with_the_way_round_it():
    with pytest.raises(CollectError, match="b → c → b"):
        formulas(entries(a="b", b="c + 1", c="b"))
    with pytest.raises(CollectError, match="a → a"):
        formulas(entries(a="a"))


@pytest.mark.parametrize(
    "text",
    [
        "a +",
        "a ** 2",
        "__import__('os')",
        "a.b()",
        "growth(a + b)",
        "growth(a, b)",
        "lambda: 1",
        "'x'",
        "a if b else c",
        "sum(a)",
    ],
)
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(CollectError, match="not a formula"):
        Formula.of("x", text)
