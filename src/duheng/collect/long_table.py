"""Long tables: one figure a row, as data engineers hand them over. The fast way in: a million rows in seconds.

The columns are `indicator, area, period, measure, value` and, where given, `unit, basis, vintage, status, released`; Chinese
heads do as well. Everything is looked up once for each different word, never for each row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duheng.collect import lexicon as words
from duheng.collect.batch import Batch
from duheng.collect.doubt import Doubts
from duheng.collect.figure import Status
from duheng.collect.figures import STATUSES, Figures, Mask, Numbers
from duheng.collect.lexicon import Lexicon
from duheng.collect.number import is_missing, number
from duheng.collect.when import When, frequency, when
from duheng.errors import CollectError
from duheng.measure import Area, Period, Series, SeriesMeasure

ROLES: Mapping[str, tuple[str, ...]] = {
    "indicator": ("indicator", "series", "指标", "指标名称", "指标代码"),
    "area": ("area", "region", "地区", "区域", "行政区"),
    "period": ("period", "time", "date", "时期", "时间", "期间", "日期", "报告期"),
    "measure": ("measure", "口径", "数据性质"),
    "value": ("value", "数值", "值", "数据"),
    "unit": ("unit", "单位", "计量单位"),
    "basis": ("basis", "计价", "价格口径"),
    "vintage": ("vintage", "pub_date", "known", "发布日期", "公布日期", "版本日期"),
    "status": ("status", "状态", "数据状态"),
    "released": ("released", "是否公开"),
}
"""The columns of a long table by the heads they may have."""

_PLAIN = frozenset("0123456789.-+ ")
_NEEDED = ("indicator", "period", "value")
_TO_DATE = {SeriesMeasure.LEVEL: SeriesMeasure.YTD, SeriesMeasure.GROWTH: SeriesMeasure.YTD_GROWTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is said of a whole file, where its rows do not say it themselves.

    `vintage` is the day from which its figures are known. `columns` names the role of heads that are not among the usual ones,
    `constants` gives the word for a column that is not there.
    """

    vintage: date
    status: Status = Status.PRELIMINARY
    released: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    months: int = 0  # that a day stands for; 0: told by the days themselves
    year: int = 0  # of tables that name months but no year


def is_long(heads: Sequence[str], given: Given) -> bool:
    """Whether a row of heads is that of a long table: indicator, period and value are there or given."""
    places = _places(heads, given)
    return "value" in places and all(role in places or role in given.constants for role in _NEEDED)


def long_table(text: str, *, name: str, lexicon: Lexicon, given: Given) -> Batch:
    """The figures of a long table in CSV. What is wrong with single rows is among the batch's doubts.

    Raises `CollectError` where its columns are not there.
    """
    heads, columns = columns_of(text, name)
    if not is_long(heads, given):
        raise CollectError(
            reason=f"{name}: its first line does not name the columns indicator, period and value. Name them so, or give --map.",
            reason_zh=f"{name}：首行没有 indicator、period、value 列。请改列名，或用 --map 说明。",
        )
    return in_columns(heads, columns, name=name, lexicon=lexicon, given=given)


def in_columns(heads: Sequence[str], columns: Sequence[list[str]], *, name: str, lexicon: Lexicon, given: Given) -> Batch:
    """The figures of a long table that has been taken apart into columns."""
    return _Reading(name=name, lexicon=lexicon, given=given, count=len(columns[0])).batch(heads, columns)


def heads_of(text: str) -> list[str]:
    """The first line of a text in columns."""
    first = text[: text.find("\n") + 1 or None].rstrip("\r\n")
    return next(csv.reader([first], delimiter=delimiter(text)), [])


def columns_of(text: str, name: str) -> tuple[list[str], list[list[str]]]:
    """Heads and columns of a text whose rows are of equal length: cut at once where nothing is quoted, else row by row."""
    mark = delimiter(text)
    if '"' not in text:
        lines = [line for line in text.splitlines() if line]
        counts = {line.count(mark) for line in lines}
        if len(counts) == 1:
            width = counts.pop() + 1
            cells = mark.join(lines).split(mark)
            return cells[:width], [cells[width + place :: width] for place in range(width)]
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(row)]
    except csv.Error as wrong:
        raise CollectError(reason=f"{name}: {wrong}.", reason_zh=f"{name}：CSV 格式有误（{wrong}）。") from wrong
    heads = rows[0] if rows else []
    for line, row in enumerate(rows):
        if len(row) < len(heads) and len(heads) - len(row) > 1:
            raise CollectError(
                reason=f"{name}, row {line + 1}: it has {len(row)} columns instead of {len(heads)}. Complete it.",
                reason_zh=f"{name} 第 {line + 1} 行只有 {len(row)} 列，应有 {len(heads)} 列。请补全。",
            )
        row += [""] * (len(heads) - len(row))
    return heads, [[row[place] for row in rows[1:]] for place in range(len(heads))]


def delimiter(text: str) -> str:
    """What parts the columns of a text: a comma, a tab or a semicolon, whichever its first line has most of."""
    first = text[: text.find("\n") + 1 or None]
    return max(",\t;", key=first.count)


_Key = tuple[Any, ...]  # indicator, area, measure, unit, basis, whether the period is the year to date


@dataclass(frozen=True, slots=True)
class _Told:
    """A column's words, each looked up once: `codes` are places in `meanings`, -1 where a word means nothing."""

    meanings: list[Any]
    codes: NDArray[np.int32]

    @property
    def good(self) -> Mask:
        return np.asarray(self.codes >= 0)

    def column(self, of: Callable[[Any], Any], kind: Any) -> NDArray[Any]:
        """What `of` tells of each row's meaning."""
        told = np.array([of(meaning) for meaning in self.meanings] or [0], dtype=kind)
        return np.asarray(told[self.codes])


class _Reading:
    """One long table on its way to a batch."""

    def __init__(self, *, name: str, lexicon: Lexicon, given: Given, count: int) -> None:
        self._lexicon, self._given, self._count = lexicon, given, count
        self._doubts = Doubts(place=lambda row: f"{name}:{row + 2}")
        self._names: dict[str, str] = {}
        self._areas: dict[str, Area] = {}

    def batch(self, heads: Sequence[str], cells: Sequence[list[str]]) -> Batch:
        columns = {role: cells[place] for role, place in _places(heads, self._given).items()}
        values, digits, there = self._values(columns["value"])
        times = _lasting(self._coded(self._column("period", columns), when, "period", there), self._given.months)
        vintages = self._coded(columns.get("vintage"), _day, "vintage", there)
        statuses = self._coded(columns.get("status"), words.status, "status", there)
        free = self._coded(columns.get("released"), words.released, "released", there)
        series, numbers, scale, more = self._series(columns, times)
        good = there & times.good & vintages.good & statuses.good & free.good & (numbers >= 0)
        kept = np.flatnonzero(good)
        figures = Figures(
            series=series,
            number=numbers[kept],
            start=times.column(lambda time: time.period.start, np.int32)[kept],
            end=times.column(lambda time: time.period.end, np.int32)[kept],
            vintage=vintages.column(lambda day: day or self._given.vintage, "datetime64[D]")[kept],
            status=statuses.column(lambda each: STATUSES.index(each or self._given.status), np.int8)[kept],
            released=free.column(lambda each: self._given.released if each is None else each, np.bool_)[kept],
            value=values[kept] * scale[kept],
            digits=np.clip(digits[kept] + more[kept], 0, 15).astype(np.int8),
            row=np.arange(len(kept), dtype=np.int64),
        )
        printed = columns["value"]
        chosen = kept.tolist()
        return Batch(
            figures=figures,
            printed=[printed[row] for row in chosen] if len(chosen) < self._count else printed,
            places=[str(row + 2) for row in chosen],
            dated="vintage" in columns,
            missing=self._missing,
            doubts=self._doubts.all(),
            names=self._names,
            areas=self._areas,
        )

    def _column(self, role: str, columns: Mapping[str, list[str]]) -> list[str]:
        return columns.get(role) or [self._given.constants.get(role, "")] * self._count

    def _values(self, column: list[str]) -> tuple[Numbers, NDArray[np.int64], Mask]:
        """Values and decimals, and where there is one; the plain way for all at once, else cell by cell."""
        self._missing = 0
        try:
            values = np.fromiter(map(float, column), dtype=np.float64, count=len(column))
            if np.isfinite(values).all() and _PLAIN.issuperset("".join(column)):
                digits = np.fromiter(map(_decimals, column), dtype=np.int64, count=len(column))
                return values, digits, np.ones(len(column), dtype=np.bool_)
        except ValueError:
            pass
        values, digits = np.full(len(column), np.nan), np.zeros(len(column), dtype=np.int64)
        for row, text in enumerate(column):
            if found := number(text):
                values[row], digits[row] = found.value, found.digits
            elif is_missing(text):
                self._missing += 1
            else:
                self._doubts.error(
                    "number",
                    row,
                    f"“{text[:40]}”不是数字。缺值请留空或写“…”。",
                    f"“{text[:40]}” is not a number. Leave the cell empty where there is none.",
                    value=text[:40],
                )
        return values, digits, ~np.isnan(values)

    def _coded(self, column: list[str] | None, read: Callable[[str], Any], rule: str, there: Mask) -> _Told:
        """The words of a column looked up; one that means nothing is an error on its rows. No column: what the file's words are."""
        if column is None:
            return _Told([None], np.zeros(self._count, dtype=np.int32))
        meanings, codes = _looked_up(column, read)
        for row in np.flatnonzero((codes < 0) & there).tolist():
            self._doubts.error(rule, row, *_unknown(rule, column[row]), value=column[row][:40])
        return _Told(meanings, codes)

    def _series(
        self, columns: Mapping[str, list[str]], times: _Told
    ) -> tuple[tuple[Series, ...], NDArray[np.int32], Numbers, NDArray[np.int64]]:
        """The series of each row, and what its value is multiplied by, and how many decimals that adds, to be in its unit."""
        told = [self._column(role, columns) for role in ("indicator", "area", "measure", "unit", "basis")]
        to_date = times.column(lambda time: time.to_date, np.bool_)
        of_key, rows = _alike([*map(_coded, told), to_date.astype(np.int64)])
        found = [self._one((*(column[row] for column in told), bool(to_date[row])), row) for row in rows]
        series = {each: place for place, each in enumerate(dict.fromkeys(one[0] for one in found if one))}
        numbers = np.array([series[one[0]] if one else -1 for one in found] or [-1], dtype=np.int32)[of_key]
        scale = np.array([one[1] if one else 1.0 for one in found] or [1.0])[of_key]
        more = np.array([one[2] if one else 0 for one in found] or [0], dtype=np.int64)[of_key]
        return tuple(series), numbers, scale, more

    def _one(self, key: _Key, row: int) -> tuple[Series, float, int] | None:
        indicator, area, measure_word, unit, basis_word, to_date = key
        measured = words.measure(measure_word) if measure_word.strip() else None
        based = words.basis(basis_word) if basis_word.strip() else None
        for rule, word, meaning in (("measure", measure_word, measured), ("basis", basis_word, based)):
            if word.strip() and meaning is None:
                self._doubts.error(rule, row, *_unknown(rule, word), value=word[:40])
                return None
        if not indicator.strip():
            self._doubts.error("indicator", row, *_unknown("indicator", indicator))
            return None
        code = self._lexicon.indicator(indicator, unit=unit, growth=measured is not None and "growth" in measured)
        usual, usual_basis, usual_unit = self._lexicon.usual(code)
        if measured is None:
            measured = _TO_DATE.get(usual, usual) if to_date else usual
        areas = self._lexicon.areas_of(area)
        series = Series(
            indicator=code,
            area=areas[-1].code,
            measure=measured,
            basis=based or usual_basis,
            unit=unit.strip() or usual_unit,
        )
        self._names.setdefault(code, indicator.strip())
        for each in areas:
            self._areas.setdefault(each.code, each)
        return words.in_usual_unit(series, usual_unit)


def _places(heads: Sequence[str], given: Given) -> dict[str, int]:
    """The column of each role."""
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        plain = head.strip().lstrip("\ufeff").casefold()
        role = given.columns.get(head.strip()) or next((role for role, names in ROLES.items() if plain in names), None)
        if role:
            found.setdefault(role, place)
    return found


def _looked_up(column: Sequence[str], read: Callable[[str], Any]) -> tuple[list[Any], NDArray[np.int32]]:
    meanings: list[Any] = []
    places: dict[str, int] = {}
    for word in dict.fromkeys(column):
        meaning = read(word)
        places[word] = -1 if meaning is None else len(meanings)
        meanings += [] if meaning is None else [meaning]
    return meanings, np.fromiter(map(places.__getitem__, column), dtype=np.int32, count=len(column))


def _coded(column: Sequence[str]) -> NDArray[np.int64]:
    """A column's words as numbers, from 0 in the order of their first row."""
    places = {word: place for place, word in enumerate(dict.fromkeys(column))}
    if len(places) == 1:
        return np.zeros(len(column), dtype=np.int64)
    return np.fromiter(map(places.__getitem__, column), dtype=np.int64, count=len(column))


def _alike(columns: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], list[int]]:
    """Which rows are alike in all columns, numbered in the order of their first rows, and those first rows."""
    joined = columns[0]
    for column in columns[1:]:
        joined = np.unique(joined * (column.max(initial=0) + 1) + column, return_inverse=True)[1]
    _, first, groups = np.unique(joined, return_index=True, return_inverse=True)
    order = np.argsort(first)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks[groups], first[order].tolist()


def _lasting(told: _Told, months: int) -> _Told:
    """Days made the periods they stand for: a month, or a quarter or a year where all of them begin one."""
    days = [time for time in told.meanings if time.dated]
    length = months or (frequency(time.period.start for time in days) if days else 1)
    if length == 1 or not days:
        return told
    return _Told([_longer(time, length) if time.dated else time for time in told.meanings], told.codes)


def _longer(time: When, months: int) -> When:
    start = time.period.start - time.period.start % months
    return When(period=Period.between(start, start + months - 1), dated=True)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return None


def _decimals(text: str) -> int:
    point = text.find(".")
    return len(text.rstrip()) - point - 1 if point >= 0 else 0


def _unknown(rule: str, word: str) -> tuple[str, str]:
    zh, en = _ADVICE[rule]
    return f"“{word[:40]}”{zh}", f"“{word[:40]}” {en}"


_ADVICE: Mapping[str, tuple[str, str]] = {
    "period": (
        "不是时期，请写成 2025、2025-Q3、2025-07 或 2025-01..09。",
        "is not a period; write 2025, 2025-Q3, 2025-07 or 2025-01..09.",
    ),
    "vintage": ("不是日期，请写成 2025-01-31。", "is not a date; write 2025-01-31."),
    "status": (
        "不是数据状态，可用 estimate、flash、preliminary、final、revised、simulated。",
        "is not a status; use estimate, flash, preliminary, final, revised or simulated.",
    ),
    "released": ("请写 yes 或 no。", "is neither yes nor no."),
    "measure": (
        "不是口径，可用 level、ytd、growth、ytd_growth、sequential、index、share、rank、change、ratio。",
        "is not a measure; use level, ytd, growth, ytd_growth, sequential, index, share, rank, change or ratio.",
    ),
    "basis": (
        "不是计价口径，可用 none、nominal、comparable_price、comparable_scope。",
        "is not a basis; use none, nominal, comparable_price or comparable_scope.",
    ),
    "indicator": ("：没有指标名称。", "names no indicator."),
}
