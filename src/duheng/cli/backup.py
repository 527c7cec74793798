"""`duheng backup`: the whole workspace as one file, while the site runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from duheng.cli.language import say
from duheng.site import database, settings
from duheng.site import workspace as workspaces

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def backup(
    file: Path = typer.Argument(
        help=say(
            "备份文件；如为已有文件夹，则以时间命名存入其中", "The file to write; in an existing folder it is named by the time"
        ),
        show_default=False,
    ),
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    keep: int = typer.Option(
        0, min=0, help=say("文件夹中只留最近的几份；0 为全部保留", "How many to keep in the folder; 0 keeps them all")
    ),
) -> None:
    """Save a workspace as one checked file, while the site runs.

    Plan, people, history, originals and settings are in it; the password of the database and the secret that signs cookies are not.
    """
    opened = workspaces.find(workspace)
    settings.configure(opened)
    database.reach(opened)
    from duheng.site.backups import making

    at = datetime.now(UTC)
    place = file / f"{at:%Y%m%d-%H%M%S}{making.SUFFIX}" if file.is_dir() else file
    made = making.make(opened, place, at=at)
    if file.is_dir() and keep:
        making.keep_last(file, keep)
    rows, files = sum(table.rows for table in made.tables.values()), len(made.parts) - len(made.tables)
    size = f"{place.stat().st_size / 1e6:.1f} MB"
    typer.echo(
        say(f"已备份：{place}（{rows} 行，{files} 个文件，{size}）", f"Saved: {place} ({rows} rows, {files} files, {size})")
    )
