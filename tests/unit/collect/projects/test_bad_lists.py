"""Lists that are wrong on purpose: each mistake is told at its row, and what is doubtful is asked."""

import gzip
import zipfile
from datetime import date
from io import BytesIO

import pytest
from tests.unit.collect.projects.lists import ANNUAL, ANNUAL_MERGES, WORDS, book, opened

from duheng.collect.projects import ListMapping, lists_projects, read_list_mapping, span
from duheng.errors import CollectError, DuhengError

HEADS = (
    "序号,项目名称,项目代码,业主,建设起止年限,总投资（万元）,2025年计划投资（万元）,1-3月完成投资（万元）,1-6月完成投资（万元）\n"
)


def doubts(rows: str, *, heads: str = HEADS) -> list[tuple[str, str, str]]:
    found = opened(heads + rows, name="清单.csv")
    assert not found.asks
    return [(doubt.rule, doubt.severity.value, doubt.place) for doubt in found.doubts]


@pytest.mark.parametrize(
    ("row", "rule", "severity"),
    [
        ("1,甲路,,城投,2024-2026,-500,100,,", "negative", "error"),
        ("1,甲路,,城投,2024-2026,2000万件,100,,", "amount", "error"),
        ("1,甲路,,城投,2024-2026,待定,100,,", "amount", "error"),
        ("1,甲路,,城投,2024-2026,5000-6000,100,,", "amount", "error"),
        ("1,甲路,,城投,2024-2026,99999999999999999999,100,,", "amount", "error"),
        ("1,甲路,,城投,2026-2024,500,100,,", "order", "error"),
        ("1,甲路,,城投,2024-2026,500,600,,", "over", "error"),
        ("1,,,城投,2024-2026,500,100,,", "name", "error"),
        ("1,甲路,,城投,2024-2026,500,100,90,80", "falls", "warning"),
        ("1,甲路,,城投,2024-2026,500,100,90,600", "done_over", "warning"),
        ("1,甲路,,城投,2024-2026,500,,90,499999", "done_over", "warning"),
        ("1,甲路,,城投,2024-2026,500,100,90,500000", "absurd", "error"),
        ("1,甲路,,城投,2024-2026,,100,90,100000", "absurd", "warning"),
        ("1,甲路,,城投,20244-2026,500,100,,", "date", "warning"),
    ],
)
def test_a_mistake_is_told_at_its_row(row: str, rule: str, severity: str):
    good = "2,乙路,,城投,2024-2026,900,100,,\n"
    assert doubts(row + "\n" + good) == [(rule, severity, "清单!2")]


def test_yuan_under_a_head_of_ten_thousand_says_how_many_times_and_what_is_likely():
    heads = "项目名称,总投资（万元）,2025年计划投资（万元）,1-9月完成投资（万元）,1-9月入统投资（万元）,1-9月资金支付（万元）\n"
    (doubt,) = opened(heads + "甲路,,18000,180000000,9000,8000\n", name="调度.csv", known=date(2025, 10, 8)).doubts
    assert "2025年计划投资的10,000倍" in doubt.message[0]
    assert "填了元" in doubt.message[0]
    assert "10,000 times the plan for 2025" in doubt.message[1]
    whole = opened(heads + "甲路,50000,18000,9000,90000000,180000000\n", name="调度.csv", known=date(2025, 10, 8))
    assert [doubt.message[0].split("倍")[0].split("是")[1] for doubt in whole.doubts if doubt.rule == "absurd"] == [
        "总投资的1,800",
        "总投资的3,600",
    ]
    assert whole.refused


@pytest.mark.parametrize("code", ["2017-500112-04-01-123456", "2401-500112-04-01-123456"])
def test_a_code_of_the_approval_platform_is_known_by_its_form(code: str):
    text = f"项目名称,项目编码,总投资（万元）,建设性质\n甲路,{code},900,续建\n乙路,CQ-17,800,续建\n"
    first, second = opened(text, name="清单.csv").projects
    assert (first.approval_code, first.code, second.approval_code, second.code) == (code, "", "", "CQ-17")


@pytest.mark.parametrize("day", [date(2026, 3, 1), "2026-03-01", "2026年3月1日"])
def test_one_day_under_the_years_of_construction_is_the_start_only(day: object):
    found = opened(book([["项目名称", "建设起止年限", "总投资（万元）", "建设性质"], ["甲路", day, 900, "续建"]]))
    (project,) = found.projects
    assert (project.begins, project.ends) == (date(2026, 3, 1), None)
    assert [(each.rule, each.severity.value) for each in found.doubts] == [("one_day", "warning")]


def test_a_text_called_a_workbook_and_an_empty_one_say_what_they_are():
    with pytest.raises(CollectError) as text:
        opened("这是一段说明文字\n第二行\n", name="清单.xlsx")
    assert "只是改了后缀的文本" in text.value.message("zh")
    assert "Save the table as .xlsx" in text.value.message("en")
    with pytest.raises(CollectError) as empty:
        opened(book([]))
    assert "清单.xlsx 是空表" in empty.value.message("zh")
    assert "is empty" in empty.value.message("en")


def test_a_total_is_not_doubted_where_an_amount_below_it_could_not_be_taken():
    rows = "一,产业类（2个）,,,,1500,700,,\n1,甲路,,城投,,500,-5,,\n2,乙路,,城投,,2000万件,100,,\n"
    assert [rule for rule, _, _ in doubts(rows)] == ["negative", "amount"]


def test_the_same_code_twice_is_an_error_that_names_both_rows():
    rows = "1,甲路,2411-500199-04-01-123456,城投,,500,100,,\n2,乙路,2411-500199-04-01-123456,城投,,900,100,,\n"
    found = opened(HEADS + rows, name="清单.csv")
    (doubt,) = found.doubts
    assert (doubt.rule, found.refused, doubt.place) == ("twice", True, "清单!3")
    assert "清单!2" in doubt.message[0]


def test_an_amount_ten_thousand_times_its_neighbours_is_warned_of():
    rows = [f"{n},工程{n},,城投,2024-2026,{n * 1000},{n * 100},," for n in range(1, 11)]
    assert doubts("\n".join(rows)) == []
    rows[4] = "5,工程5,,城投,2024-2026,50000000,500,,"
    assert doubts("\n".join(rows)) == [("slip", "warning", "清单!6")]
    rows[4] = "5,工程5,,城投,2024-2026,0.5,0.05,,"
    assert doubts("\n".join(rows)) == [("slip", "warning", "清单!6"), ("slip", "warning", "清单!6")]


def test_a_unit_a_year_and_a_month_that_nothing_tells_are_asked_for_and_an_answer_is_taken():
    text = "项目名称,业主,总投资,计划投资,完成投资\n甲路,城投,5,1,0.5\n"
    found = opened(text, name="清单.csv")
    assert found.asks
    asks = [ask[0] for ask in found.sheets[0].asks]
    assert sum("没有单位" in ask for ask in asks) == 3
    assert sum("哪一年" in ask for ask in asks) == 2
    said = ListMapping.of({"unit": "亿元", "year": "2025", "month": "6"}, words=WORDS, where="m")
    (project,) = opened(text, said, name="清单.csv").projects
    assert (project.total, project.years[0].planned, project.months[0].month, project.months[0].works) == (
        5 * 10**10,
        10**10,
        6,
        5 * 10**9,
    )
    remembered = opened(text, name="清单.csv", memory=lambda shape: said if shape == found.sheets[0].shape else None)
    assert remembered.projects == (project,)


def test_a_head_that_lies_is_not_believed():
    rows = "".join(f"2024-{month:02},城投,{month}00\n" for month in range(1, 10))
    found = opened("项目名称,业主,总投资（万元）\n" + rows, name="清单.csv")
    assert found.asks
    assert "2024-01" in found.sheets[0].asks[0][0]
    assert found.projects == ()
    amounts = "项目名称,业主,总投资（万元）\n甲路,城投,正在办理\n乙路,城投,前期\n丙路,城投,100\n"
    (column,) = [each for each in opened(amounts, name="清单.csv").sheets[0].columns if each.head.startswith("总投资")]
    assert (column.role, "正在办理" in column.why[0]) == ("", True)


def test_an_amount_merged_over_two_projects_counts_once_and_is_told():
    rows = [["序号", "项目名称", "业主", "总投资（万元）"], [1, "甲路", "城投", 500], [2, "乙路", "城投", None]]
    found = opened(book(rows, ((1, 3, 2, 3),)))
    assert [project.total for project in found.projects] == [5 * 10**8, None]
    assert [doubt.rule for doubt in found.doubts] == ["merged"]


def test_a_name_that_stands_alone_heads_what_follows_and_is_a_project_where_nothing_does():
    text = "项目名称,业主,总投资（万元）\n产业类,,\n甲路,城投,500\n民生类,,\n乙校,教委,300\n丙馆,,\n"
    found = opened(text, name="清单.csv")
    assert [(each.name, each.group) for each in found.projects] == [("甲路", "产业类"), ("乙校", "民生类"), ("丙馆", "民生类")]


def test_parts_of_one_project_in_several_rows_are_added_and_told():
    rows = [["序号", "项目名称", "业主", "总投资（万元）"], [1, "甲路", "城投", 500], [None, None, None, 300]]
    found = opened(book(rows, ((1, 0, 2, 0), (1, 1, 2, 1))))
    assert [project.total for project in found.projects] == [8 * 10**8]
    assert [doubt.rule for doubt in found.doubts] == ["continued"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"PK\x03\x04 not a workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not an old workbook",
        gzip.compress(b"a,b\n" * 10)[:20],
        b"\x89PNG\r\n\x1a\n" + b"0" * 64,
        "指标,2024年\n地区生产总值,480.9\n".encode(),
        "项目名称,业主,总投资（万元）\n".encode(),
        b"\xff\xfe\x00\xd8" * 50,
    ],
)
def test_what_is_no_list_of_projects_is_told_plainly(data: bytes):
    with pytest.raises(DuhengError) as told:
        opened(data, name="坏.xlsx")
    assert "坏" in told.value.message("zh")


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(DuhengError):
        opened(gzip.compress(b"0" * (65 * 2**20)), name="弹.csv.gz")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (200 * 2**20))
    with pytest.raises(DuhengError):
        opened(buffer.getvalue(), name="弹.xlsx")


@pytest.mark.parametrize(
    "text",
    [
        "- a\n",
        "unit: 万件\n",
        "year: soon\n",
        "colums: {}\n",
        "columns: {总投资: {role: money}}\n",
        "columns: {总投资: {rolle: total}}\n",
        "negative: drop\n",
        "sheets: {}\n",
        "columns: [a]\n",
        "columns: {a: {role: total, year: 24}}\n",
        "a: [\n",
    ],
)
def test_a_wrong_mapping_names_its_place(text: str):
    with pytest.raises(CollectError) as told:
        read_list_mapping(text, name="m.yml", words=WORDS)
    assert "m.yml" in told.value.message("en")


def test_a_list_of_projects_is_told_from_a_table_of_figures():
    assert lists_projects(book(ANNUAL, ANNUAL_MERGES), name="a.xlsx", words=WORDS)
    figures = "指标,单位,2024年,2025年\n地区生产总值,亿元,480.9,506\n社会消费品零售总额,亿元,300,320\n"
    assert not lists_projects(figures.encode(), name="a.csv", words=WORDS)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-2026", date(2024, 1, 1), date(2026, 12, 31)),
        ("2024.3—2026年底", date(2024, 3, 1), date(2026, 12, 31)),
        ("2024-03-2026-12", date(2024, 3, 1), date(2026, 12, 31)),
        ("2024年3月至12月", date(2024, 3, 1), date(2024, 12, 31)),
        ("24年3月-26年6月", date(2024, 3, 1), date(2026, 6, 30)),
        ("20240301", date(2024, 3, 1), date(2024, 3, 1)),
        ("45352", date(2024, 3, 1), date(2024, 3, 1)),
        ("2024年一季度", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024年上半年", date(2024, 1, 1), date(2024, 6, 30)),
        ("2025年10月底前", date(2025, 10, 31), date(2025, 10, 31)),
        ("2024年2月中旬", date(2024, 2, 11), date(2024, 2, 20)),
        ("Mar-24", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024.3-12", date(2024, 3, 1), date(2024, 12, 31)),
    ],
)
def test_times_as_lists_print_them(text: str, first: date, last: date):
    found = span(text)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["已开工", "24个月", "2024-13-45-99", "2024年30月", "", "2024" * 100])
def test_what_names_no_time_is_none(text: str):
    assert span(text) is None
