"""Valid files of every kind that duheng reads, small and with a bit of everything: what the mutations begin with."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from functools import cache

import openpyxl
import xlwt

from duheng import sample
from duheng.read import KNOWN
from tests.unit.read.word import numbered, p, package, r, tbl, tc

TITLE = "关于甲市乙区2025年国民经济和社会发展计划执行情况及2026年计划草案的报告"
LINES = (
    "一、2025年计划执行情况",
    "全年地区生产总值506.3亿元，增长5.8%，其中第一产业增加值12.4亿元、第二产业增加值201亿元。城镇新增就业1.2万人。",
    "33项指标完成25项，完成率75.8%。",
    "二、2026年主要预期目标",
    "2026年主要预期目标：地区生产总值增长6%以上，城镇新增就业1万人以上，“三品”工程[新建]10公里。",
    "1.推进城东水厂扩建工程、滨江路二期改造，计划投资2.5亿元。",
)
ROWS = (
    ("指标名称", "单位", "2025年实际", "2026年目标"),
    ("地区生产总值", "亿元", "506.3", "增长6%以上"),
    ("城镇新增就业", "万人", "1.2", "≥1"),
    ("城镇调查失业率", "%", "5.1", "5.5左右"),
)


@cache
def originals() -> dict[str, bytes]:
    """The files by name: of every kind in `KNOWN` that tests can write."""
    return {f"{kind}{suffix}": make() for suffix, kinds in _MAKERS.items() for kind, make in kinds.items() if suffix in KNOWN}


def _text(encoding: str) -> Callable[[], bytes]:
    table = "".join(f"\t{cell}\n" if cell else "" for row in ROWS for cell in (*row, "")).replace("\t指标名称", "\n\t指标名称")
    return lambda: "\n\n".join((TITLE, *LINES, "表1 主要指标", table)).encode(encoding)


def _word() -> bytes:
    drawn = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    drawn += '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    frame = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('专栏1 项目：甲工程；乙工程')}</w:txbxContent></v:textbox></w:pict></w:r>"
    merged = "".join(
        tc(cell, '<w:gridSpan w:val="2"/>' if i == 3 else "<w:vMerge/>" if cell == "万人" else "")
        for i, cell in enumerate(ROWS[2])
    )
    rows = ("".join(tc(cell) for cell in row) for row in ROWS)
    body = (
        p(TITLE)
        + "".join(p(line, properties=numbered(1) if line[1] == "、" else "") for line in LINES)
        + p(
            runs=r("总投资")
            + r("3亿元", "<w:b/>")
            + '<w:ins w:id="1" w:author="a"><w:r><w:t>左右</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r>'
        )
        + tbl(*rows, merged)
        + p(runs=frame)
    )
    return package(body, numbering=drawn, footnotes=f'<w:footnote w:id="2">{p("注：含3个项目。")}</w:footnote>')


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.append([TITLE])
    for row in ROWS:
        page.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in row])
    page.append(["说明", "", "", ""])
    page["B6"].value, page["B6"].data_type = "=cmd|'/c calc'!A1", "s"
    page.merge_cells("A1:D1")
    page["C3"].number_format = '0.0"亿"'
    book.create_sheet("附表").append(["项目名称", "总投资"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _old_sheet() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("指标")
    page.write_merge(0, 0, 0, 3, TITLE)
    for place, row in enumerate(ROWS, start=1):
        for column, cell in enumerate(row):
            page.write(place, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _open_sheet() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(
        "<t:table-row>"
        + "".join(f'<t:table-cell o:value-type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in row)
        + "</t:table-row>"
        for row in ((TITLE,), *ROWS)
    )
    content = (
        f'<?xml version="1.0"?><o:document-content xmlns:o="{office}:office:1.0" xmlns:t="{office}:table:1.0" xmlns:x="{office}:text:1.0">'
        f'<o:body><o:spreadsheet><t:table t:name="指标">{cells}<t:table-row t:number-rows-repeated="100"><t:table-cell '
        't:number-columns-repeated="1000"/></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _pdf() -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.setFont("STSong-Light", 11)
    for place, line in enumerate((TITLE, *LINES)):
        canvas.drawString(60, 780 - 22 * place, line[:44])
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            canvas.rect(60 + 110 * column, 500 - 24 * row, 110, 24)
            canvas.drawString(64 + 110 * column, 508 - 24 * row, cell)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _page() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{lines}<table>{rows}</table></body></html>".encode()


def _archived_page() -> bytes:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"; type="text/html"\n\n--b\n'
    head += "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return head.encode() + base64.encodebytes(_page()) + b"\n--b--\n"


def _markdown() -> bytes:
    head, *rest = ("| " + " | ".join(row) + " |" for row in ROWS)
    return "\n\n".join((f"# {TITLE}", *LINES, "\n".join((head, "|---|---|--:|---|", *rest)), "- 甲\n  - 乙\n")).encode()


_MAKERS: dict[str, dict[str, Callable[[], bytes]]] = {
    ".docx": {"报告": _word, "样例": lambda: sample.report_path().read_bytes()},
    ".txt": {
        "报告": _text("utf-8"),
        "国标": _text("gb18030"),
        "宽": _text("utf-16"),
        "样例": lambda: sample.report_path().with_suffix(".txt").read_bytes(),
    },
    ".xlsx": {"指标": _sheet},
    ".xls": {"指标": _old_sheet},
    ".ods": {"指标": _open_sheet},
    ".pdf": {"报告": _pdf},
    ".html": {"报告": _page},
    ".md": {"报告": _markdown},
    ".mht": {"报告": _archived_page},
}
