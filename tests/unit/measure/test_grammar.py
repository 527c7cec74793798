"""Every way of printing a quantity that plan reports use."""

from decimal import Decimal

import pytest

from duheng import measure
from duheng.errors import MeasureError


def shapes(text):
    return [
        (text[f.start : f.end], float(f.quantity.value), f.quantity.unit.symbol, f.quantity.comparator.value)
        for f in measure.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长5.8%", [("5.8%", 5.8, "%", "=")]),
        ("增长５．８％", [("５．８％", 5.8, "%", "=")]),
        ("死亡率0.3‰", [("0.3‰", 0.3, "‰", "=")]),
        ("走访1.4万户", [("1.4万户", 1.4, "万户", "=")]),
        ("归集7.9亿条", [("7.9亿条", 7.9, "亿条", "=")]),
        ("事项2万余件", [("2万余件", 2, "万件", ">")]),
        ("资金900余万元", [("900余万元", 900, "万元", ">")]),
        ("展会80余场次", [("80余场次", 80, "场次", ">")]),
        ("企业80多家", [("80多家", 80, "家", ">")]),
        ("近600场次", [("近600场次", 600, "场次", "≈")]),
        ("约2.8万个", [("约2.8万个", 2.8, "万个", "≈")]),
        ("11.2万元左右", [("11.2万元左右", 11.2, "万元", "≈")]),
        ("95%以上", [("95%以上", 95, "%", ">=")]),
        ("不低于15%", [("不低于15%", 15, "%", ">=")]),
        ("不少于1500万元", [("不少于1500万元", 1500, "万元", ">=")]),
        ("突破2亿元", [("突破2亿元", 2, "亿元", ">")]),
        ("超过70%", [("超过70%", 70, "%", ">")]),
        ("超70%", [("超70%", 70, "%", ">")]),
        ("5.5%以内", [("5.5%以内", 5.5, "%", "<=")]),
        ("不超过14人", [("不超过14人", 14, "人", "<=")]),
        ("5%—5.5%", [("5%—5.5%", 5, "%", "range")]),
        ("5%-5.5%", [("5%-5.5%", 5, "%", "range")]),
        ("2.5万—3万户", [("2.5万—3万户", 2.5, "万户", "range")]),
        ("三成以上", [("三成以上", 3, "成", ">=")]),
        ("三成五", [("三成五", 3.5, "成", "=")]),
        ("翻一番", [("翻一番", 1, "番", "=")]),
        ("翻两番", [("翻两番", 2, "番", "=")]),
        ("两位数增长", [("两位数", 10, "%", ">=")]),
        ("百分之五", [("百分之五", 5, "%", "=")]),
        ("百分之五点二", [("百分之五点二", 5.2, "%", "=")]),
        ("千分之三", [("千分之三", 3, "‰", "=")]),
        ("保持正增长", [("正增长", 0, "%", ">")]),
        ("密度7.02公里/平方公里", [("7.02公里/平方公里", 7.02, "公里/平方公里", "=")]),
        ("22.5万元/人", [("22.5万元/人", 22.5, "万元/人", "=")]),
        ("提高0.8个百分点", [("0.8个百分点", 0.8, "个百分点", "=")]),
        ("压降110个基点", [("110个基点", 110, "个基点", "=")]),
        ("居全市第3位", [("第3位", 3, "位", "=")]),
        ("居全国首位", [("首位", 1, "位", "=")]),
        ("增长1倍多", [("1倍多", 1, "倍", ">")]),
        ("1,896.3亿元", [("1,896.3亿元", 1896.3, "亿元", "=")]),
        ("4.27万亿元", [("4.27万亿元", 4.27, "万亿元", "=")]),
        ("七大行动", [("七大", 7, "大", "=")]),
        ("五项津补贴", [("五项", 5, "项", "=")]),
        ("≥300天", [("≥300天", 300, "天", ">=")]),
    ],
)
def test_a_quantity_is_found_with_its_unit_and_bound(text, expected):
    assert shapes(text) == expected


def test_the_terms_of_a_structure_are_found_one_by_one():
    assert [f.quantity.value for f in measure.find("优化为0.3:40.7:59")] == [Decimal("0.3"), Decimal("40.7"), Decimal(59)]


def test_a_ratio_to_one_is_one_number():
    (found,) = measure.find("收入比为1.80:1")
    assert (found.quantity.value, found.printed) == (Decimal("1.80"), "1.80:1")


def test_a_range_from_ten_thousands_to_hundred_millions_keeps_the_upper_unit():
    (found,) = measure.find("9000万—1亿元")
    assert (found.quantity.value, found.quantity.value2, found.quantity.unit.symbol) == (Decimal("0.9"), Decimal(1), "亿元")


def test_a_bare_number_takes_the_unit_given():
    assert str(measure.parse("6", unit="%")) == "6%"
    assert str(measure.parse("≥300", unit="天")) == "300天以上"


@pytest.mark.parametrize("text", ["", "无", "5%，6%", "地区生产总值"])
def test_what_is_not_one_quantity_is_refused(text):
    with pytest.raises(MeasureError):
        measure.parse(text)
