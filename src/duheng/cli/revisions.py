"""`duheng revisions`: how far the first releases of each series were from what is known now."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import typer

from duheng.cli.language import chosen, say

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How the report is printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def revisions(
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print it")),
) -> None:
    """Print how reliable first releases have been: of each revised series the mean and mean absolute revision."""
    from duheng.site import settings
    from duheng.site import workspace as workspaces

    settings.prepare(workspaces.find(workspace))
    from duheng.site.access import Role
    from duheng.site.queries import freshness

    told = freshness.reliabilities(role=Role.ADMINISTRATOR)
    if form is Form.JSON:
        names = ("periods", "revisions", "mean", "mean_absolute", "largest")
        plain = [
            {"series": one.series.key, "name": name[0], **{each: getattr(one, each) for each in names}} for _, name, one in told
        ]
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    side = 0 if chosen() == "zh" else 1
    for row, name, one in told:
        typer.echo(
            say(
                f"{name[side]}（{row.area.zh}，{row.measure}，{row.unit}）：{one.periods} 期，修订 {one.revisions} 次，"
                f"平均 {one.mean:+.4g}，平均绝对 {one.mean_absolute:.4g}，最大 {one.largest:+.4g}",
                f"{name[side]} ({row.area.zh}, {row.measure}, {row.unit}): {one.periods} periods, {one.revisions} revisions, "
                f"mean {one.mean:+.4g}, mean absolute {one.mean_absolute:.4g}, largest {one.largest:+.4g}",
            )
        )
    if not told:
        typer.echo(say("还没有数据被修订过。", "No figure has been revised yet."))
