"""`duheng plan`: print the plan of a workspace as it stands now."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import typer

from duheng.cli.language import chosen, say
from duheng.errors import WorkspaceError
from duheng.site import settings
from duheng.site import workspace as workspaces

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How the plan is printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def plan(
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print it")),
) -> None:
    """Print the plan of a workspace, with every correction made on its site."""
    opened = workspaces.find(workspace)
    settings.prepare(opened)
    from duheng.plan import to_dict
    from duheng.site.queries import living_plan

    row = living_plan.current()
    if row is None:
        raise WorkspaceError(
            folder=opened.folder,
            reason="no plan has been imported yet. Import one with `duheng init DIR --from REPORT`.",
            reason_zh="还没有导入计划。可用 `duheng init 文件夹 --from 报告` 导入。",
        )
    living = living_plan.load(row)
    if form is Form.JSON:
        typer.echo(json.dumps(to_dict(living), ensure_ascii=False, indent=2))
        return
    from duheng.site.queries.plan_text import lines

    typer.echo("\n".join(lines(living, language=chosen())))
