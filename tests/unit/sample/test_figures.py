"""The invented figures agree with one another, so that an auditor finds the clean report clean."""

from decimal import Decimal

import pytest

from duheng.sample import truth


def figure(subject, period="2025", *, measured=None):
    """The one value the report gives a subject in a year (however often it says so)."""
    found = {
        str(claim["value"])
        for claim in truth("claims")
        if claim["subject"] == subject and claim["period"].startswith(period) and measured in (None, claim["unit"])
    }
    assert len(found) == 1, (subject, period, found)
    return Decimal(found.pop())


def printed(exact, like):
    """`exact` at the decimals of `like`."""
    return round(exact, -like.as_tuple().exponent)


SUMS = {
    ("地区生产总值", "2025"): ["第一产业增加值", "第二产业增加值", "第三产业增加值"],
    ("进出口总额", "2025"): ["出口额", "进口额"],
    ("2025年计划指标", "2025"): ["约束性指标", "预期性指标"],
    ("区级重点项目", "2025"): ["新开工重点项目", "续建重点项目"],
    ("争取到位上级资金", "2025"): ["中央预算内投资", "超长期特别国债资金", "地方政府专项债券资金"],
    ("新设经营主体", "2025"): ["新设企业", "新设个体工商户"],
    ("新增学位", "2025"): ["新增中小学学位", "新增幼儿园学位"],
    ("2026年计划指标", "2026"): ["2026年约束性指标", "2026年预期性指标"],
    ("新增学位", "2026"): ["新增小学学位", "新增初中学位"],
    ("区级重点项目", "2026"): ["新开工项目", "续建项目", "前期储备项目"],
}
FIELDS = ["产业升级类项目", "城乡建设类项目", "社会民生类项目", "生态环保类项目", "数字安全类项目"]


@pytest.mark.parametrize(("whole", "parts"), SUMS.items())
def test_parts_add_up_to_their_whole(whole, parts):
    subject, year = whole
    assert sum(figure(part, year) for part in parts) == figure(subject, year)


def test_projects_by_field_add_up_in_number_and_money():
    assert sum(figure(field, "2026") for field in FIELDS) == figure("区级重点项目", "2026")
    money = figure("区级重点项目年度计划投资", "2026")
    assert sum(figure(f"{field}年度计划投资", "2026") for field in FIELDS) == money
    for field in FIELDS:
        share = figure(f"{field}投资占比", "2026")
        assert printed(100 * figure(f"{field}年度计划投资", "2026") / money, share) == share


def test_the_shares_of_the_three_sectors_follow_from_their_value_added():
    total = figure("地区生产总值", measured="亿元")
    shares = [figure(f"第{number}产业比重") for number in "一二三"]
    assert [printed(100 * figure(f"第{number}产业增加值") / total, Decimal("0.1")) for number in "一二三"] == shares
    assert sum(shares) == 100


RATIOS = [
    ("完成的计划指标", "2025年计划指标", "计划指标完成率"),
    ("完成的预期性指标", "预期性指标", "预期性指标完成率"),
    ("区级重点项目完成投资", "区级重点项目年度计划投资", "区级重点项目投资完成率"),
    ("实际开工重点项目", "新开工重点项目", "重点项目开工率"),
    ("税收收入", "一般公共预算收入", "税收收入占一般公共预算收入比重"),
    ("民生支出", "一般公共预算支出", "民生支出占一般公共预算支出比重"),
    ("限额以上单位消费品零售额", "社会消费品零售总额", "限额以上单位消费品零售额占社会消费品零售总额比重"),
    ("战略性新兴产业产值", "规上工业总产值", "战略性新兴产业产值占规上工业总产值比重"),
    ("民营经营主体", "经营主体总量", "民营经营主体占经营主体总量比重"),
    ("集体经营性收入50万元以上的村", "行政村", "集体经营性收入50万元以上的村占比"),
]


@pytest.mark.parametrize(("part", "whole", "ratio"), RATIOS)
def test_a_stated_share_or_rate_is_what_its_figures_give(part, whole, ratio):
    stated = figure(ratio)
    assert printed(100 * figure(part) / figure(whole), stated) == stated


def test_three_leading_industries_make_the_share_that_is_stated():
    output = sum(figure(f"{industry}产业产值") for industry in ("电子信息", "高端装备", "新材料"))
    assert printed(100 * output / figure("规上工业总产值"), Decimal("0.1")) == figure("三大主导产业产值占规上工业总产值比重")


def test_stated_growth_follows_from_levels_where_both_years_are_given():
    growth = 100 * (figure("技术合同成交额") / figure("技术合同成交额", "2024") - 1)
    assert printed(growth, Decimal("0.1")) == figure("技术合同成交额增速")
    assert 100 * (figure("城市低保标准") / figure("城市低保标准", "2024") - 1) == figure("城市低保标准提高幅度")


def test_nominal_growth_stays_near_the_real_growth_that_is_stated():
    nominal = 100 * (figure("地区生产总值") / figure("地区生产总值", "2024") - 1)
    assert abs(nominal - figure("地区生产总值增速")) < 1
    assert printed(figure("地区生产总值") * Decimal("1.06"), Decimal(1)) == figure("地区生产总值", "2026")


def test_per_unit_figures_follow_from_their_totals():
    people = figure("常住人口") * 10000
    # 亿元 over 万人 gives 万元 a head.
    assert printed(figure("地区生产总值") / figure("常住人口"), Decimal("0.1")) == figure("人均地区生产总值")
    assert printed(figure("托位总量") * 1000 / people, Decimal("0.1")) == figure("每千人口拥有3岁以下婴幼儿托位数")
    assert printed(figure("医疗机构床位") * 1000 / people, Decimal("0.1")) == figure("每千人口医疗机构床位数")
    assert printed(figure("5G基站") * 10000 / people, Decimal("0.1")) == figure("每万人拥有5G基站")
    assert figure("粮食产量") * 1000 / figure("粮食播种面积") == figure("粮食平均亩产")
    assert printed(figure("旅游综合收入") * 10000 / figure("接待游客"), Decimal(1)) == figure("游客人均消费")


def test_last_years_stock_and_this_years_addition_make_this_years_stock():
    for stock, added in {
        "规上工业企业": "规上工业企业净增",
        "高新技术企业": "高新技术企业净增",
        "公共充电桩": "新建公共充电桩",
        "社区老年食堂": "新建社区老年食堂",
        "“高效办成一件事”事项": "新增“高效办成一件事”事项",
    }.items():
        assert figure(stock, "2025") + figure(added, "2026") == figure(stock, "2026"), stock


def test_the_text_repeats_the_targets_of_the_table():
    for subject in (
        "规上工业增加值增速",
        "固定资产投资增速",
        "工业投资增速",
        "社会消费品零售总额增速",
        "森林覆盖率",
        "地区生产总值增速",
    ):
        assert figure(subject, "2026")
    assert figure("经营主体总量", "2026", measured="万户") * 10000 == figure("经营主体总量", "2026", measured="户")
    assert figure("城镇新增就业", "2026") * 10000 == figure("城镇新增就业人数", "2026")
