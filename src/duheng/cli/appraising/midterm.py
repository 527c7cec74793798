"""`duheng appraise midterm`: five-year targets at mid-term."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from duheng.cli.language import chosen, say
from duheng.errors import AppraiseError


class Form(StrEnum):
    """How it is printed."""

    TEXT = "text"
    JSON = "json"


_SHOWN = 20


def midterm(
    sheet: Path = typer.Argument(
        help=say(
            "目标表：指标、类型、基年、目标年、基期值、目标值及各年数值", "Sheet of targets, with a column for each year's value"
        ),
        show_default=False,
    ),
    by: int = typer.Option(
        0, help=say("评估到哪一年末，默认去年", "Up to which year's end; last year unless given"), show_default=False
    ),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print it")),
) -> None:
    """Say of each target over several years whether it was achieved early, is ahead, in line or behind."""
    from duheng import appraise, catalog
    from duheng.collect import content

    targets, problems = appraise.read_long_targets(content(sheet), name=sheet.name)
    if problems:
        told_zh = "；".join(f"第 {each.row} 行：{each.message[0]}" for each in problems[:_SHOWN])
        told_en = "; ".join(f"row {each.row}: {each.message[1]}" for each in problems[:_SHOWN])
        raise AppraiseError(reason=f"{sheet.name}, {told_en}", reason_zh=f"{sheet.name}，{told_zh}")
    year = by or datetime.now(UTC).astimezone().year - 1
    rule = catalog.load("midterm_rules")["usual"]
    found = [appraise.midterm(each, by=year, rule=rule) for each in targets]
    side = 0 if chosen() == "zh" else 1
    if form is Form.JSON:
        typer.echo(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=2))
        return
    count = Counter(each.result for each in found)
    typer.echo(say("，", ", ").join(f"{each.words[side]} {count[each]}" for each in appraise.MidtermClass if count[each]))
    for each in found:
        typer.echo(f"{each.result.words[side]}\t{each.target.name}\t{each.why[side]}")


def _plain(each: Any) -> dict[str, Any]:
    return {
        "name": each.target.name,
        "kind": each.target.kind.value,
        "year": each.year,
        "result": each.result.value,
        "progress": each.progress,
        "elapsed": each.elapsed,
        "lag": each.lag,
        "headroom": float(each.headroom) if each.headroom is not None else None,
        "needed": each.needed,
        "why": list(each.why),
    }
