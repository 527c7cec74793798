"""From a report to a running site, by the command alone."""

import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from tests.journey.conftest import environment

REPORT = """关于甲市乙区2025年国民经济和社会发展计划执行情况及2026年计划草案的报告

一、2025年计划执行情况
全年地区生产总值增长5.8%，城镇新增就业1.2万人。

二、2026年主要预期目标
2026年主要预期目标：地区生产总值增长6%以上，城镇新增就业1万人以上。
"""
LINE = re.compile(r"http://127\.0\.0\.1:(\d+)")


def duheng(*arguments: object, language: str = "zh", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", language, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment() | variables)


@contextlib.contextmanager
def serving(*arguments: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in the foreground, and the address it prints once it answers."""
    command = [sys.executable, "-m", "duheng.cli.main", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment()) as process:
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 -- our own address
        return answer.read().decode()


@pytest.fixture
def report(tmp_path) -> Path:
    """A short report as a text file."""
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_a_report_becomes_a_plan_and_the_same_report_again_changes_nothing(tmp_path, report):
    made = duheng("init", tmp_path / "w", "--from", report)
    assert (made.returncode, made.stderr) == (0, "")
    assert "已导入" in made.stdout
    printed = duheng("plan", "--workspace", tmp_path / "w", "--format", "json")
    plan = json.loads(printed.stdout)
    assert plan["year"] == 2026
    growth = next(item for item in plan["indicators"] if item["code"] == "gdp.growth")
    assert (growth["target"]["kind"], growth["target"]["value"], growth["actual"]["value"]) == ("at_least", 6, 5.8)
    again = duheng("init", tmp_path / "w", "--from", report)
    assert "没有变化" in again.stdout
    assert duheng("plan", DUHENG_WORKSPACE=str(tmp_path / "w")).stdout.startswith("关于甲市乙区")
    assert {path.name for path in tmp_path.iterdir()} == {"w", "报告.txt"}


def test_several_reports_make_one_plan(tmp_path, report):
    annex = tmp_path / "附件.txt"
    annex.write_text("2026年计划附件\n2026年，全区森林覆盖率达到55%。\n", "utf-8")
    assert duheng("init", tmp_path / "w", "--from", report, annex).returncode == 0
    plan = json.loads(duheng("plan", "--workspace", tmp_path / "w", "--format", "json").stdout)
    assert plan["documents"] == ["报告.txt", "附件.txt"]


@pytest.mark.parametrize(("language", "word"), [("zh", "还没有导入计划"), ("en", "no plan has been imported")])
def test_an_empty_workspace_says_so(tmp_path, language, word):
    assert duheng("init", tmp_path / "w").returncode == 0
    printed = duheng("plan", "--workspace", tmp_path / "w", language=language)
    assert (printed.returncode, printed.stdout) == (2, "")
    assert word in printed.stderr


@pytest.mark.parametrize(
    ("name", "content"), [("坏.docx", b"PK\x03\x04"), ("空.txt", b"\n"), ("表.xlsx", b"x"), ("无.txt", None)]
)
def test_a_file_that_cannot_be_read_is_told_plainly_and_nothing_is_stored(tmp_path, report, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    duheng("init", tmp_path / "w")
    refused = duheng("init", tmp_path / "w", "--from", report, path)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert name in refused.stderr
    assert duheng("plan", "--workspace", tmp_path / "w").returncode == 2


def test_no_workspace_is_told_with_the_remedy(tmp_path):
    refused = duheng("plan", "--workspace", tmp_path / "none", language="en")
    assert refused.returncode == 2
    assert "duheng init" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_without_sign_in_a_site_is_not_served_to_strangers(tmp_path):
    duheng("init", tmp_path / "w")
    settings = tmp_path / "w" / "duheng.toml"
    settings.write_text(settings.read_text("utf-8").replace("sign_in = true", "sign_in = false"), "utf-8")
    refused = duheng("serve", "--workspace", tmp_path / "w", "--host", "192.0.2.1")
    assert refused.returncode == 2
    assert "sign_in = true" in refused.stderr


def test_people_are_added_by_the_command(tmp_path):
    duheng("init", tmp_path / "w")
    where = ("--workspace", tmp_path / "w")
    added = duheng("user", "add", "吴管", "--role", "administrator", *where, DUHENG_PASSWORD="long-enough")
    assert "（管理员）" in added.stdout
    assert added.returncode == 0, added.stderr
    assert duheng("user", "list", *where).stdout == "吴管\tadministrator\n"
    assert duheng("user", "role", "吴管", "viewer", *where).returncode == 2


@pytest.mark.slow
def test_a_workspace_is_served_until_it_is_told_to_end(tmp_path, report):
    duheng("init", tmp_path / "w", "--from", report)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving("serve", "--workspace", tmp_path / "w", "--port", port) as (process, line):
        assert line == f"http://127.0.0.1:{port}"
        assert "sign-in" in get(f"{line}/plan")
        assert duheng("serve", "--workspace", tmp_path / "w", "--port", port).returncode == 2
    assert process.returncode == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.slow
def test_the_demo_is_up_again_in_seconds_on_another_port_if_need_be(tmp_path):
    with serving("demo", "--dir", tmp_path / "demo") as (_, first):
        assert LINE.fullmatch(first)
        assert "虚构" in get(f"{first}/plan")
        with serving("demo", "--dir", tmp_path / "other") as (_, second):
            assert LINE.fullmatch(second)
            assert second != first
    begin = time.monotonic()
    with serving("demo", "--dir", tmp_path / "demo") as (process, third):
        assert LINE.fullmatch(third)
        assert time.monotonic() - begin < 10
    assert process.returncode == 0


def test_the_sample_is_in_the_package():
    assert (resources.files("duheng.sample") / "report.docx").is_file()
