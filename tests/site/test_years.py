"""Several years' plans of one place: imported as plans of their own, shown as one history, exported, never mixed."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from tests.site.cast import ADMINISTRATOR, AT

from duheng.site.actions import importing, reading
from duheng.site.queries import years
from duheng.site.records.models import Indicator, Plan

BEFORE = (
    "2024年甲市乙区政府工作报告\n一、2023年工作回顾\n地区生产总值增长6.1%。\n二、2024年工作安排\n"
    "今年主要预期目标是：地区生产总值增长6%，固定资产投资增长5%。"
)
AFTER = (
    "2025年甲市乙区政府工作报告\n一、2024年工作回顾\n地区生产总值增长5.8%，固定资产投资增长7%。\n二、2025年工作安排\n"
    "今年主要预期目标是：地区生产总值增长6%左右。"
)
OTHER = BEFORE.replace("乙区", "丙区").replace("增长6%", "增长9%")


@pytest.fixture
def imported(db, tmp_path):
    """Imports the texts in one go."""

    def run(*texts):
        reports = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            reports.append(reading.Report(path=path, name=path.name))
        readings = reading.read_reports(reports, progress=lambda *_: None)
        return importing.store_all(by=ADMINISTRATOR, at=AT + timedelta(days=1), readings=readings)

    return run


def see(client, plan):
    client.cookies["plan"] = str(plan.pk)
    return client


def test_reports_of_two_years_make_two_plans_and_the_same_again_changes_nothing(imported):
    pk, new = imported(AFTER, BEFORE)
    assert new
    assert Plan.objects.get(pk=pk).year == 2025
    assert imported(BEFORE, AFTER) == (pk, False)
    assert list(Plan.objects.filter(area="甲市乙区").values_list("year", flat=True)) == [2025, 2024]


def test_the_page_shows_target_result_and_verdict_and_opens_each(imported, sign_in):
    plan = Plan.objects.get(pk=imported(BEFORE, AFTER)[0])
    page = see(sign_in(), plan).get("/plan/years").content.decode()
    assert "5.8%" in page
    assert "✕ 未完成" in page
    assert "✓ 完成" in page
    documents = {source.document_id for each in Plan.objects.filter(area="甲市乙区") for source in each.sources.all()}
    assert all(f"/documents/{pk}#c" in page for pk in documents)


def test_another_place_never_mixes_in(imported, sign_in):
    plan = Plan.objects.get(pk=imported(AFTER)[0])
    imported(OTHER)
    found = years.of(plan)
    assert found.years == (2025,)
    assert "9%" not in see(sign_in(), plan).get("/plan/years").content.decode()


def test_the_page_of_an_indicator_tells_its_years(imported, sign_in):
    plan = Plan.objects.get(pk=imported(BEFORE, AFTER)[0])
    row = Indicator.objects.get(plan=plan, code="gdp.growth")
    page = see(sign_in(language="en"), plan).get(f"/plan/{row.pk}").content.decode()
    assert "Targets and results by year" in page
    assert "falls short of 6%" in page


def test_the_export_is_the_table(imported, sign_in):
    plan = Plan.objects.get(pk=imported(BEFORE, AFTER)[0])
    answer = see(sign_in(), plan).get("/plan/years.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    found = {row[2].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2)}
    heads = [cell.value for cell in sheet[1]]
    assert found["gdp.growth"][heads.index("2024 完成")] == 5.8
    assert found["gdp.growth"][heads.index("2024 判定")] == "未完成"


def test_one_year_alone_says_what_would_make_a_history(plan, sign_in):
    page = sign_in().get("/plan/years").content.decode()
    assert "导入本地另一年度的报告" in page


def test_an_annex_names_the_lead_office_and_it_is_stored_with_its_source(db):
    from duheng import sample
    from duheng.site.queries import living_plan

    reports = [reading.Report(path=path, name=path.name) for path in (sample.report_path(), sample.annex_path())]
    (made,) = reading.read_reports(reports, progress=lambda *_: None)
    pk, _ = importing.store(by=ADMINISTRATOR, at=AT + timedelta(days=2), reading=made)
    row = Indicator.objects.get(plan_id=pk, code="employment.urban.new.level")
    assert [charge.printed for charge in row.ownership.charges.all()] == ["区人力社保局"]
    assert row.ownership.source == "annex.xlsx"
    living = living_plan.load(Plan.objects.get(pk=pk))
    assert next(each for each in living.indicators if each.code == row.code).target.parts
    assert {each.name: each.owner for each in living.indicators}["城镇新增就业人数"] == "区人力社保局"
    assert living == made.plan
