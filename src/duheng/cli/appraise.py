"""`duheng appraise`: how well it was done."""

from __future__ import annotations

import typer

from duheng.cli.appraising.completion import completion
from duheng.cli.appraising.land import land
from duheng.cli.appraising.midterm import midterm
from duheng.cli.appraising.score import score

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)
app.command("completion")(completion)
app.command("midterm")(midterm)
app.command("score")(score)
app.command("land")(land)
