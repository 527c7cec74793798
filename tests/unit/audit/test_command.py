"""`duheng audit`: its forms, its exit codes, and what it says when it cannot run."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from tests.unit.audit.commanding import Ran
from tests.unit.read.word import p, package, zipped

from duheng import sample
from duheng.cli.findings.text import as_text

Audit = Callable[..., Ran]


def test_the_exit_code_says_whether_something_was_found(audit: Audit, report: Path, tmp_path: Path) -> None:
    fine = tmp_path / "好.txt"
    fine.write_text("一、2025年计划执行情况\n计划建设项目362个（新开工215个、续建147个）。\n", "utf-8")
    assert audit(report, "--select", "DA101").code == 1
    assert audit(report, "--ignore", "D").code == 0
    assert audit(fine, "--select", "DA101").code == 0


def test_json_says_what_where_and_why_in_both_languages(audit: Audit, report: Path) -> None:
    told = json.loads(audit(report, "--select", "DA101", "--format", "json").out)
    (finding,) = told["findings"]
    text = report.read_text("utf-8")
    assert (told["document"], finding["rule"], finding["severity"]) == ("报告.txt", "DA101", "error")
    assert [place["text"] for place in finding["places"]] == ["362个", "251个", "147个"]
    assert all(text[place["offset"] : place["end"]] == place["text"] for place in finding["places"])
    assert finding["offset"] == finding["places"][0]["offset"]
    assert finding["places"][0]["section"] == ["一、2025年计划执行情况"]
    assert finding["message"] == finding["message_zh"] != finding["message_en"]
    assert finding["sentence"] in text
    assert {"expected", "found", "explanation"} <= set(finding)
    english = json.loads(audit(report, "--select", "DA101", "--format", "json", language="en").out)
    assert english["findings"][0]["message"] == finding["message_en"]


def test_text_shows_place_sentence_and_reason(audit: Audit, report: Path) -> None:
    out = audit(report, "--select", "DA101").out
    assert re.search(r"^错误 DA101@\d+ 分项与合计$", out, re.MULTILINE)
    assert "一、2025年计划执行情况 · 第 3 段" in out
    assert "计划建设项目«362个»（新开工«251个»、续建«147个»）。" in out
    assert out.rstrip().endswith("1 处错误。")
    english = audit(report, "--select", "DA101", language="en").out
    assert "error DA101@" in english
    assert "paragraph 3" in english
    assert english.rstrip().endswith("1 error.")


def test_a_terminal_gets_underlines_and_colour_unless_it_asks_for_none(
    audit: Audit, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in audit(report, "--select", "DA101").out
    monkeypatch.setattr("duheng.cli.audit.sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "«362个»" in audit(report, "--select", "DA101").out
    assert as_text([], language="zh", colour=True) == "没有发现问题。"


def test_what_is_explained_is_counted_and_shown_only_on_request(audit: Audit) -> None:
    told = json.loads(audit(sample.report_path(), "--format", "json", "--explain").out)
    plain = json.loads(audit(sample.report_path(), "--format", "json").out)
    explained = [finding for finding in told["findings"] if finding["explanation"]]
    assert [finding for finding in told["findings"] if not finding["explanation"]] == plain["findings"]
    if explained:
        assert f"另有 {len(explained)} 处" in audit(sample.report_path()).out


def test_fail_on_sets_the_severity_that_counts(audit: Audit, report: Path, tmp_path: Path) -> None:
    old = tmp_path / "旧稿.txt"
    old.write_text(report.read_text("utf-8").replace("5.8%", "5.9%"), "utf-8")
    assert audit(report, "--since", old, "--select", "DC81").code == 0
    assert audit(report, "--since", old, "--select", "DC81", "--fail-on", "note").code == 1


def test_sarif_has_the_shape_that_tools_expect(audit: Audit, report: Path) -> None:
    log = json.loads(audit(report, "--select", "DA101", "--format", "sarif").out)
    (run,) = log["runs"]
    (result,) = run["results"]
    assert (log["version"], run["tool"]["driver"]["name"], run["columnKind"]) == ("2.1.0", "duheng", "unicodeCodePoints")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "DA101"
    assert result["level"] == "error"
    places = [*result["locations"], *result["relatedLocations"]]
    regions = [place["physicalLocation"]["region"] for place in places]
    text = report.read_text("utf-8")
    for region in regions:
        assert text[region["charOffset"] :][: region["charLength"]] == region["snippet"]["text"]
    assert re.fullmatch(r"[\w%/.~:-]+", places[0]["physicalLocation"]["artifactLocation"]["uri"])


class _Page(HTMLParser):
    """The open tags, outside links and identities of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.identities: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "!doctype"):
            self.open.append(tag)
        for name, value in attrs:
            (self.identities if name == "id" else self.links if name in ("href", "src") else []).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_every_link_leads_somewhere(audit: Audit) -> None:
    out = audit(sample.report_path(), "--format", "html", "--explain").out
    page = _Page(out)
    assert page.open == []
    assert len(set(page.identities)) == len(page.identities) > 0
    assert {link.removeprefix("#") for link in page.links} <= set(page.identities)
    assert all(link.startswith("#") for link in page.links)
    assert "<script" not in out
    assert "prefers-color-scheme:dark" in out
    assert "@media print" in out


def test_the_page_shows_the_whole_document_and_marks_the_places(audit: Audit, report: Path) -> None:
    out = audit(report, "--select", "DA101", "--format", "html").out
    assert re.search(r'<mark class="error">362个</mark><sup><a href="#n1">1</a></sup>', out)
    plain = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", out.partition("<main>")[2])
    assert "计划建设项目362个（新开工251个、续建147个）。" in plain
    dangerous = report.with_name("坏.txt")
    dangerous.write_text("一、<script>alert(1)</script>\n共362个（新开工251个、续建147个）。\n", "utf-8")
    assert "<script" not in audit(dangerous, "--format", "html").out


def test_docx_gives_back_the_authors_file_with_comments(audit: Audit, tmp_path: Path) -> None:
    body = p("一、2025年计划执行情况") + p("计划建设项目362个（新开工251个、续建147个）。")
    report, made = tmp_path / "报告.docx", tmp_path / "批注.docx"
    report.write_bytes(package(body))
    assert audit(report, "--select", "DA101", "--format", "docx", "--output", made).code == 1
    opened = docx.Document(str(made))
    assert [each.text for each in opened.paragraphs] == [each.text for each in docx.Document(str(report)).paragraphs]
    (comment,) = opened.comments
    assert comment.text.startswith("错误 DA101 分项与合计\n")
    xml = re.sub(r"\s", "", made_part(made, "word/document.xml"))
    assert re.search(r"commentRangeStart.{0,80}<w:t[^>]*>362个</w:t></w:r><w:commentRangeEnd", xml)


def test_several_commented_files_go_into_a_folder(audit: Audit, tmp_path: Path) -> None:
    folder = tmp_path / "批注"
    folder.mkdir()
    paths = [tmp_path / "甲.docx", tmp_path / "乙.docx"]
    for number, path in enumerate(paths):
        path.write_bytes(package(p("一、2025年计划执行情况") + p(f"全年地区生产总值增长{number + 5}.1%。")))
    assert audit(*paths, "--together", "--format", "docx", "--output", folder).code == 1
    assert sorted(path.name for path in folder.iterdir()) == ["乙.docx", "甲.docx"]


def made_part(path: Path, member: str) -> str:
    import zipfile

    with zipfile.ZipFile(path) as opened:
        return opened.read(member).decode()


def test_what_cannot_be_run_says_why_and_what_to_do(audit: Audit, report: Path, tmp_path: Path) -> None:
    asked: dict[str, tuple[object, ...]] = {
        ".docx": (report, "--format", "docx", "--output", tmp_path / "批注.docx"),
        "--together": (report, "--together"),
        "--since": (report, report, "--since", report),
        "规则": (report, "--select", "ZZ1"),
        "输出文件": (report, "--output", report),
        "文件夹": (report, "--output", tmp_path / "无" / "a.txt"),
        "找不到": (tmp_path / "没有.txt",),
    }
    for word, arguments in asked.items():
        ran = audit(*arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert word in ran.err
        assert len(ran.err.splitlines()) == 1
    assert report.exists()


HOSTILE = {
    "空.docx": b"",
    "断.docx": sample.report_path().read_bytes()[:20_000],
    "包.docx": zipped({"a.txt": "x"}),
    "弹.docx": zipped({"word/document.xml": b" " * 60_000_000}),
    "锁.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "码.txt": b"\x81\xff\x00\xfe\xff" * 9,
    "表.xls": b"PK\x03\x04",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["json", "docx"])
def test_a_hostile_file_gets_a_clear_message(audit: Audit, tmp_path: Path, name: str, form: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    ran = audit(path, "--format", form, "--output", tmp_path / "out")
    assert (ran.code, ran.out) == (2, "")
    assert name in ran.err
    assert len(ran.err.splitlines()) == 1


def test_output_goes_into_the_file(audit: Audit, report: Path, tmp_path: Path) -> None:
    made = tmp_path / "结果.json"
    ran = audit(report, "--select", "DA101", "--format", "json", "--output", made)
    assert (ran.code, ran.out) == (1, "")
    assert json.loads(made.read_text("utf-8"))["findings"]
    assert io.StringIO(made.read_text("utf-8"))


def test_files_of_one_name_are_told_apart_by_their_paths(audit: Audit, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "二" / report.name
    other.parent.mkdir()
    other.write_text(report.read_text("utf-8").replace("5.8%", "5.9%"), "utf-8")
    told = json.loads(audit(report, other, "--together", "--format", "json", "--select", "DC801").out)
    assert told["documents"] == [str(report), str(other)]
    (finding,) = told["findings"]
    assert [place["document"] for place in finding["places"]] == [str(report), str(other)]
    assert [place["text"] for place in finding["places"]] == ["5.8%", "5.9%"]


def test_of_many_places_the_first_are_shown_and_the_rest_counted(audit: Audit, tmp_path: Path) -> None:
    rows = [["序号", "指标名称", "单位", "属性", "2025年目标"]]
    rows += [[str(i), f"第{i}类服务业增加值增速", "%", "预期性", f"{i}以上" if i > 10 else str(i)] for i in range(1, 13)]
    opened = docx.Document()
    opened.add_paragraph("关于甲市乙区2024年计划执行情况及2025年计划草案的报告")
    table = opened.add_table(rows=0, cols=5)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    report = tmp_path / "计划.docx"
    opened.save(str(report))
    told = audit(report, "--select", "DP702").out
    assert told.count("«") == 3
    assert re.search("另有 \\d+ 处相同", told)
