"""The sections of a report, from the numbering its author typed."""

from __future__ import annotations

import pytest

from duheng import read
from duheng.read import Block, Section
from duheng.read.outline import sections

BODY = "全年实现地区生产总值506亿元，增长5.8%，就业稳定，物价平稳，社会和谐，各项事业取得新的进步，为下一步打下了坚实的基础。"


def outline(*lines: str) -> list[tuple[int, str, str]]:
    return [(section.level, section.number, section.title) for section in found(*lines)]


def found(*lines: str) -> tuple[Section, ...]:
    return read.open_document(data="\n".join(lines).encode(), name="report.txt").sections


def test_each_form_of_number_has_its_level() -> None:
    assert outline(
        "第一部分 回顾",
        "一、2024年执行情况",
        "（一）主要指标",
        "1.协同共建。推进项目。",
        "（1）启动",
        "第一，抓早",
        "一是抓实。",
        "——稳进增效，提升。全年",
    ) == [
        (0, "一", "第一部分 回顾"),
        (1, "一", "一、2024年执行情况"),
        (2, "一", "（一）主要指标"),
        (3, "1", "1.协同共建"),
        (4, "1", "（1）启动"),
        (5, "一", "第一，抓早"),
        (5, "一", "一是抓实"),
        (6, "——", "——稳进增效，提升"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "一、二、三产业分别增长4%。",
        "2.5万人就业。",
        "2025年，要坚持稳中求进。",
        "12345热线受理30万件。",
        "——2025年1月20日在区人民代表大会上",
        "十四五规划",
        "第一产业增加值增长4%。",
        "5G基站1000个。",
        "一",
    ],
)
def test_what_only_looks_like_a_number_of_a_section_is_prose(line: str) -> None:
    assert outline("各位代表：", line) == []


def test_a_year_may_follow_the_number() -> None:
    assert outline("1.2024年工作回顾", "2. 2025年工作安排") == [(3, "1", "1.2024年工作回顾"), (3, "2", "2. 2025年工作安排")]


def test_items_may_run_on_through_sections() -> None:
    assert [
        (s.level, s.number, s.parent)
        for s in found("三、重点工作", "（一）开放", "1.甲。", "2.乙。", "（二）内需", "3.丙。", "4.丁。", "（三）产业", "5.戊。")
    ] == [
        (1, "三", None),
        (2, "一", 0),
        (3, "1", 1),
        (3, "2", 1),
        (2, "二", 0),
        (3, "3", 4),
        (3, "4", 4),
        (2, "三", 0),
        (3, "5", 7),
    ]


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        (["一、回顾", "（1） 指标", "（二）项目", "（三）任务"], [1, 2, 2, 2]),
        (["一、回顾", "（一）指标", "（2）项目", "（三）任务"], [1, 2, 2, 2]),
        (["一、回顾", "（一）指标", "（二）项目", "3.任务", "二、安排"], [1, 2, 2, 2, 1]),
        (["一、回顾", "（一）指标", "二、项目", "（三）任务", "二、安排"], [1, 2, 2, 2, 1]),
        (["一、回顾", "（一）指标", "（1）甲", "（2）乙", "（二）项目"], [1, 2, 4, 4, 2]),
        (["一、回顾", "（一）指标", "1.甲", "2.乙", "（二）项目", "1.丙"], [1, 2, 3, 3, 2, 3]),
        (["一、回顾", "（一）指标", "1.甲", "（2）乙", "3.丙"], [1, 2, 3, 3, 3]),
        (["（九）指标", "（三）项目", "7.任务", "一、回顾"], [2, 2, 3, 1]),
    ],
)
def test_a_sibling_in_the_wrong_form_is_known_by_its_turn(lines: list[str], levels: list[int]) -> None:
    assert [section.level for section in found(*lines)] == levels


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    lines = ["一、回顾", "（一）指标", BODY, "二、安排", BODY]
    text = "\n".join(lines)
    document = read.open_document(data=text.encode(), name="report.txt")
    first, inner, second = document.sections
    assert (first.end, inner.end, second.end) == (text.index("二、"), text.index("二、"), len(text))
    assert document.path_at(text.index("全年")) == (first, inner)
    assert document.path_at(len(text) - 1) == (second,)


def test_a_bracket_lost_at_the_end_of_a_line_costs_no_section() -> None:
    assert [number for _, number, _ in outline("（一）甲。", "（", "二）乙。", "（三）丙。")] == ["一", "二", "三"]


def test_a_heading_cut_in_two_lines_is_one_title() -> None:
    assert outline("三、持续提升政府", "治理效能和服务水平", BODY) == [(1, "三", "三、持续提升政府治理效能和服务水平")]
    assert outline("三、2025年重点工作", "重点做好以下工作：", BODY) == [(1, "三", "三、2025年重点工作")]


def test_a_report_that_numbers_no_parts_has_bare_lines_for_headings() -> None:
    assert outline("政府工作报告", "2024年工作回顾", BODY, "2024年工作回顾", BODY, "2025年工作安排", BODY) == [
        (1, "", "2024年工作回顾"),
        (1, "", "2025年工作安排"),
    ]


def test_what_stands_behind_the_report_is_not_its_last_section() -> None:
    assert outline("一、回顾", BODY, "名词解释", "1.双碳：碳达峰与碳中和。") == [
        (1, "一", "一、回顾"),
        (0, "", "名词解释"),
        (3, "1", "1.双碳：碳达峰与碳中和"),
    ]


def test_cells_boxes_and_notes_are_no_headings() -> None:
    assert (
        outline(
            "表1：任务",
            "\t一、甲",
            "\t（一）乙",
            "",
            "\t1.丙",
            "\t2.丁",
            "",
            "",
            "专栏1：项目",
            "\t一、开工项目：甲；乙。",
            "二、竣工项目：丙；丁。",
            "",
        )
        == []
    )


def test_heading_styles_count_where_the_author_used_them_and_a_contents_page_does_not() -> None:
    blocks = [
        Block(offset=0, text="一、总则\t1", style="toc 1"),
        Block(offset=10, text="总则", style="Heading 1"),
        Block(offset=20, text="（一）范围", style="Heading 1"),
    ]
    assert [(section.level, section.title) for section in sections(blocks)] == [(1, "总则"), (2, "（一）范围")]


def test_nothing_gives_no_sections() -> None:
    assert sections([]) == ()
