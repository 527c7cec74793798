"""Figures that must agree with one another: parts and their whole, a share and what it is of, a growth and its levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duheng.collect.figures import Figures
from duheng.measure import SeriesMeasure

_LEVELS = (SeriesMeasure.LEVEL, SeriesMeasure.YTD)
_LEVEL_OF = {SeriesMeasure.GROWTH: SeriesMeasure.LEVEL, SeriesMeasure.YTD_GROWTH: SeriesMeasure.YTD}
_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How indicators hang together: sum (whole = parts), share (of the parts in the whole) or growth (of the whole)."""

    check: str
    share: str
    whole: str
    parts: tuple[str, ...]
    cut: float


@dataclass(frozen=True, slots=True)
class _Value:
    value: float
    half: float  # of the last digit printed
    row: int  # in what comes in, -1 where it was known


_Key = tuple[str, str, int, int]  # area, measure, first month, last month
_Table = Mapping[str, Mapping[_Key, _Value]]  # by indicator


def related(relation: Relation, latest: Figures) -> Iterator[tuple[int, tuple[str, str]]]:
    """Where new figures break a relation: the row of one of them, and what is said (zh, en).

    `latest` has one figure of each series and period; its `row` is -1 where it was known before.
    """
    table: dict[str, dict[_Key, _Value]] = {}
    for place, number in enumerate(latest.number.tolist()):
        series = latest.series[number]
        key = (series.area, str(series.measure), int(latest.start[place]), int(latest.end[place]))
        half = 0.5 * 10.0 ** -int(latest.digits[place])
        table.setdefault(series.indicator, {})[key] = _Value(float(latest.value[place]), half, int(latest.row[place]))
    yield from {"sum": _sum, "share": _share, "growth": _growth}[relation.check](relation, table)


def _sum(relation: Relation, table: _Table) -> Iterator[tuple[int, tuple[str, str]]]:
    for key, whole in table.get(relation.whole, {}).items():
        parts = [table.get(part, {}).get(key) for part in relation.parts]
        found = [part for part in parts if part is not None]
        if len(found) < len(parts):
            continue
        total, row = sum(part.value for part in found), max(each.row for each in (whole, *found))
        if row >= 0 and abs(total - whole.value) > whole.half + sum(part.half for part in found) + 1e-9:
            yield (
                row,
                (
                    f"各项之和 {total:.10g}，合计 {whole.value:.10g}。",
                    f"the parts make {total:.10g}, the whole is {whole.value:.10g}.",
                ),
            )


def _share(relation: Relation, table: _Table) -> Iterator[tuple[int, tuple[str, str]]]:
    for key, share in table.get(relation.share, {}).items():
        area, _, start, end = key
        for measure in map(str, _LEVELS):
            whole = table.get(relation.whole, {}).get((area, measure, start, end))
            part = table.get(relation.parts[0], {}).get((area, measure, start, end))
            if whole is None or part is None or not whole.value:
                continue
            computed, row = part.value / whole.value * 100, max(share.row, whole.row, part.row)
            if row >= 0 and abs(computed - share.value) > relation.cut + share.half:
                yield (
                    row,
                    (
                        f"按绝对量为 {computed:.2f}%，报为 {share.value:.10g}%。",
                        f"by the levels it is {computed:.2f}%, given as {share.value:.10g}%.",
                    ),
                )


def _growth(relation: Relation, table: _Table) -> Iterator[tuple[int, tuple[str, str]]]:
    levels = table.get(relation.whole, {})
    for (area, measure, start, end), growth in table.get(relation.share, {}).items():
        level = _LEVEL_OF.get(SeriesMeasure(measure))
        now = levels.get((area, str(level), start, end))
        before = levels.get((area, str(level), start - _YEAR, end - _YEAR))
        if now is None or before is None or not before.value:
            continue
        computed, row = (now.value / before.value - 1) * 100, max(growth.row, now.row, before.row)
        if row >= 0 and abs(computed - growth.value) > relation.cut + growth.half:
            yield (
                row,
                (
                    f"按绝对量为 {computed:.1f}%，报为 {growth.value:.10g}%。",
                    f"by the levels it is {computed:.1f}%, given as {growth.value:.10g}%.",
                ),
            )


def _disagreeing(computed: str, given: float) -> tuple[str, str]:
    return f"按绝对量为 {computed}%，报为 {given:.10g}%。", f"by the levels it is {computed}%, given as {given:.10g}%."
