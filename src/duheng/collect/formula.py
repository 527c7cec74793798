"""Derived series: what formulas make of other figures, recomputed for exactly what changed, each after those it is made of.

A formula stands with its indicator in the catalog: `gdp.level / population.resident.average`, `exports.level + imports.level`,
`growth(retail.total.level)`, `to_date(sales.level)` (months added up) or `months(retail.total.level)` (a year to date taken
apart). January and February may be one figure.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from duheng.catalog import IndicatorEntry
from duheng.collect.figure import Figure, Status
from duheng.collect.figures import STATUSES, Figures
from duheng.errors import CollectError, UnitUnknown
from duheng.measure import Basis, Period, Series, SeriesMeasure, unit

_LEVEL, _YTD = SeriesMeasure.LEVEL, SeriesMeasure.YTD
_MADE = {"growth": SeriesMeasure.GROWTH, "share": SeriesMeasure.SHARE, "multiple": SeriesMeasure.RATIO}
_TO_DATE = {SeriesMeasure.LEVEL: SeriesMeasure.YTD, SeriesMeasure.GROWTH: SeriesMeasure.YTD_GROWTH}
_FUNCTIONS = ("growth", "to_date", "months")
_YEAR = 12


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a figure stands, whatever its indicator: area, measure, first and last month."""

    area: str
    measure: SeriesMeasure
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula of one indicator; `inputs` are the indicators it is made of, each with the function it stands in, if any."""

    code: str
    text: str
    tree: ast.expr = field(repr=False)
    inputs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, code: str, text: str) -> Formula:
        """The formula a text is. Raises `CollectError` where it cannot be understood."""
        try:
            tree = ast.parse(text, mode="eval").body
            return cls(code=code, text=text, tree=tree, inputs=frozenset(_inputs(tree, "")))
        except (SyntaxError, ValueError) as wrong:
            raise CollectError(
                reason=f"{code}: “{text}” is not a formula; use codes, numbers, + - * / ( ) and {', '.join(_FUNCTIONS)}.",
                reason_zh=f"{code}：“{text}”不是公式，可用代码、数字、+ - * / ( ) 和 {'、'.join(_FUNCTIONS)}。",
            ) from wrong


def formulas(entries: Mapping[str, IndicatorEntry]) -> tuple[Formula, ...]:
    """The formulas of a catalog, each behind those it is made of.

    Raises `CollectError` for a circle, with the way round it.
    """
    found = {code: Formula.of(code, entry.formula) for code, entry in entries.items() if entry.formula}
    ordered: dict[str, Formula] = {}
    for code in found:
        _visit(code, found, ordered, [])
    return tuple(ordered.values())


def _visit(code: str, found: Mapping[str, Formula], ordered: dict[str, Formula], path: list[str]) -> None:
    if code in path:
        way = " → ".join([*path[path.index(code) :], code])
        raise CollectError(
            reason=f"The formulas go round in a circle: {way}. Take one of them out.",
            reason_zh=f"公式循环引用：{way}。请去掉其中一个。",
        )
    if code in found and code not in ordered:
        for needed, _ in sorted(found[code].inputs):
            _visit(needed, found, ordered, [*path, code])
        ordered[code] = found[code]


def needed(all_formulas: Collection[Formula], changed: Collection[str]) -> set[str]:
    """The indicators that are to be known to recompute what depends on those that changed: none where nothing does."""
    touched, wanted = set(changed), set[str]()
    for formula in all_formulas:
        inputs = {code for code, _ in formula.inputs}
        if inputs & touched:
            touched.add(formula.code)
            wanted |= inputs | {formula.code}
    return wanted


@dataclass(frozen=True, slots=True)
class _Known:
    value: float
    vintage: date
    status: Status
    released: bool
    unit: str


_Table = dict[str, dict[Spot, _Known]]


def derive(
    all_formulas: Collection[Formula], entries: Mapping[str, IndicatorEntry], known: Figures, changed: Figures
) -> list[Figure]:
    """The figures that formulas make of what changed, and nothing else.

    `known` are all figures of the indicators that `needed` names, those that changed among them.
    """
    table = _table(known.latest())
    fresh = {code: set(spots) for code, spots in _table(changed.latest()).items()}
    made: list[Figure] = []
    for formula in all_formulas:
        spots = {spot for code, role in formula.inputs for one in fresh.get(code, ()) for spot in _touched(role, one)}
        for spot in sorted(spots):
            figure = _derived(formula, entries, table, spot)
            if figure is not None:
                made.append(figure)
                place = Spot(figure.series.area, figure.series.measure, spot.start, spot.end)
                table.setdefault(formula.code, {})[place] = _Known(
                    float(figure.value), figure.vintage, figure.status, figure.released, figure.unit
                )
                fresh.setdefault(formula.code, set()).add(place)
    return made


def _table(figures: Figures) -> _Table:
    table: _Table = {}
    for place, number in enumerate(figures.number.tolist()):
        series = figures.series[number]
        spot = Spot(series.area, series.measure, int(figures.start[place]), int(figures.end[place]))
        table.setdefault(series.indicator, {})[spot] = _Known(
            value=float(figures.value[place]),
            vintage=figures.vintage[place].item(),
            status=STATUSES[figures.status[place]],
            released=bool(figures.released[place]),
            unit=series.unit,
        )
    return table


def _touched(role: str, spot: Spot) -> Iterator[Spot]:
    """Where a formula is to be computed anew when an input changes at a spot."""
    january = spot.end - spot.end % _YEAR
    if role == "growth":
        yield spot
        yield replace(spot, start=spot.start + _YEAR, end=spot.end + _YEAR)
    elif role == "to_date" and spot.measure is _LEVEL:
        for end in range(spot.end, january + _YEAR):
            yield Spot(spot.area, _YTD, january, end)
    elif role == "months" and spot.measure is _YTD:
        for end in (spot.end, spot.end + 1):
            yield Spot(spot.area, _LEVEL, end, end)
        if spot.end == january + 1:
            yield Spot(spot.area, _LEVEL, january, spot.end)
    elif not role:
        yield spot


def _derived(formula: Formula, entries: Mapping[str, IndicatorEntry], table: _Table, spot: Spot) -> Figure | None:
    used: list[_Known] = []
    value = _Computing(table, spot, used).value(formula.tree)
    if value is None or not math.isfinite(value) or not used:
        return None
    entry = entries[formula.code]
    value *= _scale(formula, entry, table, spot)
    measure = _MADE.get(entry.measure, spot.measure)
    if spot.measure is _YTD:
        measure = _TO_DATE.get(measure, measure)
    percent = entry.unit in ("%", "‰")
    return Figure(
        series=Series(indicator=formula.code, area=spot.area, measure=measure, basis=Basis(entry.basis), unit=entry.unit),
        period=Period.between(spot.start, spot.end),
        value=Decimal(f"{value:.{2 if percent else 4}f}"),
        vintage=max(one.vintage for one in used),
        status=min((one.status for one in used), key=list(Status).index),
        released=all(one.released for one in used),
    )


def _scale(formula: Formula, entry: IndicatorEntry, table: _Table, spot: Spot) -> float:
    """What turns the units of a quotient into the indicator's own: 亿元 over 万人 is 万元 a head, a part of a whole is %."""
    if not (isinstance(formula.tree, ast.BinOp) and isinstance(formula.tree.op, ast.Div)):
        return 1.0
    units = [_unit_at(side, table, spot) for side in (formula.tree.left, formula.tree.right)]
    if None in units:
        return 1.0
    upper, lower = (float(unit(each or "").scale) for each in units)
    if entry.unit in ("%", "‰"):
        return upper / lower * (100 if entry.unit == "%" else 1000)
    try:
        return upper / lower / float(unit(entry.unit).scale)
    except UnitUnknown:
        return 1.0


def _unit_at(node: ast.expr, table: _Table, spot: Spot) -> str | None:
    try:
        found = table.get(_code(node), {}).get(spot)
        return unit(found.unit).symbol if found else None
    except (UnitUnknown, ValueError):
        return None


class _Computing:
    """One formula at one spot; `used` gathers the figures that went in."""

    def __init__(self, table: _Table, spot: Spot, used: list[_Known]) -> None:
        self._table, self._spot, self._used = table, spot, used

    def value(self, node: ast.expr) -> float | None:
        if isinstance(node, ast.Constant):
            return float(node.value)  # type: ignore[arg-type]
        if isinstance(node, ast.UnaryOp):
            inside = self.value(node.operand)
            return None if inside is None else -inside
        if isinstance(node, ast.BinOp):
            return self._operation(node)
        if isinstance(node, ast.Call):
            return getattr(self, f"_{node.func.id}")(_code(node.args[0]))  # type: ignore[attr-defined, no-any-return]
        return self._at(_code(node), self._spot)

    def _operation(self, node: ast.BinOp) -> float | None:
        left, right = self.value(node.left), self.value(node.right)
        if left is None or right is None:
            return None
        if isinstance(node.op, ast.Div):
            return left / right if right else None
        return left + right if isinstance(node.op, ast.Add) else left - right if isinstance(node.op, ast.Sub) else left * right

    def _at(self, code: str, spot: Spot) -> float | None:
        found = self._table.get(code, {}).get(spot)
        if found is None:
            return None
        self._used.append(found)
        return found.value

    def _growth(self, code: str) -> float | None:
        now = self._at(code, self._spot)
        before = self._at(code, replace(self._spot, start=self._spot.start - _YEAR, end=self._spot.end - _YEAR))
        return None if now is None or not before else (now / before - 1) * 100

    def _to_date(self, code: str) -> float | None:
        """Months from January on, without a gap; a figure of two months counts as both."""
        total, month = 0.0, self._spot.start
        while month <= self._spot.end:
            step = next(
                (end for end in (month, month + 1) if Spot(self._spot.area, _LEVEL, month, end) in self._table.get(code, {})), -1
            )
            if step < 0 or step > self._spot.end:
                return None
            total += self._at(code, Spot(self._spot.area, _LEVEL, month, step)) or 0.0
            month = step + 1
        return total

    def _months(self, code: str) -> float | None:
        """A year to date less that of the month before; the first of a year stands for itself."""
        january = self._spot.end - self._spot.end % _YEAR
        now = self._at(code, Spot(self._spot.area, _YTD, january, self._spot.end))
        if self._spot.start == january < self._spot.end and Spot(self._spot.area, _YTD, january, january) in self._table.get(
            code, {}
        ):
            return None  # the months are known one by one
        if self._spot.start == january or now is None:
            return now
        before = self._at(code, Spot(self._spot.area, _YTD, january, self._spot.start - 1))
        return None if before is None else now - before


def _inputs(node: ast.expr, role: str) -> Iterator[tuple[str, str]]:
    """The codes in a formula with the function each stands in. Raises ValueError for what is no formula."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield from _inputs(node.operand, role)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div) and not role:
        yield from _inputs(node.left, role)
        yield from _inputs(node.right, role)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS and len(node.args) == 1:
        yield (_code(node.args[0]), node.func.id)
    else:
        yield (_code(node), role)


def _code(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_code(node.value)}.{node.attr}"
    raise ValueError
