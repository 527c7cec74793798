"""The table's wording and the text's, joined: both are kept, the richer form wins, what differs is asked about."""

import pytest
from tests.unit.plan.report import COMING, PAST, planned, word

CAPTION = "表1：2025年预期目标"


def plan_of(cell, sentence, *, name="地区生产总值增速", unit="%", before=""):
    table = [["指标名称", "单位", "属性", "2025年目标"], [name, unit, "预期性", cell]]
    return planned(word(PAST, before, COMING, CAPTION, table, sentence))


@pytest.mark.parametrize(
    ("cell", "sentence", "kind", "text"),
    [
        ("6", "建议2025年地区生产总值增长6%以上。", "at_least", "6"),
        ("6", "2025年地区生产总值增长6%左右。", "around", "6"),
        ("6左右", "2025年地区生产总值增长6%。", "around", "6左右"),
        ("6", "推动全年地区生产总值增长6%、力争7%。", "floor_with_stretch", "6"),
    ],
)
def test_the_richer_form_wins_and_the_tables_text_stays(cell, sentence, kind, text):
    only = plan_of(cell, sentence).indicators[0]
    assert (only.target.kind, only.target.text) == (kind, text)
    assert len(only.mentions) > 1
    assert only.target.sentences[1] == sentence


def test_other_units_of_one_dimension_agree():
    only = plan_of("44000", "民营经济市场主体达到4.4万户。", name="民营经济市场主体", unit="家").indicators[0]
    assert (int(only.target.value), only.unit, len(only.mentions)) == (44000, "家", 2)


def test_numbers_that_differ_are_asked_about():
    plan = plan_of("6", "2025年地区生产总值增长6.5%。")
    assert int(plan.indicators[0].target.value) == 6
    assert [each.kind for each in plan.review] == ["target"]


def test_the_superiors_target_is_not_ours():
    plan = plan_of("6", "与2025年全市地区生产总值增长5.5%目标相衔接。")
    assert len(plan.indicators) == 1
    assert plan.review == ()


def test_the_five_year_plans_target_is_not_the_years():
    assert plan_of("6", "与“十四五”规划地区生产总值年均增长7%目标相衔接。").review == ()


def test_a_level_is_no_result_of_a_growth_rate():
    before = "全区居民人均可支配收入达51868元。"
    only = plan_of("5", "做好工作。", name="居民人均可支配收入增速", before=before).indicators[0]
    assert only.actual is None


def test_what_was_added_is_no_result_of_a_stock():
    before = "民营经济市场主体新增6223户。"
    assert plan_of("44000", "做好工作。", name="民营经济市场主体", unit="家", before=before).indicators[0].actual is None


def test_last_years_result_is_found_in_the_text():
    only = plan_of("6", "做好工作。", before="全年实现地区生产总值506亿元，同比增长5.8%。").indicators[0]
    assert (str(only.actual.value), only.actual.period) == ("5.8", "2024")
    assert only.actual.mention.sentence.startswith("全年实现")


def test_two_results_that_differ_are_asked_about():
    before = "全年地区生产总值增长5.8%。地区生产总值增长5.5%，居全市前列。"
    plan = plan_of("6", "做好工作。", before=before)
    assert [each.kind for each in plan.review] == ["actual"]


def test_targets_that_only_the_text_has_come_after_the_rows():
    plan = plan_of("6", "城镇调查失业率控制在5.5%以内。")
    last = plan.indicators[-1]
    assert (last.row, last.nature.value, last.target.kind, last.name) == (None, "unstated", "at_most", "城镇调查失业率")
