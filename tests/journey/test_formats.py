"""A plan from whatever an office has: a workspace is made from a printed report, a sheet, a web page and Markdown."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from tests.journey.test_workspace import duheng

LINES = [
    "关于甲市乙区2025年国民经济和社会发展计划执行情况及2026年计划草案的报告",
    "一、2025年计划执行情况",
    "全年地区生产总值增长5.8%，城镇新增就业1.2万人。",
    "二、2026年主要预期目标",
    "2026年主要预期目标：地区生产总值增长6%以上，城镇新增就业1万人以上。",
]
TABLE = [
    ["指标名称", "单位", "2025年完成", "2026年目标"],
    ["地区生产总值增速", "%", 5.8, 6],
    ["城镇新增就业", "万人", 1.2, 1],
]


def pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for number, line in enumerate(LINES):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(60 if number in (0, 1, 3) else 84, 760 - 24 * number, line)
    canvas.save()
    return stream.getvalue()


def xlsx() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "2026年指标"
    book.active.append(["甲市乙区2026年国民经济和社会发展计划主要指标"])
    for row in TABLE:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


FILES = {
    "报告.pdf": pdf,
    "指标.xlsx": xlsx,
    "报告.html": lambda: (
        "<html><meta charset=utf-8><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>"
    ).encode(),
    "报告.md": lambda: "\n\n".join(LINES).encode(),
}


@pytest.mark.parametrize(
    "name", ["报告.pdf", "指标.xlsx", *(pytest.param(name, marks=pytest.mark.long) for name in ("报告.html", "报告.md"))]
)
def test_a_plan_is_made_from_whatever_an_office_has(tmp_path: Path, name: str) -> None:
    report = tmp_path / name
    report.write_bytes(FILES[name]())
    made = duheng("init", tmp_path / "plan", "--from", report)
    assert made.returncode == 0, made.stderr
    assert "指标 2 项" in made.stdout
    told = duheng("read", report, "--format", "jsonl")
    claims = [json.loads(line) for line in told.stdout.splitlines()]
    assert {(claim["value"], claim["role"]) for claim in claims} >= {(5.8, "actual"), (6, "target")}
    audited = duheng("audit", report, "--format", "json")
    assert audited.returncode == 0, audited.stderr


def test_a_finding_says_its_page_or_its_sheet_and_cell(tmp_path: Path) -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "2026年指标"
    for row in [
        ["甲市乙区2026年主要指标"],
        *TABLE,
        ["第一产业占比", "%", 5, 5],
        ["第二产业占比", "%", 40, 40],
        ["第三产业占比", "%", 65, 65],
    ]:
        book.active.append(row)
    book.save(stream)
    report = tmp_path / "指标.xlsx"
    report.write_bytes(stream.getvalue())
    found = json.loads(duheng("audit", report, "--format", "json").stdout)["findings"]
    places = [place for finding in found for place in finding["places"]]
    assert all(place["sheet"] == "2026年指标" for place in places)
    assert all(place["cell"] for place in places)
