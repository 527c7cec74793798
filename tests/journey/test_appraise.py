"""Scores and grades from the command, on the sample's invented enterprises and districts."""

import csv
import io
import json
import os
import subprocess
import sys

import openpyxl

from duheng import sample


def duheng(*arguments, language="zh"):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUHENG")}
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", language, "appraise", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_enterprises_are_graded_as_the_published_formula_has_it():
    done = duheng("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = table(done.stdout)
    assert list(rows[0])[:4] == ["code", "score", "grade", "rank"]
    given = table(sample.enterprises_path().read_text(encoding="utf-8"))
    for row, firm in zip(rows, given, strict=True):
        assert row["code"] == firm["企业代码"]
        terms = [float(cell) for cell in list(row.values())[4:] if cell]
        assert abs(float(row["score"]) - sum(terms)) < 1e-9
        per_mu = float(firm["评价税收（万元）"]) / float(firm["用地面积（亩）"])
        weight = 30 / 24.097 if firm["规模"] == "规上" else 50 / 11.5932
        assert abs(float(row["tax_per_mu"]) - max(0, per_mu * weight)) < 1e-9


def test_a_score_sheet_a_what_if_and_a_workbook(tmp_path):
    sheet = json.loads(duheng("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--enterprise", "CL014").stdout)
    assert sheet["grade"] == "B"
    assert sheet["better"] == "A"
    assert {lift["column"] for lift in sheet["lifts"]} >= {"tax", "staff"}
    given = ("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--enterprise", "CL014")
    supposed = json.loads(duheng(*given, "--suppose", f"tax={sheet['lifts'][0]['needed'] + 1}").stdout)
    assert (sheet["lifts"][0]["column"], supposed["grade"]) == ("tax", "A")
    moves = table(duheng("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--what-if", "prefecture").stdout)
    assert all(row["grade"] != row["other_grade"] for row in moves)
    assert moves
    path = tmp_path / "亩均.xlsx"
    done = duheng("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--format", "xlsx", "--output", path)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["得分与等级", "各项明细", "评价规则"]
    assert isinstance(book["得分与等级"]["B2"].value, float)


def test_a_sheet_of_a_workbook_is_graded_as_its_csv(tmp_path):
    rows = list(csv.reader(io.StringIO(sample.enterprises_path().read_text(encoding="utf-8"))))
    book = openpyxl.Workbook()
    book.active.append(["2025年度企业数据"])
    for number, row in enumerate(rows):
        book.active.append(
            [cell if number == 0 or at in (0, 1, 2, 3, 15, 18) or not cell else float(cell) for at, cell in enumerate(row)]
        )
    book.save(tmp_path / "企业.xlsx")
    plain, sheet = (
        duheng("land", path, "--rules", "huangyan-2022").stdout for path in (sample.enterprises_path(), tmp_path / "企业.xlsx")
    )
    assert sheet == plain


def test_a_composite_is_scored_with_its_bands_and_its_method():
    done = duheng("score", sample.composite_path(), "--uncertainty", 200, "--seed", 3)
    assert done.returncode == 0, done.stderr
    rows = table(done.stdout)
    assert [row["rank"] for row in rows] == [str(place) for place in range(1, 9)]
    assert all(int(row["rank_p5"]) <= int(row["rank"]) <= int(row["rank_p95"]) for row in rows)
    told = json.loads(duheng("score", sample.composite_path(), "--format", "json", "--uncertainty", 200).stdout)
    assert told["simulated"] is True
    assert [each["factor"] for each in told["uncertainty"]["sensitivity"]][-2:] == ["weights", "leave_out"]
    stage = table(duheng("score", sample.composite_path(), "--stage", "normalised").stdout)
    assert {float(row["rd"]) for row in stage} >= {60.0, 100.0}


def test_what_cannot_be_scored_is_told_without_a_traceback(tmp_path):
    broken = tmp_path / "企业.csv"
    broken.write_text("code,scale,land_mu,tax,power_wan_kwh\nA,below,0,1,1\n", encoding="utf-8")
    trials = (
        (("land", broken, "--rules", "huangyan-2022"), "第 2（A）行"),
        (("land", broken, "--rules", "nowhere"), "没有“nowhere”这套规则"),
        (("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--enterprise", "X"), "没有企业“X”"),
        (("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--format", "xlsx"), "--output"),
        (("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--suppose", "tax=1"), "--enterprise"),
        (
            ("land", sample.enterprises_path(), "--rules", "huangyan-2022", "--enterprise", "CL014", "--suppose", "tax"),
            "应如 land_mu=45",
        ),
        (("score", sample.composite_path(), "--stage", "cooked"), "没有“cooked”这一步"),
        (("score", sample.composite_path(), "--uncertainty", "5"), "应在 20 到"),
        (("score", tmp_path / "none.yml"), "none.yml"),
    )
    for arguments, says in trials:
        done = duheng(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert says in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
