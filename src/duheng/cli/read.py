"""`duheng read`: every number that a document states, with what it says and where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from duheng import catalog, read
from duheng.cli.language import chosen, say
from duheng.cli.marked import page
from duheng.cli.opening import open_shown
from duheng.plan import Naming, Place, head_of

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How the claims are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


@app.command(name="read")
def read_(
    file: Path = typer.Argument(help=say("报告文件（.docx、.pdf、.xlsx、.txt 等）", "The report: .docx, .pdf, .xlsx, .txt …")),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print what was read")),
) -> None:
    """Show every number that a document states: its subject, measure, period and role."""
    document = open_shown(file)
    rows = list(_rows(document))
    if form is Form.JSONL:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    elif form is Form.JSON:
        whole = {"name": document.name, "format": document.format, "text": document.text, "claims": rows}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    elif form is Form.HTML:
        typer.echo(page(document, rows, language=chosen()))
    else:
        typer.echo("\n".join(_lines(document, rows)))


def _rows(document: read.Document) -> Iterator[dict[str, Any]]:
    naming = Naming(entries=catalog.load("indicators"), place=Place.of(head_of(document)))
    for claim in read.claims(document):
        yield {
            "offset": claim.offset,
            "span": claim.span,
            "sentence": claim.sentence,
            "subject": claim.subject,
            "value": _number(claim.value),
            "value2": None if claim.value2 is None else _number(claim.value2),
            "unit": claim.unit,
            "measure": claim.measure.value,
            "comparator": claim.comparator,
            "period": claim.period,
            "role": claim.role.value,
            "of": claim.of,
            "indicator": naming.bind(claim.subject, unit=claim.unit, measure=claim.measure),
        }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _lines(document: read.Document, rows: list[dict[str, Any]]) -> Iterator[str]:
    """The claims under their sentences, for a reader at a terminal."""
    yield say(
        f"{document.name}：{len(document.text)} 字，{len(rows)} 个数",
        f"{document.name}: {len(document.text)} characters, {len(rows)} numbers",
    )
    last = None
    for row in rows:
        if row["sentence"] != last:
            last = row["sentence"]
            yield ""
            yield " ".join(last.split())
        aim = say(" 目标", " target") if row["role"] == "target" else ""
        code = f"  [{row['indicator']}]" if row["indicator"] else ""
        yield f"    {row['span']}  {row['subject']} · {MEASURES[row['measure']][chosen() == 'en']} · {row['period']}{aim}{code}"


# What each measure is called in the two languages of the command.
MEASURES = {
    "level": ("数值", "level"),
    "growth": ("增速", "growth"),
    "share": ("占比", "share"),
    "rank": ("位次", "rank"),
    "change": ("变动", "change"),
    "completion": ("完成率", "completion"),
    "multiple": ("倍数", "multiple"),
}
