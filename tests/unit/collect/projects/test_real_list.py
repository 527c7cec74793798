"""A real city's list of capital projects through the mapping that the documentation shows, held against its own cells."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.unit.collect.projects.lists import WORDS, opened

from duheng.collect.projects import read_list_mapping

ROOT = Path(__file__).parents[4]
MAPPING = ROOT / "docs" / "mappings" / "nyc_projects_multiyear.yml"
CENTS = 1000 * 100  # in a thousand dollars


@pytest.fixture(scope="module")
def listed(truth: Path):
    known, said = read_list_mapping(MAPPING.read_text("utf-8"), name=MAPPING.name, words=WORDS)
    data = (truth / "data" / "projects" / "nyc_projects_multiyear.csv").read_bytes()
    return opened(data, *said, name="nyc_projects_multiyear.csv", known=date.fromisoformat(known))


@pytest.fixture(scope="module")
def cells(truth: Path) -> list[dict[str, str]]:
    with (truth / "data" / "projects" / "nyc_projects_multiyear.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_project_comes_in_with_its_years_funds_and_delay(listed, cells):
    assert (listed.asks, listed.refused, listed.currency) == (False, False, "USD")
    assert len(listed.projects) == len(cells) == 2010
    for project, row in zip(listed.projects, cells, strict=True):
        assert (project.name, project.office) == (row["project_description"].strip(), row["managing_agency"])
        assert project.total == int(row["combined_total"]) * CENTS
        for year in project.years:
            whole = int(row[f"combined{year.year}"])
            assert year.planned == (whole * CENTS if whole >= 0 else None)
            parts = {"own_budget": int(row[f"city{year.year}"]), "upper_budget": int(row[f"non_city{year.year}"])}
            assert year.sources == {source: part * CENTS for source, part in parts.items() if part > 0}
        assert (project.delay or ("", ""))[1] == row["explanation_for_delay"]
        assert project.also["source_pdf"] == row["source_pdf"]
    assert sum(project.delay is not None for project in listed.projects) == 1310
    assert all([year.year for year in project.years] == [2021, 2022, 2023, 2024, 2025] for project in listed.projects)


def test_money_taken_back_in_a_year_is_told_and_is_no_plan(listed, cells):
    below = [(row["project_id"], name) for row in cells for name, value in row.items() if "20" in name and value.startswith("-")]
    assert Counter(doubt.rule for doubt in listed.doubts) == {"negative": len(below)}
    assert len(below) == 4


def test_two_agencies_may_use_one_number(listed, cells):
    twice = [code for code, count in Counter(row["project_id"] for row in cells).items() if count > 1]
    assert len(twice) == 2
    assert len({project.code for project in listed.projects}) == 2010


def test_a_table_whose_head_lies_is_shown_and_not_swallowed(truth: Path):
    data = (truth / "data" / "projects" / "nyc_budget_forecast_history.csv").read_bytes()
    found = opened(data, name="nyc_budget_forecast_history.csv")
    assert (found.asks, found.projects) == (True, ())
    (sheet,) = found.sheets
    (name,) = [column for column in sheet.columns if column.head == "project_name"]
    assert (name.role, name.confidence) == ("", 0)
    assert "2014-05" in name.why[1]
    assert "2014-05" in sheet.asks[0][1]
