"""Shares, completion and rates that no whole number gives: DA102, DA103, DA110."""

import pytest
from tests.unit.audit.saying import explained, findings, raised

GROUPS = "拟实施重点项目3个，年度计划投资{total}亿元。按行业分，工业1个，年度计划投资{a}亿元，占比{p}%；其他2个，年度计划投资60亿元，占比{q}%。"


@pytest.mark.parametrize(
    ("rule", "text", "is_"),
    [
        ("DA102", "计划建设项目362个（新开工215个、续建147个），全年推进建设208个，占比85%。", "57.5%"),
        ("DA102", "一般公共预算收入31.86亿元、增长4.6%，其中税收收入22.49亿元，占比76.0%。", "70.6%"),
        ("DA102", "全区23个行政村中，集体收入50万元以上的村达17个，占比79.3%。", "73.9%"),
        ("DA102", "规上工业总产值612亿元。电子、装备产业产值分别达168.3亿元、142.6亿元，合计占规上工业总产值的57.0%。", "50.8%"),
        ("DA103", "计划报告33项指标，共完成25项，完成率86%。", "75.8%"),
        ("DA103", "80个重点项目中有75个按计划推进，推进顺利率达98.3%。", "93.8%"),
        ("DA103", "年度计划投资142.5亿元，实际完成148.9亿元，完成率108.5%。", "104.5%"),
        ("DA103", "项目186个，其中新开工74个、续建112个。计划新开工项目中，实际开工71个，开工率92.9%。", "95.9%"),
    ],
)
def test_a_rate_that_its_numbers_do_not_give_is_raised_with_the_one_they_give(rule, text, is_):
    (message,) = raised(rule, text)
    assert is_ in message


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("DA102", "计划建设项目362个（新开工215个、续建147个），全年推进建设308个，占比85%。"),
        ("DA102", "80个重点项目中有75个按计划推进，重点项目完成投资占全区完成投资比重超70%。"),  # of another thing
        ("DA102", "接待游客486万人次，普惠性托位数占比达60%。"),
        ("DA103", "计划报告33项指标，共完成25项，完成率76%。"),
        ("DA103", "计划报告33项指标，共完成25项，其中预期性指标25项，完成17项，完成率68%。"),
        ("DA103", "新增市场主体6303户、增速14.97%。"),
        ("DA103", "受理群众诉求4.63万件，办结率达99.2%。"),
    ],
)
def test_a_rate_that_its_numbers_give_or_that_is_of_something_else_is_passed_over(rule, text):
    assert raised(rule, text) == []


def test_shares_that_divide_a_whole_come_to_a_hundred():
    assert raised("DA102", GROUPS.format(total=100, a=40, p="40.0", q="60.0")) == []
    assert any("103.0" in message for message in raised("DA102", GROUPS.format(total=100, a=40, p="43.0", q="60.0")))
    assert any("四舍五入" in why for why in explained("DA102", GROUPS.format(total=91.2, a=31.2, p="34.2", q="65.7")))


def test_the_three_sectors_come_to_a_hundred():
    assert raised("DA102", "三次产业比重优化为0.3:40.7:59。") == []
    (message,) = raised("DA102", "三次产业比重优化为0.3:47.0:59。")
    assert "106.3" in message


def test_each_sector_s_share_is_that_of_its_value_added():
    text = "地区生产总值562.4亿元。第一、二、三产业增加值分别为9亿元、237.9亿元、315.5亿元，三次产业结构调整为{}。"
    assert raised("DA102", text.format("1.6:42.3:56.1")) == []
    assert len(raised("DA102", text.format("1.6:52.3:46.1"))) == 2


def test_a_share_by_name_is_held_against_both_amounts():
    text = "规上工业总产值612亿元。战略性新兴产业产值达319.5亿元。战略性新兴产业产值占规上工业总产值比重达{}%。"
    assert raised("DA102", text.format("52.2")) == []
    assert "52.2%" in raised("DA102", text.format("55.2"))[0]


def test_what_is_not_done_is_what_is_left():
    text = "计划共设置30项指标，全年完成26项，完成率86.7%。未完成的{}项指标为投资和消费增速。"
    assert raised("DA103", text.format(4)) == []
    assert "4项" in raised("DA103", text.format(6))[0]


def test_what_is_done_of_each_kind_comes_to_all_that_is_done():
    text = "计划报告33项指标，共完成{}项，其中约束性指标8项，全部完成目标；预期性指标25项，完成17项。"
    assert raised("DA103", text.format(25)) == []
    assert "8项 + 17项 = 25项" in raised("DA103", text.format(27))[0]


def test_a_rate_that_no_whole_number_gives_is_only_noted():
    assert len(findings("DA110", "排查7个项目，完成率50%。")) == 1
    assert findings("DA110", "排查8个项目，完成率50%。") == ()
    assert raised("DA110", "排查7个项目，完成率50%。") == []


def test_a_whole_that_none_of_its_shares_agrees_with_is_said_once():
    text = "区级重点项目{}个。按行业分，工业40个，占比40%；交通30个，占比30%；其他30个，占比30%。"
    assert raised("DA102", text.format(100)) == []
    (message,) = raised("DA102", text.format(500))
    assert "500个" in message
    assert "3 个占比" in message
