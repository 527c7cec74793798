"""`duheng owners`: load a division-of-tasks sheet, write the target breakdown, or list who answers for what."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from duheng.cli.language import chosen, say
from duheng.cli.ledger import current
from duheng.errors import PlanError, WorkspaceError

if TYPE_CHECKING:
    from duheng.site.queries.division import Line, Preview

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def owners(
    sheet: Path = typer.Argument(
        None, help=say("任务分工表：.xlsx .docx .csv …", "A division of tasks: .xlsx .docx .csv …"), show_default=False
    ),
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    dry_run: bool = typer.Option(False, "--dry-run", help=say("只列出对应关系，不保存", "Only show what each row means")),
    output: Path = typer.Option(
        None, help=say("把目标分解表写到此 .xlsx 文件", "Write the target breakdown to this .xlsx file"), show_default=False
    ),
) -> None:
    """Load a division-of-tasks sheet, all or nothing: rows whose name is an item's own are taken, likeness only proposes.

    Without a sheet, list the offices with what they lead, or write the target breakdown (--output). Exit code 1: some rows of
    the sheet were left out.
    """
    plan = current(workspace)
    left = _load(sheet, plan, dry_run=dry_run) if sheet else 0
    if output:
        _write(output, plan.pk)
    elif not sheet:
        _list(plan)
    if left:
        raise typer.Exit(1)


def _load(sheet: Path, plan: Any, *, dry_run: bool) -> int:
    """Take the sure rows of a sheet; how many rows that name offices were left out."""
    from duheng.plan import division
    from duheng.site.access import By, Role
    from duheng.site.actions import owners as actions
    from duheng.site.queries.division import preview

    duties = division.of_file(sheet)
    if not duties:
        raise PlanError(
            reason=say(
                f"{sheet.name}：没有找到带表头的表格。须有一列写任务、项目或指标，另有一列写牵头单位或责任单位。",
                f"{sheet.name}: no table with a head was found. One column must name the task, project or indicator, and another"
                " the lead or responsible office.",
            )
        )
    seen = preview(plan, duties)
    for line in seen.lines:
        if line.state != "unchanged" and line.state != "silent":
            typer.echo(_told(line))
    typer.echo(_counted(seen))
    given = [actions.assignment(line.duty, line.choices[0].token) for line in seen.lines if line.taken]
    if given and not dry_run:
        by = By(name=getpass.getuser(), role=Role.ADMINISTRATOR)
        loaded = actions.load(by=by, at=datetime.now(UTC), plan_id=plan.pk, name=sheet.name, given=given)
        count = len(loaded.changes) if loaded else 0
        typer.echo(say(f"已导入：{count} 项。", f"Loaded: {count} items."))
    return seen.counts["unsure"] + seen.counts["unknown"]


def _told(line: Line) -> str:
    from duheng.site.queries.division import STATES

    state = STATES[line.state][0 if chosen() == "zh" else 1]
    offices = "、".join((*line.duty.lead, *line.duty.support))
    meant = line.choices[0] if line.choices else None
    item = f"{meant.label} ({meant.share}%)" if meant else say("计划中没有类似名称", "nothing in the plan is called like this")
    return f"{line.duty.row}\t{state}\t{line.name[:60]}\t→ {item}\t{offices}"


def _counted(seen: Preview) -> str:
    from duheng.site.queries.division import STATES

    place = 0 if chosen() == "zh" else 1
    return say("，", ", ").join(f"{STATES[state][place]} {count}" for state, count in seen.counts.items() if count)


def _write(output: Path, plan_id: int) -> None:
    from duheng.site.pages import breakdown

    content = breakdown.workbook_in(plan_id, as_of=datetime.now().astimezone().date(), spoken=chosen())
    try:
        output.write_bytes(content)
    except OSError as error:
        raise WorkspaceError(
            folder=output,
            reason=f"cannot be written ({error.strerror}). Choose another place.",
            reason_zh=f"无法写入（{error.strerror}）。请另选位置。",
        ) from error
    typer.echo(say(f"已写入：{output}", f"Written: {output}"))


def _list(plan: Any) -> None:
    from duheng.site.queries import owners as queries

    for total in queries.totals(plan):
        name = total.office.english if chosen() != "zh" and total.office.english else total.office.name
        led = "\t".join(str(total.lead.get(noun, 0)) for noun in ("indicator", "project", "task"))
        typer.echo(f"{name}\t{led}\t{total.support}\t{total.suggested}")
