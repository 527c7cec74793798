"""Which indicator a name means: an exact alias binds, likeness only proposes."""

import pytest

from duheng import catalog
from duheng.plan import Naming, Place, Polarity
from duheng.plan.naming import read_name
from duheng.read import Measure

NAMING = Naming(entries=catalog.load("indicators"), place=Place(area="甲市乙区"))


@pytest.mark.parametrize(
    ("name", "unit", "code"),
    [
        ("地区生产总值增速", "%", "gdp.growth"),
        ("全区地区生产总值（GDP）增长率", "%", "gdp.growth"),
        ("生产总值", "%", "gdp.growth"),
        ("GDP", "亿元", "gdp.level"),
        ("规模以上工业增加值增速", "%", "industry.above_scale.value_added.growth"),
        ("“规上”工业增加值增长", "%", "industry.above_scale.value_added.growth"),
        ("全区居民人均可支配收入增速", "%", "income.resident.growth"),
        ("单位GDP能耗降低", "%", "energy.intensity"),
        ("城镇新增就业人数", "万人", "employment.urban.new.level"),
    ],
)
def test_an_exact_alias_binds(name, unit, code):
    assert NAMING.bind(name, unit=unit) == code


def test_a_unit_of_another_dimension_does_not_bind():
    assert NAMING.bind("森林覆盖率", unit="亿元") is None


def test_a_claims_measure_is_part_of_the_name():
    assert NAMING.bind("地区生产总值", unit="%", measure=Measure.GROWTH) == "gdp.growth"
    assert NAMING.bind("居民人均可支配收入", unit="元", measure=Measure.LEVEL) == "income.resident.level"


def test_a_wider_places_indicator_is_not_ours():
    assert NAMING.bind("全市地区生产总值增速", unit="%") is None


def test_likeness_proposes_and_does_not_bind():
    name = "地表水国家考核断面水质优良比例"
    assert NAMING.bind(name, unit="%") is None
    assert "water.national_sections" in [each.code for each in NAMING.propose(name, unit="%")]


def test_the_scope_of_a_share_is_implied_by_its_whole():
    assert read_name("规上甲产值占规上工业总产值比重") == read_name("甲产值占规上工业总产值比重")


def test_the_size_of_a_fall_is_better_when_larger():
    assert NAMING.polarity("energy.intensity") is Polarity.HIGHER
    assert NAMING.polarity(None, name="某项排放强度下降") is Polarity.HIGHER
    assert NAMING.polarity(None, name="某项死亡人数") is Polarity.LOWER


@pytest.mark.parametrize(
    ("head", "area", "own"),
    [
        ("关于甲市乙区2024年国民经济和社会发展计划执行情况的报告", "甲市乙区", "全区"),
        ("2025年甲省政府工作报告", "甲省", "全省"),
        ("政府工作报告\n——2026年1月在甲省第十四届人民代表大会第三次会议上", "甲省", "全省"),
        ("会议纪要", "", None),
    ],
)
def test_the_place_is_told_by_the_report(head, area, own):
    place = Place.of(head)
    assert place.area == area
    assert own is None or own in place.own
