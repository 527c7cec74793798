"""More ways in which offices print their lists; each value is read off the fixture by eye."""

from datetime import date

import pytest
from tests.unit.collect.projects.lists import book, opened

from duheng.plan import Stage
from duheng.plan.pool import Onset

WAN = 10**6
YI = 10**10


def one(rows, merges=(), **more):
    found = opened(book(rows, merges), **more)
    assert not found.asks, found.sheets[0].asks
    assert not found.refused, found.doubts
    return found


def test_start_and_end_and_amounts_stand_under_heads_of_their_own():
    rows = [
        ["XX区2025年市级重点建设项目名单"],
        ["序号", "项目名称", "建设起止年限", None, "投资额（万元）", None, "业主单位"],
        [None, None, "开工", "竣工", "总投资", "2025年计划", None],
        [1, "东大街改造", 2024, 2026, 12000, 5000, "城投"],
        [2, "西小学", "2025.3", "2026.8", "8,000", "3 000", "教委"],
        ["合计", None, None, None, 20000, 8000, None],
    ]
    merges = ((0, 0, 0, 6), (1, 2, 1, 3), (1, 4, 1, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 6, 2, 6))
    found = one(rows, merges)
    first, second = found.projects
    assert (first.begins, first.ends, first.total) == (date(2024, 1, 1), date(2026, 12, 31), 12000 * WAN)
    assert (second.begins, second.years[0].planned) == (date(2025, 3, 1), 3000 * WAN)
    assert all(control.holds for control in found.controls)
    assert len(found.controls) == 2


def test_sources_under_a_head_of_their_own_belong_to_the_amount_they_add_up_to():
    rows = [
        ["项目名称", "项目业主", "总投资(亿元)", "分年度投资计划(亿元)", None, "资金来源(亿元)", None, None],
        [None, None, None, "2024年", "2025年", "财政", "专项债券", "社会资本"],
        ["A产业园", "甲公司", 12.5, 3, 5, 2, 4, 6.5],
        ["B医院", "卫健委", "3.2亿", 1, 1.2, 1.2, 2, None],
    ]
    merges = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 0, 7))
    first, second = one(rows, merges).projects
    assert first.sources == {"own_budget": 2 * YI, "special_bond": 4 * YI, "private": 65 * YI // 10}
    assert [(year.year, year.planned, year.sources) for year in first.years] == [(2024, 3 * YI, {}), (2025, 5 * YI, {})]
    assert second.total == 32 * YI // 10
    of_the_year = [[*row] for row in rows]
    of_the_year[2][5:], of_the_year[3][5:] = [1, 2, 2], [0.2, 1, None]
    first, second = one(of_the_year, merges).projects
    assert first.years[1].sources == {"own_budget": YI, "special_bond": 2 * YI, "private": 2 * YI}
    assert (first.sources, second.years[1].sources) == ({}, {"own_budget": YI // 5, "special_bond": YI})


def test_a_column_of_groups_in_merged_cells_and_a_total_at_the_end():
    rows = [
        ["2025年度重点项目进展情况表（截至2025年6月底）"],
        [
            "类别",
            "序号",
            "项目名称",
            "责任单位",
            "总投资（万元）",
            "年度计划投资（万元）",
            "累计完成投资（万元）",
            "是否纳统",
            "存在问题及建议",
        ],
        ["基础设施", 1, "甲路", "交通局", 5000, 2000, 900, "是", "无"],
        [None, 2, "乙桥", "交通局", 8000, 3000, 1500, "否", "用地未批"],
        ["民生", 3, "丙校", "教委", 3000, 1000, 600, "是", None],
        [None, None, "合计", None, 16000, 6000, 3000, None, None],
    ]
    found = one(rows, ((0, 0, 0, 8), (2, 0, 3, 0)))
    assert [(each.name, each.group, each.months[0].month, each.months[0].in_library) for each in found.projects] == [
        ("甲路", "基础设施", 6, True),
        ("乙桥", "基础设施", 6, False),
        ("丙校", "民生", 6, True),
    ]
    assert [each.problem.what if each.problem else "" for each in found.projects] == ["", "用地未批", ""]
    assert all(control.holds for control in found.controls)


def test_groups_say_what_is_new_and_what_is_continued():
    rows = [
        ["XX县2025年重点项目计划（4个）"],
        ["单位：万元"],
        ["序号", "项目名称", "责任单位", "建设起止年限", "总投资", "2025年计划投资"],
        ["总计", "共4个", None, None, 1000, 400],
        ["一", "新开工项目（2个）", None, None, 500, 200],
        ["(一)", "产业类（1个）", None, None, 300, 100],
        [1, "甲", "经信", "2025-2026", 300, 100],
        ["(二)", "民生类（1个）", None, None, 200, 100],
        [2, "乙", "教委", "2025-2026", 200, 100],
        ["二", "续建项目（2个）", None, None, 500, 200],
        [3, "丙", "教委", "3年", 300, 100],
        [4, "丁", "教委", "2024-2026", 200, 100],
    ]
    found = one(rows)
    assert [(each.name, each.group, each.years[0].onset, each.stage) for each in found.projects] == [
        ("甲", "新开工项目 / 产业类", Onset.NEW, Stage.RESERVE),
        ("乙", "新开工项目 / 民生类", Onset.NEW, Stage.RESERVE),
        ("丙", "续建项目", Onset.CONTINUED, Stage.UNDER_CONSTRUCTION),
        ("丁", "续建项目", Onset.CONTINUED, Stage.UNDER_CONSTRUCTION),
    ]
    assert found.projects[2].also == {"建设起止年限": "3年"}
    assert len(found.controls) == 15
    assert all(control.holds for control in found.controls)
    assert [doubt.rule for doubt in found.doubts] == ["date"]


def test_a_sheet_s_name_says_the_batch():
    rows = [["项目名称", "业主", "总投资（亿元）"], ["甲厂", "甲公司", 2]]
    assert opened(book(rows, name="在建一批")).projects[0].stage is Stage.UNDER_CONSTRUCTION
    assert opened(book(rows, name="储备项目")).projects[0].stage is Stage.RESERVE
    assert opened(book(rows, name="Sheet1")).projects[0].stage is None


def test_a_month_s_own_amount_is_not_taken_for_the_one_to_date():
    rows = [
        ["区级重点项目建设进度表（截至2025年10月31日）"],
        [
            "序号",
            "项目名称",
            "年度计划投资（万元）",
            "10月份完成投资（万元）",
            "1-10月累计完成投资（万元）",
            "自开工累计完成投资（万元）",
            "责任单位",
        ],
        [1, "甲", 5000, 400, 3900, 9000, "住建局"],
        [2, "乙", 3000, 0, 1200, 1200, "交通局"],
    ]
    found = one(rows, ((0, 0, 0, 6),))
    assert [(each.months[0].month, each.months[0].works) for each in found.projects] == [(10, 3900 * WAN), (10, 1200 * WAN)]
    assert [each.years[0].before for each in found.projects] == [5100 * WAN, 0]
    assert found.projects[0].also["10月份完成投资（万元）"] == "400"


def test_months_that_fall_are_each_month_s_own_and_are_added_up():
    rows = [
        ["序号", "项目名称", "2025年计划投资（万元）", "2025年完成投资（万元）", None, None],
        [None, None, None, "1月", "2月", "3月"],
        [1, "甲", 500, 10, 30, 60],
        [2, "乙", 900, 20, 5, 90],
    ]
    merges = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 5))
    found = one(rows, merges)
    assert [[month.works for month in each.months] for each in found.projects] == [
        [10 * WAN, 40 * WAN, 100 * WAN],
        [20 * WAN, 25 * WAN, 115 * WAN],
    ]
    assert [doubt.rule for doubt in found.doubts] == ["months"]
    rows[3] = [2, "乙", 900, 20, 25, 115]
    found = one(rows, merges)
    assert [month.works for month in found.projects[1].months] == [20 * WAN, 25 * WAN, 115 * WAN]
    assert found.doubts == ()


def test_one_month_that_may_be_its_own_or_to_date_is_asked_about():
    found = opened("项目名称,业主,2025年计划投资（万元）,8月完成投资（万元）\n甲,x,500,10\n", name="清单.csv")
    assert found.asks
    assert "当月数" in found.sheets[0].asks[0][0]


@pytest.mark.parametrize(
    ("unit", "currency", "cents"), [("USD million", "USD", 10**8), ("万美元", "USD", 10**6), ("亿元", "CNY", 10**10)]
)
def test_english_heads_and_other_currencies(unit: str, currency: str, cents: int):
    rows = [
        ["Project", "Owner", f"Total investment ({unit})", f"2025 planned ({unit})", "Start", "End", "Status"],
        ["Bridge", "City", 120.5, 20, "2024-03", "2026-12", "under construction"],
        ["School", "Board", 30, 10, "Mar-25", "Dec-26", "reserve"],
    ]
    found = one(rows)
    first, second = found.projects
    assert (found.currency, first.total, first.years[0].planned) == (currency, 1205 * cents // 10, 20 * cents)
    assert (first.stage, second.stage, second.begins) == (Stage.UNDER_CONSTRUCTION, Stage.RESERVE, date(2025, 3, 1))


def test_two_sheets_in_two_currencies_are_not_added_to_one_list():
    text = "项目名称,业主,总投资（万元）,境外投资（万美元）\n甲,x,5,1\n"
    mapped = opened(text, name="清单.csv")
    assert mapped.projects[0].also == {"境外投资（万美元）": "1"}
    both = "项目名称,业主,总投资（万元）,2025年计划投资（万美元）\n甲,x,5,1\n"
    found = opened(both, name="清单.csv")
    assert found.asks
    assert "几种货币" in found.sheets[0].asks[-1][0]
