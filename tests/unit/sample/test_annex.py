"""The sample report's annex: built the same every time, joined with the report, and true to what the report says."""

import pytest

from duheng import plan, read, sample
from duheng.sample.annex import annex


@pytest.fixture(scope="module")
def joined():
    documents = [read.open_document(path) for path in (sample.report_path(), sample.annex_path())]
    return plan.from_reports(documents, [read.claims(document) for document in documents])


def test_the_committed_annex_is_what_its_manuscript_makes():
    assert annex() == sample.annex_path().read_bytes()


def test_the_annex_says_that_it_is_invented():
    assert "均为虚构" in read.open_document(sample.annex_path()).text[:120]


def test_it_joins_the_reports_thirty_rows_and_contradicts_none(joined):
    alone = read.open_document(sample.report_path())
    before = plan.from_reports(alone, read.claims(alone))
    rows = [each for each in joined.indicators if each.row is not None]
    assert [(each.row, each.name, each.target.value) for each in rows] == [
        (each.row, each.name, each.target.value) for each in before.indicators if each.row is not None
    ]
    asked = {(each.kind, each.item) for each in joined.review} - {(each.kind, each.item) for each in before.review}
    assert asked == set()


def test_last_years_plan_stands_beside_its_results_and_four_targets_were_missed_as_the_report_says(joined):
    years = {each.name: year for each in plan.history([joined]) for year in each.years if year.year == 2025 and year.target}
    outcomes = {name: year.verdict.outcome.value for name, year in years.items()}
    missed = sorted(name for name, outcome in outcomes.items() if outcome == "missed")
    assert missed == sorted(["固定资产投资增速", "社会消费品零售总额增速", "一般公共预算收入增速", "实际使用外资"])
    assert sum(outcome == "met" for outcome in outcomes.values()) == 23


def test_quarters_and_towns_belong_to_their_targets(joined):
    jobs = next(each for each in joined.indicators if each.name == "城镇新增就业人数")
    assert [point.period for point in jobs.target.checkpoints] == ["2026-Q1", "2026-H1", "2026-01..09"]
    assert [part.name for part in jobs.target.parts] == ["望澜街道", "松台街道", "竹屿街道", "柳溪镇"]
