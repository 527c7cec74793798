"""The plan of a real report, where one is at hand: every row, every result, every listed project, in .txt and .docx alike."""

import csv
from dataclasses import replace

import pytest

from duheng import plan, read

KINDS = {"number": {"at_least", "floor_with_stretch"}, "positive_growth": {"positive"}, "assigned_by_superior": {"assigned"}}


def golden(truth, name):
    for path in sorted(truth.glob(f"gold/*/{name}")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield path.parent.name, list(csv.DictReader(file))


def plan_of(path):
    document = read.open_document(path)
    return plan.from_reports(document, read.claims(document))


@pytest.fixture(scope="module")
def made(truth):
    return {path.stem: plan_of(path) for path in sorted((truth / "reports").glob("*.txt"))}


def bare(made_plan):
    """A plan without its places, which differ between formats."""

    def unplaced(items):
        return [replace(each, mentions=(), **({"actual": None} if hasattr(each, "actual") else {})) for each in items]

    return unplaced(made_plan.indicators), unplaced(made_plan.projects), [(each.number, each.title) for each in made_plan.tasks]


def test_every_row_and_result(truth, made):
    for name, rows in golden(truth, "indicators_*.csv"):
        found = {each.row: each for each in made[name].indicators if each.row is not None}
        assert len(found) == len(rows)
        for row in rows:
            each = found[int(row["no"])]
            assert (each.name, each.unit) == (row["name"], row["unit"])
            assert each.target.kind in KINDS.get(row["target_kind"], {row["target_kind"].partition(":")[0]})
            if row["value"]:
                assert float(each.target.value) == float(row["value"])
            assert (each.actual is not None) == (row["actual_2024_comparable"] == "yes")
            if each.actual:
                assert float(each.actual.value) == float(row["actual_2024_value"])


def test_every_listed_project(truth, made):
    for name, rows in golden(truth, "projects.csv"):
        names = {alias for each in made[name].projects for alias in (each.name, *each.aliases)}
        assert {row["name"] for row in rows} <= names


def test_word_and_text_give_the_same_plan(truth, made):
    for name, each in made.items():
        path = truth / "reports" / f"{name}.docx"
        if path.exists():
            assert bare(plan_of(path)) == bare(each)
