"""Sheets of applications as offices keep them: heads in any order and form, units, days, totals, and what is wrong at its cell."""

from datetime import date

import pytest

from duheng.allocate import Step
from duheng.allocate.application_sheet import read_applications
from duheng.errors import CollectError

KNOWN = date(2026, 6, 30)
WAN = 1_000_000


def read(text: str, **more):
    return read_applications(text.encode(), name="申报表.csv", known=KNOWN, **more)


def steps(row):
    return [(move.step, move.amount // WAN, move.on) for move in row.moves]


def test_a_sheet_with_all_steps_their_days_and_the_paper():
    sheet = read(
        "序号,项目编码,项目名称,资金池,年度,申报金额（万元）,申报日期,审核金额（万元）,下达金额（亿元）,下达日期,文号\n"
        "1,A1,甲路,专项债券,2026,5000,2026-01-10,4500,0.4,2026.3.15,财债〔2026〕1号\n"
        "合计,,,,,5000,,4500,0.4,,\n"
    )
    (row,) = sheet.rows
    assert (row.project_code, row.project, row.pool, row.year) == ("A1", "甲路", "专项债券", 2026)
    assert steps(row) == [
        (Step.APPLIED, 5000, date(2026, 1, 10)),
        (Step.REVIEWED, 4500, date(2026, 3, 15)),
        (Step.ALLOTTED, 4000, date(2026, 3, 15)),
    ]
    assert [move.paper for move in row.moves] == ["", "", "财债〔2026〕1号"]
    assert sheet.faults == ()


def test_a_list_for_special_bonds_with_its_unit_above_and_the_year_in_the_head():
    sheet = read(
        "2026年专项债券项目申报表\n单位：亿元\n序号,项目名称,总投资,2026年专项债券资金需求\n1,甲园区,3.2,1.5\n2,乙学校,0.8,\n"
    )
    (row,) = sheet.rows
    assert (row.project, row.year, steps(row)) == ("甲园区", 2026, [(Step.APPLIED, 15_000, KNOWN)])


def test_a_head_in_two_rows():
    sheet = read("项目名称,申报,申报,到位\n,金额（万元）,日期,金额（万元）\n甲,100,2026-02-01,50\n")
    (row,) = sheet.rows
    assert steps(row) == [(Step.APPLIED, 100, date(2026, 2, 1)), (Step.ARRIVED, 50, KNOWN)]


def test_where_the_head_names_no_unit_the_one_asked_holds():
    assert steps(read("项目名称,申请额度\n甲,2\n", unit="亿元").rows[0])[0][1] == 20_000


def test_an_amount_with_a_unit_of_its_own():
    assert steps(read("项目名称,申报金额（万元）\n甲,1.5亿元\n").rows[0])[0][1] == 15_000


@pytest.mark.parametrize(
    ("cell", "said"), [("-5", "negative"), ("待定额度", "no amount"), ("2000万件", "no amount"), ("100-200", "no amount")]
)
def test_what_is_no_amount_is_told_at_its_cell(cell, said):
    (fault,) = read(f"项目名称,申报金额（万元）\n甲,{cell}\n").faults
    assert fault.place.endswith("B2")
    assert said in fault.message[1]


def test_what_is_no_day_is_told_at_its_cell():
    (fault,) = read("项目名称,申报金额（万元）,申报日期\n甲,5,改天\n").faults
    assert fault.place.endswith("C2")


def test_a_dash_or_nothing_is_no_amount_and_a_row_without_any_is_left_out():
    assert read("项目名称,申报金额（万元）\n甲,—\n乙,\n丙,7\n").rows[0].project == "丙"


@pytest.mark.parametrize("text", ["名称,数\n甲,5\n", "", "项目名称,总投资\n甲,5\n"])
def test_a_sheet_without_such_a_head_is_refused_with_what_to_do(text):
    with pytest.raises(CollectError, match="Name the columns so"):
        read(text or "\n")
