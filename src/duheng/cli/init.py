"""`duheng init`: make a workspace, and import reports into it."""

from __future__ import annotations

import getpass
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer

from duheng.cli.language import say
from duheng.cli.opening import open_shown
from duheng.plan import Plan
from duheng.site import settings
from duheng.site import workspace as workspaces

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def init(
    folder: Path = typer.Argument(help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    reports: list[Path] = typer.Option(
        [],
        "--from",
        help=say("要导入的报告或附表，可多次给出", "A report or an annex of it to import; may be repeated"),
        show_default=False,
    ),
    more: list[Path] = typer.Argument(None, hidden=True),
    office: str = typer.Option("", help=say("单位名称，显示在页面上", "Name of the office, shown on the site")),
    database: str = typer.Option(
        "", help=say("把记录存于 PostgreSQL：postgresql://用户@主机:5432/库名", "Keep the records in PostgreSQL, by its URL")
    ),
) -> None:
    """Make a workspace and import reports into it.

    Reports of one place and year and their annexes (.xlsx, .docx) make one plan, other years' reports make others beside it.
    All of it is imported or nothing; importing the same reports again changes nothing.
    """
    files = [*reports, *(more or [])]
    _check(files)
    with _all_or_nothing(folder):
        workspace = workspaces.make(folder, office=office, url=database)
        settings.prepare(workspace)
        if files:
            import_files(files)
        else:
            typer.echo(say(f"工作区已就绪：{folder}", f"The workspace is ready: {folder}"))


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    """A workspace that this command begins is taken away again where it does not come to its end; one that was there stays."""
    was_there = set(folder.iterdir()) if folder.is_dir() else None
    try:
        yield
    except BaseException as stopped:
        if was_there is None or folder / "duheng.toml" not in was_there:
            _take_away(folder, kept=was_there)
        if isinstance(stopped, KeyboardInterrupt):
            typer.echo(say("已中断，没有导入任何内容。", "Interrupted; nothing was imported."), err=True)
            raise typer.Exit(130) from None
        raise


def _take_away(folder: Path, *, kept: set[Path] | None) -> None:
    from duheng.site import database

    database.let_go()
    if kept is None:  # there was no such folder: all of it is ours
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in set(folder.iterdir()) - kept:
        if path.name.startswith("duheng.") or path.name in ("files", "backups", "secret", "workers", "upgrade.lock"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def import_files(files: list[Path], *, by_name: str = "", quiet: bool = False) -> None:
    """Read the files into the workspace that is open, telling on stderr how far it is and on stdout what came of it."""
    from duheng.site.access import By, Role
    from duheng.site.actions import importing, reading
    from duheng.site.queries import imported, remembered

    reports = [reading.Report(path=path, name=path.name) for path in files]
    made = reading.read_reports(reports, progress=_progress(), taught=remembered.taught())
    by = By(name=by_name or getpass.getuser(), role=Role.ADMINISTRATOR)
    plan_id, new = importing.store_files(by=by, at=datetime.now(UTC), readings=made, files=reports)
    if not quiet:
        typer.echo(_summary([each.plan for each in made], new=new))
        for title in imported.apart(plan_id):
            note = say(
                "同年另有一份计划“{}”。这些文件如是它的附表，请与报告一起导入：duheng init 工作区 --from 报告 --from 附表。",
                "There is another plan of this year, “{}”. If these files are its annexes, import them with the report: "
                "duheng init WORKSPACE --from REPORT --from ANNEX.",
            )
            typer.echo(note.format(title), err=True)


def _check(files: list[Path]) -> None:
    """Refuse before anything is made: no workspace is left behind by a mistyped name or a file that cannot be read."""
    for file in files:
        open_shown(file)


def _progress() -> Callable[[int, int, str], None]:
    """Tells on a terminal what is being done, once for each step."""
    told: set[int] = set()

    def tell(step: int, steps: int, doing: str) -> None:
        if sys.stderr.isatty() and step not in told:
            told.add(step)
            words = {"plan": say("整理计划", "building the plan"), "store": say("入库", "storing")}
            typer.echo(f"[{step + 1}/{steps}] {words.get(doing, say('读取', 'reading') + ' ' + doing)}", err=True)

    return tell


def _summary(plans: Sequence[Plan], *, new: bool) -> str:
    if not new:
        return say("这些报告已导入过，没有变化。", "These reports were imported before; nothing has changed.")
    return "\n".join(_told(each, several=len(plans) > 1) for each in plans)


def _told(plan: Plan, *, several: bool) -> str:
    counts = [len(part) for part in (plan.indicators, plan.projects, plan.tasks, plan.review)]
    told = say(
        "已导入：指标 {} 项，项目 {} 个，任务 {} 项；待复核 {} 条。",
        "Imported: {} indicators, {} projects, {} tasks; {} to review.",
    ).format(*counts)
    return f"{plan.area}{plan.year}  {told}" if several else told
