"""Figures into a workspace, and what becomes of its targets, by the command alone."""

import json
import os
import subprocess
import sys

import pytest

from duheng import sample
from duheng.sample import simulate


def duheng(*arguments, language="zh"):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUHENG")}
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", language, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.slow
def test_a_plan_is_watched_from_the_command(tmp_path):
    folder, figures = tmp_path / "区", tmp_path / "月度.csv"
    figures.write_text(simulate.figures(), encoding="utf-8")
    assert duheng("init", folder, "--from", sample.report_path()).returncode == 0
    loaded = duheng("load", figures, "--workspace", folder, "--known", "2026-10-15", "--status", "simulated")
    assert loaded.returncode == 0, loaded.stderr

    done = duheng("watch", "--workspace", folder, "--as-of", "2026-10-20", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = {each["indicator"]: each for each in json.loads(done.stdout)}
    product = told["gdp.growth"]
    assert set(product) >= {"indicator", "target", "light", "rule", "reason", "p_met", "method", "forecast", "pace", "known_to"}
    assert product["known_to"] == "2026-09"
    assert product["forecast"]["lo80"] <= product["forecast"]["median"] <= product["forecast"]["hi80"]
    assert 0 < product["p_met"] < 1
    earlier = json.loads(duheng("watch", "--workspace", folder, "--as-of", "2026-05-31", "--format", "json").stdout)
    assert next(each for each in earlier if each["indicator"] == "gdp.growth")["known_to"] == "2026-03"

    text = duheng("watch", "--workspace", folder, "--rules", "tianjin_2022").stdout
    assert "按天津2022规则" in text
    wrong = duheng("watch", "--workspace", folder, "--rules", "nowhere", language="en")
    assert (wrong.returncode, "yinchuan_2025" in wrong.stderr) == (2, True)
    assert duheng("watch", "--workspace", folder, "--as-of", "yesterday").returncode == 2
    assert duheng("watch", "--workspace", tmp_path / "none").returncode == 2
    settings = folder / "duheng.toml"
    settings.write_text(settings.read_text("utf-8").replace('rule = "chance"', 'rule = "moon"'), "utf-8")
    odd = duheng("watch", "--workspace", folder)
    assert (odd.returncode, "moon" in odd.stderr, "wuhan" in odd.stderr) == (2, True, True)
