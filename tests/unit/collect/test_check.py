"""Checks: what comes in is held to what can be, to its own past, and to the figures beside it."""

from datetime import date
from decimal import Decimal

import pytest

from duheng import catalog
from duheng.collect import Coming, Figure, Figures, Status, check, companions, freshness
from duheng.measure import Period, Series

RULES = catalog.load("checks")
TODAY = date(2025, 10, 20)


def figure(key: str, period: str, value: str) -> Figure:
    return Figure(series=Series.parse(key), period=Period.parse(period), value=Decimal(value), vintage=TODAY, status=Status.FLASH)


def doubts(*rows: tuple[str, str, str], known: tuple[tuple[str, str, str], ...] = ()):
    coming = Coming(
        known=Figures.of([figure(*row) for row in known]),
        figures=Figures.of([figure(*row) for row in rows]),
        places=[f"A{place}" for place in range(len(rows))],
        printed=[value for _, _, value in rows],
    )
    return [(doubt.rule, str(doubt.severity), doubt.place) for doubt in check(coming, RULES)]


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("x|own|rank|none|", "0", [("rank_from_one", "error", "A0")]),
        ("x|own|rank|none|", "1", []),
        ("employment.urban.new.level|own|ytd|none|人", "-3", [("count_not_negative", "error", "A0")]),
        ("air.good_days.level|own|ytd|none|天", "367", [("days_of_a_year", "error", "A0")]),
        ("x|own|share|none|%", "101", [("share_of_whole", "warning", "A0")]),
        ("x|own|index|none|上月=100", "-1", [("index_positive", "error", "A0")]),
        ("x|own|growth|none|%", "-100.5", [("growth_plausible", "warning", "A0")]),
        ("x|own|growth|none|%", "12", []),
        ("x|own|level|none|亿元", "-154", []),
    ],
)
def test_a_value_is_held_to_what_can_be(key, value, found):
    assert doubts((key, "2025-09", value)) == found


RETAIL = "retail.total.level|own|ytd|nominal|亿元"


def test_a_year_to_date_does_not_fall_within_its_year_but_begins_anew():
    known = ((RETAIL, "2024", "180"), (RETAIL, "2025-01..08", "110.2"))
    assert doubts((RETAIL, "2025-01..09", "109.9"), known=known) == [("to_date_never_falls", "error", "A0")]
    assert doubts((RETAIL, "2025-01..09", "125"), known=known) == []
    assert doubts((RETAIL, "2025-01..07", "111"), known=known) == [("to_date_never_falls", "error", "A0")]
    assert doubts((RETAIL, "2025-01..09", "109"), (RETAIL, "2025-01..10", "107"), known=((RETAIL, "2025-01..08", "110.2"),)) == [
        ("to_date_never_falls", "error", "A0"),
        ("to_date_never_falls", "error", "A1"),
    ]
    assert doubts(("x|own|ytd|none|亿元", "2025-01..09", "1"), known=(("x|own|ytd|none|亿元", "2025-01..08", "2"),)) == []


def test_a_jump_is_told_against_the_past_and_only_for_what_comes_in():
    past = tuple(("x|own|level|none|", f"{2021 + month // 12}-{month % 12 + 1:02d}", f"{100 + month % 5}") for month in range(40))
    assert doubts(("x|own|level|none|", "2024-05", "104"), known=past) == []
    assert doubts(("x|own|level|none|", "2024-05", "1040"), known=past) == [("jump", "warning", "A0")]
    assert doubts(("x|own|level|none|", "2024-05", "1040"), known=past[-5:]) == []
    odd = (*past[:20], ("x|own|level|none|", "2022-09", "9999"), *past[21:])
    assert ("jump", "warning", "A0") not in doubts(("x|own|level|none|", "2024-05", "104"), known=odd)


SECTORS = {"gdp.primary.level": "9", "gdp.secondary.level": "237.9", "gdp.tertiary.level": "315.5"}


def test_parts_make_their_whole_within_rounding():
    parts = tuple((f"{code}|own|ytd|nominal|亿元", "2025", value) for code, value in SECTORS.items())
    assert doubts(("gdp.level|own|ytd|nominal|亿元", "2025", "562.4"), known=parts) == []
    assert doubts(("gdp.level|own|ytd|nominal|亿元", "2025", "563.9"), known=parts) == [
        ("sectors_make_the_product", "warning", "A0")
    ]
    assert doubts(("gdp.level|own|ytd|nominal|亿元", "2025", "900"), known=parts[:2]) == []
    assert companions(RULES, {"gdp.level"}) >= {*SECTORS, "gdp.secondary.share"}


def test_a_share_agrees_with_its_part_and_whole():
    known = (("gdp.level|own|ytd|nominal|亿元", "2025", "562.4"), ("gdp.secondary.level|own|ytd|nominal|亿元", "2025", "237.9"))
    assert doubts(("gdp.secondary.share|own|share|nominal|%", "2025", "42.3"), known=known) == []
    assert doubts(("gdp.secondary.share|own|share|nominal|%", "2025", "43.2"), known=known) == [
        ("share_secondary", "warning", "A0")
    ]


def test_a_growth_is_held_against_its_levels():
    known = ((RETAIL, "2024-01..09", "100"), (RETAIL, "2025-01..09", "105"))
    assert doubts(("retail.total.growth|own|ytd_growth|nominal|%", "2025-01..09", "5.4"), known=known) == []
    assert doubts(("retail.total.growth|own|ytd_growth|nominal|%", "2025-01..09", "15"), known=known) == [
        ("retail_growth_against_levels", "warning", "A0")
    ]


def test_of_very_many_doubts_the_rest_is_counted():
    rows = [("x|own|rank|none|", f"{1900 + place // 12}-{place % 12 + 1:02d}", "0") for place in range(300)]
    found = doubts(*rows)
    assert len(found) == 201
    assert found[-1] == ("rank_from_one", "error", "")


def test_freshness_tells_who_is_behind_and_by_which_period():
    known = catalog.load("indicators")
    entries = [known["gdp.level"], known["retail.total.level"], known["price.consumer"]]
    figures = Figures.of([figure(RETAIL, "2025-01..09", "130"), figure("gdp.level|own|ytd|nominal|亿元", "2025-H1", "250")])
    told = {
        one.owner: one for one in freshness(figures, entries, as_of=date(2025, 10, 25), owners={"price.consumer": "发展改革委"})
    }
    assert told["发展改革委"].stale == (("price.consumer", "", "2025-09"),)
    assert sum(one.fresh for one in told.values()) == 1
    assert next(iter(freshness(figures, entries, as_of=date(2025, 10, 25)))).share < 1


def monthly(values: list[float], *, key="x|own|level|none|亿元", first=2018) -> tuple[tuple[str, str, str], ...]:
    return tuple((key, f"{first + place // 12}-{place % 12 + 1:02d}", f"{value:.1f}") for place, value in enumerate(values))


def test_a_history_that_comes_at_once_is_not_doubted_for_what_happened_in_it():
    wave = [100 + 10 * (place % 12) + (place * 37 % 11) for place in range(60)]
    shock = [value * (0.6 if place >= 26 else 1) for place, value in enumerate(wave)]  # from March 2020 on, for good
    assert [each for each in doubts(*monthly(shock)) if each[0] == "jump"] == []
    step = [100.0 + place % 3 for place in range(20)] + [300.0 + place % 3 for place in range(20)]
    assert [each for each in doubts(*monthly(step)) if each[0] == "jump"] == []


@pytest.mark.parametrize("place", [13, 30, 47, 59])
def test_a_slip_in_a_history_is_told_where_it_stands_and_only_there(place):
    wave = [100 + 10 * (month % 12) + (month * 37 % 11) for month in range(60)]
    wave[place] *= 10
    assert [each for each in doubts(*monthly(wave)) if each[0] == "jump"] == [("jump", "warning", f"A{place}")]


def test_a_last_digit_that_moves_is_no_jump():
    flat = [5.0] * 30 + [5.1] + [5.0] * 5 + [5.2]
    assert [each for each in doubts(*monthly(flat)) if each[0] == "jump"] == []


def test_a_short_history_proves_nothing():
    assert doubts(*monthly([1, 2, 1, 2, 90, 1, 2])) == []
