"""A problem of projects and funds goes in; who is in, who pays, and why others are out comes out, in three forms."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

PROBLEM = {
    "unit": "亿元",
    "years": [2025, 2026],
    "funds": [{"code": "F", "name": "专项债", "amounts": {"2025": 1.5, "2026": 0.12345678}, "carry_over": True}],
    "projects": [
        {"code": "A", "name": "滨江路", "priority": 5, "yearly": [1, 0.3, 0.00000001], "ceilings": {"F": 1}},
        {"code": "B", "name": "=1+1", "priority": 3, "yearly": [2], "ceilings": {"F": 1}},
        {"code": "C", "priority": 0.1, "earliest": 2026, "yearly": [0.32345678], "ceilings": {"F": 1}},
    ],
}


def duheng(*words: object, language: str = "zh", binary: bool = False) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUHENG")}
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", language, "allocate", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=not binary, check=False, env=environment)


@pytest.fixture
def problem(tmp_path) -> Path:
    path = tmp_path / "问题.json"
    path.write_text(json.dumps(PROBLEM, ensure_ascii=False), "utf-8")
    return path


def test_json_has_what_was_asked_for_and_every_digit(problem: Path):
    done = duheng(problem, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout, parse_float=Decimal)
    wanted = {"status", "objective", "gap", "selected", "payments", "unfunded", "funds", "commitments"}
    assert wanted <= set(told)
    assert (told["status"], told["objective"], told["gap"]) == ("optimal", Decimal("5.1"), 0)
    assert told["selected"] == [{"project": "A", "start": 2025}, {"project": "C", "start": 2026}]
    assert told["payments"][-1] == {"project": "C", "fund": "F", "year": 2026, "amount": Decimal("0.32345678")}
    assert told["commitments"] == [{"project": "A", "year": 2027, "amount": Decimal("1E-8")}]
    assert told["funds"][1] == {
        "fund": "F",
        "year": 2026,
        "available": Decimal("0.62345678"),
        "used": Decimal("0.62345678"),
        "expired": 0,
    }
    (out,) = told["unfunded"]
    assert out["project"] == "B"
    assert out["reasons"] == ["即使只安排它一个也不够：2026 年需 2亿元，可用资金最多 1.62345678亿元。"]


def test_the_same_problem_gives_the_same_answer(problem: Path):
    assert duheng(problem, "--format", "json").stdout == duheng(problem, "--format", "json").stdout


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ["纳入 2 个项目", "未纳入项目", "专项债"]), ("en", ["2 projects are in", "unfunded"])]
)
def test_text_is_in_the_readers_language(problem: Path, language: str, words: list[str]):
    done = duheng(problem, language=language)
    assert done.returncode == 0
    assert [word for word in words if word not in done.stdout] == []


@pytest.mark.parametrize("to", ["file", "standard output"])
def test_the_workbook_has_a_sheet_for_each_list_and_no_formula(problem: Path, tmp_path: Path, to: str):
    output = tmp_path / "方案.xlsx"
    done = duheng(problem, "--format", "xlsx", *(["--output", output] if to == "file" else []), binary=True)
    assert done.returncode == 0
    book = openpyxl.load_workbook(BytesIO(output.read_bytes() if to == "file" else done.stdout))
    assert book.sheetnames == ["纳入项目", "资金安排", "未纳入项目", "资金收支", "后年支出"]
    assert [cell.value for cell in book["纳入项目"][2]][:6] == ["A", "滨江路", 5, "2025", 1, 0.3]
    assert book["未纳入项目"]["B2"].value == "=1+1"
    assert book["未纳入项目"]["B2"].data_type == "s"


def test_what_cannot_be_is_explained_with_exit_code_1(problem: Path):
    PROBLEM_ = json.loads(problem.read_text("utf-8"))  # noqa: N806 -- the same problem, changed
    PROBLEM_["projects"][1]["mandatory"] = True
    problem.write_text(json.dumps(PROBLEM_), "utf-8")
    done = duheng(problem)
    assert done.returncode == 1
    assert "无可行方案" in done.stdout
    assert "B =1+1 必须纳入（必保）" in done.stdout
    told = json.loads(duheng(problem, "--format", "json", language="en").stdout)
    assert (told["status"], told["conflict"]["projects"]) == ("infeasible", ["B"])
    assert any("F is short of" in each for each in told["conflict"]["reasons"])
    assert duheng(problem, "--format", "xlsx", binary=True).returncode == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "是空的"), ("{", "不是 JSON"), (json.dumps(PROBLEM | {"unit": "吨"}), "不是人民币单位"), ("\x00", "编码")],
)
def test_bad_input_is_told_without_a_traceback(tmp_path: Path, text: str, said: str):
    path = tmp_path / "坏.json"
    path.write_text(text, "utf-8")
    done = duheng(path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "坏.json" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["none.json"], ["--gap", "2"], ["--gap", "nan"], ["--time-limit", "0"], ["--format", "pdf"]])
def test_what_makes_no_sense_is_refused(problem: Path, words: list[str]):
    done = duheng(*([] if words[0] == "none.json" else [problem]), *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_problem_is_never_written_over(problem: Path):
    before = problem.read_bytes()
    assert duheng(problem, "--output", problem).returncode == 2
    assert problem.read_bytes() == before


def test_the_command_for_other_things_does_not_load_the_solver():
    code = "import sys; from duheng import allocate; from duheng.cli import allocate as command; print(*sys.modules)"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "duheng.allocate.solve" in names
    assert [name for name in names if name.split(".")[0] in ("highspy", "numpy", "xlsxwriter", "django")] == []
