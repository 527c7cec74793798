"""What came of taking a file in, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from duheng.cli.language import chosen, say
from duheng.measure import SeriesMeasure

_SHOWN = 20
_UNSURE = 0.5


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The outcome of one file: counts, what its columns were taken for, and what was doubted."""
    side = 0 if chosen() == "zh" else 1
    yield _counts(told)
    for sheet in told["sheets"]:
        yield from _sheet(sheet, side)
    marks = {"error": say("错误", "error"), "warning": say("警告", "warning")}
    doubts = told["doubts"]
    for each in doubts[:_SHOWN]:
        yield f"  {marks[each['severity']]} {each['place']} {each['message'][side]}"
    if len(doubts) > _SHOWN:
        yield say(f"  ……另有 {len(doubts) - _SHOWN} 条", f"  … and {len(doubts) - _SHOWN} more")


def _counts(told: Mapping[str, Any]) -> str:
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
    counts = say(
        "{file}：新增 {new}，修订 {revised}，确认 {confirmed}，不变 {unchanged}，缺值 {missing}。",
        "{file}: {new} new, {revised} revised, {confirmed} confirmed, {unchanged} unchanged, {missing} missing.",
    ).format(**told)
    return counts if told["stored"] else counts + say("没有入库。", " Nothing was stored.")


def _sheet(sheet: Mapping[str, Any], side: int) -> Iterator[str]:
    """What a sheet was taken for, its columns of one meaning told once."""
    head = say("工作表", "sheet")
    period = f"  {sheet['period']}" if sheet["period"] else ""
    area = f"  {sheet['area']}" if sheet["area"] else ""
    yield f"  {head} {sheet['sheet']}{period}{area}"
    for key in sheet["keys"]:
        yield f"    {key['head'] or '—'} → {_role(key['role'])}"
    told: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for column in sheet["columns"]:
        meaning = tuple(str(column.get(name, "")) for name in ("indicator", "measure", "unit", "percent", "skip"))
        told.setdefault((*meaning, column["why"][side]), []).append(column)
    for (indicator, measure, unit, percent, skip, why), columns in told.items():
        first = columns[0]
        name = first["head"] if len(columns) == 1 else f"{first['head']} … {columns[-1]['head']} ({len(columns)})"
        words = " ".join(filter(None, (indicator, _measure(measure), unit, _percent(percent))))
        taken = say("不载入", "left out") if skip else words or say("按行", "by row")
        doubt = f"  {first['confidence']:.0%} {why}" if why else ""
        mark = "?" if first["confidence"] < _UNSURE else " "
        yield f"  {mark} {first['letter']} {name or '—'} → {taken}{doubt}"


def _measure(name: str) -> str:
    return say(*SeriesMeasure(name).words) if name in list(SeriesMeasure) else name


def _percent(name: str) -> str:
    return say("以小数表示", "as a fraction") if name == "fraction" else name


def _role(role: str) -> str:
    words = {
        "period": ("时期", "period"),
        "area": ("地区", "area"),
        "indicator": ("指标", "indicator"),
        "unit": ("单位", "unit"),
        "vintage": ("公布日期", "day known"),
        "ignore": ("不用", "not used"),
    }
    return say(*words[role])
