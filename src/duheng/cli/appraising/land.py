"""`duheng appraise land`: land productivity by a rule set."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from duheng.cli import output as output_
from duheng.cli.appraising.giving import give, plain, table
from duheng.cli.language import chosen, say
from duheng.errors import AppraiseError, OutputUnusable

if TYPE_CHECKING:
    from duheng.appraise import LandScores, Steadiness


class Form(StrEnum):
    """How grades are printed."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


def land(
    file: Path = typer.Argument(
        help=say("企业表：代码、规模、用地、税收等（.csv、.xlsx）", "Enterprises: code, scale, land, tax … (.csv, .xlsx)"),
        show_default=False,
    ),
    *,
    rules: str = typer.Option(..., help=say("评价规则，如 huangyan-2022", "Rule set, such as huangyan-2022")),
    form: Form = typer.Option(Form.CSV, "--format", help=say("输出格式", "How to print it")),
    grading: str = typer.Option("", help=say("改用另一套定等比例", "Another rule for the grades")),
    what_if: str = typer.Option("", help=say("若按另一套规则，哪些企业的等级会变", "Whose grade another rule set would change")),
    suppose: list[str] = typer.Option(
        [],
        help=say("假如该企业某数为另一值，如 land_mu=45", "If a number of that enterprise were another: land_mu=45"),
        show_default=False,
    ),
    enterprise: str = typer.Option("", help=say("只输出一家企业的得分明细表", "The score sheet of one enterprise")),
    stability: int = typer.Option(0, help=say("抽样次数：权重变动时等级是否稳定", "How many draws with other weights")),
    seed: int = typer.Option(1, min=0, help=say("随机种子", "Seed of the draws")),
    last_year: Path = typer.Option(
        None, help=say("上年的企业表，用于基准值", "Last year's table, for baselines"), show_default=False
    ),
    ignore: list[str] = typer.Option([], help=say("忽略的列", "Columns to leave out"), show_default=False),
    catalog: Path = typer.Option(None, help=say("另有规则的目录文件夹", "Folder with other rules"), show_default=False),
    output: Path = typer.Option(
        None, help=say("写入文件，而不是屏幕", "Write to this file instead of the screen"), show_default=False
    ),
) -> None:
    """Score and grade enterprises by what they make of their land."""
    from duheng import appraise

    output_.check(output, [file])
    rule = appraise.land_rules(rules, grading=grading, overlay=catalog)
    found = appraise.Enterprises.open(file, rule, ignore=ignore)
    before = appraise.Enterprises.open(last_year, rule, ignore=ignore) if last_year else None
    scores = appraise.land(found, rule, last_year=before)
    if suppose and not enterprise:
        raise AppraiseError(
            reason="--suppose needs --enterprise CODE, whose numbers are supposed.",
            reason_zh="--suppose 需同时用 --enterprise 指明企业。",
        )
    if enterprise:
        changed = appraise.supposed(scores, enterprise, _numbers(suppose), last_year=before) if suppose else scores
        give(_sheet(changed, enterprise), output)
        return
    if what_if:
        other = appraise.land_rules(what_if, overlay=catalog)
        there = appraise.land(appraise.Enterprises.open(file, other, ignore=ignore), other, last_year=before)
        give(_moves(scores, there, form), output)
        return
    steady = appraise.steadiness(scores, draws=stability, seed=seed) if stability else None
    if form is Form.XLSX:
        _workbook(scores, steady, output)
    elif form is Form.JSON:
        give(plain(appraise.land_plain(scores, steady)), output)
    else:
        give(table(appraise.land_rows(scores, steady)), output)


def _numbers(said: list[str]) -> dict[str, float]:
    """Columns and numbers as land_mu=45 says them."""
    found = {}
    for each in said:
        column, _, number = each.partition("=")
        try:
            found[column.strip()] = float(number)
        except ValueError:
            raise AppraiseError(
                reason=f"“{each}” is no number of a column; write land_mu=45.", reason_zh=f"“{each}”写法不对，应如 land_mu=45。"
            ) from None
    return found


def _sheet(scores: LandScores, code: str) -> str:
    from duheng import appraise

    try:
        return plain(appraise.score_sheet(scores, code).plain())
    except KeyError:
        raise AppraiseError(
            reason=f"{scores.enterprises.table.name}: there is no enterprise “{code}”. Check the code.",
            reason_zh=f"{scores.enterprises.table.name} 中没有企业“{code}”。请检查代码。",
        ) from None


def _moves(scores: LandScores, there: LandScores, form: Form) -> str:
    from duheng import appraise

    rows = list(appraise.moved_rows(appraise.moved(scores, there)))
    if form is Form.JSON:
        return plain([dict(zip(rows[0], row, strict=True)) for row in rows[1:]])
    return table(rows)


def _workbook(scores: LandScores, steady: Steadiness | None, output: Path | None) -> None:
    if output is None:
        raise OutputUnusable(
            file="xlsx",
            reason="a workbook is written to a file; give --output FILE.xlsx.",
            reason_zh="请用 --output 给出要写入的 .xlsx 文件。",
        )
    from duheng import appraise
    from duheng.report import book

    pages = appraise.land_pages(scores, steady, side=0 if chosen() == "zh" else 1)
    output_.save(
        output, book.book([book.Sheet(name=name, heads=heads, rows=rows, note=note) for name, heads, rows, note in pages])
    )
