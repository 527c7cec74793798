"""`duheng load`: figures from files into a workspace, with what was new, revised and doubted."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from duheng.cli.language import say
from duheng.cli.load_projects import ProjectLoader, project_lines
from duheng.cli.load_text import lines
from duheng.errors import CollectError

app = typer.Typer(rich_markup_mode=None, add_completion=False)


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
    *,
    files: list[Path] = typer.Argument(help=say("数据文件，可多个", "Files of figures, one or several"), show_default=False),
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    mapping: Path = typer.Option(
        None, "--map", help=say("说明各列含义的 YAML 文件", "YAML that says what the columns mean"), show_default=False
    ),
    known: str = typer.Option(
        "", help=say("数据公布的日期，默认今天", "Day on which the figures became known; today unless given")
    ),
    status: Status = typer.Option(None, help=say("数据状态，默认初步数", "How settled they are; preliminary unless given")),
    area: str = typer.Option("", help=say("地区，默认本地区", "The area, where the file names none; your own unless given")),
    year: int = typer.Option(
        0,
        min=0,
        max=2199,
        help=say("年份，文件只写月份时用", "The year, where the file names months but none"),
        show_default=False,
    ),
    released: bool = typer.Option(
        False, "--released", help=say("已公布，可公开", "They are published and may be shown to anyone")
    ),
    projects: bool = typer.Option(
        False, "--projects", help=say("文件是项目清单，载入项目库", "The files are lists of projects, for the pool")
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help=say("只检查，不入库", "Check only; store nothing")),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print it")),
) -> None:
    """Take figures, or with --projects lists of projects, in from files: each all or nothing, the same again changes nothing."""
    if projects:
        _not_of_projects({"--status": status, "--area": area, "--released": released})
        loader = ProjectLoader(workspace, mapping, known, trial=dry_run)
        _print([loader.load(file, day=_day(loader.known)) for file in files], form, project_lines)
        return
    told = _Told(mapping)
    told.add({"known": known, "status": status.value if status else "", "released": "true" if released else "", "area": area})
    told.add({"year": str(year) if year else ""})
    figures = _Loader(workspace, told, trial=dry_run)
    _print([figures.load(file) for file in files], form, lines)


def _not_of_projects(given: Mapping[str, object]) -> None:
    """Refuse what is said of figures only."""
    if wrong := next((name for name, value in given.items() if value), None):
        raise CollectError(
            reason=f"{wrong} is said of figures; leave it out with --projects.",
            reason_zh=f"{wrong} 只用于数据，载入项目清单时请去掉。",
        )


def _print(outcomes: Sequence[Mapping[str, Any]], form: Form, words: Callable[[Mapping[str, Any]], Iterable[str]]) -> None:
    if form is Form.JSON:
        typer.echo(json.dumps(outcomes, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(line for each in outcomes for line in words(each)))
    if any(each["refused"] or each["asks"] for each in outcomes):
        raise typer.Exit(1)


class _Told:
    """What is said of the files: by a mapping, and over it by options."""

    def __init__(self, mapping: Path | None) -> None:
        from duheng import collect, read

        self.whole: dict[str, Any] = {}
        self.sheets: tuple[Any, ...] = ()
        if mapping:
            self.whole, self.sheets = collect.read_mapping(read.text_of(mapping), name=mapping.name)

    def add(self, said: dict[str, str]) -> None:
        self.whole |= {name: value for name, value in said.items() if value}

    def given(self) -> Any:
        from duheng.collect import Given
        from duheng.collect import Status as Settled

        constants = dict(self.whole.get("constants") or {})
        constants |= {"area": self.whole["area"]} if self.whole.get("area") else {}
        return Given(
            vintage=_day(str(self.whole.get("known") or "")),
            status=Settled(_status(str(self.whole.get("status") or Status.PRELIMINARY.value))),
            released=str(self.whole.get("released", "")).lower() in ("true", "yes"),
            columns=dict(self.whole.get("columns") or {}),
            constants=constants,
            months=int(self.whole.get("months") or 0),
            year=int(self.whole.get("year") or 0),
        )


class _Loader:
    """A workspace made ready once, and files taken into it one after the other."""

    def __init__(self, folder: Path | None, told: _Told, *, trial: bool) -> None:
        from duheng.site import settings
        from duheng.site import workspace as workspaces

        self._told, self._trial = told, trial
        settings.prepare(workspaces.find(folder))

    def load(self, file: Path) -> dict[str, Any]:
        """One file taken in, and what came of it as plain values."""
        from duheng import collect
        from duheng.site.access import By, Role
        from duheng.site.actions import intake

        taken = intake.take_file(
            by=By(name=getpass.getuser(), role=Role.ADMINISTRATOR),
            at=datetime.now(UTC),
            sent=intake.Sent(name=file.name, data=collect.content(file)),
            request=intake.Request(given=self._told.given(), said=self._told.sheets, trial=self._trial),
            progress=lambda doing: _tell(doing, file),
        )
        stored = bool(taken.load) and not taken.refused and not taken.asks
        return {"file": file.name, "refused": taken.refused, **asdict(taken), "stored": stored}


def _status(text: str) -> str:
    if text in [each.value for each in Status]:
        return text
    known = ", ".join(Status)
    raise CollectError(reason=f"“{text}” is no status; use one of {known}.", reason_zh=f"“{text}”不是数据状态，可用：{known}。")


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
