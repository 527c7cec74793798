"""Findings that somebody has looked at and accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.unit.audit.commanding import Ran

from duheng.audit import accepted
from duheng.audit.accepted import Acceptance
from duheng.errors import AuditError

Audit = Callable[..., Ran]
DAY = date(2026, 1, 20)


def offset_of(audit: Audit, report: Path) -> int:
    told = json.loads(audit(report, "--select", "DA101", "--format", "json").out)
    return int(told["findings"][0]["offset"])


def accept(audit: Audit, report: Path, what: str) -> Ran:
    return audit(report, "--select", "DA101", "--accept", what, "--why", "含转结项目", "--by", "张三")


def test_an_accepted_finding_no_longer_counts_and_says_who_and_why(audit: Audit, report: Path) -> None:
    ran = accept(audit, report, f"DA101@{offset_of(audit, report)}")
    assert (ran.code, ran.out) == (0, "")
    assert "报告.txt.duheng.yml" in ran.err
    after = audit(report, "--select", "DA101")
    assert after.code == 0
    assert "没有发现问题。另有 1 处" in after.out
    explained = audit(report, "--select", "DA101", "--explain")
    assert explained.code == 0
    assert "说明：已接受：含转结项目（张三，" in explained.out


def test_edits_elsewhere_leave_it_and_a_change_of_the_number_takes_it_back(audit: Audit, report: Path) -> None:
    accept(audit, report, f"DA101@{offset_of(audit, report)}")
    text = report.read_text("utf-8")
    report.write_text(text.replace("一、", "前言：情况说明。\n一、"), "utf-8")
    assert audit(report, "--select", "DA101").code == 0
    report.write_text(text.replace("251个", "261个"), "utf-8")
    assert audit(report, "--select", "DA101").code == 1


def test_a_whole_rule_can_be_accepted_for_a_report(audit: Audit, report: Path) -> None:
    assert accept(audit, report, "da101").code == 0
    report.write_text(report.read_text("utf-8").replace("251个", "261个"), "utf-8")
    assert audit(report, "--select", "DA101").code == 0


def test_it_takes_a_reason_a_name_and_a_finding_that_is_there(audit: Audit, report: Path) -> None:
    offset = offset_of(audit, report)
    asked: dict[str, tuple[str, ...]] = {
        "--why": ("--accept", f"DA101@{offset}", "--by", "张三"),
        "--by": ("--accept", f"DA101@{offset}", "--why", "有因"),
        f"DA101@{offset}": ("--accept", "DA101@1", "--why", "有因", "--by", "张三"),
        "DA101@1872": ("--accept", "不是代码", "--why", "有因", "--by", "张三"),
        "DA999": ("--accept", "DA999", "--why", "有因", "--by", "张三"),
    }
    for word, arguments in asked.items():
        ran = audit(report, *arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert word in ran.err
    assert not accepted.file_of(report).exists()


def test_what_is_written_is_read_back_and_the_later_of_two_holds(tmp_path: Path) -> None:
    file = tmp_path / "报告.docx.duheng.yml"
    first = Acceptance(rule="DA101", sentence="共362个：“是”。", marked=("362个", "- 1"), why="一", by="甲", date=DAY)
    second = Acceptance(rule="DA101", sentence=first.sentence, marked=first.marked, why="二", by="乙", date=DAY)
    whole = Acceptance(rule="DP701", why="不适用", by="甲", date=DAY)
    accepted.save(file, [first, whole, second])
    assert accepted.load(file) == (second, whole)
    assert "共362个" in file.read_text("utf-8")
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
    assert accepted.load(tmp_path / "没有.yml") == ()


BAD = {
    "a: [": "YAML",
    "a: 1": "list",
    "- 1": "entry 1",
    "- {rule: DA101, why: x, by: y, date: 2026-01-20, color: red}": "only have",
    "- {rule: 7, why: x, by: y, date: 2026-01-20}": "rule",
    "- {rule: DA101, why: x, by: y}": "date",
    "- {rule: DA101, why: x, by: y, date: soon}": "date",
    "- {rule: DA101, why: 1, by: y, date: 2026-01-20}": "quotes",
    "- {rule: DA101, marked: [1], why: x, by: y, date: 2026-01-20}": "quotes",
    "- !!python/object/apply:os.system ['true']": "YAML",
    "[" * 5000: "YAML",
    "\udcff": "YAML",
    "#" * 1_000_001: "large",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_file_is_told_plainly(tmp_path: Path, text: str) -> None:
    file = tmp_path / "报告.txt.duheng.yml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(AuditError) as raised:
        accepted.load(file)
    message = raised.value.message("en")
    assert BAD[text] in message
    assert message.startswith("报告.txt.duheng.yml: ")
    assert "accept again" in message


def test_a_bad_file_beside_the_report_stops_the_command_with_a_message(audit: Audit, report: Path) -> None:
    accepted.file_of(report).write_text("a: [", "utf-8")
    ran = audit(report)
    assert (ran.code, ran.out) == (2, "")
    assert "报告.txt.duheng.yml：不是有效的 YAML 文件" in ran.err


def test_an_empty_file_accepts_nothing(tmp_path: Path) -> None:
    file = tmp_path / "报告.txt.duheng.yml"
    file.write_text("# 无\n", "utf-8")
    assert accepted.load(file) == ()


def test_a_folder_that_takes_no_file_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="cannot be written"):
        accepted.save(tmp_path / "无" / "报告.yml", [])
