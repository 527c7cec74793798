"""The `duheng` command. A command's room is imported when it is called, so that `duheng read` knows no Django."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Mapping
from typing import Any

import typer
from typer.core import TyperGroup

from duheng import __version__
from duheng.cli.language import chosen, say
from duheng.cli.plain import plainly, take_plainly
from duheng.errors import DuhengError

_ROOMS: Mapping[str, tuple[str, str]] = {
    # command: what it does, in Chinese and English; its file is named like it
    "read": ("列出文件中的每一个数", "Show every number that a document states"),
    "audit": ("核对报告，指出自相矛盾之处", "Say what in a report does not agree with itself"),
    "init": ("新建工作区，并导入报告", "Make a workspace and import reports into it"),
    "plan": ("输出工作区中的计划", "Print the plan of a workspace"),
    "load": ("载入数据，核对并保留修订", "Take figures in, checked, with their revisions"),
    "revisions": ("首次发布数据与现值的差距", "How far first releases were from what is known now"),
    "export": ("导出数据（SDMX-CSV）", "Print figures as SDMX-CSV"),
    "forecast": ("预测序列的走势与区间", "Say where series are heading, with intervals"),
    "watch": ("研判各目标的进度、全年走势与完成概率", "Say how every target stands and whether it will be met"),
    "appraise": ("评价：目标完成、中期评估、综合得分、亩均", "Say how well it was done: completion, mid-term, scores, land"),
    "owners": ("导入任务分工表，导出目标分解表", "Load a division of tasks, write the target breakdown"),
    "allocate": ("在资金来源与年度之间统筹安排项目", "Decide which projects are paid, from which funds, in which years"),
    "serve": ("启动工作区的网站", "Serve the site of a workspace"),
    "demo": ("启动样例区演示，无需登录", "Serve the sample district without signing in"),
    "backup": ("把工作区备份为一个文件", "Save a workspace as one checked file"),
    "restore": ("从备份恢复工作区", "Restore a workspace from a backup"),
    "user": ("添加可登录的人员，调整角色", "Add people who may sign in and change their roles"),
}


class Rooms(TyperGroup):
    """The commands by name; a room's file is imported only when its command is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands that are there, in the order in which they are used."""
        return [name for name in _ROOMS if importlib.util.find_spec(f"duheng.cli.{name}")]

    def get_params(self, ctx: Any) -> list[Any]:
        """What may be said before the command's name."""
        return plainly(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, its room imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = typer.main.get_command(importlib.import_module(f"duheng.cli.{cmd_name}").app)
        command.name = cmd_name
        command.help = say(*_ROOMS[cmd_name]) if chosen() == "zh" else command.help or _ROOMS[cmd_name][1]
        take_plainly(command)
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, told without importing any."""
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl([(name, say(*_ROOMS[name])) for name in self.list_commands(ctx)])


_INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it
_group = typer.Typer(
    cls=Rooms,
    name="duheng",
    help=say("度衡：把政府年度计划变成可运行的数据。", "duheng runs a local government's annual plan as data."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@_group.callback()
def _common(
    lang: str = typer.Option("", help=say("界面语言：zh 或 en", "Language of messages: zh or en")),
    version: bool = typer.Option(False, "--version", help=say("显示版本", "Show the version"), callback=_version, is_eager=True),
) -> None:
    """What may be said before the command's name; `language.chosen` reads the language."""


def app() -> None:
    """Run the command; what the user can mend is told plainly, with exit code 2."""
    try:
        _group()
    except DuhengError as error:
        print(error.message(chosen()), file=sys.stderr)
        sys.exit(2)


def run() -> None:
    """The command as a process of its own: `app`, and an end at once where nothing is open that wants closing.

    Taking a report's thousands of values apart one by one, only for the process to end, takes a tenth of the time of an audit.
    """
    code: object = 0
    try:
        app()
    except SystemExit as end:
        code = end.code
    watched = sys.gettrace() or sys.getprofile()
    # A stop that fell into code run from text (a dataclass in the making) is remembered by the interpreter, which at its end would
    # kill itself by the signal instead of telling the code.
    stopped = code == _INTERRUPTED
    if (stopped or "django" not in sys.modules) and not watched and (code is None or isinstance(code, int)):
        with contextlib.suppress(OSError):  # a full disk or a closed pipe is told as ever
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code or 0)
    sys.exit(code)  # type: ignore[arg-type]


if __name__ == "__main__":
    run()
