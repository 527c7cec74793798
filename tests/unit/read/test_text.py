"""A text file: its characters, its lines, and what a converter flattened."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duheng import read
from duheng.errors import DuhengError, EmptyDocument, EncodingUnknown
from duheng.read import BlockKind, Document

REPORT = "关于计划执行情况的报告\n\n各位代表：\n一、2024年执行情况\n全年实现地区生产总值506亿元，增长5.8%。\n"

CONVERTED = """报告[bookmark: _GoBack]正文\
总值506亿元[footnoteRef:0]，增长5.8%。 [0:  经核定，上年为480.9亿元。]\x20

表1：主要目标
\t序号
\t指标
\t目标

\t1
\t人均公园绿地面积
\t11.82
（建成区）

\t2
\t
\t[bookmark: OLE_LINK1]≥300


（二）项目安排
拟实施项目336个，总投资1896.3亿元，年度计划投资256.1亿元，确保完成目标，这是一个较长的自然段落。
专栏1：重点项目
\t甲类：一号项目；二号项目。
乙类：三号项目。


三、重点工作
"""


def text(content: str | bytes, name: str = "report.txt") -> Document:
    return read.open_document(data=content if isinstance(content, bytes) else content.encode(), name=name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_same_text_in_any_encoding_gives_the_same_document(encoding: str) -> None:
    assert text(REPORT.encode(encoding)) == text(REPORT)


def test_a_mark_of_big_endian_order_is_dropped_too() -> None:
    assert text(codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be")).text == REPORT


def test_newlines_stay_as_they_stand_and_are_in_no_block() -> None:
    document = text("甲。\r\n乙。\r丙。\n\n　　丁。\n")
    assert document.text == "甲。\r\n乙。\r丙。\n\n　　丁。\n"
    assert [(block.offset, block.text) for block in document.blocks] == [(0, "甲。"), (4, "乙。"), (7, "丙。"), (13, "丁。")]


def test_damaged_utf8_is_named_by_its_place_and_not_taken_for_another_encoding() -> None:
    data = REPORT.encode() * 3
    with pytest.raises(EncodingUnknown) as caught:
        text(data[:-2])
    assert caught.value.facts["place"] == len(data) - 3
    with pytest.raises(EncodingUnknown) as caught:
        text(data[:30] + b"\xff" + data[30:])
    assert caught.value.facts["place"] == 31


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03",
        bytes(range(256)),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
        b"\xff\xfe\x00",
        ("\u0639" * 60).encode("gb18030"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DuhengError):
        text(data)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\ufeff".encode(), b"\xff\xfe", "　\n".encode()])
def test_a_file_without_words_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        text(data)


def test_cells_laid_on_lines_behind_tabs_become_a_table_again() -> None:
    document = text(CONVERTED)
    (table,) = document.tables
    assert table.caption is not None
    assert table.caption.text == "表1：主要目标"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["序号", "指标", "目标"],
        ["1", "人均公园绿地面积", "11.82\n（建成区）"],
        ["2", "", "≥300"],
    ]
    cell = table.rows[1][2]
    assert (cell.kind, cell.table, cell.row, cell.column) == (BlockKind.CELL, 0, 1, 2)
    assert cell in document.blocks
    assert table.rows[2][1] not in document.blocks


def test_one_cell_is_a_box_with_its_paragraphs() -> None:
    (box,) = text(CONVERTED).boxes
    assert box.caption is not None
    assert box.caption.text == "专栏1：重点项目"
    assert [block.text for block in box.blocks] == ["甲类：一号项目；二号项目。", "乙类：三号项目。"]
    assert {(block.kind, block.box) for block in box.blocks} == {(BlockKind.BOX, 0)}


def test_a_footnote_is_a_block_of_its_own_and_its_paragraph_ends_before_it() -> None:
    document = text(CONVERTED)
    (note,) = [block for block in document.blocks if block.kind is BlockKind.FOOTNOTE]
    assert note.text == "经核定，上年为480.9亿元。"
    assert document.blocks[0].text.endswith("增长5.8%。")
    assert read.clean(document.blocks[0].text).text == "报告正文总值506亿元，增长5.8%。"


def test_a_footnote_of_two_paragraphs_and_two_footnotes_in_a_row() -> None:
    document = text("甲[footnoteRef:0]乙[footnoteRef:1]。 [0:  第一段。\n第二段[注]。]  [1:  另一条。] \n下文。")
    assert [(block.kind.value, block.text) for block in document.blocks] == [
        ("paragraph", "甲[footnoteRef:0]乙[footnoteRef:1]。"),
        ("footnote", "第一段。\n第二段[注]。"),
        ("footnote", "另一条。"),
        ("paragraph", "下文。"),
    ]


def test_brackets_that_no_mark_calls_are_prose() -> None:
    assert [block.text for block in text("比例为[3: 5]。\n见[1: 注]\n").blocks] == ["比例为[3: 5]。", "见[1: 注]"]


def test_tabs_that_indent_paragraphs_make_no_table() -> None:
    document = text("\t各位代表：\n\t全年实现地区生产总值506亿元，增长5.8%。\n\n\t一、回顾\n\t就业稳定，物价平稳。\n")
    assert (document.tables, document.boxes) == ((), ())
    assert document.blocks[0].text == "各位代表："


def test_a_signature_set_off_by_a_tab_is_no_box() -> None:
    document = text("全年实现地区生产总值506亿元，增长5.8%。\n就业稳定，物价平稳，社会和谐。\n\t2025年1月20日\n")
    assert document.boxes == ()


def test_rows_on_one_line_with_tabs_between_become_a_table() -> None:
    (table,) = text("表1　主要指标\n指标\t单位\t目标\n增速\t%\t6\n总量\t亿元\t\n正文。\n").tables
    assert table.caption is not None
    assert [[cell.text for cell in row] for row in table.rows][1:] == [["增速", "%", "6"]]


def test_a_caption_may_stand_above_a_line_of_units_or_end_in_the_word_table() -> None:
    rows = "\t甲\n\t乙\n\n\t1\n\t2\n\n\n"
    above = text("附表2 主要指标\n单位：亿元\n" + rows).tables[0].caption
    assert above is not None
    assert above.text == "附表2 主要指标"
    ending = text("2025年主要指标表\n" + rows).tables[0].caption
    assert ending is not None
    long = text("表1所列各项指标，" + "经区人民代表大会审议批准后由各部门分解落实，" * 3 + "\n" + rows).tables[0].caption
    assert long is None
    prose = text("这表明，全区经济持续向好。\n" + rows).tables[0].caption
    assert prose is None


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "\t",
            "\t1",
            "\t甲\t乙",
            "一、总则",
            "正文，增长5%。[footnoteRef:0] [0:  注。] ",
            "表1：目标",
            "专栏2：项目",
            "[bookmark: x]",
            "　",
            "\t[0:  注]",
        ]
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_offsets_always_give_back_the_text(lines: list[str], newline: str) -> None:
    content = newline.join(lines)
    try:
        document = text(content)
    except EmptyDocument:
        return
    assert document.text == content
    assert document == text(content)
    assert_places(document)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(content: str) -> None:
    with suppress(DuhengError):
        assert_places(text(content.encode("utf-8", "surrogatepass")))


@given(st.text(alphabet="0123456789０１９％ %．，亿元增[footnoteRef:0] \u200b：", max_size=40))
def test_a_clean_view_maps_back_to_the_original(original: str) -> None:
    view = read.clean(original)
    assert len(view.places) == len(view.text) + 1
    assert list(view.places) == sorted(set(view.places))
    assert view.places[-1] == len(original)
    for place, character in enumerate(view.text):
        start, end = view.original(place, place + 1)
        assert end == start + 1
        assert read.clean(original[start:end]).text in (character, "，", "：", " ")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("增长５．８％", "增长5.8%"),
        ("总投资 １，２００ 万元", "总投资1,200万元"),
        ("44 000家", "44000家"),
        ("2024 年增长 5.8 %", "2024年增长5.8%"),
        ("0.3：40.7：59", "0.3:40.7:59"),
        ("506亿元[footnoteRef:0]，", "506亿元，"),
        ("分别增长5，12，300个", "分别增长5，12，300个"),
        ("王 某某", "王 某某"),
        ("软\u00ad连\u200b字", "软连字"),
    ],
)
def test_a_clean_view_reads_as_printed(written: str, plain: str) -> None:
    assert read.clean(written).text == plain


def assert_places(document: Document) -> None:
    """What holds for every document: blocks give back their text, in order and apart, and can be found by their places."""
    for block in document.blocks:
        assert document.text[block.offset : block.end] == block.text != ""
        assert document.block_at(block.offset) is block
    for above, below in zip(document.blocks, document.blocks[1:], strict=False):
        assert above.end <= below.offset
    for index, table in enumerate(document.tables):
        assert table.index == index
    for index, box in enumerate(document.boxes):
        assert box.index == index
