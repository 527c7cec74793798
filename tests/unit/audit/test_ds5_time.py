"""Years, stages, phases, series and dates."""

import pytest
from tests.unit.audit.checked import told

REPORT = (
    "关于甲市2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n"
    "一、2024年计划执行情况\n2024年，全市经济稳中向好。自启学校建成投用。春风产业园一期竣工。举办第四届甲市面食文化节。\n"
    "2023年单位能耗较2020年下降12.9%。\n"
    "二、2025年主要任务\n2025年，是“十四五”规划收官之年，为“十五五”良好开局打牢基础。\n"
    "2025年全市拟实施项目336个。办好2025年民生实事。开工建设春风产业园二期。加快城北生物医药产业园三期建设。\n"
    "专栏1：2025年重点项目\n\t重点项目：城北生物医药产业园三期；城南公园项目；城西水厂项目。\n\n"
)
RULES = ["ds501_year", "ds502_stage", "ds503_phase", "ds504_session", "ds505_date"]


@pytest.mark.parametrize("rule", RULES)
def test_a_report_in_order_raises_nothing(rule: str):
    assert told(rule, REPORT) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("“十四五”规划收官之年", "“十五五”规划收官之年"),
        ("“十四五”规划收官之年", "“十四五”规划开局之年"),
        ("二、2025年主要任务", "二、2024年主要任务"),
        ("一、2024年计划执行", "一、2022年计划执行"),
        ("2024年，全市经济", "2025年，全市经济"),
        ("2025年全市拟实施", "2023年全市拟实施"),
        ("办好2025年民生", "办好2023年民生"),
        ("专栏1：2025年", "专栏1：2024年"),
        ("全市经济稳中向好", "出台行动方案（2027—2024年）"),
        ("较2020年", "较2200年"),
    ],
)
def test_a_year_that_does_not_fit(was: str, now: str):
    assert told("ds501_year", REPORT.replace(was, now)) != []


def test_a_project_completed_last_year_is_not_started_again():
    (found,) = told("ds502_stage", REPORT.replace("开工建设春风产业园二期", "开工建设自启学校、北山中学等项目"))
    assert found.startswith("warning “自启学校”在上年部分写作已建成，在今年安排中又写作开工")


def test_started_and_completed_in_one_year_is_a_note():
    text = REPORT.replace("自启学校建成投用", "开工建设自启学校，自启学校建成投用")
    assert [each[:4] for each in told("ds502_stage", text)] == ["note"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("；城南公园", "；城南公园"),
        ("：城北生物医药产业园三期", "：城北生物医药产业园五期"),
        ("加快城北生物医药产业园三期", "加快城北生物医药产业园一期"),
        ("春风产业园二期", "春风产业园四期"),
    ],
)
def test_a_phase_that_text_and_box_do_not_share(was: str, now: str):
    assert len(told("ds503_phase", REPORT.replace(was, now))) == (was != now)


@pytest.mark.parametrize(
    ("added", "count"),
    [
        ("办好第五届甲市面食文化节。", 0),
        ("办好第三届甲市面食文化节。", 1),
        ("办好第五届甲市面食文化节和第六届甲市面食文化节。", 1),
    ],
)
def test_a_series_counts_on(added: str, count: int):
    assert len(told("ds504_session", REPORT.replace("办好2025年", f"{added}办好2025年"))) == count


@pytest.mark.parametrize("wrong", ["2月30日", "13月", "第五季度", "9—3月", "2023年2月29日", "6月31日"])
def test_dates_that_cannot_be(wrong: str):
    assert told("ds505_date", f"一、总则\n项目于{wrong}前完成。\n") == [f"error “{wrong}”不存在，请核对日期或时段。"]


@pytest.mark.parametrize("right", ["2月29日", "2024年2月29日", "1—9月", "四季度", "11月至次年3月", "12个月", "第二十五季度"])
def test_dates_that_can_be(right: str):
    assert told("ds505_date", f"一、总则\n项目于{right}前完成。\n") == []
