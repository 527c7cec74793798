"""A report and its annexes make one plan: what the annex adds joins, what it contradicts is asked about."""

import re
from decimal import Decimal

import pytest
from tests.unit.plan import annexes
from tests.unit.plan.report import COMING, PAST, text, word

from duheng import plan, read

TABLE = [["指标名称", "单位", "2025年计划"], ["固定资产投资", "亿元", "60"], ["森林覆盖率", "%", "51"]]


@pytest.fixture(params=[annexes.word, annexes.sheets], ids=["docx", "xlsx"])
def annex(request):
    return request.param


def joined(*documents):
    return plan.from_reports(list(documents), [read.claims(document) for document in documents])


def named(made, name):
    return next(each for each in made.indicators if each.name == name)


def report(*parts):
    return word(PAST, *parts) if parts else word(PAST, COMING, "表1：2025年主要预期目标", TABLE)


def test_an_annex_fills_what_the_report_lacks_and_keeps_what_it_says(annex):
    made = joined(report(), annex(annexes.common()))
    investment = named(made, "固定资产投资")
    assert (investment.row, investment.target.text, str(investment.actual.value)) == (1, "60", "56.4")
    assert investment.actual.mention.document == 1
    assert [(each.row, each.name) for each in made.indicators] == [
        (1, "固定资产投资"),
        (2, "森林覆盖率"),
        (3, "地区生产总值增长"),
        (4, "城镇新增就业"),
    ]
    assert {mention.document for mention in investment.mentions} == {0, 1}
    assert named(made, "城镇新增就业").nature is plan.Nature.BINDING


def test_the_order_of_the_files_does_not_matter(annex):
    first, second = report(), annex(annexes.common())
    assert [each.name for each in joined(first, second).indicators] == [each.name for each in joined(second, first).indicators]
    assert joined(second, first).title == joined(first, second).title


def test_where_they_disagree_the_reports_own_table_holds_and_both_places_are_told(annex):
    caption, rows = annexes.common()
    rows[2][5] = "62"
    made = joined(report(), annex((caption, rows)))
    assert str(named(made, "固定资产投资").target.value) == "60"
    asked = next(each for each in made.review if each.kind == "target" and each.item == "固定资产投资")
    assert re.search(r"《报告.docx》写“60”，《附件.\w+》写“62”", asked.reason[0])
    assert asked.mention.document == 1


def test_an_annex_alone_is_a_plan(annex):
    made = joined(annex(annexes.common()))
    assert (made.area, made.year, len(made.indicators)) == ("乙区", 2025, 3)
    assert made.title.startswith("附件1")


def test_quarters_are_checkpoints_to_date(annex):
    made = joined(report(), annex(annexes.common(), annexes.by_quarter()))
    told = [(each.period, str(each.target.value)) for each in named(made, "固定资产投资").target.checkpoints]
    assert told == [("2025-Q1", "12"), ("2025-H1", "29"), ("2025-01..09", "45")]
    assert not [each for each in made.review if each.kind == "target"]


def test_quarters_that_each_stand_alone_are_added_up(annex):
    table = (
        "附件2：乙区2025年分季度目标",
        [
            ["指标", "单位", "一季度", "二季度", "三季度", "四季度", "全年"],
            ["固定资产投资", "亿元", "12", "17", "16", "15", "60"],
        ],
    )
    told = [
        (each.period, str(each.target.value)) for each in named(joined(report(), annex(table)), "固定资产投资").target.checkpoints
    ]
    assert told == [("2025-Q1", "12"), ("2025-H1", "29"), ("2025-01..09", "45"), ("2025", "60")]


def test_towns_are_parts_and_parts_that_do_not_add_up_are_asked_about(annex):
    made = joined(report(), annex(annexes.common(), annexes.by_town()))
    told = [(each.name, str(each.target.value)) for each in named(made, "固定资产投资").target.parts]
    assert told == [("甲街道", "25"), ("丙镇", "20"), ("丁镇", "15")]
    asked = [(each.item, each.reason[0]) for each in made.review if each.kind == "parts"]
    assert [item for item, _ in asked] == ["城镇新增就业"]
    assert "合计8800人，总目标为9000人" in asked[0][1]


@pytest.mark.parametrize("unit", ["%", "元/人", "位"])
def test_parts_in_units_that_do_not_add_are_not_added(annex, unit):
    table = ("表：乙区2025年目标分解", [["指标", "单位", "全区", "甲街道", "丙镇"], ["某指标", unit, "6", "7", "5"]])
    assert not [each for each in joined(annex(table)).review if each.kind == "parts"]


@pytest.mark.parametrize("layout", [annexes.side_by_side, annexes.turned, annexes.common])
def test_the_target_and_the_result_are_the_same_in_every_layout(annex, layout):
    investment = named(joined(text(PAST, COMING), annex(layout())), "固定资产投资")
    assert (str(investment.target.value), investment.unit, str(investment.actual.value)) == ("60", "亿元", "56.4")


def test_a_sheet_that_divides_tasks_brings_no_indicators(annex):
    assert joined(report(), annex(annexes.division())).indicators == joined(report()).indicators


def test_a_formula_without_a_value_is_asked_about_not_read():
    caption, rows = annexes.common()
    rows[2][5] = "=D3*1.05"
    made = joined(annexes.word((caption, rows)))
    assert [each.name for each in made.indicators] == ["地区生产总值增长", "城镇新增就业"]
    assert [each.item for each in made.review if each.kind == "target"] == ["固定资产投资"]


def test_checkpoints_and_parts_survive_json(annex):
    made = joined(report(), annex(annexes.common(), annexes.by_quarter(), annexes.by_town()))
    assert plan.from_dict(plan.to_dict(made)) == made
    target = named(made, "固定资产投资").target
    assert target.checkpoints[0].target.met_by(plan.Reading(value=Decimal(13), unit="亿元")).outcome is plan.Outcome.MET


def test_files_are_sorted_into_plans_by_place_and_year(annex):
    now, beside = report(), annex(annexes.common())
    before = read.open_document(data="2024年甲市乙区政府工作报告\n一、2023年工作回顾\n好。".encode(), name="去年.txt")
    other = read.open_document(data="2025年甲市丙区政府工作报告\n一、2024年工作回顾\n好。".encode(), name="别处.txt")
    assert plan.by_plan([now, beside, before]) == ((2,), (0, 1))
    assert plan.by_plan([now, beside, other]) == ((0, 1), (2,))
    assert plan.by_plan([beside, now]) == ((0, 1),)
