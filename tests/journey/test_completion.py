"""How a year's targets ended, and five-year targets at mid-term, by the command alone."""

import json
import os
import subprocess
import sys

import pytest

from duheng import sample

SHORT = {
    "固定资产投资增速",
    "社会消费品零售总额增速",
    "一般公共预算收入增速",
    "实际使用外资",
}  # as the report's own sentence names them


def duheng(*arguments, language="zh"):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUHENG")}
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", language, "appraise", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("appraised") / "区"
    command = [
        sys.executable,
        "-m",
        "duheng.cli.main",
        "init",
        folder,
        "--from",
        sample.report_path(),
        "--from",
        sample.annex_path(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_the_report_states_and_the_command_computes_and_the_list_behind_is_the_reports_own(workspace):
    done = duheng("completion", "--workspace", workspace, "--year", 2025, "--as-of", "2026-02-01", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    stated = {each["kind"]: each for each in told["stated"]}
    assert (stated["indicators_total"]["value"], stated["indicators_met"]["value"]) == (30, 26)
    assert stated["indicators_total"]["agrees"] is True
    low, high = stated["indicators_met"]["computed"]
    assert low <= 26 <= high
    missed = {each["name"][0] for each in told["targets"] if each["outcome"] == "missed"}
    assert missed == SHORT
    every = told["computed"]["all"]
    assert every["met"] + every["missed"] + every["basically_met"] + every["not_yet_known"] == every["total"] == 30
    assert every["total"] == told["computed"]["binding"]["total"] + told["computed"]["expected"]["total"]


@pytest.mark.slow
def test_before_the_report_nothing_is_known_and_a_year_without_targets_is_told(workspace):
    early = json.loads(
        duheng("completion", "--workspace", workspace, "--year", 2025, "--as-of", "2025-12-01", "--format", "json").stdout
    )
    assert early["computed"]["all"]["not_yet_known"] == 30
    assert early["stated"] == []
    text = duheng("completion", "--workspace", workspace, "--as-of", "2026-02-01", language="en")
    assert "computed here, all: 30" in text.stdout
    none = duheng("completion", "--workspace", workspace, "--year", 1999)
    assert (none.returncode, "2026、2025" in none.stderr) == (2, True)
    assert duheng("completion", "--workspace", workspace, "--as-of", "someday").returncode == 2


def test_five_year_targets_are_classed_from_a_sheet(tmp_path):
    done = duheng("midterm", sample.long_targets_path(), "--by", 2023, "--format", "json")
    assert done.returncode == 0, done.stderr
    told = {each["name"]: each for each in json.loads(done.stdout)}
    assert told["常住人口城镇化率"]["progress"] == pytest.approx((70.6 - 66.2) / (72 - 66.2))
    assert told["数字经济核心产业占比"]["result"] == "achieved_early"
    assert told["单位地区生产总值能耗降低"]["result"] == "behind"
    assert "快于预期" in duheng("midterm", sample.long_targets_path(), "--by", 2023).stdout
    wrong = tmp_path / "x.csv"
    wrong.write_text("指标,类型,基年,目标年,目标值\n甲,随便,2020,2025,1\n", "utf-8")
    refused = duheng("midterm", wrong)
    assert (refused.returncode, "第 2 行" in refused.stderr) == (2, True)
    assert duheng("midterm", tmp_path / "none.csv").returncode == 2
