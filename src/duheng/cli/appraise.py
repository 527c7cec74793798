"""`duheng appraise`: how well it was done."""

from __future__ import annotations

import typer

from duheng.cli.appraising.completion import completion
from duheng.cli.appraising.land import land
from duheng.cli.appraising.midterm import midterm
from duheng.cli.appraising.score import score
from duheng.cli.language import say

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)
app.command("completion")(completion)
app.command("midterm")(midterm)
app.command("score", help=say("按方案文件计算综合得分、名次与名次区间", "Work out a composite score from its specification."))(
    score
)
app.command("land", help=say("按公布的规则计算亩均得分与等级", "Score and grade enterprises by what they make of their land."))(
    land
)
