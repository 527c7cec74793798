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
def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(simulate.figures())))


def test_the_same_seed_gives_the_same_figures_and_another_others(rows):
    assert simulate.figures() == simulate.figures(seed=1) != simulate.figures(seed=2)
    assert {row["status"] for row in rows} == {"simulated"}


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
    whole = {(row["period"], row["vintage"]): float(row["value"]) for row in rows if row["indicator"] == "gdp.level"}
    assert sums.keys() == whole.keys()
    assert all(abs(sums[key] - whole[key]) < 0.011 for key in whole)


def test_nothing_is_known_before_its_period_is_over(rows):
    for row in rows:
        found = when(row["period"])
        assert found is not None
        year, month = found.period.last
        assert row["vintage"] > f"{year}-{month:02d}-28", row
