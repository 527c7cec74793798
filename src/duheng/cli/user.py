"""`duheng user`: who may sign in, and as what."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import typer

from duheng.cli.language import say
from duheng.site import settings
from duheng.site import workspace as workspaces
from duheng.site.access import By, Role

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)
_WORKSPACE = typer.Option(None, "--workspace", help=say("工作区文件夹", "Folder of the workspace"), show_default=False)


@app.command("add")
def add(
    name: str = typer.Argument(help=say("姓名，用于登录", "Name to sign in with"), show_default=False),
    role: Role = typer.Option(Role.VIEWER, help=say("角色", "Role")),
    password: str = typer.Option(
        ..., prompt=say("密码", "Password"), hide_input=True, confirmation_prompt=True, envvar="DUHENG_PASSWORD"
    ),
    workspace: Path = _WORKSPACE,
) -> None:
    """Add a person who may sign in."""
    settings.prepare(workspaces.find(workspace))
    from duheng.site.actions import people

    people.add(by=_command_line(), at=datetime.now(UTC), name=name, role=role, password=password)
    typer.echo(say(f"已添加：{name}（{role.words[0]}）", f"Added: {name} ({role.words[1]})"))


@app.command("role")
def change_role(
    name: str = typer.Argument(help=say("姓名", "Name"), show_default=False),
    role: Role = typer.Argument(help=say("新角色", "New role"), show_default=False),
    workspace: Path = _WORKSPACE,
) -> None:
    """Change a person's role."""
    settings.prepare(workspaces.find(workspace))
    from duheng.site.actions import people

    people.change(by=_command_line(), at=datetime.now(UTC), name=name, role=role)
    typer.echo(say(f"已改为{role.words[0]}：{name}", f"{name} is now: {role.words[1]}"))


@app.command("list")
def show(workspace: Path = _WORKSPACE) -> None:
    """List the people and their roles."""
    settings.prepare(workspaces.find(workspace))
    from duheng.site.queries import people

    for person in people.everyone():
        typer.echo(f"{person.name}\t{person.role}{'' if person.active else say('（停用）', ' (inactive)')}")


def _command_line() -> By:
    return By(name=getpass.getuser(), role=Role.ADMINISTRATOR)
