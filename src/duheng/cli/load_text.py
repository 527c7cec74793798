"""What came of taking a file in, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from duheng.cli.language import say
from duheng.cli.load_told import outcome
from duheng.measure import SeriesMeasure

_UNSURE = 0.5


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The outcome of one file: counts, what its columns were taken for, and what was doubted."""
    counts = say(
        "{file}：新增 {new}，修订 {revised}，确认 {confirmed}，不变 {unchanged}，缺值 {missing}。",
        "{file}: {new} new, {revised} revised, {confirmed} confirmed, {unchanged} unchanged, {missing} missing.",
    )
    return outcome(told, counts=counts, sheet=_sheet)


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
