"""`duheng plan`: print the plan of a workspace as it stands now."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import typer

from duheng.cli.language import chosen, say
from duheng.cli.ledger import living_plan, place_history

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How the plan is printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def plan(
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    years: bool = typer.Option(
        False, "--history", help=say("历年目标、完成情况与判定", "Targets, results and verdicts of all years imported")
    ),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print it")),
) -> None:
    """Print the plan of a workspace, with every correction made on its site."""
    if years:
        _history(workspace, form)
        return
    living = living_plan(workspace)
    from duheng.plan import to_dict

    if form is Form.JSON:
        typer.echo(json.dumps(to_dict(living), ensure_ascii=False, indent=2))
        return
    from duheng.site.queries.plan_text import lines

    typer.echo("\n".join(lines(living, language=chosen())))


def _history(workspace: Path | None, form: Form) -> None:
    histories, plans = place_history(workspace)
    if form is Form.JSON:
        from duheng.plan import history_to_dict

        typer.echo(json.dumps(history_to_dict(histories, plans), ensure_ascii=False, indent=2))
        return
    from duheng.site.queries.years import text

    typer.echo("\n".join(text(histories, plans, language=chosen())))
