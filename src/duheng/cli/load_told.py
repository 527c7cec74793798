"""What came of taking a file in, in words: what figures and lists of projects have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from duheng.cli.language import chosen, say

_SHOWN = 20

SheetLines = Callable[[Mapping[str, Any], int], Iterator[str]]


def outcome(told: Mapping[str, Any], *, counts: str, sheet: SheetLines) -> Iterator[str]:
    """The lines of one file: `counts` where it was taken in, what its columns were taken for, and what was doubted."""
    side = 0 if chosen() == "zh" else 1
    yield _result(told, counts)
    for each in told["sheets"]:
        yield from sheet(each, side)
    yield from _doubts(sorted(told["doubts"], key=lambda each: each["severity"] != "error"), side)


def _doubts(doubts: Sequence[Mapping[str, Any]], side: int) -> Iterator[str]:
    marks = {"error": say("错误", "error"), "warning": say("警告", "warning")}
    for each in doubts[:_SHOWN]:
        yield f"  {marks[each['severity']]} {each['place']} {each['message'][side]}"
    if len(doubts) > _SHOWN:
        yield say(f"  ……另有 {len(doubts) - _SHOWN} 条", f"  … and {len(doubts) - _SHOWN} more")


def _result(told: Mapping[str, Any], counts: str) -> str:
    name = told["file"]
    if told["again"]:
        return say(f"{name}：以前载入过，没有变化。", f"{name}: it was taken in before; nothing has changed.")
    if told["asks"]:
        return say(
            f"{name}：有的列看不出含义，没有入库。请在网站“数据—载入”中确认，或用 --map 说明。",
            f"{name}: some columns cannot be understood; nothing was stored. Explain them on the site under Figures, or with --map.",
        )
    if told["refused"]:
        return say(f"{name}：有错误，没有入库。", f"{name}: it has errors; nothing was stored.")
    counts = counts.format(**told)
    return counts if told["stored"] else counts + say("没有入库。", " Nothing was stored.")
