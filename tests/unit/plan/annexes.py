"""Invented annexes of a plan in the layouts offices use, as Word and as Excel files. 甲市乙区 and its numbers do not exist."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import openpyxl
from tests.unit.plan.report import fill

from duheng import read

Rows = Sequence[Sequence[str]]


def common() -> tuple[str, Rows]:
    """指标 | 单位 | 属性 | 上年计划 | 上年完成 | 本年计划 | 责任单位."""
    return "附件1：乙区2025年国民经济和社会发展计划主要指标表", [
        ["指标名称", "单位", "属性", "2024年计划", "2024年预计完成", "2025年计划", "责任单位"],
        ["地区生产总值增长", "%", "预期性", "6", "5.8", "6左右", "区发展改革局"],
        ["固定资产投资", "亿元", "预期性", "55", "56.4", "60", "区发展改革局"],
        ["城镇新增就业", "人", "约束性", "8500", "8720", "9000", "区人力社保局"],
    ]


def by_quarter() -> tuple[str, Rows]:
    """Targets by quarter, to date."""
    return "附件2：乙区2025年主要指标分季度目标", [
        ["指标", "单位", "一季度", "上半年", "前三季度", "全年"],
        ["固定资产投资", "亿元", "12", "29", "45", "60"],
        ["地区生产总值增长", "%", "5.5", "5.8", "6", "6左右"],
    ]


def by_town() -> tuple[str, Rows]:
    """Towns down, indicators across; the parts of one do not come to the whole."""
    return "附件3：乙区2025年主要指标分镇街目标", [
        ["镇街", "固定资产投资（亿元）", "城镇新增就业（人）"],
        ["甲街道", "25", "4000"],
        ["丙镇", "20", "3000"],
        ["丁镇", "15", "1800"],
        ["合计", "60", "9000"],
    ]


def side_by_side() -> tuple[str, Rows]:
    """Two years side by side under merged headings, level beside growth."""
    return "附表：乙区2025年主要指标", [
        ["指标", "单位", "2024年完成", "<", "2025年计划", "<"],
        ["^", "^", "绝对值", "增速（%）", "绝对值", "增速（%）"],
        ["固定资产投资", "亿元", "56.4", "4.2", "60", "6.4"],
    ]


def turned() -> tuple[str, Rows]:
    """Indicators across, years down."""
    return "附表：乙区主要指标", [
        ["年度", "固定资产投资（亿元）", "城镇新增就业（人）"],
        ["2024年计划", "55", "8500"],
        ["2024年完成", "56.4", "8720"],
        ["2025年计划", "60", "9000"],
    ]


def division() -> tuple[str, Rows]:
    """A sheet that divides tasks among offices: no annex of indicators."""
    return "附件4：乙区2025年政府工作任务分工表", [
        ["序号", "工作任务", "年度目标", "牵头单位", "完成时限"],
        ["1", "新建小学", "完成2所", "区教育局", "12月底前"],
        ["2", "新增公共停车位", "1000个", "区城管局", "10月底前"],
    ]


def word(*tables: tuple[str, Rows], name: str = "附件.docx") -> read.Document:
    """The tables as one .docx, each under its caption."""
    document = docx.Document()
    for caption, rows in tables:
        document.add_paragraph(caption)
        fill(document, rows)
    data = io.BytesIO()
    document.save(data)
    return read.open_document(data=data.getvalue(), name=name)


def sheets(*tables: tuple[str, Rows], name: str = "附件.xlsx") -> read.Document:
    """The tables as one .xlsx, a sheet each, the caption in a merged first row; numbers are numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i, (caption, rows) in enumerate(tables, start=1):
        _sheet(book.create_sheet(f"表{i}"), caption, rows)
    data = io.BytesIO()
    book.save(data)
    return read.open_document(data=data.getvalue(), name=name)


def _sheet(sheet, caption: str, rows: Rows) -> None:
    width = max(map(len, rows))
    sheet.cell(1, 1, caption)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    for i, row in enumerate(rows, start=2):
        for j, text in enumerate(row, start=1):
            if text == "<":
                _merge(sheet, i, j - 1, i, j)
            elif text == "^":
                _merge(sheet, i - 1, j, i, j)
            else:
                sheet.cell(i, j, float(text) if text.replace(".", "", 1).isdigit() else text)


def _merge(sheet, top: int, left: int, bottom: int, right: int) -> None:
    sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
