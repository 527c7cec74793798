"""`duheng restore`: a workspace from a backup, checked before anything is written."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import typer

from duheng.cli.language import say
from duheng.site import database as databases
from duheng.site import settings
from duheng.site import workspace as workspaces
from duheng.site.access import By, Role

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def restore(
    file: Path = typer.Argument(help=say("备份文件", "The backup"), show_default=False),
    folder: Path = typer.Argument(
        help=say("新工作区的文件夹，须为空", "Folder of the new workspace; must be empty"), show_default=False
    ),
    database: str = typer.Option(
        "", help=say("存入此 PostgreSQL 库，须为空", "Into this PostgreSQL database, which must be empty")
    ),
) -> None:
    """Restore a workspace from a backup, on SQLite or, with --database, on PostgreSQL.

    Everything is checked first; then all of it is restored, or nothing. People sign in again with the passwords they had.
    """
    if database:
        databases.check(database)
    by, at = By(name=getpass.getuser(), role=Role.ADMINISTRATOR), datetime.now(UTC)
    made = not folder.exists()
    from duheng.site.backups import files

    inside = files.unpack(file, folder)
    try:
        workspace = workspaces.reopen(inside, url=database)
        settings.configure(workspace)
        from duheng.site.backups import restoring

        manifest = restoring.records(workspace, file, by=by, at=at)
        files.settle(folder)
    except BaseException:
        files.undo(folder, made=made)
        raise
    rows = sum(table.rows for table in manifest.tables.values())
    typer.echo(
        say(
            f"已恢复：{folder}（{rows} 行，备份于 {manifest.made_at}）",
            f"Restored: {folder} ({rows} rows, saved {manifest.made_at})",
        )
    )
