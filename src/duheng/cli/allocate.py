"""`duheng allocate`: which projects are paid for, from which funds, in which years."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from unicodedata import east_asian_width

import typer

from duheng import allocate as allocating
from duheng import read
from duheng.cli import output as output_
from duheng.cli.language import chosen, say
from duheng.errors import AllocateError, OutputUnusable

app = typer.Typer(rich_markup_mode=None, add_completion=False)
_MOST_SECONDS = 86_400.0
_WIDEST = 40  # columns of a cell on the screen, but for the last


class Form(StrEnum):
    """How the answer is printed."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


@app.command()
def allocate(
    problem: Path = typer.Argument(None, help=say("问题文件（JSON）", "The problem, as JSON"), show_default=False),
    *,
    workspace: Path = typer.Option(
        None,
        help=say("由工作区的项目库和资金池生成问题", "Make the problem of a workspace's projects and pools"),
        show_default=False,
    ),
    years: str = typer.Option(
        "",
        help=say("规划年份，如 2026-2028；默认从明年起三年", "Years of a workspace's plan, 2026-2028; three from next year on"),
    ),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print the answer")),
    gap: float = typer.Option(
        allocating.GAP,
        min=0,
        max=1,
        help=say("允许与最优相差的比例", "How near to the best is enough: 0.001 is a thousandth"),
    ),
    time_limit: float = typer.Option(
        allocating.SECONDS, min=0.1, max=_MOST_SECONDS, help=say("最多求解多少秒", "Seconds to search at most")
    ),
    output: Path = typer.Option(
        None, help=say("写入文件，而不是屏幕", "Write to this file instead of the screen"), show_default=False
    ),
) -> None:
    """Solve a problem of projects and funds: who is in, from when, paid by whom; why others are out. Exit code 1: impossible."""
    output_.check(output, [problem] if problem else [])
    if form is Form.XLSX and not output and sys.stdout.isatty():
        raise OutputUnusable(
            file=problem or workspace,
            reason="a workbook cannot be shown on the screen; name a file: --output answer.xlsx.",
            reason_zh="工作簿不能显示在屏幕上，请指定文件：--output 方案.xlsx。",
        )
    asked = _asked(problem, workspace, years)
    answer = allocating.solve(asked, gap=gap, seconds=time_limit)
    if form is not Form.JSON:
        for fault in answer.warnings:
            typer.echo(say("注意 ", "note: ") + fault.line[0 if chosen() == "zh" else 1], err=True)
    data = _printed(asked, answer, form)
    if output:
        output_.save(output, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    if answer.status is allocating.AnswerStatus.INFEASIBLE:
        raise typer.Exit(1)


def _asked(problem: Path | None, workspace: Path | None, years: str) -> allocating.Problem:
    """The problem of a file, or the one that a workspace poses."""
    if problem is not None and workspace is None:
        return allocating.read_problem(read.text_of(problem), name=problem.name)
    if problem is not None:
        raise AllocateError(
            reason="both a file and a workspace are named; name one of them.",
            reason_zh="同时指定了问题文件和工作区，请只指定一个。",
        )
    from duheng.site import settings
    from duheng.site import workspace as workspaces

    settings.prepare(workspaces.find(workspace))
    from duheng.site.queries import allocation

    today = datetime.now(UTC).astimezone().date()
    span = _span(years) or allocation.years(today.year + 1, 3)
    return allocation.build(allocation.Ask(years=span), as_of=today).problem


def _span(text: str) -> tuple[int, ...]:
    """The years of 2026-2028, or of one year; none where nothing is said."""
    first, _dash, last = text.strip().partition("-")
    if not text.strip():
        return ()
    if not (first.isdigit() and (last or first).isdigit() and int(first) <= int(last or first) <= int(first) + 30):
        raise AllocateError(
            reason=f"“{text}” names no years; write 2026-2028.", reason_zh=f"“{text}”不是年份，请写成 2026-2028。"
        )
    return tuple(range(int(first), int(last or first) + 1))


def _printed(problem: allocating.Problem, answer: allocating.Answer, form: Form) -> bytes:
    if form is Form.JSON:
        return allocating.to_json(problem, answer, language=chosen()).encode()
    if form is Form.XLSX:
        return _book(problem, answer)
    return ("\n".join(_lines(problem, answer)) + "\n").encode()


def _book(problem: allocating.Problem, answer: allocating.Answer) -> bytes:
    from duheng.report import book

    note = _summary(problem, answer)
    sheets = [
        book.Sheet(name=table.name, heads=table.heads, rows=table.rows, note=note)
        for table in allocating.tables(problem, answer, language=chosen())
    ]
    return book.book(sheets)


def _summary(problem: allocating.Problem, answer: allocating.Answer) -> str:
    """The answer in one line."""
    standing = allocating.standing(answer, language=chosen())
    if answer.conflict:
        return say(f"{standing}：下列要求不能同时满足。", f"{standing}: these demands cannot be met together.")
    paid = allocating.money.printed(sum(each.amount for each in answer.payments), problem.unit)
    chosen_, out = len(answer.selected), len(answer.unfunded)
    return say(
        f"纳入 {chosen_} 个项目，安排 {paid}；未纳入 {out} 个。优先级合计 {answer.objective:f}，{standing}。",
        f"{chosen_} projects are in, paid {paid}; {out} are out. Priorities add up to {answer.objective:f}, {standing}.",
    )


def _lines(problem: allocating.Problem, answer: allocating.Answer) -> Iterator[str]:
    yield _summary(problem, answer)
    for table in allocating.tables(problem, answer, language=chosen()):
        if table.rows:
            yield ""
            if not answer.conflict:
                yield f"{table.name}"
            yield from _columns(table, bare=answer.conflict is not None)


def _columns(table: allocating.Table, *, bare: bool) -> Iterator[str]:
    """A table as lines, numbers to the right."""
    rows = [[_shown(value) for value in row] for row in ([] if bare else [table.heads]) + list(table.rows)]
    right = [all(not isinstance(row[column], str) for row in table.rows) for column in range(len(table.heads))]
    widths = [min(_WIDEST, max(_width(row[column]) for row in rows)) for column in range(len(table.heads))]
    for row in rows:
        yield "  " + "  ".join(_padded(row, widths, right)).rstrip()


def _padded(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    for text, width, to_right in zip(row, widths, right, strict=True):
        space = " " * max(0, width - _width(text))
        yield space + text if to_right else text + space


def _shown(value: object) -> str:
    return f"{value:,f}" if hasattr(value, "as_tuple") else str(value)


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
