"""Parts and their total."""

import pytest
from tests.unit.audit.saying import explained, findings, raised

BREAKDOWN = "拟实施重点项目{total}个。按行业分，产业类15个；基础设施类{roads}个；其他类85个。"


@pytest.mark.parametrize(
    ("text", "came"),
    [
        ("计划建设项目362个（新开工251个、续建147个）。", "398个"),
        ("计划建设项目362个（新开工205个、续建147个）。", "352个"),
        ("共33项指标，其中约束性指标9项，全部完成；预期性指标25项，完成17项。", "34项"),
        ("向上争取资金16.3亿元，其中中央资金15.51亿元，专项债1.87亿元。", "17.38亿元"),
        ("新增学位3240个，其中中学学位2520个、小学学位820个。", "3340个"),
        (BREAKDOWN.format(total=144, roads=34), "134个"),
        ("一是围绕经济，提出6项指标。二是围绕创新，提出5项指标。三是围绕民生，提出8项指标。以上共计28项指标。", "19项"),
        ("地区生产总值562.4亿元。第一、二、三产业增加值分别为9亿元、273.9亿元、315.5亿元。", "598.4亿元"),
    ],
)
def test_parts_that_do_not_come_to_their_whole_are_named_with_their_sum(text, came):
    (message,) = raised("DA101", text)
    assert came in message


@pytest.mark.parametrize(
    "text",
    [
        "计划建设项目362个（新开工215个、续建147个）。",
        "共33项指标，其中约束性指标8项，全部完成；预期性指标25项，完成17项。",
        "向上争取资金16.3亿元，其中中央资金5.51亿元，专项债1.87亿元。",
        "新设市场主体6303户；其中民营经济市场主体新增6223户；民营企业新增2290户。",
        BREAKDOWN.format(total=144, roads=44),
        "一是围绕经济，提出6项指标。二是围绕创新，提出5项指标。三是围绕民生，提出8项指标。以上共计19项指标。",
        "居民人均可支配收入50126元，其中城镇居民人均可支配收入54872元，农村居民人均可支配收入30415元。",
        "年度计划投资142.5亿元，实际完成148.9亿元。",
        "签约项目52个、总投资286.5亿元，其中10亿元以上项目6个。",
        "引进人才1万名左右，其中教师6000人左右、医师2000人左右、工程师2000人（含重点产业1000人）左右、技师1000人左右。",
    ],
)
def test_parts_that_do_are_passed_over(text):
    assert raised("DA101", text) == []


def test_a_part_greater_than_its_whole_is_told_as_such():
    (message,) = raised("DA101", "全区拟实施建设项目133个。其中，区级重点项目144个。")
    assert "144个" in message
    assert "133个" in message
    assert raised("DA101", "获得授信额度80亿元、放款86.8亿元。")


def test_rounding_is_explained_rather_than_raised():
    text = "年度计划投资100.1亿元。按行业分，工业40.04亿元，农业30.03亿元，其他30.02亿元。"
    assert raised("DA101", text) == []
    assert "四舍五入" in explained("DA101", text)[0]


def test_a_count_in_ones_was_counted_and_not_rounded():
    assert raised("DA101", "共有企业14户（大型企业9户、小型企业6户）。")
    assert raised("DA101", "共有企业1.4万户（大型企业0.9万户、小型企业0.6万户）。") == []


def test_the_first_place_is_the_whole_and_the_others_its_parts():
    (found,) = findings("DA101", "计划建设项目362个（新开工251个、续建147个）。")
    assert len(found.spots) == 3
    assert found.expected[0].endswith("362个")
    assert found.found[0] == "398个"
