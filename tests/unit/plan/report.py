"""Small reports made in a test: text by lines, tables by rows."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx

from duheng import plan, read

TITLE = "关于甲市乙区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告"
PAST = "一、2024年计划执行情况"
COMING = "二、2025年主要目标和重点任务"


def text(*lines: str) -> read.Document:
    """A plan report of 乙区 for 2025, as .txt."""
    return read.open_document(data="\n".join((TITLE, *lines)).encode(), name="报告.txt")


def word(*parts: str | Sequence[Sequence[str]]) -> read.Document:
    """The same as .docx; a part that is no line is a table, in which "<" joins the cell to its left and "^" the one above."""
    document = docx.Document()
    for part in (TITLE, *parts):
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            fill(document, part)
    data = io.BytesIO()
    document.save(data)
    return read.open_document(data=data.getvalue(), name="报告.docx")


def planned(document: read.Document) -> plan.Plan:
    """The plan read from it."""
    return plan.from_reports(document, read.claims(document))


def fill(document, rows: Sequence[Sequence[str]]) -> None:
    """A table at the end of a Word document."""
    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell == "<":
                table.cell(i, j - 1).merge(table.cell(i, j))
            elif cell == "^":
                table.cell(i - 1, j).merge(table.cell(i, j))
            else:
                table.cell(i, j).text = cell
