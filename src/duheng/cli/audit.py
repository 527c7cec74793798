"""`duheng audit`: what in a report does not agree with itself, or with other documents, each with its place and its reason."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import typer

from duheng.audit import Severity
from duheng.cli import output as output_
from duheng.cli.auditing import Choice, Desk, accept_findings, audit_files, codes, refuse
from duheng.cli.findings.audited import Audited
from duheng.cli.language import chosen, say

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How the findings are given."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"
    DOCX = "docx"


_WRITERS = {Form.JSON: ("plain", "as_json"), Form.SARIF: ("sarif", "as_sarif"), Form.HTML: ("page", "as_page")}


@app.command(name="audit")
def audit_(
    *,
    files: list[Path] = typer.Argument(
        help=say("报告文件（.docx、.pdf、.xlsx、.txt 等）", "Reports: .docx, .pdf, .xlsx, .txt …"), show_default=False
    ),
    against: list[Path] = typer.Option(
        [], help=say("上年的或上级的报告，可多次给出", "Last year's report, or that of the level above; may be repeated")
    ),
    since: Path = typer.Option(None, help=say("同一报告的旧稿：列出改动的数", "An older draft: list every number that changed")),
    together: bool = typer.Option(
        False, "--together", help=say("核对各文件间的同一数据", "One thing must agree in all the files")
    ),
    plan: Path = typer.Option(None, help=say("与此工作区的计划核对", "Hold the numbers against the plan of this workspace")),
    select: list[str] = typer.Option([], help=say("只用这些规则，如 DA,DT201", "Only these rules, such as DA,DT201")),
    ignore: list[str] = typer.Option([], help=say("不用这些规则", "Leave these rules out")),
    fail_on: Severity = typer.Option(
        Severity.ERROR, help=say("从哪一级起退出码为 1", "From which severity on the exit code is 1")
    ),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to give the findings")),
    explain: bool = typer.Option(
        False, "--explain", help=say("也列出看似不符、有因或已接受的", "Also what looks wrong but is explained or accepted")
    ),
    output: Path = typer.Option(None, help=say("写入此文件", "Write to this file")),
    accept: list[str] = typer.Option([], help=say("接受一处发现，如 DA101@1872", "Accept a finding, such as DA101@1872")),
    why: str = typer.Option("", help=say("接受的理由", "Why it is accepted")),
    by: str = typer.Option("", help=say("由谁接受", "Who accepts it")),
) -> None:
    """Say what in a report does not agree with itself."""
    desk = Desk(files=files, against=against, since=since, together=together, plan=plan)
    output_.check(output, [*files, *against, *([since] if since else [])])
    reports = audit_files(desk, Choice(select=codes(select), ignore=codes(ignore)))
    if accept:
        report = accept_findings(reports, accept, why=why, by=by, on=datetime.now(UTC).astimezone().date())
        typer.echo(say(f"已记录于 {report}", f"Recorded in {report}"), err=True)
        return
    shown = [report.shown(explain=explain) for report in reports]
    if form is Form.DOCX:
        _write_docx(shown, output)
    else:
        _write(_text(form, shown, reports, output), output)
    if any(finding.counts and finding.severity.rank <= fail_on.rank for report in reports for finding in report.findings):
        raise typer.Exit(1)


def _text(form: Form, shown: Sequence[Audited], reports: Sequence[Audited], output: Path | None) -> str:
    """The findings in the form asked for; each form's module is imported only then."""
    if form in _WRITERS:
        name, writer = _WRITERS[form]
        made: str = getattr(importlib.import_module(f"duheng.cli.findings.{name}"), writer)(shown, language=chosen())
        return made
    from duheng.cli.findings.text import as_text

    colour = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    hidden = sum(len(whole.findings) - len(part.findings) for whole, part in zip(reports, shown, strict=True))
    return as_text(shown, language=chosen(), colour=colour, hidden=hidden)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text)
    else:
        output_.save(output, f"{text}\n".encode())


def _write_docx(reports: Sequence[Audited], output: Path | None) -> None:
    """The author's files with comments: one to `output`, several into the folder `output`."""
    from duheng.cli.findings.word import as_docx

    for report in reports:
        if report.document.format != "docx":
            zh = "批注只能写入 .docx 文件。请用 --format text 或 html，或改用 Word 原稿。"
            refuse(
                report.path, "comments can only be put into a .docx file. Use --format text or html, or the Word file itself.", zh
            )
    if output is None and (len(reports) > 1 or sys.stdout.isatty()):
        zh = "请用 --output 指定写到哪里（一个文件；多份报告时为文件夹）。"
        refuse(reports[0].path, "say where to with --output (a file; for several reports, a folder).", zh)
    for report in reports:
        made = as_docx(report.path.read_bytes(), report, language=chosen(), at=datetime.now(UTC))
        if output is None:
            sys.stdout.buffer.write(made)
        else:
            output_.save(output if len(reports) == 1 else output / Path(report.document.name).name, made)
