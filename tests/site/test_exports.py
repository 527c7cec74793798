"""Tables as .xlsx: what is on screen, readable, and never a formula."""

import io

import pytest
from openpyxl import load_workbook

from duheng.report import book as books
from duheng.site.records.models import Indicator, Project


def book(answer):
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content)).active


@pytest.mark.parametrize("address", ["/plan.xlsx", "/projects.xlsx", "/tasks.xlsx"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_export_holds_the_table(plan, sign_in, address, language):
    sheet = book(sign_in(language=language).get(address))
    assert sheet.max_row > 5
    assert all(cell.value for cell in sheet[1])


def test_an_export_is_what_is_on_screen(plan, sign_in):
    client = sign_in()
    shown = [row.name for row in client.get("/plan?nature=binding&sort=-target").context["rows"]]
    sheet = book(client.get("/plan.xlsx?nature=binding&sort=-target"))
    assert [sheet.cell(row=number, column=2).value for number in range(2, len(shown) + 2)] == shown


def test_numbers_are_numbers_and_the_place_is_told(plan, sign_in):
    sheet = book(sign_in().get("/plan.xlsx"))
    assert isinstance(sheet["A2"].value, int | float)
    assert plan.title in [cell.value for cell in sheet["A"]]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(plan, indicator, sign_in, text):
    Indicator.objects.filter(pk=indicator.pk).update(name=text)
    Project.objects.filter(pk=plan.projects.first().pk).update(name=text)
    for address in ("/plan.xlsx", "/projects.xlsx"):
        cell = book(sign_in().get(address))["B2"]
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.quotePrefix


def test_a_number_that_is_printed_is_a_number_in_a_workbook_and_looks_the_same():
    printed = ["1,234.50", "−0.1", "+3", "0", "", "—", "1.2.3"]
    content = books.book([books.Sheet(name="x", heads=["n"], rows=[[books.Printed(each)] for each in printed])])
    cells = [cell[0] for cell in load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, max_row=8)]
    assert [cell.value or None for cell in cells] == [1234.5, -0.1, 3, None, None, "—", "1.2.3"]
    assert [cell.number_format for cell in cells[:4]] == ["#,##0.00", "#,##0.0", "+#,##0;-#,##0;#,##0", "#,##0"]
