"""Several years' plans make one history: targets, what the next report says came of them, verdicts."""

import pytest
from tests.unit.plan import annexes

from duheng import plan, read
from duheng.errors import PlanError


def report(year, results, goals, *, area="甲市乙区"):
    text = f"{year}年{area}政府工作报告\n一、{year - 1}年工作回顾\n{results}\n二、{year}年工作安排\n今年主要预期目标是：{goals}"
    document = read.open_document(data=text.encode(), name=f"{year}.txt")
    return plan.from_reports(document, read.claims(document))


def years(histories, code):
    found = next(each for each in histories if each.code == code)
    return {
        year.year: (
            year.target and year.target.text,
            year.result and str(year.result.value),
            year.verdict and year.verdict.outcome.value,
        )
        for year in found.years
    }


BEFORE = report(2024, "地区生产总值增长6.1%。", "地区生产总值增长6%，居民人均可支配收入增长与经济增长同步，固定资产投资增长5%。")
AFTER = report(
    2025,
    "地区生产总值增长5.8%，居民人均可支配收入增长5.9%。固定资产投资下降1.2%。",
    "地区生产总值增长6%左右，居民人均可支配收入增长6%。",
)


def test_a_years_result_is_what_the_next_report_says():
    found = plan.history([BEFORE, AFTER])
    assert years(found, "gdp.growth") == {
        2023: (None, "6.1", None),
        2024: ("6%", "5.8", "missed"),
        2025: ("6%左右", None, "not_yet_known"),
    }


def test_a_target_given_up_still_has_its_result():
    assert years(plan.history([BEFORE, AFTER]), "investment.fixed.growth") == {2024: ("5%", "-1.2", "missed")}


def test_a_target_in_step_is_held_beside_the_same_years_growth():
    assert years(plan.history([BEFORE, AFTER]), "income.resident.growth")[2024] == ("与经济增长同步", "5.9", "met")


def test_the_order_given_does_not_matter_and_each_place_is_cited():
    one, other = plan.history([BEFORE, AFTER]), plan.history([AFTER, BEFORE])
    assert [each.name for each in one] == [each.name for each in other]
    year = next(year for year in one[0].years if year.year == 2024)
    assert (year.target_at.plan, year.result_at.plan) == (0, 1)
    assert "5.8%" in year.result_at.mention.sentence


def test_an_annex_alone_tells_two_years():
    document = annexes.sheets(annexes.common())
    made = plan.from_reports(document, read.claims(document))
    assert years(plan.history([made]), "investment.fixed.level") == {
        2024: ("55", "56.4", "met"),
        2025: ("60", None, "not_yet_known"),
    }
    result = next(each for each in made.indicators if each.code == "investment.fixed.level").actual
    assert result.estimate


@pytest.mark.parametrize(("said", "outcome"), [("超1.5万家", "met"), ("超1.4万家", "not_yet_known"), ("超1.6万家", "met")])
def test_a_result_told_by_a_bound_says_no_more_than_its_bound(said, outcome):
    before = report(2024, "好。", "高新技术企业突破1.5万家。")
    after = report(2025, f"高新技术企业{said}。", "高新技术企业突破2万家。")
    assert years(plan.history([before, after]), "enterprises.high_tech.level")[2024][2] == outcome


def test_two_places_make_no_one_history():
    with pytest.raises(PlanError, match="丙区"):
        plan.history([BEFORE, report(2025, "好。", "地区生产总值增长6%。", area="甲市丙区")])


def test_a_plan_of_a_longer_name_is_the_same_place():
    assert len(plan.history([BEFORE, report(2025, "好。", "地区生产总值增长6%。", area="乙区")])) == 3


def test_results_without_targets_survive_json():
    assert AFTER.results
    assert plan.from_dict(plan.to_dict(AFTER)) == AFTER
