"""The plan table in the layouts that offices use."""

from tests.unit.plan.report import COMING, planned, text, word

CAPTION = "表1：2025年国民经济和社会发展预期目标"


def told(document):
    return [(each.row, each.name, each.unit, each.nature.value, each.target.kind) for each in planned(document).indicators]


def test_the_common_layout():
    table = [
        ["序号", "指标名称", "单位", "指标属性", "2025年目标"],
        ["1", "地区生产总值增速", "（%）", "预期性", "6"],
        ["2", "人均公园绿地面积", "（平方米）", "约束性", "11.82（建成区）"],
    ]
    plan = planned(word(COMING, CAPTION, table))
    assert told(word(COMING, CAPTION, table)) == [
        (1, "地区生产总值增速", "%", "expected", "at_least"),
        (2, "人均公园绿地面积", "平方米", "binding", "at_least"),
    ]
    assert plan.indicators[1].target.note == "建成区"
    assert plan.indicators[0].code == "gdp.growth"


def test_a_table_flattened_into_lines_reads_the_same():
    rows = "\n".join(
        ["\t序号\n\t指标名称\n\t单位\n\t指标属性\n\t2025年目标\n", "\t1\n\t城镇新增就业人数\n\t（人）\n\t预期性\n\t≥10000\n"]
    )
    assert told(text(COMING, CAPTION, rows)) == [(1, "城镇新增就业人数", "人", "expected", "at_least")]


def test_last_years_result_stands_beside_the_target():
    table = [
        ["指标名称", "单位", "属性", "2024年计划", "2024年完成", "2025年计划"],
        ["地区生产总值增长", "%", "预期性", "6.5", "5.8", "6左右"],
    ]
    only = planned(word(COMING, CAPTION, table)).indicators[0]
    assert (str(only.target.value), only.target.kind, str(only.actual.value), only.actual.period) == (
        "6",
        "around",
        "5.8",
        "2024",
    )


def test_headings_over_two_rows_and_units_inside_names():
    table = [
        ["指标", "2024年", "<", "2025年"],
        ["^", "计划", "完成", "目标"],
        ["一、经济发展", "<", "<", "<"],
        ["1.地区生产总值（亿元）", "500", "506", "540"],
        ["森林覆盖率（%）〔约束性〕", "55", "55", "55"],
    ]
    document = word(COMING, CAPTION, table)
    assert told(document)[0][1:3] == ("地区生产总值", "亿元")
    assert [str(each.target.value) for each in planned(document).indicators] == ["540", "55"]
    assert str(planned(document).indicators[0].actual.value) == "506"


def test_group_rows_may_tell_the_nature():
    table = [["指标", "单位", "2025年目标"], ["约束性指标", "<", "<"], ["森林覆盖率", "%", "55"]]
    assert told(word(COMING, CAPTION, table)) == [(1, "森林覆盖率", "%", "binding", "at_least")]


def test_of_two_tables_the_plan_years_gives_the_targets_and_the_others_the_results():
    past = [["指标", "单位", "2024年完成"], ["森林覆盖率", "%", "54.5"]]
    coming = [["指标", "单位", "2025年目标"], ["森林覆盖率", "%", "55"]]
    only = planned(word("表1：2024年主要指标完成情况", past, COMING, "表2：2025年主要目标", coming)).indicators
    assert [(str(each.target.value), str(each.actual.value)) for each in only] == [("55", "54.5")]


def test_a_row_without_a_target_is_asked_about():
    table = [["指标", "单位", "2025年目标"], ["森林覆盖率", "%", "55"], ["城镇化率", "%", ""]]
    plan = planned(word(COMING, CAPTION, table))
    assert [each.name for each in plan.indicators] == ["森林覆盖率"]
    assert ("target", "城镇化率") in [(each.kind, each.item) for each in plan.review]


def test_a_table_of_something_else_is_no_plan_table():
    assert planned(word(COMING, "表1：会议安排", [["时间", "地点"], ["上午", "礼堂"]])).indicators == ()


def test_a_bare_growth_rate_belongs_to_the_row_above_it():
    table = [
        ["指标", "单位", "属性", "2025年目标"],
        ["地区生产总值", "亿元", "预期性", "540"],
        ["增长率", "%", "", "6左右"],
    ]
    level, growth = planned(word(COMING, CAPTION, table)).indicators
    assert (growth.name, growth.code, growth.nature) == ("地区生产总值增长率", "gdp.growth", level.nature)
