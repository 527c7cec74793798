"""Remarks in the author's own Word file: over exactly the words, and nothing else is changed."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from lxml import etree
from tests.unit.read.word import NAMESPACES, p, package, r, tbl, tc, zipped

from duheng import read, sample
from duheng.errors import ReadError
from duheng.report import Remark, commented

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
AT = datetime(2026, 1, 20, 21, 30, tzinfo=UTC)


def remark(data: bytes, *words: str) -> bytes:
    """The file with a remark on each of the words, which says just them."""
    text = read.open_document(data=data, name="报告.docx").text
    remarks = [Remark(offset=text.index(each), end=text.index(each) + len(each), text=(each,)) for each in words]
    return commented(data, remarks, name="报告.docx", author="度衡", at=AT)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def covered(data: bytes, member: str = "word/document.xml") -> dict[str, str]:
    """The words between the marks of each comment, by its number; what a tracked change took out does not count."""
    opened: dict[str, list[str]] = {}
    done: dict[str, str] = {}
    for node in etree.fromstring(parts(data)[member]).iter():
        number = node.get(W + "id", "")
        if node.tag == W + "commentRangeStart":
            opened[number] = []
        elif node.tag == W + "commentRangeEnd":
            done[number] = "".join(opened.pop(number))
        elif node.tag == W + "t":
            for pieces in opened.values():
                pieces.append(node.text or "")
    assert not opened
    return done


def said(data: bytes) -> dict[str, str]:
    """What each comment says, by its number."""
    comments = etree.fromstring(parts(data)["word/comments.xml"])
    texts = {each.get(W + "id"): ["".join(node.itertext()) for node in each.iter(W + "p")] for each in comments}
    return {number: "\n".join(lines) for number, lines in texts.items()}


def runs(data: bytes) -> list[tuple[str, str]]:
    """The text of a document, run by run with its looks; neighbours of equal looks are one."""
    found: list[tuple[str, str]] = []
    for run in etree.fromstring(parts(data)["word/document.xml"]).iter(W + "r"):
        looks = run.find(W + "rPr")
        shown = "" if looks is None else etree.tostring(looks, method="c14n").decode()
        text = "".join(node.text or "" for node in run.iter(W + "t"))
        if run.find(W + "commentReference") is None and text:
            if found and found[-1][0] == shown:
                found[-1] = (shown, found[-1][1] + text)
            else:
                found.append((shown, text))
    return found


def test_every_number_of_the_sample_can_be_commented_and_no_word_changes() -> None:
    data = sample.report_path().read_bytes()
    document = read.open_document(sample.report_path())
    claims = read.claims(document)
    remarks = [Remark(offset=claim.offset, end=claim.end, text=(claim.span, claim.subject)) for claim in claims]
    made = commented(data, remarks, name="report.docx", author="度衡", at=AT)
    assert read.open_document(data=made, name="report.docx") == document
    before, after = (docx.Document(io.BytesIO(each)) for each in (data, made))
    assert [each.text for each in after.paragraphs] == [each.text for each in before.paragraphs]
    cells = [[[cell.text for cell in row.cells] for table in each.tables for row in table.rows] for each in (before, after)]
    assert cells[0] == cells[1]
    assert runs(made) == runs(data)
    ranges, words = covered(made), said(made)
    assert len(words) == len(claims)
    assert [(str(each.comment_id), each.text, each.author) for each in after.comments] == [(n, words[n], "度衡") for n in words]
    inside = {b.offset for b in document.blocks if b.kind is read.BlockKind.FOOTNOTE or b.text.startswith("数据速览")}
    exact = [
        ranges[str(i)] == claim.span for i, claim in enumerate(claims) if document.block_at(claim.offset).offset not in inside
    ]
    assert all(exact)
    assert len(exact) > 390


def test_other_parts_keep_every_byte() -> None:
    data = sample.report_path().read_bytes()
    before, after = parts(data), parts(remark(data, "562.4亿元"))
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(before) <= set(after)
    assert commented(data, [], name="report.docx", author="度衡") == data


def test_a_number_inside_a_run_and_one_over_several_runs_are_covered_exactly() -> None:
    data = package(p(runs=r("增长5.", "<w:b/>") + r("8%，", "<w:i/>") + r("投资26.04亿元。")))
    made = remark(data, "5.8%", "26.04亿元", "04亿")
    assert covered(made) == {"0": "5.8%", "1": "26.04亿元", "2": "04亿"}
    assert runs(made) == runs(data)
    assert list(said(made).values()) == ["5.8%", "26.04亿元", "04亿"]
    assert "2026-01-20T21:30:00Z" in parts(made)["word/comments.xml"].decode()


def test_comments_that_are_there_stay() -> None:
    marks = '<w:commentRangeStart w:id="7"/>{}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    old = '<w:comment w:id="7" w:author="张三"><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment>'
    made = remark(package(p(runs=marks.format(r("增长5.8%。"))), comments=old), "5.8%")
    assert covered(made) == {"7": "增长5.8%。", "8": "5.8%"}
    assert said(made) == {"7": "请核", "8": "5.8%"}


def test_a_cell_of_a_table_is_commented_in_its_cell() -> None:
    made = remark(package(tbl(tc("指标") + tc("目标"), tc("地区生产总值") + tc("6%以上"))), "6%以上")
    assert covered(made) == {"0": "6%以上"}


def test_a_number_in_a_footnote_is_commented_at_its_mark() -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>按可比价增长5.8%。</w:t></w:r></w:p></w:footnote>'
    made = remark(package(p(runs=r("增速") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note), "5.8%")
    (start,) = etree.fromstring(parts(made)["word/document.xml"]).iter(W + "commentRangeStart")
    assert start.getnext().find(W + "footnoteReference") is not None
    assert parts(made)["word/footnotes.xml"].count(b"comment") == 0
    assert said(made) == {"0": "5.8%"}


def test_a_number_in_a_text_box_is_commented_where_the_box_is_anchored() -> None:
    box = f"<w:txbxContent>{p('常住人口46.2万人')}</w:txbxContent>"
    made = remark(
        package(p("正文。", runs=f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>")), "46.2万人"
    )
    root = etree.fromstring(parts(made)["word/document.xml"])
    (content,) = root.iter(W + "txbxContent")
    assert list(content.iter(W + "commentRangeStart")) == []
    (start,) = root.iter(W + "commentRangeStart")
    assert start.getnext().find(f"{W}pict") is not None


def test_tracked_changes_stay_tracked() -> None:
    inserted, deleted = f'<w:ins w:id="1">{r("增长6%，")}</w:ins>', '<w:del w:id="2"><w:r><w:delText>5%</w:delText></w:r></w:del>'
    made = remark(package(p(runs=inserted + deleted + r("就业1万人"))), "6%", "1万人")
    root = etree.fromstring(parts(made)["word/document.xml"])
    assert covered(made) == {"0": "6%", "1": "1万人"}
    assert ["".join(node.itertext()) for node in root.iter(W + "ins", W + "del")] == ["增长6%，", "5%"]
    assert all(node.getparent().tag == W + "p" for node in root.iter(W + "r") if node.find(W + "commentReference") is not None)


def test_links_fields_formulas_and_hidden_text_are_left_whole() -> None:
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("begin", "separate"))
    field = field.replace("</w:r><w:r>", "</w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r>", 1)
    body = f'<w:hyperlink>{r("共12项，")}</w:hyperlink>{field}{r("占34%，")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body += f"{r('密', '<w:vanish/>')}<m:oMath><m:r><m:t>5×6=30</m:t></m:r></m:oMath>"
    made = remark(package(p(runs=body)), "12项", "34%", "30")
    assert list(covered(made).values())[:2] == ["12项", "34%"]
    root = etree.fromstring(parts(made)["word/document.xml"])
    assert [node.text for node in root.iter("{*}instrText")] == ["REF a"]
    assert len(list(root.iter("{*}oMath"))) == 1


def test_a_drawn_number_is_commented_at_the_words_behind_it() -> None:
    levels = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    made = remark(package(p("主要指标", properties=numbered), numbering=lists), "（一）")
    assert covered(made) == {"0": "主"}


def test_the_strict_dialect_stays_strict() -> None:
    common = NAMESPACES.split('"')[1]
    document = f"<w:document {NAMESPACES}><w:body>{p('增长5.8%。')}</w:body></w:document>".replace(common, STRICT)
    made = parts(remark(package("", main=document), "5.8%"))
    for name in ("word/document.xml", "word/comments.xml"):
        assert STRICT.encode() in made[name]
        assert common.encode() not in made[name]
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in made["word/_rels/document.xml.rels"]


def test_signs_that_no_file_may_hold_are_dropped() -> None:
    made = commented(package(p("增长5.8%。")), [Remark(offset=2, end=6, text=("a\x00b", "c"))], name="报告.docx", author="度衡")
    assert said(made) == {"0": "ab\nc"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", zipped({"a.txt": "x"}), sample.report_path().read_bytes()[:9000]])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        commented(data, [Remark(offset=0, end=1, text=("x",))], name="报告.docx", author="度衡")
