"""A Word file, as its reader sees it."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from tests.unit.read.word import numbered, p, package, r, tbl, tc

from duheng import read
from duheng.read import BlockKind, Document

VERTICAL, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def word(body: str, **parts: str) -> Document:
    document = read.open_document(data=package(body, **parts), name="report.docx")
    assert document.text == "\n".join(block.text for block in document.blocks)
    for block in document.blocks:
        assert document.text[block.offset : block.end] == block.text != ""
        assert document.block_at(block.offset) is block
    return document


def lines(body: str, **parts: str) -> list[str]:
    return [block.text for block in word(body, **parts).blocks]


def rows(document: Document, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[table].rows]


def numbering(
    *levels: tuple[str, str], extra: str = "", nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>{nums}'


# Paragraphs


def test_paragraphs_are_blocks_without_the_spaces_around_them() -> None:
    assert lines(p("　　一、回顾 ") + p("  ") + p("增长5.8%。")) == ["一、回顾", "增长5.8%。"]


def test_a_line_break_begins_a_new_block_but_stays_inside_a_cell() -> None:
    broken = "<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>"
    assert lines(p(runs=broken)) == ["上", "下"]
    assert rows(word(tbl(tc(p(runs=broken)) + tc("乙"))))[0] == ["上\n下", "乙"]


def test_tracked_changes_are_read_as_accepted() -> None:
    inserted, deleted = f"<w:ins>{r('6%')}</w:ins>", "<w:del><w:r><w:delText>5%</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo>"
    assert lines(p("增长", runs=deleted + inserted + moved)) == ["增长6%新处"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert lines(p("增长", properties="<w:rPr><w:del/></w:rPr>") + p("5.8%。") + p("完。")) == ["增长5.8%。", "完。"]


def test_a_deleted_row_is_gone() -> None:
    assert rows(word(tbl(tc("甲") + tc("乙"), f"<w:tr><w:trPr><w:del/></w:trPr>{tc('1')}{tc('2')}</w:tr>"))) == [["甲", "乙"]]


def test_links_controls_and_tags_only_wrap_words() -> None:
    wrapped = f"<w:hyperlink>{r('甲')}</w:hyperlink><w:smartTag>{r('乙')}</w:smartTag><w:sdt><w:sdtContent>{r('丙')}</w:sdtContent></w:sdt>"
    ruby = f"<w:ruby><w:rt>{r('ding')}</w:rt><w:rubyBase>{r('丁')}</w:rubyBase></w:ruby>"
    assert lines(f"<w:sdt><w:sdtContent>{p(runs=wrapped + ruby)}</w:sdtContent></w:sdt>") == ["甲乙丙丁"]


def test_of_a_field_the_result_is_read_and_not_the_instruction() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f"<w:r><w:instrText>PAGEREF x</w:instrText></w:r>{r('代码')}"
    assert lines(p("第", runs=mark("begin") + code + mark("separate") + r("3") + mark("end") + r("页"))) == ["第3页"]
    assert lines(p("前", runs=mark("begin") + code) + p("后")) == ["前", "后"]


def test_hidden_text_is_not_read() -> None:
    styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="k"><w:basedOn w:val="h"/></w:style>'
    hidden = r("一", "<w:vanish/>") + r("二", '<w:rStyle w:val="k"/>') + r("三", '<w:vanish w:val="0"/>')
    assert lines(p("零", runs=hidden) + p("四", properties='<w:pStyle w:val="h"/>'), styles=styles) == ["零三"]


def test_signs_and_hyphens_are_read_as_seen() -> None:
    signs = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Wingdings" w:char="F06C"/><w:sym w:font="宋体" w:char="2265"/></w:r>'
    assert lines(p("甲", runs=signs + "<w:r><w:noBreakHyphen/><w:softHyphen/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>")) == [
        "甲√≥-乙\t丙"
    ]


def test_a_formula_gives_its_letters() -> None:
    assert lines(p("面积", runs="<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")) == ["面积x=1"]


def test_only_styles_that_tell_something_are_noted() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:name w:val="章标题"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="公文正文"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="4"><w:name w:val="大纲"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="5"><w:basedOn w:val="5"/><w:name w:val="caption"/></w:style>'
    )
    body = "".join(p("文", properties=f'<w:pStyle w:val="{style}"/>') for style in "123459")
    told = [block.style for block in word(body + p("文", properties='<w:outlineLvl w:val="2"/>'), styles=styles).blocks]
    assert told == ["Heading 1", "Heading 1", None, "Heading 2", "caption", None, "Heading 3"]


def test_nonsense_in_the_places_of_numbers_counts_as_absent() -> None:
    odd = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="--1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = p("甲", properties=numbered(1)) + p("乙", properties=numbered(2)) + p("丙", properties=numbered(1, 5))
    signs = '<w:sym w:char="zz"/><w:sym w:char="D800"/><w:fldChar w:fldCharType="end"/><w:t/>'
    assert lines(body + p("丁", runs=f"<w:r><w:rPr><w:rStyle/></w:rPr>{signs}</w:r>"), numbering=odd) == [
        "1.甲",
        "乙",
        "丙",
        "丁",
    ]


def test_hidden_marks_of_a_field_still_count() -> None:
    mark = '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = '<w:r><w:t>码</w:t><w:tab/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    shown = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    assert lines(p("甲", runs=mark("begin") + code + mark("separate") + shown + mark("end") + r("6"))) == ["甲≥6"]


# Notes and text boxes


def test_a_note_follows_the_block_that_calls_it() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote><w:footnote w:id="2">{p(" 经核定。")}{p("又注。")}</w:footnote>'
    document = word(p("506亿元", runs=call + r("，增长。")) + p("下文", runs=call), footnotes=notes)
    assert [(block.kind.value, block.text) for block in document.blocks] == [
        ("paragraph", "506亿元，增长。"),
        ("footnote", "经核定。\n又注。"),
        ("paragraph", "下文"),
    ]


def test_an_endnote_is_a_note_and_a_call_without_one_is_nothing() -> None:
    calls = '<w:r><w:endnoteReference w:id="1"/><w:footnoteReference w:id="7"/></w:r>'
    assert lines(p("甲", runs=calls), endnotes=f'<w:endnote w:id="1">{p("尾注")}</w:endnote>') == ["甲", "尾注"]


def test_a_text_box_is_read_once_and_as_a_box() -> None:
    inside = f"<w:txbxContent>{p('专栏1 项目')}{p('一号；二号。')}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = word(p("正文", runs=both) + p("下文"))
    assert [(block.kind.value, block.text) for block in document.blocks] == [
        ("paragraph", "正文"),
        ("box", "专栏1 项目"),
        ("box", "一号；二号。"),
        ("paragraph", "下文"),
    ]
    (box,) = document.boxes
    assert box.caption is box.blocks[0]


# Tables


def test_merged_cells_stand_in_every_place_they_cover() -> None:
    document = word(
        p("表1：目标")
        + tbl(
            tc("指标", VERTICAL) + tc("目标", '<w:gridSpan w:val="2"/>'),
            tc("", GOES_ON) + tc("2024年") + tc("2025年"),
            tc("增速") + tc("5.8") + tc("6"),
        )
    )
    table = document.tables[0]
    assert rows(document) == [["指标", "目标", "目标"], ["指标", "2024年", "2025年"], ["增速", "5.8", "6"]]
    assert table.rows[0][1] is table.rows[0][2]
    assert table.rows[0][0] is table.rows[1][0]
    assert table.caption is document.blocks[0]
    assert sum(block.text == "指标" for block in document.blocks) == 1
    assert (table.rows[2][2].row, table.rows[2][2].column, table.rows[2][2].kind) == (2, 2, BlockKind.CELL)


def test_older_ways_of_merging_and_deleting_cells_are_understood() -> None:
    plain = "<w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc>"
    row = tc("甲") + tc("", '<w:hMerge w:val="continue"/>') + plain + tc("丁", "<w:cellDel/>") + tc("", '<w:gridSpan w:val="x"/>')
    assert rows(word(tbl(row, tc("1") + tc("2") + plain + tc("4")))) == [["甲", "甲", "丙", ""], ["1", "2", "丙", "4"]]


def test_a_paragraph_or_box_written_in_two_ways_is_read_once() -> None:
    both = f"<mc:AlternateContent><mc:Choice>{p('新')}</mc:Choice><mc:Fallback>{p('旧')}</mc:Fallback></mc:AlternateContent>"
    assert lines(both + "<mc:AlternateContent/>" + p("完")) == ["新", "完"]
    empty = (
        "<w:r><w:pict><mc:AlternateContent><mc:Choice><v:shape/></mc:Choice></mc:AlternateContent><w:txbxContent/></w:pict></w:r>"
    )
    assert word(p("文", runs=empty)).boxes == ()


def test_columns_made_by_borders_that_do_not_meet_are_no_columns() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    assert rows(word(tbl(tc("甲", wide) + tc("乙"), tc("1", wide) + tc("2")))) == [["甲", "乙"], ["1", "2"]]


def test_a_gap_before_a_row_is_an_empty_cell() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("2")}</w:tr>'
    assert rows(word(tbl(tc("甲") + tc("乙"), late))) == [["甲", "乙"], ["", "2"]]


def test_a_nested_table_follows_its_cell() -> None:
    inner = tbl(tc("内1") + tc("内2"))
    document = word(tbl(tc(p("外1") + inner + p("外1续")) + tc("外2")))
    assert [block.text for block in document.blocks] == ["外1\n外1续", "内1", "内2", "外2"]
    assert rows(document, 0) == [["外1\n外1续", "外2"]]
    assert rows(document, 1) == [["内1", "内2"]]


def test_one_cell_is_a_box_and_so_is_a_column_headed_as_one() -> None:
    document = word(p("专栏1：项目") + tbl(tc(p("甲；乙。") + p("丙。"))) + p("正文。") + tbl(tc("专栏2 产业"), tc("丁；戊。")))
    assert document.tables == ()
    first, second = document.boxes
    assert first.caption is document.blocks[0]
    assert [block.text for block in first.blocks] == ["甲；乙。", "丙。"]
    assert second.caption is second.blocks[0]
    assert {(block.kind, block.box) for block in second.blocks} == {(BlockKind.BOX, 1)}


def test_a_table_inside_a_box_knows_its_box() -> None:
    document = word(tbl(tc(p("专栏1 目标") + tbl(tc("甲") + tc("乙")) + p("注。"))))
    assert [(block.text, block.box) for block in document.blocks] == [("专栏1 目标", 0), ("甲", 0), ("乙", 0), ("注。", 0)]
    assert len(document.tables) == len(document.boxes) == 1


def test_a_caption_may_be_the_first_row_or_have_the_style() -> None:
    document = word(tbl(tc("表1 目标", '<w:gridSpan w:val="2"/>'), tc("甲") + tc("乙")))
    assert document.tables[0].caption is document.tables[0].rows[0][0]
    styles = '<w:style w:styleId="c"><w:name w:val="caption"/></w:style>'
    styled = word(p("主要目标", properties='<w:pStyle w:val="c"/>') + tbl(tc("甲") + tc("乙")), styles=styles)
    assert styled.tables[0].caption is styled.blocks[0]


def test_an_empty_table_is_none() -> None:
    assert word(p("文") + tbl(tc("") + tc(""))).tables == ()


# Numbers that Word draws


def test_drawn_numbers_become_text() -> None:
    forms = numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "%1.%4"))
    body = [("回顾", 0), ("指标", 1), ("甲", 2), ("2024年", 2), ("项目", 1), ("乙", 2), ("深", 3), ("安排", 0), ("目标", 1)]
    assert lines("".join(p(text, properties=numbered(1, level)) for text, level in body), numbering=forms) == [
        "一、回顾",
        "（一）指标",
        "1.甲",
        "2. 2024年",
        "（二）项目",
        "1.乙",
        "一.1 深",
        "二、安排",
        "（一）目标",
    ]


def test_a_level_may_run_on_or_start_anew_by_rule() -> None:
    runs_on = numbering(("decimal", "%1."), ("decimal", "%2)"), extra='<w:lvlRestart w:val="0"/>')
    body = "".join(p("x", properties=numbered(1, level)) for level in (0, 1, 0, 1))
    assert lines(body, numbering=runs_on) == ["1.x", "1)x", "2.x", "2)x"]


def test_lists_share_a_count_unless_one_starts_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num>'
    )
    body = "".join(p("x", properties=numbered(number)) for number in (1, 2, 3, 3, 4, 0, 9))
    assert lines(body, numbering=numbering(("decimal", "%1."), nums=nums)) == ["1.x", "2.x", "5.x", "6.x", "VII)x", "x", "x"]


def test_numbers_may_come_from_a_style_or_a_linked_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="d"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    linked = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/><w:lvl w:ilvl="0"><w:lvlText w:val="第%1条"/><w:suff w:val="space"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:pStyle w:val="d"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2"/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    body = "".join(p("文", properties=f'<w:pStyle w:val="{style}"/>') for style in "abd")
    off = p("文", properties='<w:pStyle w:val="a"/>' + numbered(0))
    assert lines(body + off, styles=styles, numbering=linked) == ["第1条 文", "第2条 文", "a文", "文"]


def test_a_cell_may_hold_a_drawn_number_alone() -> None:
    drawn = p(properties=numbered(1))
    document = word(tbl(tc(drawn) + tc("甲"), tc(drawn) + tc("乙")), numbering=numbering(("decimal", "%1")))
    assert rows(document) == [["1", "甲"], ["2", "乙"]]


def test_bullets_that_are_pictures_are_left_out_and_dashes_are_not() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    assert lines(p("甲", properties=numbered(1)), numbering=numbering(("bullet", "l"), extra=font)) == ["甲"]
    assert lines(p("甲", properties=numbered(1)), numbering=numbering(("bullet", "\uf06c"))) == ["甲"]
    assert lines(p("甲", properties=numbered(1)), numbering=numbering(("bullet", "——"))) == ["——甲"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "21"),
        ("decimalZero", "21"),
        ("decimalFullWidth", "２１"),
        ("chineseCounting", "二十一"),
        ("japaneseCounting", "二十一"),
        ("chineseLegalSimplified", "贰拾壹"),
        ("ideographDigital", "二一"),
        ("ideographTraditional", "甲"),
        ("ideographZodiac", "申"),
        ("decimalEnclosedCircle", "21"),
        ("upperRoman", "XXI"),
        ("lowerRoman", "xxi"),
        ("upperLetter", "U"),
        ("ordinal", "第21"),
        ("none", ""),
        ("someFutureForm", "21"),
    ],
)
def test_numbers_are_drawn_in_every_form(form: str, shown: str) -> None:
    forms = numbering((form, "%1：")).replace('<w:start w:val="1"/>', '<w:start w:val="21"/>')
    assert lines(p("文", properties=numbered(1)), numbering=forms) == [f"{shown}：文"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (10, "十"),
        (11, "十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (0, "零"),
        (10203, "一〇二〇三"),
    ],
)
def test_chinese_numbers_are_drawn_as_spoken(value: int, shown: str) -> None:
    forms = numbering(("chineseCountingThousand", "%1、")).replace('<w:start w:val="1"/>', f'<w:start w:val="{value}"/>')
    assert lines(p("文", properties=numbered(1)), numbering=forms) == [f"{shown}、文"]


# Whole files


def test_a_file_written_by_a_library_is_read() -> None:
    made = docx.Document()
    made.add_heading("一、回顾", 1)
    made.add_paragraph("增长5.8%。")
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "指标", "目标"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "合并"
    stream = io.BytesIO()
    made.save(stream)
    document = read.open_document(data=stream.getvalue(), name="made.docx")
    assert [block.style for block in document.blocks[:2]] == ["Heading 1", None]
    assert rows(document) == [["指标", "目标"], ["合并", "合并"]]


def test_the_strict_dialect_is_read_too() -> None:
    strict = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>文</w:t></w:r></w:p></w:body></w:document>'
    assert read.open_document(data=package("", main=strict), name="a.docx").text == "文"


def test_one_report_gives_the_same_from_word_and_from_text(truth: Path) -> None:
    word_, text = (read.open_document(truth / f"reports/dadukou-2024-2025.{kind}") for kind in ("docx", "txt"))
    assert len(text.tables) == 1
    assert len(text.boxes) == 5
    assert [shape(block) for block in word_.blocks] == [shape(block) for block in text.blocks]
    assert [(s.level, s.number, s.title, s.parent) for s in word_.sections] == [
        (s.level, s.number, s.title, s.parent) for s in text.sections
    ]
    for frames in ("tables", "boxes"):
        captions = [[frame.caption and frame.caption.text for frame in getattr(document, frames)] for document in (word_, text)]
        assert captions[0] == captions[1]
    assert rows(word_) == rows(text)


def test_reading_twice_gives_the_same(truth: Path) -> None:
    for path in sorted((truth / "reports").rglob("*.docx")):
        document = read.open_document(path)
        assert document == read.open_document(path)
        assert document.text == "\n".join(block.text for block in document.blocks)
        assert any(section.level == 1 for section in document.sections)


def shape(block: read.Block) -> tuple[object, ...]:
    return (block.kind, read.clean(block.text).text, block.table, block.row, block.column, block.box)
