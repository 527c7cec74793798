"""What cannot exceed what, and level, change and growth: DA104, DA105, DA106, DA107."""

import pytest
from tests.unit.audit.saying import explained, findings, raised


@pytest.mark.parametrize(
    "text",
    [
        "新增科技型企业249家，累计达185家。",
        "认定高新技术企业58家，有效期高企数量达37家。",
        "新建充电桩620个，累计达315个。",
        "经营主体总量达146.14万户，新登记147万户。",
        "拟实施建设项目336个，总投资189.63亿元，年度计划投资256.1亿元。",
        "规上工业企业亩均产值、税收、增加值分别达到885万元、36.8万元、2680万元。",
        "全年盘活国有资产69.2亿元，完成率163.7%；盘活回收资金99.9亿元。",
    ],
)
def test_the_smaller_by_its_words_is_not_the_greater(text):
    (message,) = raised("DA104", text)
    assert "请核对" in message


@pytest.mark.parametrize(
    "text",
    [
        "新增科技型企业249家，累计达785家。",
        "规上工业企业亩均产值、税收、增加值分别达到885万元、36.8万元、268万元。",
        "五年来新增科技型企业249家，累计达185家。",
        "新增企业249家，专利累计达185件。",
        "新增学校30所，医院总数达12所。",
        "254个项目有序推进、总投资2800亿元，省属国企完成年度投资2900亿元。",  # another owner's
    ],
)
def test_pairs_of_different_things_are_not_compared(text):
    assert raised("DA104", text) == []


def test_growth_at_comparable_prices_is_explained():
    text = "2023年地区生产总值达480.9亿元，2024年地区生产总值增长5.8%、总量达506亿元。"
    assert raised("DA105", text) == []
    assert "可比价格" in explained("DA105", text)[0]


def test_a_level_that_falls_where_growth_is_told_is_an_error():
    (found,) = findings("DA105", "2023年地区生产总值达580.9亿元，2024年地区生产总值增长5.8%、总量达506亿元。")
    assert found.severity == "error"
    assert "-12.9%" in found.message[0]


def test_growth_within_a_sentence_is_that_of_its_two_levels():
    text = "技术合同成交额由{}亿元提高到14.6亿元，增长25.9%。"
    assert raised("DA105", text.format("11.6")) == []
    assert "-9.3%" in raised("DA105", text.format("16.1"))[0]
    assert raised("DA105", "技术合同成交额由8.6亿元提高到14.6亿元，年均增长25.9%。") == []


def test_a_stock_is_last_year_s_with_what_was_added():
    past = "有效期内高新技术企业达156家。"
    assert raised("DA105", past, plan="高新技术企业净增20家、达到176家。") == []
    (message,) = raised("DA105", past, plan="高新技术企业净增20家、达到186家。")
    assert "156家" in message


def test_a_target_for_a_stock_is_no_fraction_of_what_there_is():
    past = "新增科技型企业249家，累计达785家。"
    assert raised("DA105", past, plan="科技型企业达1000家。") == []
    assert "一半" in raised("DA105", past, plan="科技型企业达100家。")[0]
    assert raised("DA105", "新建城市绿道8.9公里。", plan="新建城市绿道1.2公里。") == []


def test_a_whole_grows_within_what_its_parts_grow():
    text = "进出口总额41.7亿元、增长{}%，其中出口33.5亿元、增长5.2%，进口8.2亿元、下降1.6%。"
    assert raised("DA106", text.format(3.8)) == []
    assert "5.2" in raised("DA106", text.format(8.3))[0]


def test_a_share_rises_when_its_part_outgrows_the_whole():
    text = "规上工业总产值增长7.2%，战略性新兴产业产值增长{}%，战略性新兴产业产值占规上工业总产值比重提高1.8个百分点。"
    assert findings("DA106", text.format(11.0)) == ()
    assert len(findings("DA106", text.format(3.0))) == 1


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("粮食播种面积2.54万亩、产量1.27万吨，平均亩产{}公斤。", "500", "600"),
        ("接待游客486.3万人次，实现旅游综合收入31.9亿元，游客人均消费{}元。", "656", "556"),
        ("年末常住人口46.2万人。累计建成5G基站1268个，每万人拥有5G基站{}个。", "27.4", "47.2"),
        ("地区生产总值562.4亿元，年末常住人口46.2万人，人均地区生产总值达{}万元。", "12.2", "21.2"),
        ("空气质量优良天数达326天，空气质量优良率达{}%。", "89.1", "98.1"),
        ("兑付补贴资金1.36亿元，带动消费11.2亿元，拉动倍数达{}倍。", "8.2", "2.8"),
    ],
)
def test_an_average_is_what_its_two_numbers_give(text, right, wrong):
    assert raised("DA107", text.format(right)) == []
    assert len(raised("DA107", text.format(wrong))) == 1
