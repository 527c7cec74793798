"""A printed report is read as the text it was before it was printed, each block with its page."""

from __future__ import annotations

import io
import random
import zlib

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from duheng import read
from duheng.errors import BrokenDocument, DocumentTooLong, EmptyDocument, ProtectedDocument, ReadError
from duheng.read import BlockKind, Document

FONT = "STSong-Light"
SIZE = 12
LEFT, RIGHT, TOP, BOTTOM = 72, 72 + 36 * SIZE, 770, 90
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def opened(data: bytes, name: str = "报告.pdf") -> Document:
    document = read.open_document(data=data, name=name)
    assert all(document.text[block.offset : block.end] == block.text for block in document.blocks)
    return document


class Press:
    """Sets paragraphs as an office does: two letters in, lines filled, a header and a page number on every page."""

    def __init__(self, *, size: tuple[float, float] = A4, header: str = "", **options: object) -> None:
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=size, **options)
        self.page, self.y, self.header = 1, float(TOP), header
        self.begin()

    def begin(self) -> None:
        self.canvas.setFont(FONT, SIZE)
        self.canvas.drawString(260, 810, self.header)
        self.canvas.drawString(280, 40, f"— {self.page} —")

    def turn(self) -> None:
        self.canvas.showPage()
        self.page, self.y = self.page + 1, float(TOP)
        self.begin()

    def line(self, text: str, x: float = LEFT, size: float = SIZE) -> None:
        if self.y < BOTTOM:
            self.turn()
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y, text)
        self.y -= 20

    def paragraph(self, text: str) -> None:
        self.line(text[:34], LEFT + 2 * SIZE)
        for start in range(34, len(text), 36):
            self.line(text[start : start + 36])

    def grid(self, rows: list[list[str]], widths: list[int], *, spans: dict[tuple[int, int], int] | None = None) -> None:
        """A ruled table; `spans` says how many columns the cell at a row and column covers."""
        edges = [LEFT + sum(widths[:place]) for place in range(len(widths) + 1)]
        for number, row in enumerate(rows):
            top = self.y + 14
            self.canvas.line(edges[0], top, edges[-1], top)
            self.canvas.line(edges[0], top - 20, edges[-1], top - 20)
            covered = 0
            for place, edge in enumerate(edges):
                if covered <= 0:
                    self.canvas.line(edge, top, edge, top - 20)
                    covered = (spans or {}).get((number, place), 1)
                covered -= 1
            for place, text in enumerate(row):
                self.canvas.drawString(edges[place] + 4, self.y, text)
            self.y -= 20
        self.y -= 10

    def done(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.stream.getvalue()


LONG = (
    "全区地区生产总值增长百分之五点八，规模以上工业增加值增长百分之七点二，固定资产投资增长百分之四点四，社会消费品零售总额增长百分之四点六。"
    * 3
)


def test_lines_and_pages_are_put_together_and_headers_dropped() -> None:
    press = Press(header="计划报告")
    said = [f"{number}、{LONG}" for number in "一二三四五六七八九十"] + ["一个短段。", "又一段。"]
    for text in said:
        press.paragraph(text)
    document = opened(press.done())
    assert [block.text for block in document.blocks] == said
    assert (document.blocks[0].page, document.blocks[-1].page) == (1, press.page)
    assert press.page > 1


def test_a_ruled_table_is_a_table_with_its_merged_cells() -> None:
    press = Press()
    press.paragraph("表1 主要指标")
    press.grid([["指标名称", "2024年", ""], ["", "计划", "完成"], ["增速", "6%", "5.8%"]], [150, 100, 100], spans={(0, 1): 2})
    press.paragraph("注：以上为初步核算数。")
    table = opened(press.done()).tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["指标名称", "2024年", "2024年"],
        ["", "计划", "完成"],
        ["增速", "6%", "5.8%"],
    ]
    assert table.rows[0][1] is table.rows[0][2]
    assert table.caption
    assert (table.caption.text, table.rows[2][1].page) == ("表1 主要指标", 1)


def test_a_table_goes_on_overleaf_without_its_repeated_heading() -> None:
    press = Press()
    head = ["指标名称", "目标"]
    press.y = 190
    press.grid([head, ["甲指标", "1"], ["乙指标", "2"]], [200, 100])
    press.turn()
    press.grid([head, ["丙指标", "3"]], [200, 100])
    press.paragraph("后文。")
    document = opened(press.done())
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [
        head,
        ["甲指标", "1"],
        ["乙指标", "2"],
        ["丙指标", "3"],
    ]
    assert len(document.tables) == 1
    assert [row[0].page for row in document.tables[0].rows] == [1, 1, 1, 2]


def test_a_frame_around_prose_is_a_box() -> None:
    press = Press()
    press.paragraph("专栏1 重点项目")
    press.canvas.rect(LEFT - 6, press.y - 30, 36 * SIZE + 12, 50)
    press.line("——基础设施：东街大桥、西街隧道。")
    press.line("——产业：药厂二期。")
    press.y -= 20
    press.paragraph("后文。")
    document = opened(press.done())
    assert [block.text for block in document.boxes[0].blocks] == ["——基础设施：东街大桥、西街隧道。", "——产业：药厂二期。"]
    assert document.boxes[0].caption
    assert document.boxes[0].caption.text == "专栏1 重点项目"


def test_a_note_stands_behind_the_paragraph_that_calls_it_and_its_call_is_no_digit() -> None:
    press = Press()
    press.line("全年增长5.8%，人均地区生产总值居全市第二位，并且高于全国的平均水平约为", LEFT + 2 * SIZE)
    press.canvas.setFont(FONT, 7)
    press.canvas.drawString(LEFT + 16 * SIZE, press.y + 5, "1")
    press.canvas.setFont(FONT, SIZE)
    press.canvas.drawString(LEFT, press.y, "一点五个百分点，全年入库五百亿元")
    press.canvas.drawString(LEFT + 16.6 * SIZE, press.y, "，另有存量。")
    press.canvas.line(LEFT, 130, LEFT + 140, 130)
    press.canvas.setFont(FONT, 9)
    press.canvas.drawString(LEFT, 115, "1此为初步核算数。")
    document = opened(press.done())
    assert [(block.kind, block.text) for block in document.blocks] == [
        (
            BlockKind.PARAGRAPH,
            "全年增长5.8%，人均地区生产总值居全市第二位，并且高于全国的平均水平约为一点五个百分点，全年入库五百亿元，另有存量。",
        ),
        (BlockKind.FOOTNOTE, "此为初步核算数。"),
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(turn: int) -> None:
    press = Press(size=landscape(A4) if turn % 180 else A4)
    width, height = landscape(A4) if turn % 180 else A4
    if turn:
        press.canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
        press.canvas.rotate(turn)
    press.grid([["指标", "目标"], ["增速", "6%"]], [150, 100])
    press.paragraph("第一行。")
    press.paragraph("第二行。")
    document = opened(press.done())
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [["指标", "目标"], ["增速", "6%"]]
    assert [block.text for block in document.blocks if block.kind is BlockKind.PARAGRAPH][-2:] == ["第一行。", "第二行。"]


def test_a_watermark_is_no_part_of_the_text() -> None:
    press = Press()
    press.paragraph("增长百分之五点八。")
    press.canvas.translate(200, 300)
    press.canvas.rotate(45)
    press.canvas.drawString(0, 0, "内部资料")
    assert opened(press.done()).text == "增长百分之五点八。"


def locked(user: str) -> bytes:
    press = Press(encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=0))
    press.paragraph("增长百分之五点八。")
    return press.done()


def test_only_a_password_to_open_keeps_a_reader_out() -> None:
    assert opened(locked("")).text == "增长百分之五点八。"
    with pytest.raises(ProtectedDocument):
        opened(locked("geheim"))


def test_pictures_of_pages_are_told_to_need_recognition() -> None:
    press = Press()
    press.canvas = Canvas(press.stream, pagesize=A4)
    press.canvas.rect(50, 50, 200, 200, fill=1)
    with pytest.raises(EmptyDocument) as caught:
        opened(press.done())
    assert "文字识别" in caught.value.message("zh")


def one_page() -> bytes:
    press = Press()
    press.paragraph(LONG)
    press.grid([["指标", "目标"], ["增速", "6%"]], [150, 100])
    return press.done()


def test_what_a_file_holds_counts_more_than_its_name() -> None:
    for name in ("报告.docx", "报告.doc", "报告", "报告.txt"):
        assert opened(one_page(), name).format == "pdf"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_told(share: float) -> None:
    data = one_page()
    with pytest.raises(BrokenDocument):
        opened(data[: int(share * len(data))])


def test_a_stream_that_unpacks_without_end_is_refused_before_it_is_opened() -> None:
    packing = zlib.compressobj(9)
    bomb = b"".join(packing.compress(b"\0" * 2**20) for _ in range(300)) + packing.flush()
    with pytest.raises(BrokenDocument, match="unpacks"):
        opened(b"%PDF-1.7\n1 0 obj <</Length 9/Filter/FlateDecode>>\nstream\n" + bomb + b"\nendstream\n%%EOF")


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duheng.read.pdf._PAGES", 0)
    with pytest.raises(DocumentTooLong):
        opened(one_page())


def test_progress_is_told_page_by_page_and_may_end_the_reading() -> None:
    press = Press()
    for _ in range(3):
        press.paragraph("甲乙丙"[press.page - 1] + "段讲一件事。")
        press.turn()
    data, told = press.done(), []
    read.open_document(data=data, name="报告.pdf", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read.open_document(data=data, name="报告.pdf", progress=stop)
    assert opened(data).blocks


def test_any_damage_is_read_or_refused_in_words() -> None:
    data, chance = one_page(), random.Random(1)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(chance.choice((1, 5, 50))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            opened(bytes(broken))
        except ReadError:
            continue
