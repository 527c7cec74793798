"""`duheng serve`: the site of a workspace, until Ctrl-C."""

from __future__ import annotations

from pathlib import Path

import typer

from duheng.cli.language import say
from duheng.errors import WorkspaceError
from duheng.site import settings
from duheng.site import workspace as workspaces

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def serve(
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    port: int = typer.Option(8000, min=1, max=65535, help=say("端口", "Port to listen on")),
    host: str = typer.Option("127.0.0.1", help=say("监听地址", "Address to listen on")),
    workers: int = typer.Option(1, min=1, max=64, help=say("网页进程数", "Processes that answer pages")),
) -> None:
    """Serve the site of a workspace until Ctrl-C."""
    opened = workspaces.find(workspace)
    _refuse_strangers(opened, host)
    settings.prepare(opened)
    from duheng.site.queries import people
    from duheng.site.server import run

    if opened.sign_in and not people.any_yet():
        advice = say(
            "还没有人员可以登录。另开终端运行：duheng user add 姓名 --role administrator",
            "Nobody can sign in yet. In another terminal: duheng user add NAME --role administrator",
        )
        typer.echo(advice, err=True)
    run(opened, host=host, port=port, workers=workers, ready=lambda url: typer.echo(url))


def _refuse_strangers(workspace: workspaces.Workspace, host: str) -> None:
    """Without sign-in everyone who reaches the port is an editor, so then it is reached from this machine only."""
    if not workspace.sign_in and host not in ("127.0.0.1", "::1", "localhost"):
        raise WorkspaceError(
            folder=workspace.folder,
            reason=f"without sign-in the site is not served on {host}. Set sign_in = true in duheng.toml.",
            reason_zh=f"未启用登录，不能在 {host} 上提供服务。请在 duheng.toml 中设 sign_in = true。",
        )
