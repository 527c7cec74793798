"""Text and table: the same thing told twice must be one number, in one unit, in one direction."""

import pytest
from tests.unit.audit.saying import explained, findings, raised

HEADER = ("序号", "指标名称", "单位", "指标属性", "2025年目标")


def table(*rows):
    lines = ["表1：2025年国民经济和社会发展预期目标"]
    for row in (HEADER, *((str(n), *row) for n, row in enumerate(rows, start=1))):
        lines += [*(f"\t{cell}" for cell in row), ""]
    return "\n".join(lines)


GDP = ("地区生产总值增速", "%", "预期性", "6")
JOBS = ("城镇新增就业人数", "人", "预期性", "10000")
AIR = ("环境空气质量优良天数", "天", "约束性", "≥300")
VALUE_ADDED = ("规上工业增加值增速", "%", "预期性", "9")
RND = ("研究与试验发展支出占地区生产总值比重", "%", "预期性", "4")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全年固定资产投资增长4.4%。", "固投增长4.8%，工业投资增长16.5%。"),
        ("实现地区生产总值506亿元。", "经核定，2024年地区生产总值总量达560亿元。"),
        ("城镇新增就业1.2万人。", "全年城镇新增就业1.3万人，就业形势稳定。"),
        ("社会消费品零售总额增长4.6%。", "社会消费品零售总额下降4.6%。"),
    ],
)
def test_one_thing_with_two_numbers_is_found(first, second):
    assert len(raised("DT201", first, second)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("实现地区生产总值506亿元。", "经核定，2024年地区生产总值506.3亿元。"),
        ("经营主体达4.4万户。", "经营主体达44000户。"),
        ("全年网络零售额突破10亿元。", "网络零售额10.6亿元，增长较快。"),
        ("旅游接待人数、旅游收入分别增长3%、4%。", "乡村旅游接待游客数量、旅游收入分别增长43.3%、49.1%。"),
        ("规上工业增加值增长7%。", "工业增加值增长6%。"),
        ("引进项目5个，支撑有力。", "引进项目21个，态势良好。"),
        ("城镇新增就业1.2万人。", "“十四五”时期城镇新增就业6.5万人。"),
        ("技术合同成交额达14.6亿元。", "技术合同成交额由11.6亿元提高到14.6亿元。"),
        ("地区生产总值增长5.8%。", "全市地区生产总值增长6%。"),
    ],
)
def test_what_may_be_one_number_or_is_another_thing_is_not(first, second):
    assert raised("DT201", first, second) == []


def test_rounding_is_explained():
    assert explained("DT201", "实现地区生产总值506亿元。", "经核定，2024年地区生产总值506.3亿元。")


def test_both_places_are_marked_and_both_values_told():
    found = findings("DT201", "全年固定资产投资增长4.4%。", "固投增长4.8%。")[0]
    assert len(found.spots) == 2
    assert all(value in text for value in ("4.4%", "4.8%") for text in found.message)


@pytest.mark.parametrize(
    "sentence",
    [
        "建议2025年地区生产总值增长7%以上。",
        "2025年城镇新增就业1.5万人以上。",
        "确保2025年空气质量优良天数保持在330天以上。",
        "推动规上工业增加值增长7%、力争10%。",
        "研发投入强度达到3%以上。",
    ],
)
def test_a_target_that_is_not_the_tables_is_found(sentence):
    assert len(raised("DT205", plan=sentence + "\n" + table(GDP, JOBS, AIR, VALUE_ADDED, RND))) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "建议2025年地区生产总值增长6%以上。",
        "2025年城镇新增就业1万人以上。",
        "确保2025年空气质量优良天数保持在300天以上。",
        "推动规上工业增加值增长9%、力争10%。",
        "与“十五五”规划地区生产总值年均增长5.5%左右目标相衔接。",
        "与全市地区生产总值增长5%目标相衔接。",
        "上半年地区生产总值增长5%。",
    ],
)
def test_a_target_that_agrees_or_is_anothers_is_not(sentence):
    assert raised("DT205", plan=sentence + "\n" + table(GDP, JOBS, AIR, VALUE_ADDED, RND)) == []


def test_a_yearly_mean_is_of_its_year():
    dust = ("细颗粒物（PM2.5）年均浓度", "微克/立方米", "预期性", "≤31")
    assert len(raised("DT205", plan="PM2.5年均浓度控制在37微克/立方米以内。\n" + table(dust))) == 1


def test_a_target_told_once_only_in_the_text_is_compared_with_nothing():
    assert raised("DT205", plan="建议2025年地区生产总值增长6%以上。") == []


def test_the_bound_that_a_cell_lost_is_a_note():
    found = findings("DT203", plan="建议2025年地区生产总值增长6%以上。\n" + table(GDP))
    assert [each.severity for each in found] == ["note"]
    assert findings("DT203", plan="建议2025年地区生产总值增长6%。\n" + table(GDP)) == ()


def test_a_floor_here_and_a_ceiling_there_are_found():
    found = raised("DT202", plan="空气质量优良天数不超过300天。\n" + table(AIR))
    assert len(found) == 1
    assert "方向相反" in found[0]


def test_the_same_digits_with_two_kinds_of_unit_are_found():
    assert raised("DT202", "社会消费品零售总额增长4.6%。", "社会消费品零售总额增长4.6个百分点。")
    assert raised("DT202", "森林覆盖率达55%。", "森林覆盖率稳定在55%。") == []


def test_rows_are_counted_against_the_text():
    rows = (GDP, JOBS, AIR)
    assert raised("DT204", plan="2025年计划共3项指标，其中约束性指标1项，其余2项为预期性指标。\n" + table(*rows)) == []
    found = raised("DT204", plan="2025年计划共4项指标，其中约束性指标2项，其余2项为预期性指标。\n" + table(*rows))
    assert len(found) == 2
    assert raised("DT204", plan="2025年计划共4项指标，其中约束性指标2项。") == []


def test_a_rank_that_changes_place_is_found():
    first = "固定资产投资、社会消费品零售总额分别增长4.4%、4.6%，分别居中心城区第2、第3。"
    assert raised("DT206", first, "固投增长4.4%，增速居中心城区第5位。")
    assert raised("DT206", first, "固投增长4.4%，增速居中心城区第2位。") == []
    assert raised("DT206", first, "固投增长4.4%，增速居全市第5位。") == []


def test_a_rank_of_level_or_growth_that_is_not_told_apart_is_let_pass():
    assert raised("DT206", "实现地区生产总值506亿元、增长5.8%，居全市第8位。", "地区生产总值增速居全市第2位。") == []


def test_another_scope_is_explained():
    assert explained("DT207", plan="2025年地区生产总值增长6.5%以上，与全市地区生产总值增长6%目标相衔接。")
    assert explained("DT207", plan="2025年地区生产总值增长6%，与全市地区生产总值增长6%目标相衔接。") == []
