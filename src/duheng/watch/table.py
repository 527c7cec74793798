"""Series as a table of `series,period,value`, and outlooks as one of `series,period,mean` and bounds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from duheng.errors import WatchError
from duheng.watch.forecast import Outlook
from duheng.watch.panel import Numbers, Panel
from duheng.watch.timeline import Timeline

_NAMES: Mapping[str, tuple[str, ...]] = {
    "series": ("series", "indicator", "序列", "指标"),
    "period": ("period", "date", "时期", "期间", "日期"),
    "value": ("value", "数值", "值"),
}
_MISSING = frozenset(("", "-", "--", "—", "…", "……", "...", "na", "n/a", "nan", "null", "none"))
_LONGEST = 20_000  # periods of one series: beyond this two labels are not of one series


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesTable:
    """The series of a table, each with its timeline; `filled` counts the gaps closed by a straight line between neighbours."""

    panel: Panel
    timelines: tuple[Timeline, ...]
    filled: int

    @classmethod
    def of(cls, text: str, *, name: str) -> SeriesTable:
        """The series of CSV text with the columns `series`, `period` and `value`, in any order of rows.

        Raises `WatchError` that names the line: a column that is missing, a value that is no number, a period given twice.
        """
        found = _gathered(text, name)
        if not found:
            raise WatchError(
                reason=f"{name} holds no series. Give rows of series, period and value.",
                reason_zh=f"{name} 中没有数据。请按 series、period、value 三列给出。",
            )
        lines = {series: _timeline(rows, series, name) for series, rows in found.items()}
        values = {series: _values(rows, lines[series]) for series, rows in found.items()}
        return cls(
            panel=Panel.of({series: _without_gaps(row) for series, row in values.items()}),
            timelines=tuple(lines.values()),
            filled=sum(int(np.isnan(row).sum()) for row in values.values()),
        )

    def rows(self, outlook: Outlook) -> Iterator[list[str]]:
        """The outlook as rows of text, the heading first."""
        levels = sorted(outlook.bounds)
        yield ["series", "period", "mean", *(f"{side}{level:g}" for level in levels for side in ("lo", "hi"))]
        for place, (series, line) in enumerate(zip(outlook.names, self.timelines, strict=True)):
            last = max(line.places)
            for step in range(outlook.mean.shape[1]):
                bounds = [side[place, step] for level in levels for side in outlook.bounds[level]]
                yield [
                    series,
                    line.label(last + step + 1),
                    *(f"{number:.10g}" for number in (outlook.mean[place, step], *bounds)),
                ]


_Row = tuple[int, str, float]  # line, period, value


def _gathered(text: str, name: str) -> dict[str, list[_Row]]:
    lines = csv.reader(io.StringIO(text))
    columns = _columns(next(lines, []), name)
    found: dict[str, list[_Row]] = {}
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        series, period, value = (cells[place].strip() if -1 < place < len(cells) else "" for place in columns)
        rows = found.setdefault(series, [])
        if value.casefold() not in _MISSING:
            rows.append((lines.line_num, period, _number(value, name, lines.line_num)))
    return {series: rows for series, rows in found.items() if rows}


def _columns(heads: Sequence[str], name: str) -> tuple[int, int, int]:
    plain = [head.strip().casefold() for head in heads]
    places = {wanted: next((plain.index(known) for known in names if known in plain), -1) for wanted, names in _NAMES.items()}
    for wanted in ("period", "value"):
        if places[wanted] < 0:
            raise WatchError(
                reason=f"{name}, line 1: there is no column “{wanted}”. Name the columns series, period, value.",
                reason_zh=f"{name} 第 1 行没有“{wanted}”列。表头应为 series,period,value。",
            )
    return places["series"], places["period"], places["value"]


def _number(text: str, name: str, line: int) -> float:
    try:
        number = float(text.replace(",", ""))
        if np.isfinite(number):
            return number
    except ValueError:
        pass
    raise WatchError(
        reason=f"{name}, line {line}: “{text[:40]}” is not a number. Correct it, or leave the cell empty where the value is missing.",
        reason_zh=f"{name} 第 {line} 行：“{text[:40]}”不是数字。请改正；缺值请留空。",
    )


def _timeline(rows: Sequence[_Row], series: str, name: str) -> Timeline:
    try:
        line = Timeline.of([period for _, period, _ in rows])
    except WatchError as wrong:
        raise _at(wrong, series, name) from wrong
    seen: dict[int, int] = {}
    for place, (number, period, _) in zip(line.places, rows, strict=True):
        if place in seen:
            raise WatchError(
                reason=f"{name}, line {number}: {period} of “{series}” was given in line {seen[place]} already. Keep one of the two.",
                reason_zh=f"{name} 第 {number} 行：“{series}”的 {period} 已在第 {seen[place]} 行给出。请只留一个。",
            )
        seen[place] = number
    if max(line.places) - min(line.places) >= _LONGEST:
        raise WatchError(
            reason=f"{name}: “{series}” runs over more than {_LONGEST} periods. Check its first and last period.",
            reason_zh=f"{name}：“{series}”的时期跨度超过 {_LONGEST} 期。请检查首末时期。",
        )
    return line


def _at(wrong: WatchError, series: str, name: str) -> WatchError:
    return WatchError(reason=f"{name}, “{series}”: {wrong.message('en')}", reason_zh=f"{name}，“{series}”：{wrong.message('zh')}")


def _values(rows: Sequence[_Row], line: Timeline) -> Numbers:
    first = min(line.places)
    values = np.full(max(line.places) - first + 1, np.nan)
    values[[place - first for place in line.places]] = [value for _, _, value in rows]
    return values


def _without_gaps(values: Numbers) -> list[float]:
    known = np.flatnonzero(~np.isnan(values))
    filled: list[float] = np.interp(np.arange(len(values)), known, values[known]).tolist()
    return filled
