"""Figures into a workspace and out again, by the command alone."""

import csv
import io
import json
import subprocess
import sys

from tests.journey.test_workspace import duheng

HEADS = "indicator,area,period,measure,value,unit\n"


def test_figures_are_loaded_revised_reported_and_exported(tmp_path):
    where = ("--workspace", tmp_path / "w")
    duheng("init", tmp_path / "w")
    first, second = tmp_path / "一月.csv", tmp_path / "核实.csv"
    first.write_text(f"{HEADS}gdp.level,,2024,level,480.9,亿元\n", "utf-8")
    second.write_text(f"{HEADS}gdp.level,,2024,level,478.2,亿元\n", "utf-8")
    tried = duheng("load", first, *where, "--dry-run", "--format", "json")
    assert (tried.returncode, json.loads(tried.stdout)[0]["stored"]) == (0, False)
    told = duheng("load", first, *where, "--known", "2025-01-20", "--released")
    assert (told.returncode, told.stderr) == (0, "")
    assert "新增 1" in told.stdout
    assert "没有变化" in duheng("load", first, *where, "--released").stdout
    assert "修订 1" in duheng("load", second, *where, "--known", "2025-12-20").stdout
    (revision,) = json.loads(duheng("revisions", *where, "--format", "json").stdout)
    assert (revision["revisions"], round(revision["mean"], 4)) == (1, -2.7)
    assert "地区生产总值" in duheng("revisions", *where).stdout

    def exported(*options: str) -> list[str]:
        rows = csv.DictReader(io.StringIO(duheng("export", *where, *options).stdout))
        return [row["OBS_VALUE"] for row in rows]

    assert exported() == ["480.9"]  # the revision is internal
    assert exported("--internal") == ["478.2"]
    assert exported("--internal", "--as-of", "2025-06-30") == ["480.9"]
    assert exported("--indicator", "retail.total.level") == []


def test_a_mapping_says_what_columns_mean_and_mistakes_are_told_plainly(tmp_path):
    where = ("--workspace", tmp_path / "w")
    duheng("init", tmp_path / "w")
    table, mapping = tmp_path / "街道.csv", tmp_path / "m.yml"
    table.write_text("街道,数值\n东街,3\n西街,4\n", "utf-8")
    asked = duheng("load", table, *where, language="en")
    assert asked.returncode == 1
    assert "--map" in asked.stdout
    mapping.write_text("status: flash\nsheets:\n- {indicator: 民营经营主体, unit: 户, period: 2025-08}\n", "utf-8")
    loaded = json.loads(duheng("load", table, *where, "--map", mapping, "--format", "json").stdout)
    assert (loaded[0]["new"], loaded[0]["sheets"][0]["keys"][0]["role"]) == (2, "area")
    mapping.write_text("status: sure\n", "utf-8")
    wrong = duheng("load", table, *where, "--map", mapping)
    assert wrong.returncode == 2
    assert "sure" in wrong.stderr
    for options in (["--known", "soon"], ["--map", tmp_path / "none.yml"]):
        refused = duheng("load", table, *where, *options)
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    broken = tmp_path / "坏.csv"
    broken.write_text(f"{HEADS}gdp.level,,2024,level,about,亿元\n", "utf-8")
    stopped = duheng("load", broken, *where)
    assert stopped.returncode == 1
    assert "坏.csv:2" in stopped.stdout


def test_nothing_of_pysdmx_is_loaded_before_it_is_wanted():
    done = subprocess.run(
        [sys.executable, "-c", "import duheng.collect, sys; print('pysdmx' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
