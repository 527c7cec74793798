"""Files of Word before 2007 and of WPS are read through LibreOffice where there is one, and otherwise refused with a remedy."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
import pytest

from duheng import read
from duheng.errors import BrokenDocument, OfficeMissing, ProtectedDocument
from duheng.read import office, ole
from duheng.sample import report_path


def word_file() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    made.add_paragraph("一、回顾")
    made.add_paragraph("增长5.8%。")
    table = made.add_table(2, 2, style="Table Grid")
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "甲乙12", strict=True):
        cell.text = text
    made.add_paragraph("后文。")
    made.save(stream)
    return stream.getvalue()


GOOD = word_file()
RTF = rb"{\rtf1\ansi\ansicpg936 \u19968?\u12289?\u22238?\u39038?\par 5.8%\par}"
WORD_XML = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>增长5.8%</w:t></w:r></w:p>'
    "</w:body></w:wordDocument>"
).encode()


def converted(soffice: str, folder: Path, kind: str, data: bytes = GOOD) -> bytes:
    source = folder / "source.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", kind, "--outdir", folder, source],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / f"source.{kind}").read_bytes()


@pytest.mark.parametrize(("data", "name"), [(RTF, "报告.rtf"), (RTF, "报告.doc"), (WORD_XML, "报告.doc"), (WORD_XML, "报告.xml")])
def test_without_libreoffice_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, data: bytes, name: str) -> None:
    monkeypatch.setattr(office, "_program", lambda: None)
    with pytest.raises(OfficeMissing) as caught:
        read.open_document(data=data, name=name)
    assert "libreoffice-writer-nogui" in caught.value.message("en")
    assert ".docx" in caught.value.message("zh")


def test_a_converter_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 & sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))
    monkeypatch.setattr(office, "_SECONDS", 0.2)
    with pytest.raises(BrokenDocument, match="seconds"):
        read.open_document(data=RTF, name="报告.rtf")


def test_a_converter_that_makes_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))
    with pytest.raises(BrokenDocument, match="LibreOffice"):
        read.open_document(data=RTF, name="报告.rtf")


def test_damaged_old_files_are_refused_in_words() -> None:
    assert ole.streams(b"") == frozenset()
    assert ole.streams(ole.MAGIC + b"\xff" * 600) == frozenset()
    with pytest.raises(ProtectedDocument):
        read.open_document(data=ole.MAGIC + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), name="报告.docx")


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "name"), [("doc", "报告.doc"), ("doc", "报告.wps"), ("doc", "报告.docx"), ("rtf", "报告.rtf"), ("odt", "报告.odt")]
)
def test_old_files_are_read_like_the_word_file_they_were(soffice: str, tmp_path: Path, kind: str, name: str) -> None:
    document = read.open_document(data=converted(soffice, tmp_path, kind), name=name)
    want = read.open_document(data=GOOD, name="报告.docx")
    assert (document.format, document.text) == (kind, want.text)
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [["甲", "乙"], ["1", "2"]]


@pytest.mark.long
def test_the_sample_reads_the_same_through_an_old_file(soffice: str, tmp_path: Path) -> None:
    data = converted(soffice, tmp_path, "doc", report_path().read_bytes())
    document, want = read.open_document(data=data, name="报告.doc"), read.open_document(report_path())
    assert [block.text for block in document.blocks] == [block.text for block in want.blocks]


@pytest.mark.long
def test_word_2003_xml_is_read(soffice: str) -> None:
    assert soffice
    assert read.open_document(data=WORD_XML, name="报告.xml").text == "增长5.8%"


@pytest.mark.long
@pytest.mark.parametrize("cut", [600, 3000, 6000])
def test_an_old_file_cut_short_is_read_or_refused(soffice: str, tmp_path: Path, cut: int) -> None:
    data = converted(soffice, tmp_path, "doc")
    with pytest.raises(BrokenDocument):
        read.open_document(data=data[:cut], name="报告.doc")
