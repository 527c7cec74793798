"""Whatever a plan's sheet is saved as, its tables come with what each cell shows, the sheet's name and the cell's."""

from __future__ import annotations

import datetime
import io
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter
import xlwt
from tests.unit.read.word import zipped

from duheng import read
from duheng.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, ProtectedDocument, ReadError, SheetTooLarge
from duheng.read import BlockKind, Document
from duheng.read.number_format import shown

HEAD = ["指标名称", "单位", "2024年完成", "2025年目标"]
ROWS = [["地区生产总值增速", "%", 5.8, 6], ["一般公共预算收入", "亿元", 33.1, 34.5], ["新增就业", "人", 1200, 1300]]


def opened(data: bytes, name: str = "指标.xlsx") -> Document:
    document = read.open_document(data=data, name=name)
    assert all(document.text[block.offset : block.end] == block.text for block in document.blocks)
    assert document == read.open_document(data=data, name=name)
    return document


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(book: openpyxl.Workbook, rows: list[list[Any]], top: int = 1) -> Any:
    for number, row in enumerate(rows):
        for column, value in enumerate(row, 1):
            book.active.cell(top + number, column, value)
    return book.active


def texts(document: Document, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[table].rows]


def test_a_used_range_is_a_table_under_its_title_and_above_its_notes() -> None:
    book = openpyxl.Workbook()
    sheet = filled(
        book, [["附件1"], ["2025年主要指标"], ["（单位：见表）"], HEAD, *ROWS, ["注：增速按可比价计算，2024年为预计数。"]]
    )
    sheet.title = "2025年指标"
    sheet.merge_cells("A2:D2")
    document = opened(saved(book))
    assert texts(document)[1:] == [
        ["地区生产总值增速", "%", "5.8", "6"],
        ["一般公共预算收入", "亿元", "33.1", "34.5"],
        ["新增就业", "人", "1200", "1300"],
    ]
    table = document.tables[0]
    assert table.caption
    assert table.caption.text == "2025年主要指标"
    assert table.sheet == "2025年指标"
    assert (table.rows[1][2].sheet, table.rows[1][2].address) == ("2025年指标", "C5")
    prose = [block.text for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    assert prose == ["附件1", "2025年主要指标", "（单位：见表）", "注：增速按可比价计算，2024年为预计数。"]
    assert [section.title for section in document.sections] == ["附件1", "2025年主要指标"]
    assert len(read.plan_rows(document, year=2025)) == 3


@pytest.mark.parametrize(
    ("name", "above", "head"),
    [
        ("附件1", [["附件1 青禾区2025年主要指标表"]], "附件1 青禾区2025年主要指标表"),
        ("主要指标", [["青禾区2025年主要指标"]], "青禾区2025年主要指标"),
        ("主要指标", [["附件1"], [], ["青禾区2025年主要指标"], []], "青禾区2025年主要指标"),  # past empty rows
        ("主要指标", [["附件1"], ["单位：亿元"]], "主要指标"),  # no title but the sheet's name
        ("主要指标", [], "主要指标"),
    ],
)
def test_a_sheets_name_heads_it_only_where_it_has_no_title_of_its_own(name, above, head) -> None:
    book = openpyxl.Workbook()
    filled(book, [*above, HEAD, *ROWS]).title = name
    document = opened(saved(book))
    (table,) = document.tables
    assert table.caption
    assert (table.caption.text, table.sheet) == (head, name)
    assert document.sections[-1 if head != name else 0].title == head.replace(" ", "")
    own = [line for row in above for line in row]
    prose = [block.text for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    assert prose == (own if head != name else [name, *own])
    assert all(block.sheet == name for block in document.blocks)


def test_a_sheets_name_that_stands_on_the_sheet_is_not_read_twice() -> None:
    book = openpyxl.Workbook()
    filled(book, [["附件1"], HEAD, *ROWS]).title = "附件1"
    assert [block.text for block in opened(saved(book)).blocks].count("附件1") == 1


def test_numbers_are_as_the_sheet_shows_them() -> None:
    book = openpyxl.Workbook()
    shown_as = [
        (0.058, "0.0%", "5.8%"),
        (0.06, "0%", "6%"),
        (480.9, "0.00", "480.90"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (33.0, "General", "33"),
        (0.1 + 0.2, "General", "0.3"),
        (-0.5, "0.0_);(0.0)", "-0.5"),
        (12, '0"个"', "12个"),
        (12.5, "[Red]0.0", "12.5"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (2.50, "0.##", "2.5"),
        (datetime.date(2025, 3, 1), "yyyy/m/d", "2025/3/1"),
        (datetime.date(2025, 3, 1), 'yyyy"年"m"月"d"日"', "2025年3月1日"),
        (datetime.date(2025, 12, 1), 'yyyy"年"m"月"', "2025年12月"),
        (45717 + 485 / 1440, "yyyy-mm-dd hh:mm", "2025-03-01 08:05"),
        (True, "General", "TRUE"),
        ("=cmd|' /C calc'!A0", "@", None),
    ]
    sheet = filled(book, [["甲", "乙"]])
    for row, (value, form, _) in enumerate(shown_as, 2):
        sheet.cell(row, 1, f"行{row}")
        cell = sheet.cell(row, 2, value)
        cell.number_format = form
        if form == "@":
            cell.data_type = "s"
    document = opened(saved(book))
    for (_, form, expected), row in zip(shown_as, texts(document)[1:], strict=True):
        assert row[1] == (expected or "=cmd|' /C calc'!A0"), form


def test_a_formula_is_read_by_the_result_that_was_saved_with_it() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["项目", "数"])
        sheet.write_row(1, 0, ["甲", 2])
        sheet.write(2, 0, "合计")
        sheet.write_formula(2, 1, "=SUM(B2:B2)*1000", None, 2000)
    assert texts(opened(stream.getvalue()))[-1] == ["合计", "2000"]


def test_formulas_that_were_never_calculated_are_told() -> None:
    book = openpyxl.Workbook()
    filled(book, [["甲", "乙"], ["丙", "=1+1"]])
    with pytest.raises(BrokenDocument, match="formulas"):
        opened(saved(book))


def test_merged_cells_repeat_the_same_block_and_bridge_what_they_cover() -> None:
    book = openpyxl.Workbook()
    sheet = filled(
        book, [["指标名称", None, "2024年", None], [None, None, "计划", "完成"], ["经济", None, "1", "2"], [None, None, "3", "4"]]
    )
    for area in ("A1:B2", "C1:D1", "A3:B4"):
        sheet.merge_cells(area)
    document = opened(saved(book))
    rows = document.tables[0].rows
    assert len(document.tables) == 1
    assert rows[0][0] is rows[1][0]
    assert rows[0][1] is rows[0][2]
    assert rows[2][0] is rows[3][0]
    assert texts(document)[0] == ["指标名称", "2024年", "2024年"]


def test_empty_rows_and_columns_part_tables_but_one_inside_a_table_does_not() -> None:
    book = openpyxl.Workbook()
    sheet = filled(book, [HEAD, ROWS[0], [], ROWS[1], [], [], ["表2 项目"], ["名称", "投资"], ["甲桥", "3亿元"]])
    for row, words in enumerate([["街道", "人口"], ["东街", "3万人"]], 1):
        for column, word in enumerate(words, 6):
            sheet.cell(row, column, word)
    document = opened(saved(book))
    assert [len(table.rows) for table in document.tables] == [3, 2, 2]
    assert [texts(document, number)[-1][0] for number in range(3)] == ["一般公共预算收入", "东街", "甲桥"]


def test_what_is_hidden_is_left_out_but_for_rows_that_a_filter_hides() -> None:
    book = openpyxl.Workbook()
    sheet = filled(book, [["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("字典").append(["不", "印"])
    book["字典"].sheet_state = "hidden"
    assert texts(opened(saved(book))) == [["甲", "丙"], ["1", "3"], ["7", "9"]]
    sheet.sheet_properties.filterMode = True
    assert texts(opened(saved(book))) == [["甲", "丙"], ["1", "3"], ["4", "6"], ["7", "9"]]


def old_book() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("指标")
    for row, values in enumerate([HEAD, ["增速", "%", 0.058, 0.06]], 1):
        for column, value in enumerate(values):
            style = xlwt.easyxf(num_format_str="0.0%") if isinstance(value, float) else xlwt.XFStyle()
            sheet.write(row, column, value, style)
    sheet.write_merge(0, 0, 0, 3, "主要指标表")
    hidden = book.add_sheet("藏")
    hidden.write(0, 0, "不印")
    hidden.visibility = 1
    return saved(book)


@pytest.mark.parametrize("name", ["指标.xls", "指标.et", "指标.xlsx", "指标"])
def test_an_old_workbook_is_read_whatever_its_name(name: str) -> None:
    document = opened(old_book(), name)
    assert (document.format, texts(document)) == ("xls", [HEAD, ["增速", "%", "5.8%", "6.0%"]])
    assert document.tables[0].caption
    assert document.tables[0].caption.text == "主要指标表"
    assert document.tables[0].rows[1][2].address == "C3"


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)


def open_sheet(rows: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": ODS.format(f'<table:table table:name="指标">{rows}</table:table>')})


def test_an_open_document_sheet_is_read_as_it_shows_itself() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    wide = cell("指标", 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>"
    rows = "".join(
        f"<table:table-row>{row}</table:table-row>" for row in (wide, cell("名") + cell("目标"), cell("增速") + cell("5.8%"))
    )
    document = opened(open_sheet(rows + blank), "指标.ods")
    assert texts(document) == [["名", "目标"], ["增速", "5.8%"]]


def test_a_sheet_that_repeats_itself_without_end_is_refused() -> None:
    rows = '<table:table-row table:number-rows-repeated="9000000"><table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row>'
    with pytest.raises(SheetTooLarge):
        opened(open_sheet(rows), "指标.ods")


def test_one_cell_at_the_far_corner_costs_nothing() -> None:
    book = openpyxl.Workbook()
    filled(book, [HEAD, *ROWS])
    book.active["XFD1048576"] = "远"
    document = opened(saved(book))
    assert len(document.tables) == 1
    assert document.blocks[-1].address == "XFD1048576"


@pytest.mark.parametrize("shape", ["rows", "sheets"])
def test_millions_of_rows_end_in_a_clear_message_soon_and_in_little_memory(shape: str) -> None:
    stream = io.BytesIO()
    row = b'<row><c t="n"><v>1</v></c></row>'
    count = 10_000_000 if shape == "rows" else 1_000_000
    with (
        zipfile.ZipFile(io.BytesIO(saved(openpyxl.Workbook()))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != "xl/worksheets/sheet1.xml":
                new.writestr(member, old.read(member))
        with new.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(count // 10_000):
                part.write(row * 10_000)
            part.write(b"</sheetData></worksheet>")
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises((DocumentTooLarge, SheetTooLarge)) as caught:
        opened(stream.getvalue())
    assert time.perf_counter() - began < 10
    assert tracemalloc.get_traced_memory()[1] < 2**28
    tracemalloc.stop()
    assert "指标.xlsx" in caught.value.message("zh")


@pytest.mark.parametrize("cut", [8, 600, 2000, 4000])
@pytest.mark.parametrize("make", ["new", "old"])
def test_a_file_cut_short_is_told(make: str, cut: int) -> None:
    data = old_book() if make == "old" else saved(openpyxl.load_workbook(io.BytesIO(new_book())))
    with pytest.raises(ReadError):
        opened(data[:cut])


def new_book() -> bytes:
    book = openpyxl.Workbook()
    filled(book, [HEAD, *ROWS])
    return saved(book)


def test_wrong_and_empty_workbooks_have_their_errors() -> None:
    with pytest.raises(EmptyDocument):
        opened(saved(openpyxl.Workbook()))
    with pytest.raises(BrokenDocument):
        opened(zipped({"xl/workbook.xml": "<x/>"}))
    with pytest.raises(BrokenDocument, match="xlsb"):
        opened(zipped({"xl/workbook.bin": "x"}))
    with pytest.raises(ProtectedDocument):
        opened(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"))


def test_another_reader_finds_the_same_values(tmp_path: Path) -> None:
    for name, data in (("a.xlsx", new_book()), ("a.xls", old_book())):
        path = tmp_path / name
        path.write_bytes(data)
        theirs = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
        ours = texts(opened(data, name))
        assert [[cell for cell in row if isinstance(cell, str)] for row in theirs if "主要指标表" not in row] == [
            [ours[r][c] for c, cell in enumerate(row) if isinstance(cell, str)]
            for r, row in enumerate(row for row in theirs if "主要指标表" not in row)
        ]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300, -1e300, 1e-300, 0.0])
@pytest.mark.parametrize(
    "form", ["General", "0.00%", "yyyy/m/d", "0.0E+00", "# ?/?", ";;;", "", '"', "0" * 300, "0." + "0" * 300]
)
def test_no_number_and_no_format_is_too_odd(value: float, form: str) -> None:
    assert isinstance(shown(value, form), str)
