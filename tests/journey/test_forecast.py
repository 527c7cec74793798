"""A table of series goes in, a table of forecasts comes out."""

import os
import subprocess
import sys


def duheng(*arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUHENG")}
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", "zh", "forecast", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_series_are_forecast_from_the_command(tmp_path):
    months = [f"{2020 + place // 12}-{place % 12 + 1:02d}" for place in range(60)]
    table = tmp_path / "月度.csv"
    table.write_text(
        "series,period,value\n" + "".join(f"投资,{month},{100 + place}\n" for place, month in enumerate(months)), "gb18030"
    )
    done = duheng(table, "--horizon", 3)
    assert done.returncode == 0, done.stderr
    head, *rows = done.stdout.splitlines()
    assert head == "series,period,mean,lo80,hi80,lo95,hi95"
    assert [row.split(",")[1] for row in rows] == ["2025-01", "2025-02", "2025-03"]
    assert all(low <= mean <= high for _, _, mean, low, high in (map(str, row.split(",")[:5]) for row in rows))


def test_what_cannot_be_forecast_is_told_without_a_traceback(tmp_path):
    table = tmp_path / "x.csv"
    table.write_text("series,period,value\na,2024-01,多\n")
    done = duheng(table)
    assert (done.returncode, done.stdout) == (2, "")
    assert "第 2 行" in done.stderr
    assert "Traceback" not in done.stderr
    assert duheng(tmp_path / "none.csv").returncode == 2


def test_an_output_that_cannot_be_written_or_is_the_input_is_told(tmp_path):
    table = tmp_path / "x.csv"
    table.write_text("series,period,value\na,2024,1\na,2025,2\n")
    for output in (table, tmp_path / "none" / "y.csv"):
        done = duheng(table, "--output", output)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert table.read_text().endswith("a,2025,2\n")
    assert duheng(table, "--output", tmp_path / "y.csv").returncode == 0
