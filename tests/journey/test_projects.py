"""Lists of projects into a workspace by the command alone."""

import json
from pathlib import Path

import pytest
from tests.journey.test_workspace import duheng
from tests.unit.collect.projects.lists import ANNUAL, ANNUAL_MERGES, book

ROOT = Path(__file__).resolve().parents[2]


def test_a_list_is_tried_loaded_and_loaded_again(tmp_path):
    where = ("--workspace", tmp_path / "w")
    duheng("init", tmp_path / "w")
    file = tmp_path / "年度计划.xlsx"
    file.write_bytes(book(ANNUAL, ANNUAL_MERGES))
    (tried,) = json.loads(duheng("load", "--projects", file, *where, "--dry-run", "--format", "json").stdout)
    assert (tried["new"], tried["stored"], tried["load"]) == (5, False, None)
    told = duheng("load", "--projects", file, *where, "--known", "2025-02-10")
    assert (told.returncode, told.stderr) == (0, "")
    assert "新增项目 5 个" in told.stdout
    assert "中央预算内投资 2025 亿元" in told.stdout
    assert "没有变化" in duheng("load", "--projects", file, *where, "--known", "2025-02-10").stdout


def test_what_is_asked_is_answered_by_a_mapping_and_mistakes_are_told_plainly(tmp_path):
    where = ("--workspace", tmp_path / "w")
    duheng("init", tmp_path / "w")
    table, mapping = tmp_path / "清单.csv", tmp_path / "m.yml"
    table.write_text("项目名称,业主,总投资,计划投资\n甲路,城投,5,1\n", "utf-8")
    asked = duheng("load", "--projects", table, *where, language="en")
    assert asked.returncode == 1
    assert "has no unit" in asked.stdout
    mapping.write_text("known: 2025-02-10\nunit: 亿元\nyear: 2025\n", "utf-8")
    (loaded,) = json.loads(duheng("load", "--projects", table, *where, "--map", mapping, "--format", "json").stdout)
    assert (loaded["new"], loaded["stored"], loaded["sheets"][0]["year"]) == (1, True, 2025)
    table.write_text("项目名称,业主,总投资（万元）,2025年计划投资（万元）\n甲路,城投,5,9\n,城投,5,1\n", "utf-8")
    wrong = duheng("load", "--projects", table, *where)
    assert wrong.returncode == 1
    assert "清单!2" in wrong.stdout
    assert "清单!3" in wrong.stdout
    for options in (["--map", tmp_path / "none.yml"], ["--known", "soon"], ["--status", "final"]):
        refused = duheng("load", "--projects", table, *where, *options)
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    mapping.write_text("columns: {总投资: {role: money}}\n", "utf-8")
    assert "money" in duheng("load", "--projects", table, *where, "--map", mapping).stderr


@pytest.mark.long
def test_a_real_city_s_list_comes_in_unmodified_through_its_mapping_in_its_own_currency(tmp_path, truth):
    where = ("--workspace", tmp_path / "w")
    duheng("init", tmp_path / "w")
    file, mapping = truth / "data/projects/nyc_projects_multiyear.csv", ROOT / "docs/mappings/nyc_projects_multiyear.yml"
    (loaded,) = json.loads(duheng("load", "--projects", file, *where, "--map", mapping, "--format", "json").stdout)
    assert (loaded["new"], loaded["stored"], loaded["sheets"][0]["currency"]) == (2010, True, "USD")
    lying = duheng("load", "--projects", truth / "data/projects/nyc_budget_forecast_history.csv", *where, language="en")
    assert lying.returncode == 1
    assert "2014-05" in lying.stdout
