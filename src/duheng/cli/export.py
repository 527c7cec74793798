"""`duheng export`: the figures of a workspace as SDMX-CSV, as they are known now or were on a day."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import typer

from duheng.cli.language import say
from duheng.errors import CollectError

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def export(
    *,
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    as_of: str = typer.Option("", help=say("截至某日已知的数据，默认现在", "What was known on this day; now unless given")),
    indicator: list[str] = typer.Option(
        [], help=say("只要这些指标", "Only these indicators; may be repeated"), show_default=False
    ),
    area: str = typer.Option("", help=say("只要这个地区", "Only this area")),
    internal: bool = typer.Option(False, "--internal", help=say("也包括内部数据", "Internal figures as well")),
    output: Path = typer.Option(
        None, help=say("写入文件，而不是屏幕", "Write to this file instead of the screen"), show_default=False
    ),
) -> None:
    """Print the figures of a workspace as SDMX-CSV 2.0: those that have been released, unless told otherwise."""
    day = _day(as_of)
    from duheng import collect
    from duheng.site import settings
    from duheng.site import workspace as workspaces

    settings.prepare(workspaces.find(workspace))
    from duheng.site.access import Role
    from duheng.site.queries import figures as stored
    from duheng.site.queries import visible

    known = stored.of_indicators(indicator, area=area or None) if indicator else stored.all_figures()
    known = known.where(area=area) if area and not indicator else known
    known = visible.figures(known, Role.EDITOR if internal else Role.VIEWER)
    text = io.StringIO()
    collect.write_sdmx(known.as_of(day) if day else known.latest(), text)
    if output:
        output.write_text(text.getvalue(), encoding="utf-8")
    else:
        typer.echo(text.getvalue(), nl=False)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CollectError(
            reason=f"“{text}” is not a date; write --as-of 2025-01-31.",
            reason_zh=f"“{text}”不是日期，请写成 --as-of 2025-01-31。",
        ) from None
