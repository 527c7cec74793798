"""The simulated figures agree with the sample's report, and say what they are."""

import csv
import io
from decimal import Decimal

import pytest

from duheng import catalog
from duheng.collect import Lexicon
from duheng.collect.when import when
from duheng.plan import in_unit
from duheng.sample import simulate, truth


@pytest.fixture(scope="module")
def every() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(simulate.figures())))


@pytest.fixture(scope="module")
def rows(every) -> list[dict[str, str]]:
    return [row for row in every if row["status"] != "estimate"]


def test_the_same_seed_gives_the_same_figures_and_another_others(rows):
    assert simulate.figures() == simulate.figures(seed=1) != simulate.figures(seed=2)
    assert {row["status"] for row in rows} == {"simulated"}


def test_offices_expect_each_year_in_october_for_themselves_and_are_off_by_little(every, rows):
    estimates = [row for row in every if row["status"] == "estimate"]
    ends = ("-12", "-Q4", "-01..12")
    own = [row for row in rows if not row["area"]]
    years = {(row["indicator"], row["period"][:4]): float(row["value"]) for row in own if row["period"].endswith(ends)}
    off = [
        abs(float(row["value"]) - years[row["indicator"], row["period"]]) / max(abs(years[row["indicator"], row["period"]]), 1)
        for row in estimates
        if (row["indicator"], row["period"]) in years and row["measure"] == "ytd" and row["unit"] == "亿元"
    ]
    assert {row["period"] for row in estimates} == {"2024", "2025", "2026"}
    assert {row["released"] for row in estimates} == {"no"}
    assert {row["vintage"][5:] for row in estimates} == {"10-15"}
    assert len(off) > 10
    assert 0 < sum(off) / len(off) < 0.02
    assert {(row["indicator"], row["measure"]) for row in estimates} <= {(row["indicator"], row["measure"]) for row in rows}


def test_every_year_ends_with_what_the_report_states(rows):
    lexicon = Lexicon(entries=catalog.load("indicators"))
    stated = {
        lexicon.indicator(item["name"], unit=item["unit"]): item["actual"]
        for item in truth("plan")["indicators"]
        if item["actual"]
    }
    ends = ("2025", "2025-12", "2025-Q4", "2025-01..12")
    last = {row["indicator"]: row for row in rows if not row["area"] and row["period"] in ends}
    checked = 0
    for code, row in last.items():
        told = stated.get(code)
        if told and told["period"] == "2025" and row["measure"] != "growth":
            value = in_unit(Decimal(str(told["value"])), unit=told["unit"], wanted=row["unit"])
            assert Decimal(row["value"]) == value, code
            checked += 1
    assert checked > 15


def test_the_sectors_add_up_to_the_product_in_every_quarter(rows):
    sums: dict[tuple[str, str], float] = {}
    for row in rows:
        if row["indicator"] in ("gdp.primary.level", "gdp.secondary.level", "gdp.tertiary.level"):
            key = (row["period"], row["vintage"])
            sums[key] = sums.get(key, 0) + float(row["value"])
    whole = {
        (row["period"], row["vintage"]): float(row["value"])
        for row in rows
        if row["indicator"] == "gdp.level" and not row["area"]
    }
    assert sums.keys() == whole.keys()
    assert all(abs(sums[key] - whole[key]) < 0.011 for key in whole)


def test_nothing_is_known_before_its_period_is_over(rows):
    for row in rows:
        found = when(row["period"])
        assert found is not None
        year, month = found.period.last
        assert row["vintage"] > f"{year}-{month:02d}-28", row
