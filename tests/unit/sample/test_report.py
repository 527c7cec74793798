"""The sample report: built the same every time, and holding what real reports hold."""

import re
import zipfile
from io import BytesIO

import pytest

from duheng.read import BlockKind, open_document
from duheng.sample import report_path
from duheng.sample.build import build
from duheng.sample.source import Box, Grid, Line, parse


@pytest.fixture(scope="module")
def document():
    return open_document(report_path())


def test_the_committed_report_is_what_its_manuscript_makes():
    assert build() == report_path().read_bytes()


def test_the_package_carries_no_date_of_its_making():
    with zipfile.ZipFile(BytesIO(build())) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


def test_the_report_is_as_long_as_a_real_one(document):
    assert len(re.findall("[\u4e00-\u9fff]", document.text)) >= 9000


def test_the_report_says_that_it_is_invented(document):
    assert "均为虚构" in document.text[:200]


def test_no_mark_of_the_manuscript_is_printed(document):
    assert not re.search(r"\[\^|\[-|-\]|\[\+|\+\]|^#", document.text, re.MULTILINE)


def test_headings_counted_by_the_word_processor_are_numbered(document):
    titles = [section.title for section in document.sections]
    assert "（三）聚力改革攻坚，持续优化营商环境" in titles
    assert "15.守牢安全稳定底线" in titles


def test_the_tracked_change_is_read_as_accepted(document):
    assert "新增托位150个以上" in document.text
    assert "120个以上" not in document.text


def test_the_text_box_is_stored_twice_and_read_once(document):
    assert document.text.count("数据速览") == 1


def test_the_footnote_and_the_boxes_are_told_apart_from_the_text(document):
    kinds = {block.text[:5]: block.kind for block in document.blocks}
    assert kinds["2024年"] is BlockKind.FOOTNOTE
    assert kinds["数据速览："] is BlockKind.BOX
    assert kinds["专栏4：2"] is BlockKind.BOX


def test_the_plan_table_has_a_header_thirty_rows_and_a_merged_note(document):
    (table,) = document.tables
    assert len(table.rows) == 32
    assert {cell.offset for cell in table.rows[-1]} == {table.rows[-1][0].offset}


def test_a_manuscript_is_parsed_into_lines_boxes_tables_and_footnotes():
    lines = [
        *("#! remark", "#h1 一、头", "正文[^1]", "#box", "#boxtitle 专栏", "甲；乙。", "#end"),
        *("#table", "序号|指标", "1|增速", "#note 注", "#end", "#footnote 脚注"),
    ]
    text = "\n".join(lines)
    manuscript = parse(text)
    assert manuscript.pieces == (
        Line(role="h1", text="一、头"),
        Line(role="body", text="正文[^1]"),
        Box(lines=(Line(role="boxtitle", text="专栏"), Line(role="body", text="甲；乙。"))),
        Grid(rows=(("序号", "指标"), ("1", "增速")), note="注"),
    )
    assert manuscript.footnotes == ("脚注",)
