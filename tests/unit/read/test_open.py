"""Whatever file is given: a document, or an error that says what to do."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.read.word import p, package, tbl, tc, zipped

from duheng import read
from duheng.errors import (
    BrokenDocument,
    DocumentTooLarge,
    DuhengError,
    EmptyDocument,
    FileUnreachable,
    FormatUnknown,
    ProtectedDocument,
    ReadError,
)
from duheng.read import Document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
GOOD = package(p("一、回顾") + p("增长5.8%。") + tbl(tc("甲") + tc("乙"), tc("1") + tc("2")))


@pytest.fixture(autouse=True, scope="module")
def _no_office() -> Iterator[None]:
    """Whatever LibreOffice would be asked to open is refused: it takes seconds to start, and has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("duheng.read.office._program", lambda: None)
        yield


def opened(data: bytes, name: str = "report.docx") -> Document:
    return read.open_document(data=data, name=name)


def test_a_path_or_bytes_give_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("一、回顾\n增长5.8%。", encoding="utf-8")
    assert read.open_document(path) == read.open_document(data=path.read_bytes(), name="报告.txt")
    assert read.open_document(str(path), name="x.txt").name == "x.txt"
    assert read.open_document(path).format == "txt"
    with pytest.raises(TypeError):
        read.open_document()


@pytest.mark.parametrize("place", [".", "missing.txt", "a\0b.txt", "/dev/zero"])
def test_what_is_no_file_cannot_be_reached(tmp_path: Path, place: str) -> None:
    with pytest.raises(FileUnreachable):
        read.open_document(tmp_path / place)


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "report.docx", EmptyDocument),
        (b" \n", "report.txt", EmptyDocument),
        (b"\x00\x01\x02", "report.docx", BrokenDocument),
        (b"x", "report.xlsx", BrokenDocument),
        (b"%PDF-1.7", "report.pdf", BrokenDocument),
        (OLE, "report.ppt", FormatUnknown),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "report.docx", ProtectedDocument),
        (zipped({"xl/workbook.xml": "<x/>"}), "report.xlsx", BrokenDocument),
        (zipped({"readme.txt": "x"}), "report.docx", FormatUnknown),
        (zipped({"word/document.xml": "<x/>"}), "report.docx", BrokenDocument),
        (package("", main="<w:document"), "report.docx", BrokenDocument),
        (package(""), "report.docx", EmptyDocument),
        (package(p(" ")), "report.docx", EmptyDocument),
        (package(p("x"), styles="<broken"), "report.docx", BrokenDocument),
        (GOOD[:200], "report.docx", BrokenDocument),
    ],
)
def test_each_kind_of_wrong_file_has_its_error(data: bytes, name: str, error: type[DuhengError]) -> None:
    with pytest.raises(error) as caught:
        opened(data, name)
    assert isinstance(caught.value, ReadError)
    for language in ("zh", "en"):
        assert name in caught.value.message(language)
        assert "?" not in caught.value.message(language)


JPEG, PNG = b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\1" * 600, b"\x89PNG\r\n\x1a\n" + b"\1" * 600


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (JPEG, "report.docx", "是图片"),
        (PNG, "report.png", "是图片"),
        (PNG, "report.pdf", "是图片"),
        (zipped({"report.docx": GOOD}), "report.zip", "是压缩包"),
        (zipped({"report.docx": GOOD}), "report.docx", "是压缩包"),
        (b"Rar!\x1a\x07\0" + b"\1" * 600, "report.doc", "是压缩包"),
        (b"", "report.docx", "0 字节"),
    ],
)
def test_what_was_given_for_a_report_is_said(data: bytes, name: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read.open_document(data=data, name=name)
    assert said in caught.value.message("zh")


def test_what_a_file_holds_counts_more_than_its_name() -> None:
    assert opened(GOOD, "report.doc").format == "docx"
    assert opened(GOOD, "report").format == "docx"
    for name in ("report", "report.docx", "report.pdf", "report.xls"):
        assert opened("一、回顾".encode(), name).format == "txt"


def test_a_macro_laden_file_is_read_without_its_macros() -> None:
    assert opened(GOOD.replace(b"wordprocessingml.document.main", b"ms-word.document.macroEnabl"), "report.docm").tables


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    for bomb in (
        zipped({"word/document.xml": " " * 50_000_000}),
        zipped({f"word/media/{n}.png": "\0" * 40_000_000 for n in range(7)}),
    ):
        with pytest.raises(DocumentTooLarge):
            opened(bomb)
    for size in (17, 65):
        with pytest.raises(DocumentTooLarge):
            opened(b"a" * (size * 2**20), "report.txt")


def test_a_part_too_large_for_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duheng.read.archive._PART", 100)
    with pytest.raises(DocumentTooLarge):
        opened(GOOD)


def test_a_file_of_too_many_pieces_is_refused_before_they_are_counted_out() -> None:
    with pytest.raises(BrokenDocument):
        opened(package("<w:p/>" * 1_500_001))


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    body = "<w:p><w:r><w:t>文&b;&c;</w:t></w:r></w:p>"
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    try:
        text = opened(package("", main=f'{bomb}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>')).text
    except DuhengError:
        return
    assert text == "文"


def test_a_link_to_a_picture_that_is_gone_does_no_harm() -> None:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("一、回顾")
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    relations = "word/_rels/document.xml.rels"
    broken = b'<Relationship Id="r9" Type="x/image" Target="NULL"/></Relationships>'
    parts[relations] = bytes(parts[relations]).replace(b"</Relationships>", broken)  # type: ignore[arg-type]
    assert opened(zipped(parts)).text == "一、回顾"


def test_nesting_without_end_is_refused_or_read() -> None:
    for deep in ("<w:sdt><w:sdtContent>" * 5000, "<w:tbl><w:tr><w:tc>" * 200, "<w:tbl><w:tr><w:tc>" * 70):
        closing = "".join(f"</{tag[1:]}" for tag in reversed(deep.replace("><", "> <").split()))
        with pytest.raises(DuhengError):
            opened(package(deep + closing))


def test_parts_nested_past_all_bounds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("duheng.read.docx.grid", deep)
    with pytest.raises(BrokenDocument):
        opened(GOOD)


def test_a_locked_archive_is_protected() -> None:
    data = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + place] |= 1
            start += 4
    with pytest.raises(ProtectedDocument):
        opened(bytes(data))


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    with path.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(DocumentTooLarge):
        read.open_document(path)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.docx", "a.doc", "a"]))
def test_random_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    refused_or_read(data, name)


@given(st.binary(max_size=200))
def test_random_bytes_behind_a_zip_mark_are_refused(data: bytes) -> None:
    with pytest.raises(DuhengError):
        opened(b"PK\x03\x04" + data)


def test_a_word_file_cut_anywhere_is_refused() -> None:
    for length in range(1, len(GOOD) - 1, 23):
        with pytest.raises(DuhengError):
            opened(GOOD[:length])


def test_a_word_file_with_wrong_bytes_is_read_or_refused() -> None:
    dice = random.Random(20250119)
    for _ in range(200):
        data = bytearray(GOOD)
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        refused_or_read(bytes(data), "report.docx")


def refused_or_read(data: bytes, name: str) -> None:
    try:
        document = opened(data, name)
    except DuhengError:
        return
    for block in document.blocks:
        assert document.text[block.offset : block.end] == block.text
