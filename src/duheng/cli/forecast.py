"""`duheng forecast`: where the series of a file are heading, with intervals."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import typer

from duheng import read, watch
from duheng.cli import output as output_
from duheng.cli.language import say

app = typer.Typer(rich_markup_mode=None, add_completion=False)
_FURTHEST = 600


@app.command()
def forecast(
    file: Path = typer.Argument(help=say("CSV 文件，列为 series,period,value", "CSV file with the columns series,period,value")),
    horizon: int = typer.Option(12, min=1, max=_FURTHEST, help=say("预测期数", "How many periods ahead")),
    season: int = typer.Option(12, min=1, max=366, help=say("一年的期数；1 表示无季节", "Periods in a year; 1 for no season")),
    output: Path = typer.Option(
        None, help=say("写入文件，而不是屏幕", "Write to this file instead of the screen"), show_default=False
    ),
) -> None:
    """Forecast every series of a file, with the intervals that hold 80 and 95 percent."""
    output_.check(output, [file])
    table = watch.SeriesTable.of(read.text_of(file), name=file.name)
    outlook = watch.forecast(table.panel, horizon=horizon, season=season)
    if table.filled:
        typer.echo(
            say(
                f"有 {table.filled} 处缺值，已按前后两期直线补齐。",
                f"{table.filled} missing values were filled by a straight line.",
            ),
            err=True,
        )
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table.rows(outlook))
    if output:
        output_.save(output, text.getvalue().encode())
    else:
        typer.echo(text.getvalue(), nl=False)
