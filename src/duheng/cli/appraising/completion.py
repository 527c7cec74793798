"""`duheng appraise completion`: how a year's targets ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from duheng.cli.language import chosen, say
from duheng.cli.ledger import current
from duheng.errors import AppraiseError


class Form(StrEnum):
    """How it is printed."""

    TEXT = "text"
    JSON = "json"


_MARKS = {"met": "●", "basically_met": "◐", "missed": "■", "not_yet_known": "–"}


def completion(
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    year: int = typer.Option(
        0,
        help=say("年度，默认为最近一个已结束的年度", "Year; the latest that is over unless given"),
        show_default=False,
    ),
    as_of: str = typer.Option(
        "", help=say("按某日已知的情况判定，默认今天", "By what was known on this day; today unless given")
    ),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print it")),
) -> None:
    """Print how a year's targets ended: what the report states and what is computed here, apart, and the list behind it."""
    day = _day(as_of)
    plan = current(workspace)
    from duheng.site.queries import completion as query
    from duheng.site.queries.completion_text import told

    known = query.years_of(plan, as_of=day)
    if not known or (year and year not in known):
        years = ", ".join(map(str, known)) or "—"
        raise AppraiseError(
            reason=f"There are no targets of {year or day.year} as of {day}; there are of: {years}.",
            reason_zh=f"截至 {day} 没有 {year or day.year} 年的目标；有目标的年度：{years.replace(', ', '、')}。",
        )
    found = told(query.of(plan, year=year or query.usual(known, as_of=day), as_of=day))
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if form is Form.JSON else "\n".join(_lines(found)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).astimezone().date()
    except ValueError:
        raise AppraiseError(
            reason=f"“{text}” is not a date; write --as-of 2025-12-31.",
            reason_zh=f"“{text}”不是日期，请写成 --as-of 2025-12-31。",
        ) from None


def _lines(found: dict[str, Any]) -> Iterator[str]:
    side = 0 if chosen() == "zh" else 1
    yield say("{year}年目标完成情况（截至{as_of}）", "Targets of {year} as known on {as_of}").format(**found)
    for sentence in dict.fromkeys(held["sentence"] for held in found["stated"]):
        yield say("报告称：{sentence}", "the report states: {sentence}").format(sentence=sentence)
        yield from (f"    {_held(held)}" for held in found["stated"] if held["sentence"] == sentence)
    if not found["targets"]:
        yield say(
            "该年目标不在工作区中：请导入该年的报告。", "The targets of that year are not known here: import that year's report."
        )
    for name, words in (("all", ("合计", "all")), ("binding", ("约束性", "binding")), ("expected", ("预期性", "expected"))):
        count = found["computed"][name]
        if count["total"]:
            yield say(
                "本系统判定 {name}：{total}项，完成{met}，基本完成{basically_met}，未完成{missed}，尚不可知{not_yet_known}",
                "computed here, {name}: {total}; met {met}, basically met {basically_met}, missed {missed}, not yet known {not_yet_known}",
            ).format(name=words[side], **count)
    for each in found["targets"]:
        result = each["result"]
        told = result["said"][side] if result else "—"
        yield say("{mark} {name}：目标 {target}，完成 {result}", "{mark} {name}: target {target}, result {result}").format(
            mark=_MARKS[each["outcome"]],
            name=each["name"][side] or each["name"][0],
            target=each["target"]["said"][side],
            result=told,
        )
        yield f"    {each['why'][side]}"


def _held(held: dict[str, Any]) -> str:
    low, high = held["computed"] or (None, None)
    counted = "—" if low is None else f"{low:g}" if low == high else f"{low:g}–{high:g}"
    answers = {
        True: ("一致", "they agree"),
        False: ("不一致", "they differ"),
        None: ("尚不能核实", "cannot be verified yet"),
    }
    side = 0 if chosen() == "zh" else 1
    return say("{what} {value:g}{unit}，本系统 {counted}：{answer}", "{what} {value:g}{unit}, here {counted}: {answer}").format(
        what=held["words"][side],
        value=held["value"],
        unit=held["unit"] if side == 0 or held["unit"] == "%" else "",
        counted=counted,
        answer=answers[held["agrees"]][side],
    )
