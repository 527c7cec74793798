"""Division-of-tasks sheets in the layouts that offices use, and which item of the plan each row means."""

import io

import pytest
from docx import Document as Word

from duheng import catalog, read
from duheng.plan import Duty, Naming, Place, PlanItem, PlanItems
from duheng.plan.division import of_document, of_text

PLACE = Place(area="甲市乙区")
ITEMS = PlanItems(
    [
        PlanItem(kind="indicator", key=1, name="地区生产总值", number="1", unit="%", code="gdp.growth"),
        PlanItem(kind="indicator", key=2, name="规上工业增加值增速", number="2", unit="%"),
        PlanItem(kind="indicator", key=3, name="绿地面积", number="3", unit="公顷"),
        PlanItem(kind="indicator", key=4, name="绿地面积", number="4", unit="%"),
        PlanItem(kind="project", key=1, name="滨江路拓宽改造工程", number="P001", names=("滨江路拓宽",)),
        PlanItem(kind="project", key=2, name="科创园一期", number="P002"),
        PlanItem(kind="project", key=3, name="科创园二期", number="P003"),
        PlanItem(kind="task", key=1, name="深入推进国有企业改革", number="1"),
        PlanItem(kind="task", key=2, name="持续优化营商环境", number="2"),
    ],
    naming=Naming(entries=catalog.load("indicators"), place=PLACE),
)
SHEET = """乙区2026年主要目标任务分工表
序号\t重点工作\t指标名称\t目标值\t牵头单位\t责任单位\t分管领导\t完成时限
一、经济发展
1\t稳增长\t地区生产总值增速\t6%\t区发展改革委\t区统计局、区经信委\t张某\t2026年12月
2\t\t规上工业增加值增速\t7%\t区经信委\t\t李某\t
3\t\t社会消费品零售总额增速\t5%\t\t\t\t
二、重点项目
4\t滨江路拓宽改造\t\t\t"区交通局
区住建委"\t—\t\t
"""


def meant(name, **more):
    return ITEMS.of(Duty(row=1, name=name, **more))


def test_a_pasted_sheet_gives_its_rows():
    first, second, third, fourth = of_text(SHEET)
    assert (first.row, first.name, first.group, first.goal) == (4, "地区生产总值增速", "稳增长", "6%")
    assert (first.lead, first.support) == (("区发展改革委",), ("区统计局", "区经信委"))
    assert (first.leader, first.deadline) == ("张某", "2026年12月")
    assert (second.lead, second.carried) == (("区经信委",), False)
    assert (third.lead, third.carried) == (("区经信委",), True)
    assert (fourth.name, fourth.kind, fourth.lead, fourth.support) == ("滨江路拓宽改造", "project", ("区交通局", "区住建委"), ())


def test_a_cell_that_says_there_is_nobody_yet_carries_nothing_down():
    rows = of_text("任务\t牵头单位\n甲\t甲局\n乙\t待明确\n丙\t\n")
    assert [(duty.lead, duty.carried) for duty in rows] == [(("甲局",), False), ((), False), ((), True)]


def test_where_only_responsible_offices_are_given_the_first_leads():
    (duty,) = of_text("序号\t工作任务\t责任单位\t责任领导\n1\t甲\t甲局、乙局\t张某\n")
    assert (duty.lead, duty.support, duty.leader) == (("甲局",), ("乙局",), "张某")


def test_comma_separated_text_is_a_sheet_too():
    (duty,) = of_text('项目名称,牵头单位,配合单位\n科创园一期,甲局,"乙局,丙局"\n')
    assert (duty.name, duty.lead, duty.support) == ("科创园一期", ("甲局",), ("乙局", "丙局"))


@pytest.mark.parametrize(
    "text", ["", "一段话而已。", "甲\t乙\n丙\t丁\n", "序号\t任务\n1\t甲\n", "\0\0", '"', '任务\t牵头单位\n"未合的引号\t甲局']
)
def test_what_is_no_such_sheet_gives_no_rows_and_no_fault(text):
    assert all(duty.name for duty in of_text(text))


def test_cells_merged_down_in_a_word_table_hold_for_each_row(tmp_path):
    word = Word()
    table = word.add_table(rows=4, cols=4)
    for place, text in enumerate(("序号", "目标任务", "责任分工", "责任分工")):
        table.cell(0, place).text = text
    table.cell(0, 2).merge(table.cell(0, 3)).text = "责任分工"
    for place, text in enumerate(("序号", "目标任务", "牵头单位", "配合单位")):
        table.cell(1, place).text = text
    for row, (number, name) in enumerate((("1", "深入推进国有企业改革"), ("2", "持续优化营商环境")), start=2):
        table.cell(row, 0).text, table.cell(row, 1).text = number, name
    table.cell(2, 2).merge(table.cell(3, 2)).text = "区国资委"
    table.cell(3, 3).text = "区财政局"
    buffer = io.BytesIO()
    word.save(buffer)
    duties = of_document(read.open_document(data=buffer.getvalue(), name="分工.docx"))
    assert [(duty.name, duty.lead, duty.support) for duty in duties] == [
        ("深入推进国有企业改革", ("区国资委",), ()),
        ("持续优化营商环境", ("区国资委",), ("区财政局",)),
    ]


def test_an_exact_name_binds():
    ((_, found),) = meant("持续优化营商环境。")
    assert (found[0].sure, found[0].item.kind, found[0].item.key) == (True, "task", 2)


def test_another_name_of_the_item_binds():
    ((_, found),) = meant("滨江路拓宽")
    assert (found[0].sure, found[0].item.key) == (True, 1)


def test_a_name_the_catalog_knows_for_the_same_indicator_binds():
    ((_, found),) = meant("GDP增速", unit="%")
    assert (found[0].sure, found[0].item.key) == (True, 1)


def test_the_same_name_twice_binds_only_where_the_row_tells_which():
    assert not meant("绿地面积")[0][1][0].sure
    assert meant("绿地面积", unit="%")[0][1][0].item.key == 4
    assert meant("绿地面积", number="3")[0][1][0].item.key == 3


def test_likeness_only_proposes():
    ((_, found),) = meant("推进国有企业深化改革")
    assert (found[0].sure, found[0].item.kind, found[0].item.key) == (False, "task", 1)
    assert 0.5 < found[0].likeness < 1


def test_phases_are_not_taken_for_each_other():
    ((_, found),) = meant("科创园三期", kind="project")
    assert not any(one.sure for one in found)


def test_what_the_plan_does_not_have_is_not_matched():
    assert meant("举办一届运动会") == [("举办一届运动会", ())]


def test_a_row_that_names_several_things_is_taken_apart():
    found = meant("1.深入推进国有企业改革\n2.持续优化营商环境\n3.举办运动会")
    assert [(name, [one.item.key for one in candidates[:1]]) for name, candidates in found] == [
        ("深入推进国有企业改革", [1]),
        ("持续优化营商环境", [2]),
        ("举办运动会", []),
    ]
