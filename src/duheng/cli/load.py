"""`duheng load`: figures from files into a workspace, with what was new, revised and doubted."""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from duheng.cli.language import chosen, say
from duheng.errors import CollectError

app = typer.Typer(rich_markup_mode=None, add_completion=False)
_SHOWN = 20


class Form(StrEnum):
    """How the outcome is printed."""

    TEXT = "text"
    JSON = "json"


class Status(StrEnum):
    """How settled the figures of a file are, where it does not say so."""

    ESTIMATE = "estimate"
    SIMULATED = "simulated"
    FLASH = "flash"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    REVISED = "revised"


@app.command()
def load(
    files: list[Path] = typer.Argument(help=say("数据文件，可多个", "Files of figures, one or several"), show_default=False),
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    known: str = typer.Option(
        "", help=say("数据公布的日期，默认今天", "Day on which the figures became known; today unless given")
    ),
    status: Status = typer.Option(Status.PRELIMINARY, help=say("数据状态", "How settled the figures are")),
    released: bool = typer.Option(
        False, "--released", help=say("已公布，可公开", "They are published and may be shown to anyone")
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help=say("只检查，不入库", "Check only; store nothing")),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print it")),
) -> None:
    """Take figures in from files: each all or nothing, and the same file again changes nothing."""
    from duheng.collect import Given
    from duheng.collect import Status as Settled

    given = Given(vintage=_day(known), status=Settled(status.value), released=released)
    loader = _Loader(workspace, trial=dry_run)
    told = [loader.load(file, given) for file in files]
    if form is Form.JSON:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(line for each in told for line in _lines(each)))
    if any(each["refused"] for each in told):
        raise typer.Exit(1)


class _Loader:
    """A workspace made ready once, and files taken into it one after the other."""

    def __init__(self, folder: Path | None, *, trial: bool) -> None:
        from duheng.site import settings
        from duheng.site import workspace as workspaces

        self._trial = trial
        settings.prepare(workspaces.find(folder))

    def load(self, file: Path, given: Any) -> dict[str, Any]:
        """One file taken in, and what came of it as plain values."""
        from duheng import collect
        from duheng.site.access import By, Role
        from duheng.site.actions import intake

        taken = intake.take_file(
            by=By(name=getpass.getuser(), role=Role.ADMINISTRATOR),
            at=datetime.now(UTC),
            sent=intake.Sent(name=file.name, data=collect.content(file)),
            given=given,
            trial=self._trial,
            progress=lambda doing: _tell(doing, file),
        )
        return {"file": file.name, "refused": taken.refused, **asdict(taken), "stored": bool(taken.load) and not taken.refused}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now().astimezone().date()
    except ValueError:
        raise CollectError(
            reason=f"“{text}” is not a date; write --known 2025-01-31.",
            reason_zh=f"“{text}”不是日期，请写成 --known 2025-01-31。",
        ) from None


def _tell(doing: str, file: Path) -> None:
    if sys.stderr.isatty():
        words = {"read": say("读取", "reading"), "store": say("核对入库", "checking and storing")}
        typer.echo(f"{words[doing]} {file.name} …", err=True)


def _lines(told: dict[str, Any]) -> list[str]:
    """The outcome of one file in words."""
    counts = say(
        "{file}：新增 {new}，修订 {revised}，确认 {confirmed}，不变 {unchanged}，缺值 {missing}。",
        "{file}: {new} new, {revised} revised, {confirmed} confirmed, {unchanged} unchanged, {missing} missing.",
    ).format(**told)
    if told["refused"]:
        counts = say("{file}：有错误，没有入库。", "{file}: it has errors; nothing was stored.").format(**told)
    elif told["again"]:
        counts = say("{file}：以前载入过，没有变化。", "{file}: it was taken in before; nothing has changed.").format(**told)
    elif not told["stored"]:
        counts += say("没有入库。", " Nothing was stored.")
    side = 0 if chosen() == "zh" else 1
    marks = {"error": say("错误", "error"), "warning": say("警告", "warning")}
    doubts = [f"  {marks[each['severity']]} {each['place']} {each['message'][side]}" for each in told["doubts"]]
    more = len(doubts) - _SHOWN
    rest = [say(f"  ……另有 {more} 条", f"  … and {more} more")] if more > 0 else []
    return [counts, *doubts[:_SHOWN], *rest]
