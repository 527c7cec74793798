"""The layouts of a plan table: what each cell says by its headings, its row and its caption. Names and numbers are invented."""

import pytest
from tests.unit.plan.report import word

from duheng import read

CAPTION = "表1：2025年国民经济和社会发展计划主要指标"


def rows(*parts, year=2025):
    return read.plan_rows(word(*parts), year=year)


def cells(row):
    return {(c.said.year, c.said.role, c.said.period, c.said.part): c.block.text for c in row.cells}


def told(found):
    return [
        (row.name, row.unit, row.target and row.target.text, {year: cell.text for year, cell in row.results}) for row in found
    ]


def test_two_years_side_by_side_with_merged_heads_and_an_estimate():
    found = rows(
        CAPTION,
        [
            ["指标", "单位", "属性", "2024年", "<", "<", "2025年", "责任单位"],
            ["^", "^", "^", "计划", "预计完成", "增长（%）", "计划", "^"],
            ["地区生产总值", "亿元", "预期性", "118", "121.5", "5.6", "128", "乙区发展改革局"],
        ],
    )
    assert told(found) == [("地区生产总值", "亿元", "128", {2024: "121.5"})]
    assert found[0].owner == "乙区发展改革局"
    assert cells(found[0]) == {
        (2024, "plan", "", ""): "118",
        (2024, "estimate", "", ""): "121.5",
        (2025, "plan", "", ""): "128",
    }


def test_a_growth_beside_a_result_is_that_years_growth():
    document = word(
        CAPTION,
        [["指标", "单位", "2024年完成", "比上年增长（%）", "2025年计划"], ["社会消费品零售总额", "亿元", "60.2", "7.1", "65"]],
    )
    assert told(read.plan_rows(document, year=2025)) == [("社会消费品零售总额", "亿元", "65", {2024: "60.2"})]
    assert told(read.result_rows(document, year=2024)) == [("社会消费品零售总额增长", "%", None, {2024: "7.1"})]


def test_a_level_and_its_growth_are_two_indicators_of_one_row():
    found = rows(
        CAPTION,
        [
            ["指标", "2024年完成", "<", "2025年计划", "<"],
            ["^", "绝对值", "增速（%）", "绝对值", "增速（%）"],
            ["地区生产总值（亿元）", "121.5", "5.6", "128", "6左右"],
            ["规上工业增加值", "", "7", "", "7.5"],
        ],
    )
    assert told(found) == [
        ("地区生产总值", "亿元", "128", {2024: "121.5"}),
        ("地区生产总值增长", "%", "6左右", {2024: "5.6"}),
        ("规上工业增加值增长", "%", "7.5", {2024: "7"}),
    ]
    assert [row.number for row in found] == [1, 1, 2]


def test_level_and_growth_may_stand_in_rows_under_one_name():
    found = rows(
        CAPTION,
        [
            ["指标", "<", "单位", "2024年完成", "2025年计划"],
            ["地区生产总值", "总量", "亿元", "121.5", "128"],
            ["^", "增速", "%", "5.6", "6"],
            ["固定资产投资", "增速", "%", "3", "5"],
        ],
    )
    assert told(found) == [
        ("地区生产总值", "亿元", "128", {2024: "121.5"}),
        ("地区生产总值增长", "%", "6", {2024: "5.6"}),
        ("固定资产投资增长", "%", "5", {2024: "3"}),
    ]


def test_targets_by_quarter():
    found = rows(
        "表2：2025年主要指标分季度目标",
        [
            ["指标名称", "单位", "一季度", "上半年", "前三季度", "全年"],
            ["固定资产投资", "亿元", "12", "30", "45", "60"],
        ],
    )
    assert cells(found[0]) == {
        (2025, "plan", "Q1", ""): "12",
        (2025, "plan", "H1", ""): "30",
        (2025, "plan", "01..09", ""): "45",
        (2025, "plan", "", ""): "60",
    }
    assert found[0].target.text == "60"


@pytest.mark.parametrize("turned", [False, True])
def test_targets_by_town_whichever_way_they_are_laid(turned):
    table = [
        ["指标", "全区", "甲街道", "丙镇"],
        ["固定资产投资（亿元）", "60", "35", "25"],
        ["城镇新增就业（人）", "9000", "5000", "4000"],
    ]
    if turned:
        table = [list(row) for row in zip(*table, strict=True)]
        table[0][0] = "镇街"
    found = rows("表3：2025年目标任务分解表", table)
    assert told(found) == [("固定资产投资", "亿元", "60", {}), ("城镇新增就业", "人", "9000", {})]
    assert cells(found[0])[2025, "plan", "", "丙镇"] == "25"


def test_indicators_across_and_years_down():
    found = rows(
        CAPTION,
        [
            ["年份", "地区生产总值", "城镇调查失业率"],
            ["单位", "亿元", "%"],
            ["2024年计划", "118", "5.5"],
            ["2024年完成", "121.5", "5.1"],
            ["2025年计划", "128", "5.5左右"],
        ],
    )
    assert told(found) == [("地区生产总值", "亿元", "128", {2024: "121.5"}), ("城镇调查失业率", "%", "5.5左右", {2024: "5.1"})]


def test_a_claim_of_a_turned_table_stands_in_its_own_line():
    document = word(
        CAPTION,
        [["年份", "地区生产总值（亿元）", "粮食产量（万吨）"], ["2024年完成", "121.5", "3.1"], ["2025年计划", "128", "3.2"]],
    )
    for claim in read.claims(document):
        assert document.text[claim.sentence_offset :].startswith(claim.sentence)
        assert claim.sentence_offset <= claim.offset < claim.sentence_offset + len(claim.sentence)
    assert [(c.subject, c.period, c.role.value, c.span) for c in read.claims(document) if c.unit == "万吨"] == [
        ("粮食产量", "2024", "actual", "3.1"),
        ("粮食产量", "2025", "target", "3.2"),
    ]


@pytest.mark.parametrize(("line", "units"), [("单位：万元", ["万元", "万元"]), ("单位：亿元、%", ["亿元", "%"])])
def test_the_unit_may_stand_in_a_line_above_the_table(line, units):
    table = [["指标", "2024年完成", "2025年计划"], ["一般公共预算收入", "90", "95"], ["税收占比", "70", "72"]]
    assert [row.unit for row in rows(CAPTION, line, table)] == units


def test_year_words_stand_for_years():
    found = rows("表1：主要指标", [["指标", "单位", "上年计划", "上年完成", "本年计划"], ["粮食产量", "万吨", "3", "3.1", "3.2"]])
    assert told(found) == [("粮食产量", "万吨", "3.2", {2024: "3.1"})]


def test_a_table_cut_by_a_page_goes_on_with_its_heading_or_without():
    head = ["指标", "单位", "2025年计划"]
    for second in ([head, ["丙指标", "%", "3"]], [["丙指标", "%", "3"]]):
        found = rows(CAPTION, [head, ["甲指标", "%", "1"], head, ["乙指标", "%", "2"]], "续表1", second)
        assert [(row.number, row.name, row.target.text) for row in found] == [
            (1, "甲指标", "1"),
            (2, "乙指标", "2"),
            (3, "丙指标", "3"),
        ]


def test_full_width_digits_and_letters_read_like_any_others():
    found = rows(
        "表１：２０２５年主要指标",
        [
            ["指标", "单位", "２０２４年完成", "２０２５年计划"],
            ["地区生产总值（亿元）", "", "１２１．５", "１２８"],
            ["森林覆盖率（％）", "", "５０", "５１"],
        ],
    )
    assert [(row.name, row.unit, row.results[0][0]) for row in found] == [
        ("地区生产总值", "亿元", 2024),
        ("森林覆盖率", "%", 2024),
    ]


def test_a_title_inside_the_table_is_its_caption():
    found = rows([["乙区2025年主要指标（单位：亿元）", "<", "<"], ["指标", "上年完成", "本年计划"], ["工业总产值", "200", "215"]])
    assert told(found) == [("工业总产值", "亿元", "215", {2024: "200"})]


def test_rows_with_cells_missing_or_too_many_keep_their_columns():
    document = word(
        CAPTION,
        [["指标", "单位", "2024年完成", "2025年计划"], ["森林覆盖率", "%", "50", "51", "多出的一格"], ["城镇化率", "%", "60"]],
    )
    found = read.plan_rows(document, year=2025)
    assert told(found) == [("森林覆盖率", "%", "51", {2024: "50"}), ("城镇化率", "%", None, {2024: "60"})]


def test_of_two_tables_for_two_years_each_keeps_its_own():
    document = word(
        "表1：2024年计划",
        [["指标", "单位", "2024年计划"], ["森林覆盖率", "%", "50"]],
        "表2：2025年计划",
        [["指标", "单位", "2025年计划"], ["森林覆盖率", "%", "51"]],
    )
    assert told(read.plan_rows(document, year=2025)) == [("森林覆盖率", "%", "51", {})]
    assert told(read.plan_rows(document, year=2024)) == [("森林覆盖率", "%", "50", {})]


@pytest.mark.parametrize(
    "table",
    [
        [["序号", "工作任务", "年度目标", "牵头单位", "完成时限"], ["1", "新建学校", "完成2所", "教育局", "12月底"]],
        [["序号", "项目名称", "建设内容", "总投资（万元）", "2025年计划投资"], ["1", "甲路", "2公里", "300", "100"]],
        [["时间", "地点", "人数"], ["2025年1月", "甲镇", "30"], ["2025年2月", "丙镇", "40"]],
        [["姓名", "单位", "职务"], ["张三", "甲局", "局长"], ["李四", "丙局", "副局长"]],
    ],
)
def test_lists_of_tasks_projects_and_other_things_are_no_indicators(table):
    assert rows("表1：2025年安排", table) == ()
