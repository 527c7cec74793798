"""Saved web pages and Markdown are read as what their readers see."""

from __future__ import annotations

import contextlib
import random

import pytest

from duheng import read
from duheng.errors import BrokenDocument, EmptyDocument, ReadError
from duheng.read import Document


def opened(text: str | bytes, name: str = "报告.html") -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    document = read.open_document(data=data, name=name)
    assert all(document.text[block.offset : block.end] == block.text for block in document.blocks)
    return document


def test_a_page_is_read_without_its_menus_scripts_and_hidden_parts() -> None:
    page = """<!doctype html><html><head><title>题</title><style>p{}</style></head><body>
    <header>某某政府</header><nav>首页</nav>
    <ul><li><a href=a>首页</a><li><a href=b>政务公开</a><li><a href=c>办事服务</a><li><a href=d>互动交流</a></ul>
    <h2>一、回顾</h2><p>全年增长<b>5.8%</b>，
      完成计划。<script>var x = "不读";</script><span style="display: none">不读</span></p><p hidden>不读</p>
    <div aria-hidden="true">不读</div><div>第一段<br>第二段</div><p>&nbsp;&nbsp;末段 A B</p><!-- 不读 --><footer>版权所有</footer></body></html>"""
    document = opened(page)
    assert [block.text for block in document.blocks] == ["一、回顾", "全年增长5.8%，完成计划。", "第一段", "第二段", "末段 A B"]
    assert document.blocks[0].style == "Heading 2"


def test_tables_have_their_merged_cells_and_captions() -> None:
    page = """<html><body><table><caption>表1 主要指标</caption><thead><tr><th rowspan=2>指标名称<th colspan=2>2024年</tr>
    <tr><th>计划<th>完成</tr></thead><tbody><tr><td>增速<td>6%<td><p>5.8%</p><p>（快报）</p></td></tr></tbody></table></body></html>"""
    table = opened(page).tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["指标名称", "2024年", "2024年"],
        ["指标名称", "计划", "完成"],
        ["增速", "6%", "5.8%\n（快报）"],
    ]
    assert table.rows[0][0] is table.rows[1][0]
    assert table.caption
    assert table.caption.text == "表1 主要指标"


def test_a_table_that_only_lays_out_the_page_is_none() -> None:
    prose = f"<p>一、回顾</p><p>{'全年增长5.8%。' * 60}</p>"
    inner = "<table><tr><td>指标<td>目标</tr><tr><td>增速<td>6%</tr></table>"
    document = opened(f"<html><body><table><tr><td><a href=x>首页</a></td><td>{prose}{inner}</td></tr></table></body></html>")
    assert len(document.tables) == 1
    assert document.tables[0].rows[1][1].text == "6%"
    assert opened(f"<html><body><table><tr><td>{prose}</td></tr></table></body></html>").tables == ()


def test_a_frame_is_a_box_and_a_numbered_list_keeps_its_numbers() -> None:
    page = "<html><body><table><tr><td>专栏1 重点项目</td></tr><tr><td>东街大桥。</td></tr></table><ol start=3><li>甲<li>乙</ol></body></html>"
    document = opened(page)
    assert [block.text for block in document.boxes[0].blocks] == ["专栏1 重点项目", "东街大桥。"]
    assert [block.text for block in document.blocks[2:]] == ["3.甲", "4.乙"]


@pytest.mark.parametrize("told", ["gb2312", "GBK", "utf-8", "big5", "", "none-such"])
def test_a_page_is_read_in_the_characters_it_names(told: str) -> None:
    encoding = {"gb2312": "gb18030", "GBK": "gb18030", "big5": "big5"}.get(told, "utf-8")
    page = f'<html><meta charset="{told}"><body><p>一、{"国民" if told != "big5" else "國民"}生产</p></body></html>'
    text = page.replace("生产", "生產") if told == "big5" else page
    assert opened(text.encode(encoding)).text.startswith("一、国民" if told != "big5" else "一、國民")


def test_a_page_under_the_name_of_a_sheet_or_word_file_is_a_page() -> None:
    page = "<html><body><table><tr><td>指标<td>目标</tr><tr><td>增速<td>6%</tr></table></body></html>"
    for name in ("导出.xls", "导出.doc", "导出.txt", "导出"):
        document = opened(page, name)
        assert (document.format, len(document.tables)) == ("html", 1)


def test_a_page_saved_with_its_pictures_is_read() -> None:
    saved = (
        "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>=E5=A2=9E=E9=95=BF5.8%</p></body></html>\r\n--xx--\r\n"
    )
    assert opened(saved, "网页.mht").text == "增长5.8%"
    with pytest.raises(BrokenDocument):
        opened("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx--\r\n", "网页.mht")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><script>x</script></html>",
        "<html>",
    ],
)
def test_a_page_without_words_is_told(page: str) -> None:
    with pytest.raises(EmptyDocument):
        opened(page)


def test_nesting_and_spans_without_end_are_read_or_refused() -> None:
    for page in (
        "<html>" + "<div>" * 100_000 + "字",
        "<html>" + "<table><tr><td>" * 3000 + "字",
        "<html><table>" + '<tr><td rowspan="99999" colspan="99999">字</td></tr>' * 3000 + "</table>",
        "<html>" + "<b>" * 50_000 + "字",
    ):
        try:
            assert opened(page).text
        except ReadError:
            continue


def test_nothing_is_fetched_and_no_entity_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>文&x;</p><img src="http://127.0.0.1:9/x"></body></html>'
    assert "root:" not in opened(page).text


MARKDOWN = """---
title: 题
---
# 报告

## 一、回顾

全年增长**5.8%**，完成
计划。
（一）经济平稳
——消费回升。

1. 甲
2. 乙

- 丙

表1 主要指标

| 指标 | 目标 |
|------|-----:|
| 增速 | 6%   |

> 引文
"""


def test_markdown_is_read_with_its_headings_lists_and_tables() -> None:
    document = opened(MARKDOWN, "报告.md")
    assert [block.text for block in document.blocks if block.table is None] == [
        "报告",
        "一、回顾",
        "全年增长5.8%，完成计划。",
        "（一）经济平稳",
        "——消费回升。",
        "1.甲",
        "2.乙",
        "丙",
        "表1 主要指标",
        "引文",
    ]
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [["指标", "目标"], ["增速", "6%"]]
    assert document.tables[0].caption
    assert document.tables[0].caption.text == "表1 主要指标"
    assert document.format == "md"


@pytest.mark.parametrize("text", ["> " * 3000 + "字", "[" * 20_000, "- " * 3000 + "字", "*" * 20_000 + "字", "`" * 20_000])
def test_odd_markdown_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ReadError):
        assert opened(text, "报告.md").text


def test_any_damage_is_read_or_refused_in_words() -> None:
    chance = random.Random(2)
    data = "<html><body><h2>一、回顾</h2><table><tr><td rowspan=2>甲<td>乙</tr><tr><td>丙</tr></table><p>增长5.8%</p></body></html>".encode()
    for name in ("a.html", "a.md"):
        for _ in range(150):
            broken = bytearray(data)
            for _ in range(chance.choice((1, 5, 30))):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            try:
                opened(bytes(broken), name)
            except ReadError:
                continue
