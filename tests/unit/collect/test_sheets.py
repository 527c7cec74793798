"""Sheets as offices keep them: what is proposed, what is asked, what a person says, and what is remembered."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from duheng import catalog
from duheng.collect import Given, Lexicon, SheetMapping, Status, open_figures, read_mapping
from duheng.errors import CollectError, DuhengError
from duheng.plan import Place

TODAY = date(2025, 10, 20)
LEXICON = Lexicon(entries=catalog.load("indicators"), place=Place(area="甲市乙区"))


def book(rows: list[list[object]], *, name: str = "Sheet1", merges: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet(name)
    percent = workbook.add_format({"num_format": "0.0%"})
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, "")
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, tuple):
                sheet.write_number(row, column, value[0], percent)
            elif value is not None:
                sheet.write(row, column, value)
    workbook.close()
    return buffer.getvalue()


def opened(data: bytes, *said: SheetMapping, name: str = "表.xlsx", memory=lambda _: None):
    return open_figures(data, name=name, lexicon=LEXICON, given=Given(vintage=TODAY), said=said, memory=memory)


def told(found) -> list[tuple[str, str, str]]:
    return [(figure.series.key, figure.period.label, str(figure.value)) for figure in found.batch.figures]


MONTHLY = [
    ["乙区2025年9月主要经济指标", None, None, None, None],
    [None, None, None, None, "单位：亿元、%"],
    ["指标", "当月", None, "累计", None],
    [None, "绝对量", "同比增长", "绝对量", "同比增长"],
    ["地区生产总值", "…", "…", 380.55, 5.8],
    ["社会消费品零售总额", 15.2, (0.048,), 130.1, (0.051,)],
    ["规模以上工业增加值", "-", 7.1, "-", 7.8],
    ["注：规模以上工业增加值按可比价格计算，2025年9月为初步数。", None, None, None, None],
]
MERGES = ((0, 0, 0, 4), (2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 4))


def test_a_bureaus_monthly_table_under_merged_heads():
    found = told(opened(book(MONTHLY, merges=MERGES)))
    assert found == [
        ("gdp.level|own|ytd|nominal|亿元", "2025-01..09", "380.55"),
        ("gdp.growth|own|ytd_growth|comparable_price|%", "2025-01..09", "5.8"),
        ("retail.total.level|own|level|nominal|亿元", "2025-09", "15.2"),
        ("retail.total.growth|own|growth|nominal|%", "2025-09", "4.8"),
        ("retail.total.level|own|ytd|nominal|亿元", "2025-01..09", "130.1"),
        ("retail.total.growth|own|ytd_growth|nominal|%", "2025-01..09", "5.1"),
        ("industry.above_scale.value_added.growth|own|growth|comparable_price|%", "2025-09", "7.1"),
        ("industry.above_scale.value_added.growth|own|ytd_growth|comparable_price|%", "2025-01..09", "7.8"),
    ]


def test_fractions_are_told_from_percentages():
    rows = [["月份", "甲指标同比增长"], *([f"2025年{month}月", 0.041 + month / 1000] for month in range(3, 9))]
    found = opened(book(rows))
    assert found.batch.figures.value[0] == pytest.approx(4.4)
    assert found.sheets[0].columns[0].confidence < 1
    plain = [["月份", "甲指标同比增长"], *([f"2025年{month}月", 0.4 + month / 10] for month in range(3, 9))]
    assert float(opened(book(plain)).batch.figures.value[0]) == pytest.approx(0.7)


def test_january_and_february_as_one_and_time_reversed():
    rows = [["时间", "固定资产投资（亿元）"], ["2025年1-3月", 60], ["2025年1-2月", 31]]
    assert told(opened(book(rows))) == [
        ("investment.fixed.level|own|ytd|nominal|亿元", "2025-Q1", "60"),
        ("investment.fixed.level|own|ytd|nominal|亿元", "2025-01..02", "31"),
    ]


def test_towns_in_rows_and_indicators_across():
    rows = [
        ["2025年三季度各街道情况"],
        ["街道", "地区生产总值（亿元）", "税收收入（万元）"],
        ["东 街", 12.5, 3400],
        ["西　街", "—", 5100],
    ]
    found = opened(book(rows))
    assert [(key.split("|")[1], period) for key, period, _ in told(found)] == [
        ("东街", "2025-Q3"),
        ("东街", "2025-Q3"),
        ("西街", "2025-Q3"),
    ]
    assert found.batch.missing == 1


def test_a_table_without_indicator_or_period_is_asked_about_and_answered():
    rows = [["地区", "数值"], ["东街", 3], ["西街", 4]]
    found = opened(book(rows))
    assert found.asks
    assert found.sheets[0].why[0]
    said = SheetMapping.of({"indicator": "民营经营主体", "period": "2025-08", "unit": "户"}, where="x")
    answered = opened(book(rows), said)
    assert {period for _, period, _ in told(answered)} == {"2025-08"}
    assert {figure.unit for figure in answered.batch.figures} == {"户"}


def test_what_a_person_says_counts_before_what_is_found_and_is_remembered_without_its_period():
    data = book(MONTHLY, merges=MERGES)
    said = SheetMapping.of(
        {
            "period": "2025-10",
            "columns": {"当月 / 同比增长": "skip", "累计 / 绝对量": {"status": "flash"}},
            "rows": {"地区生产总值": {"area": "丙街"}},
        },
        where="x",
    )
    first = opened(data, said)
    assert not any("|growth|" in key for key, _, _ in told(first))
    assert {figure.status for figure in first.batch.figures if figure.series.measure == "ytd"} == {"flash"}
    assert {figure.series.area for figure in first.batch.figures if figure.series.indicator == "gdp.level"} == {"丙街"}
    assert {figure.period.label for figure in first.batch.figures if figure.series.measure == "level"} == {"2025-10"}
    sheet = first.sheets[0]
    memory = {sheet.shape: sheet.remembered()}
    next_month = [[cell.replace("9月", "11月") if isinstance(cell, str) else cell for cell in row] for row in MONTHLY]
    second = opened(book(next_month, merges=MERGES), memory=memory.get)
    assert second.sheets[0].shape == sheet.shape
    assert not any("|growth|" in key for key, _, _ in told(second))
    assert {figure.period.label for figure in second.batch.figures if figure.series.measure == "level"} == {"2025-11"}


def test_a_column_without_a_head_is_left_out_and_said():
    rows = [["指标", "2025年1月", "2025年2月", None], ["用电量（万千瓦时）", 5, 6, 7]]
    found = opened(book(rows))
    assert len(found.batch.figures) == 2
    assert [doubt.rule for doubt in found.batch.doubts] == ["head"]


def test_a_word_among_the_numbers_is_an_error_at_its_cell():
    rows = [["月份", "财政收入（亿元）"], ["2025年1月", 3], ["2025年2月", "约4"], ["2025年3月", 5]]
    batch = opened(book(rows)).batch
    assert [(doubt.rule, doubt.severity, doubt.place) for doubt in batch.doubts] == [("number", "error", "Sheet1!3")]


def test_old_workbooks_and_text_in_columns_are_read_alike():
    import xlwt

    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("进度")
    for row, cells in enumerate([["月份", "固定资产投资（亿元）"], ["2025年8月", 12.5]]):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    buffer = BytesIO()
    workbook.save(buffer)
    text = "月份,固定资产投资（亿元）\n2025年8月,12.5\n".encode("gb18030")
    assert told(opened(buffer.getvalue(), name="a.xls")) == told(opened(text, name="a.csv"))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x1f\x8b\x08\x00bad",
        b" ",
        b"\x00\x01\x02\x03",
        "只有文字\n".encode(),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(data):
    with pytest.raises(DuhengError) as refused:
        opened(data)
    assert "表.xlsx" in refused.value.message("zh")


def test_a_mapping_file_is_read_and_its_mistakes_are_named():
    whole, (sheet,) = read_mapping(
        "known: 2026-01-20\nstatus: flash\nsheets:\n- sheet: '*新房'\n  keys: {城市: area}\n  columns:\n    环比: {unit: 上月=100}\n    定基: skip\n",
        name="m.yml",
    )
    assert whole == {"known": "2026-01-20", "status": "flash"}
    assert sheet.names("202512新房")
    assert not sheet.names("202512二手房")
    assert sheet.column(("住宅", "定基")).skip
    assert SheetMapping.of(sheet.plain(), where="x") == sheet


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "not YAML"),
        ("", "says nothing"),
        ("sheet: x", "there is no “sheet”"),
        ("sheets: x", "must be a list"),
        ("sheets: [x]", "sheets 1"),
        ("sheets: [{column: {}}]", "there is no “column”"),
        ("sheets: [{columns: {a: {mesure: level}}}]", "there is no “mesure”"),
        ("sheets: [{columns: {a: {measure: weekly}}}]", "“weekly” is no measure"),
        ("sheets: [{columns: {a: {period: soon}}}]", "“soon” is no period"),
        ("sheets: [{columns: {a: keep}}]", "neither “skip”"),
        ("sheets: [{keys: {a: place}}]", "none of period"),
        ("sheets: [{keys: x}]", "a meaning for each head"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_said_with_its_place(text, said):
    with pytest.raises(CollectError, match=said):
        read_mapping(text, name="m.yml")


@pytest.mark.parametrize(
    ("heads", "growth", "period"),
    [
        (("1-9月累计", "同比增长（%）"), "ytd_growth", "2025-01..09"),
        (("本月累计", "本月累计同比增长%"), "ytd_growth", "2025-01..09"),
        (("本月止累计", "增减（%）"), "ytd_growth", "2025-01..09"),
        (("累计", "增幅（%）"), "ytd_growth", "2025-01..09"),
        (("自年初累计", "比上年同期±%"), "ytd_growth", "2025-01..09"),
        (("本月", "同比增长（%）"), "growth", "2025-09"),
    ],
)
@pytest.mark.parametrize("in_column", [False, True])
def test_a_growth_column_beside_levels_is_the_catalogs_growth_in_percent(heads, growth, period, in_column):
    level = "level" if growth == "growth" else "ytd"
    unit = [["单位"], ["亿元"], ["亿元"]] if in_column else [[], [], []]
    rows = [
        ["2025年9月主要经济指标"],
        ["指标", *unit[0], *heads],
        ["地区生产总值" if in_column else "地区生产总值（亿元）", *unit[1], 380.5, 5.8],
        ["固定资产投资" if in_column else "固定资产投资（亿元）", *unit[2], 100.1, -3.2],
    ]
    assert told(opened(book(rows))) == [
        (f"gdp.level|own|{level}|nominal|亿元", period, "380.5"),
        (f"gdp.growth|own|{growth}|comparable_price|%", period, "5.8"),
        (f"investment.fixed.level|own|{level}|nominal|亿元", period, "100.1"),
        (f"investment.fixed.growth|own|{growth}|nominal|%", period, "-3.2"),
    ]


def test_a_growth_of_what_the_catalog_lacks_is_in_percent_too():
    rows = [["2025年9月"], ["指标", "累计", "同比增长"], ["甲产品产量（万吨）", 3.1, 1.5], ["乙产品产量（万吨）", 4.1, 2.5]]
    assert [key.split("|")[-1] for key, _, _ in told(opened(book(rows)))] == ["万吨", "%", "万吨", "%"]


PLAN_TABLE = [
    ["2025年国民经济和社会发展主要指标"],
    ["指标", "单位", "上年完成", "2025年预期目标", "奋斗目标", "计划增长（%）"],
    ["地区生产总值", "亿元", 380, 400, 410, 5.8],
    ["固定资产投资", "亿元", 100, 110, 120, 3.2],
]


def test_what_a_plan_sets_is_no_figure_and_what_came_the_year_before_is_of_that_year():
    found = opened(book(PLAN_TABLE))
    assert told(found) == [
        ("gdp.level|own|level|nominal|亿元", "2024", "380"),
        ("investment.fixed.level|own|level|nominal|亿元", "2024", "100"),
    ]
    warnings = [doubt.message for doubt in found.batch.doubts]
    assert [zh[0] for zh, _ in warnings] == ["D", "E", "F"]
    assert all("附表" in zh and "duheng init" in en for zh, en in warnings)


def test_a_person_may_say_that_a_column_headed_as_a_plan_is_a_figure():
    said = SheetMapping.of({"columns": {"奋斗目标": {"status": "estimate", "indicator": "地区生产总值"}}}, where="x")
    assert "410" in {value for _, _, value in told(opened(book(PLAN_TABLE), said))}


def test_rates_of_completion_and_indicators_with_a_plans_word_in_their_name_are_kept():
    rows = [["2025年"], ["地区", "人均预期寿命（岁）", "完成年度计划（%）"], ["东街", 79.1, 88], ["西街", 80.2, 91]]
    assert {value for _, _, value in told(opened(book(rows)))} == {"79.1", "80.2", "88", "91"}


@pytest.mark.parametrize(
    ("heads", "now", "before"),
    [
        (("累计（万元）", "上年同期"), ("ytd", "2025-01..09"), ("ytd", "2024-01..09")),
        (("1-9月累计（万元）", "去年同期数（万元）"), ("ytd", "2025-01..09"), ("ytd", "2024-01..09")),
        (("本月（万元）", "上年同期"), ("level", "2025-09"), ("level", "2024-09")),
        (("本月完成（万元）", "上年同期累计完成"), ("level", "2025-09"), ("ytd", "2024-01..09")),
        (("本月（万元）", "上年实际（万元）"), ("level", "2025-09"), ("level", "2024")),
    ],
)
def test_a_column_of_the_year_before_is_of_its_period_in_the_measure_and_unit_beside_it(heads, now, before):
    rows = [["2025年9月主要经济指标"], ["指标", *heads], ["地区生产总值", 3800000, 3600000], ["固定资产投资", 90000, 80000]]
    assert told(opened(book(rows)))[:2] == [
        (f"gdp.level|own|{now[0]}|nominal|亿元", now[1], "380.0000"),
        (f"gdp.level|own|{before[0]}|nominal|亿元", before[1], "360.0000"),
    ]


def test_a_row_of_each_month_with_the_same_month_of_the_year_before_beside_it():
    rows = [["月份", "财政收入（亿元）", "上年同期"], ["2025年8月", 3, 2.5], ["2025年9月", 4, 3.5]]
    found = told(opened(book(rows)))
    assert {key.split("|")[0] for key, _, _ in found} == {"fiscal.revenue.level"}
    assert [period for _, period, _ in found] == ["2025-08", "2024-08", "2025-09", "2024-09"]


def test_a_target_between_a_figure_to_date_and_its_growth_parts_them_not():
    rows = [["2025年9月主要经济指标"], ["指标", "累计", "年度目标", "同比增长（%）"], ["地区生产总值（亿元）", 380, 500, 5.8]]
    assert [key.split("|")[2] for key, _, _ in told(opened(book(rows)))] == ["ytd", "ytd_growth"]


@pytest.mark.parametrize(
    ("period", "heads", "now", "estimated"),
    [
        ("2025年9月", ("累计", "全年预计"), "2025-01..09", ("ytd", "2025")),
        ("2025年1-9月", ("1-9月", "部门预计"), "2025-01..09", ("ytd", "2025")),
        ("2025年1-9月", ("累计", "预计完成（亿元）"), "2025-01..09", ("ytd", "2025")),
        ("2025年1-9月", ("累计", "全年预计完成数"), "2025-01..09", ("ytd", "2025")),
        ("2025年9月", ("1-9月累计", "1-10月预计"), "2025-01..09", ("ytd", "2025-01..10")),
        ("2025年", ("2024年实际", "2025年预计"), "2024", ("level", "2025")),
        ("2026年1月", ("2025年实际", "2025年预计完成"), "2025", ("level", "2025")),
    ],
)
def test_an_offices_estimate_is_a_figure_of_the_same_series_and_of_the_year_it_speaks_of(period, heads, now, estimated):
    rows = [
        [f"{period}主要经济指标"],
        ["指标", *heads],
        ["地区生产总值（亿元）", 380.5, 505],
        ["固定资产投资（亿元）", 100.1, 140],
    ]
    found = opened(book(rows))
    measure, year = estimated
    seen = [(each.series.key, each.period.label, str(each.value), each.status.value) for each in found.batch.figures]
    assert seen == [
        (f"gdp.level|own|{measure}|nominal|亿元", now, "380.5", "preliminary"),
        (f"gdp.level|own|{measure}|nominal|亿元", year, "505", "estimate"),
        (f"investment.fixed.level|own|{measure}|nominal|亿元", now, "100.1", "preliminary"),
        (f"investment.fixed.level|own|{measure}|nominal|亿元", year, "140", "estimate"),
    ]


def test_an_estimated_growth_stands_beside_the_growth_to_date():
    rows = [
        ["2025年9月主要经济指标"],
        ["指标", "累计", "同比增长（%）", "全年预计", "预计增长（%）"],
        ["地区生产总值（亿元）", 380.5, 5.8, 505, 5.9],
    ]
    found = opened(book(rows)).batch.figures
    assert [(each.series.key, each.period.label) for each in found if each.status is Status.ESTIMATE] == [
        ("gdp.level|own|ytd|nominal|亿元", "2025"),
        ("gdp.growth|own|ytd_growth|comparable_price|%", "2025"),
    ]


def test_an_estimate_among_rows_of_months_and_among_rows_of_indicators():
    months = [
        ["月份", "地区生产总值（亿元）"],
        ["2025年1-3月", 100],
        ["2025年1-6月", 220],
        ["2025年1-9月", 330],
        ["全年预计", 460],
    ]
    last = opened(book(months)).batch.figures.figure(3)
    assert (last.series.measure, last.period.label, last.status) == ("ytd", "2025", Status.ESTIMATE)
    rows = [["2025年1-9月"], ["项目", "数值"], ["地区生产总值（亿元）", 380], ["地区生产总值全年预计（亿元）", 505]]
    found = list(opened(book(rows)).batch.figures)
    assert {each.series.key for each in found} == {"gdp.level|own|ytd|nominal|亿元"}
    assert [(each.period.label, each.status.value) for each in found] == [("2025-01..09", "preliminary"), ("2025", "estimate")]


def test_a_rate_of_completion_and_a_day_are_no_estimates():
    rows = [["2025年9月"], ["地区", "完成预计的（%）", "预计完成时间"], ["东街", 88, 20251001], ["西街", 91, 20251002]]
    assert all(each.status is Status.PRELIMINARY for each in opened(book(rows)).batch.figures)


@pytest.mark.parametrize(("status", "seen"), [(Status.PRELIMINARY, [True, False]), (Status.ESTIMATE, [True, True])])
def test_an_estimate_among_released_figures_stays_internal(status, seen):
    rows = [["2025年1-9月"], ["指标", "1-9月", "全年预计"], ["地区生产总值（亿元）", 380, 505]]
    given = Given(vintage=TODAY, released=True, status=status)
    found = open_figures(book(rows), name="表.xlsx", lexicon=LEXICON, given=given)
    assert [each.released for each in found.batch.figures] == seen


WITHOUT_YEAR = (
    [["1-9月主要经济指标"], ["指标", "累计"], ["地区生产总值（亿元）", 380.5], ["固定资产投资（亿元）", 100.1]],
    [["月份", "财政收入（亿元）"], ["1-2月", 3], ["1-3月", 4], ["1-9月", 6]],
    [["指标", "8月", "9月"], ["财政收入（亿元）", 1, 2], ["地区生产总值（亿元）", 4, 5]],
)


@pytest.mark.parametrize("rows", WITHOUT_YEAR)
def test_a_table_that_names_no_year_is_asked_about_and_taken_once_the_year_is_given(rows):
    asked = opened(book(rows))
    assert asked.asks
    assert "年份" in " ".join(one.why[0] for sheet in asked.sheets for one in sheet.columns)
    given = Given(vintage=TODAY, year=2025)
    found = open_figures(book(rows), name="表.xlsx", lexicon=LEXICON, given=given).batch
    assert found.doubts == ()
    assert {figure.period.label for figure in found.figures} <= {"2025-01..09", "2025-01..02", "2025-Q1", "2025-08", "2025-09"}


def test_a_year_that_is_given_never_overrules_the_one_a_table_names():
    rows = [["2024年9月主要经济指标"], ["指标", "累计"], ["地区生产总值（亿元）", 380.5], ["固定资产投资（亿元）", 100.1]]
    found = open_figures(book(rows), name="表.xlsx", lexicon=LEXICON, given=Given(vintage=TODAY, year=2025)).batch
    assert {figure.period.label for figure in found.figures} == {"2024-01..09"}


def test_a_growth_the_catalog_has_no_indicator_of_is_a_growth_of_that_indicator_and_of_a_rate_a_change_in_points():
    rows = [
        ["2025年9月"],
        ["指标", "累计", "同比增长（%）"],
        ["常住人口城镇化率（%）", 70.1, 0.8],
        ["每千人口拥有3岁以下婴幼儿托位数（个）", 4.5, 2.1],
        ["自有产品（万吨）", 3, 1.2],
    ]
    assert told(opened(book(rows))) == [
        ("population.urbanisation|own|ytd|none|%", "2025-01..09", "70.1"),
        ("population.urbanisation|own|change|none|个百分点", "2025-01..09", "0.8"),
        ("care.childcare_places_per_1000|own|ytd|none|个", "2025-01..09", "4.5"),
        ("care.childcare_places_per_1000|own|ytd_growth|none|%", "2025-01..09", "2.1"),
        ("自有产品|own|ytd|none|万吨", "2025-01..09", "3"),
        ("自有产品|own|ytd_growth|none|%", "2025-01..09", "1.2"),
    ]


def test_a_change_in_points_beside_a_rate_of_the_year_its_head_names():
    rows = [["地区", "2025年常住人口城镇化率（%）", "同比（百分点）"], ["东街", 70.1, 0.8], ["西街", 60.1, 0.3]]
    assert told(opened(book(rows)))[:2] == [
        ("population.urbanisation|东街|share|none|%", "2025", "70.1"),
        ("population.urbanisation|东街|change|none|个百分点", "2025", "0.8"),
    ]


@pytest.mark.parametrize(
    ("title", "sheet", "area"),
    [
        ("2025年9月全国主要经济指标", "Sheet1", "全国"),
        ("全国2025年1-9月国民经济主要指标", "Sheet1", "全国"),
        ("2025年9月主要经济指标", "全国", "全国"),
        ("2025年9月中国宏观经济数据", "Sheet1", "全国"),
        ("2025年9月全市主要经济指标", "Sheet1", "甲市"),
        ("丙市2025年9月主要经济指标", "Sheet1", "丙市"),
        ("丁县2025年9月主要经济指标", "Sheet1", "丁县"),
        ("乙区2025年9月主要经济指标", "Sheet1", "own"),
        ("2025年9月全区主要经济指标", "Sheet1", "own"),
        ("甲市乙区2025年9月主要经济指标", "Sheet1", "own"),
        ("2025年9月主要经济指标", "Sheet1", "own"),
        ("2025年9月全国文明城市创建主要指标", "Sheet1", "own"),
        ("2025年9月主要经济指标（来源：丙市统计局）", "Sheet1", "own"),
        ("丙市统计局 2025年9月主要经济指标", "Sheet1", "own"),
    ],
)
def test_a_table_is_of_the_place_its_title_names_where_nothing_else_says(title, sheet, area):
    rows = [[title], ["指标", "累计"], ["地区生产总值（亿元）", 380.5], ["固定资产投资（亿元）", 100.1]]
    lexicon = Lexicon(entries=LEXICON.entries, place=LEXICON.place, areas={"丙市": "丙市", "本地区": "own"})
    found = open_figures(book(rows, name=sheet), name="表.xlsx", lexicon=lexicon, given=Given(vintage=TODAY))
    assert {figure.series.area for figure in found.batch.figures} == {area}
    (proposed,) = found.sheets
    assert proposed.area == ("" if area == "own" else area)


def test_what_is_said_of_the_place_counts_before_the_title():
    rows = [["2025年9月全国主要经济指标"], ["指标", "累计"], ["地区生产总值（亿元）", 380.5], ["固定资产投资（亿元）", 100.1]]
    said = SheetMapping.of({"area": "own"}, where="x")
    assert {figure.series.area for figure in opened(book(rows), said).batch.figures} == {"own"}
    given = Given(vintage=TODAY, constants={"area": "戊市"})
    found = open_figures(book(rows), name="表.xlsx", lexicon=LEXICON, given=given)
    assert {figure.series.area for figure in found.batch.figures} == {"戊市"}
    towns = [["2025年9月全国主要经济指标"], ["地区", "地区生产总值（亿元）"], ["东街", 38], ["西街", 100]]
    assert {figure.series.area for figure in opened(book(towns)).batch.figures} == {"东街", "西街"}
