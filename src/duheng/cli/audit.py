"""`duheng audit`: what in a report does not agree with itself, each finding with its place and its reason."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from duheng import audit as room
from duheng import read
from duheng.audit import Severity
from duheng.cli import findings
from duheng.cli.language import chosen, say

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How the findings are given."""

    TEXT = "text"
    JSON = "json"


@app.command(name="audit")
def audit_(
    files: list[Path] = typer.Argument(help=say("报告文件（.docx 或 .txt）", "Reports, .docx or .txt"), show_default=False),
    select: list[str] = typer.Option([], help=say("只用这些规则，如 DA,DT201", "Only these rules, such as DA,DT201")),
    ignore: list[str] = typer.Option([], help=say("不用这些规则", "Leave these rules out")),
    fail_on: Severity = typer.Option(
        Severity.ERROR, help=say("从哪一级起退出码为 1", "From which severity on the exit code is 1")
    ),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to give the findings")),
    explain: bool = typer.Option(
        False, "--explain", help=say("也列出看似不符、其实有因的", "Also what looks wrong but is explained")
    ),
) -> None:
    """Say what in a report does not agree with itself."""
    reports = [
        findings.Audited(document=document, findings=room.audit(document, select=_codes(select), ignore=_codes(ignore)))
        for document in map(read.open_document, files)
    ]
    shown = [each if explain else each.unexplained() for each in reports]
    write = findings.as_json if form is Form.JSON else findings.as_text
    typer.echo(write(shown, language=chosen()))
    counted = [f for each in reports for f in each.findings if f.explanation is None]
    if any(f.severity.rank <= fail_on.rank for f in counted):
        raise typer.Exit(1)


def _codes(options: list[str]) -> list[str]:
    return [code.strip().upper() for option in options for code in option.split(",") if code.strip()]
