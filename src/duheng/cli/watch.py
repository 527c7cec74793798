"""`duheng watch`: how every target of the plan stands."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from duheng.cli.language import chosen, say
from duheng.cli.ledger import current
from duheng.errors import WatchError

app = typer.Typer(rich_markup_mode=None, add_completion=False)
_MARKS = {"red": "■", "yellow": "▲", "green": "●", "none": "–"}


class Form(StrEnum):
    """How the standings are printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def watch(
    workspace: Path = typer.Option(None, help=say("工作区文件夹", "Folder of the workspace"), show_default=False),
    as_of: str = typer.Option(
        "", help=say("按某日已知的数据研判，默认今天", "By what was known on this day; today unless given")
    ),
    rules: str = typer.Option(
        "", help=say("亮灯规则，默认为工作区所用", "Rule set for the lights; the workspace's own unless given")
    ),
    form: Form = typer.Option(Form.TEXT, "--format", help=say("输出格式", "How to print it")),
) -> None:
    """Print how every target stands: pace, where its year ends, the chance that it is met, its light and why."""
    told = _standings(workspace, _day(as_of), rules)
    if form is Form.JSON:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(line for each in told for line in _lines(each)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).astimezone().date()
    except ValueError:
        raise WatchError(
            reason=f"“{text}” is not a date; write --as-of 2025-01-31.",
            reason_zh=f"“{text}”不是日期，请写成 --as-of 2025-01-31。",
        ) from None


def _standings(folder: Path | None, as_of: date, rules: str) -> list[dict[str, Any]]:
    """The standings as plain values, worked out now and stored nowhere."""
    plan = current(folder)
    from duheng.site import workspace as workspaces
    from duheng.site.queries import outlook

    rule = rules or workspaces.find(folder).rule
    known = outlook.rules().lights
    if rule not in known:
        raise WatchError(
            reason=f"There is no rule set “{rule}”; use one of {', '.join(known)}.",
            reason_zh=f"没有“{rule}”这套规则，可用：{'、'.join(known)}。",
        )
    return outlook.told(plan, as_of=as_of, rule=rule)


def _lines(told: dict[str, Any]) -> list[str]:
    """A target in two or three lines."""
    side = 0 if chosen() == "zh" else 1
    head = say("{mark} {name}：目标 {target}；完成概率 {chance}", "{mark} {name}: target {target}; chance of being met {chance}")
    lines = [
        head.format(
            mark=_MARKS[told["light"]],
            name=told["name"][side] or told["name"][0],
            target=told["target"]["said"][side],
            chance=_share(told["p_met"]),
        )
    ]
    if told["forecast"]:
        ahead = say(
            "    已知至 {to}；全年预计 {median}（80%：{lo80} 至 {hi80}）",
            "    known to {to}; the year is heading for {median} (80 %: {lo80} to {hi80})",
        )
        ends = {name: f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}" for name, value in told["forecast"].items()}
        lines.append(ahead.format(to=told["known_to"], **ends))
    return [*lines, f"    {told['reason'][side]}"]


def _share(p: float | None) -> str:
    """A chance in percent: never 0 or 100 while anything is open."""
    if p is None:
        return say("无法判断", "cannot be told")
    return f"{p:.0%}" if p in (0, 1) else f"{min(99, max(1, round(p * 100)))}%"
