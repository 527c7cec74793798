"""What figures are held to when they come in: the catalog's checks, each over all figures at once.

Only what comes in is doubted; what was known before is what it is held against.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import NDArray

from duheng.catalog import CheckEntry
from duheng.collect.doubt import Doubt, Severity
from duheng.collect.figures import Figures, Mask, Numbers
from duheng.collect.grid import Grid
from duheng.collect.relation import Relation, related
from duheng.measure import Series

_MOST = 200  # doubts of one check that are told one by one
_MAD = 1.4826  # makes a median absolute deviation comparable with a standard deviation
_MEAN = 1.2533  # ... and so a mean absolute deviation
_LEAST_SPREAD = 1e-9
_YEAR = 12
_CELLS = 20_000_000  # of series and months that are looked through for jumps


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Figures that come in, the places their cells stand at, and what was known before."""

    known: Figures
    figures: Figures
    places: Sequence[str]
    printed: Sequence[str]


def check(coming: Coming, rules: Mapping[str, CheckEntry]) -> tuple[Doubt, ...]:
    """Everything that the rules doubt in what comes in."""
    return tuple(doubt for rule in rules.values() for doubt in _told(rule, coming))


def companions(rules: Mapping[str, CheckEntry], indicators: Collection[str]) -> set[str]:
    """The indicators that figures of others are held against."""
    found: set[str] = set()
    for rule in rules.values():
        together = {rule.whole, rule.share, *rule.parts} - {""}
        found |= together if together.intersection(indicators) else set()
    return found


def _told(rule: CheckEntry, coming: Coming) -> Iterator[Doubt]:
    found = list(_CHECKS[rule.check](rule, coming))
    for row, (zh, en) in found[:_MOST]:
        figure = coming.figures.figure(row)
        yield Doubt(
            rule=rule.code,
            severity=Severity(rule.severity),
            message=(f"{rule.zh}：{zh}", f"{rule.en}: {en}"),
            place=coming.places[row],
            series=figure.series.key,
            period=figure.period.label,
            value=coming.printed[row],
        )
    if len(found) > _MOST:
        more = len(found) - _MOST
        message = (f"{rule.zh}：另有 {more} 处。", f"{rule.en}: {more} more.")
        yield Doubt(rule=rule.code, severity=Severity(rule.severity), message=message, value=str(more))


_Found = Iterator[tuple[int, tuple[str, str]]]  # row of what comes in, and what is said of it (zh, en)


def _spoken_of(rule: CheckEntry, series: Series) -> bool:
    """Whether a rule speaks of a series."""
    named = not rule.indicators or any(fnmatchcase(series.indicator, pattern) for pattern in rule.indicators)
    measured = not rule.measures or series.measure in rule.measures
    return named and measured and (not rule.units or series.unit in rule.units)


def _rows(rule: CheckEntry, figures: Figures) -> Mask:
    """The rows that a rule speaks of."""
    meant = np.array([_spoken_of(rule, series) for series in figures.series] or [False], dtype=np.bool_)
    return np.asarray(meant[figures.number]) if len(figures) else np.zeros(0, dtype=np.bool_)


def _range(rule: CheckEntry, coming: Coming) -> _Found:
    """Values below or above what can be."""
    rows, value = _rows(rule, coming.figures), coming.figures.value
    low = -np.inf if rule.low is None else float(rule.low)
    high = np.inf if rule.high is None else float(rule.high)
    zh, en = _bounds(rule)
    for row in np.flatnonzero(rows & ((value < low) | (value > high))).tolist():
        yield row, (f"{coming.printed[row]}，{zh}。", f"{coming.printed[row]}; {en}.")


def _bounds(rule: CheckEntry) -> tuple[str, str]:
    if rule.low is None:
        return f"应不高于 {rule.high}", f"it should be at most {rule.high}"
    if rule.high is None:
        return f"应不低于 {rule.low}", f"it should be at least {rule.low}"
    return f"应在 {rule.low} 到 {rule.high} 之间", f"it should lie between {rule.low} and {rule.high}"


def _falls(rule: CheckEntry, coming: Coming) -> _Found:
    """A year to date below what the year had come to before."""
    figures, fresh = _latest(rule, coming)
    order = np.lexsort((figures.end, figures.number))
    same = (np.diff(figures.number[order]) == 0) & (figures.end[order][1:] // 12 == figures.end[order][:-1] // 12)
    fell = same & (figures.value[order][1:] < figures.value[order][:-1] - _slack(figures, order))
    for place in np.flatnonzero(fell).tolist():
        before, after = order[place], order[place + 1]
        row = max(fresh[before], fresh[after])
        if row >= 0:
            sooner, later = figures.figure(int(before)), figures.figure(int(after))
            zh = f"{later.period.label} 为 {later.value}，低于 {sooner.period.label} 的 {sooner.value}。"
            en = f"{later.period.label} has {later.value}, less than the {sooner.value} of {sooner.period.label}."
            yield int(row), (zh, en)


def _slack(figures: Figures, order: NDArray[np.int64]) -> Numbers:
    """Half a last digit of each of two neighbours: what rounding can do."""
    half = 0.5 * 10.0 ** -figures.digits[order].astype(np.float64)
    return np.asarray(half[1:] + half[:-1])


def _jump(rule: CheckEntry, coming: Coming) -> _Found:
    """Values that stand alone against the changes of their series: over a year where it has enough years, else over the one before.

    A slip goes and comes back: a value with one after it is held against both sides, and counts as far as the nearer of them. So a
    level that stays, whatever moved it, is no jump, and a file that brings a whole history is not doubted for what happened in it.
    """
    figures, fresh = _latest(rule, coming)
    if not len(figures):
        return
    grid = Grid.of(figures)
    if grid.values.size > _CELLS:
        return
    cells = np.full(grid.values.shape, -1, dtype=np.int64)
    cells[figures.number, figures.end - grid.first] = fresh
    least = np.full(len(grid.values), _LEAST_SPREAD)
    np.maximum.at(least, figures.number, 0.1 ** figures.digits.astype(np.float64))  # the last digit that is printed
    for change, back in (_over_a_year(grid.values), _over_the_last(grid.values)):
        rows = np.flatnonzero(np.isfinite(change).sum(axis=1) > float(rule.least))
        if not len(rows):
            continue
        far = np.zeros(change.shape)
        far[rows] = _distance(change[rows], back[rows], least[rows])
        far[_explained(change, back, far > float(rule.cut))] = 0
        for series, month in np.argwhere((far > float(rule.cut)) & (cells >= 0)).tolist():
            row = int(cells[series, month])
            cells[series, month] = -1
            times = f"{far[series, month]:.0f}"
            zh = f"{coming.printed[row]}，变动为往常的 {times} 倍。"
            en = f"{coming.printed[row]} changes {times} times as much as is usual."
            yield row, (zh, en)


def _distance(change: Numbers, back: Numbers, least: Numbers) -> Numbers:
    """How far each value is from where the middle change of its series would have it, in robust deviations of the other changes.

    `change` is its change on the value before, `back` that of the value after it on it; where there is none, the first tells alone.
    The two that the value itself takes part in are left out of what is usual.
    """
    middle = np.nanmedian(change, axis=1, keepdims=True)
    off, after = np.abs(change - middle), np.abs(back - middle)
    opposite = np.sign(change - middle) != np.sign(back - middle)
    far = np.where(np.isfinite(after), np.where(opposite, np.minimum(off, after), 0), off)
    count, total = np.isfinite(change).sum(axis=1, keepdims=True), np.nansum(off, axis=1, keepdims=True)
    own = np.nan_to_num(off) + np.nan_to_num(after)
    others = np.maximum(count - np.isfinite(off) - np.isfinite(after), 1)
    plain = _MEAN * np.maximum(total - own, 0) / others
    spread = np.maximum(_MAD * np.nanmedian(off, axis=1, keepdims=True), plain / 2)
    return np.asarray(np.nan_to_num(far / np.maximum(spread, least[:, None])))


def _explained(change: Numbers, back: Numbers, slipped: Mask) -> Mask:
    """The newest values that differ only from a slip before them: what they moved by is what that one moved back by."""
    found = np.zeros(change.shape, dtype=np.bool_)
    for series, month in np.argwhere(slipped & np.isfinite(back)).tolist():
        found[series] |= (change[series] == back[series, month]) & ~np.isfinite(back[series])
    return found


def _over_a_year(values: Numbers) -> tuple[Numbers, Numbers]:
    """Each value less that of a year before, and the one of a year after less it."""
    change, back = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    if values.shape[1] > _YEAR:
        change[:, _YEAR:] = values[:, _YEAR:] - values[:, :-_YEAR]
        back[:, :-_YEAR] = change[:, _YEAR:]
    return change, back


def _over_the_last(values: Numbers) -> tuple[Numbers, Numbers]:
    """Each value less the one before it, whatever lies between, and the next less it; only for series without twelve years' pairs."""
    change, back = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    seasonal = np.isfinite(_over_a_year(values)[0]).sum(axis=1) > _YEAR
    for row in np.flatnonzero(~seasonal).tolist():
        places = np.flatnonzero(np.isfinite(values[row]))
        moved = np.diff(values[row][places])
        change[row, places[1:]], back[row, places[:-1]] = moved, moved
    return change, back


def _related(rule: CheckEntry, coming: Coming) -> _Found:
    """Sums, shares and growths that do not agree with the figures they come from."""
    relation = Relation(check=rule.check, share=rule.share, whole=rule.whole, parts=rule.parts, cut=float(rule.cut))
    wanted = {rule.whole, rule.share, *rule.parts} - {""}
    rows = np.flatnonzero(_of(coming.figures, wanted))
    if not len(rows):
        return
    known = _numbered(coming.known.take(_of(coming.known, wanted)), -1)
    latest = known.with_more(_numbered(coming.figures.take(rows), rows)).latest()
    yield from related(relation, latest)


def _of(figures: Figures, indicators: set[str]) -> Mask:
    meant = np.array([series.indicator in indicators for series in figures.series] or [False], dtype=np.bool_)
    return np.asarray(meant[figures.number]) if len(figures) else np.zeros(0, dtype=np.bool_)


def _latest(rule: CheckEntry, coming: Coming) -> tuple[Figures, NDArray[np.int64]]:
    """The latest figure of each series and period that the rule speaks of, and its row in what comes in, -1 where it was known."""
    known = coming.known.take(_rows(rule, coming.known))
    mine = np.flatnonzero(_rows(rule, coming.figures))
    both = _numbered(known, -1).with_more(_numbered(coming.figures.take(mine), mine)).latest()
    return both, both.row


def _numbered(figures: Figures, rows: int | NDArray[np.int64]) -> Figures:
    return replace(figures, row=np.broadcast_to(np.asarray(rows, dtype=np.int64), len(figures)).copy())


_CHECKS: Mapping[str, Callable[[CheckEntry, Coming], _Found]] = {
    "range": _range,
    "falls": _falls,
    "jump": _jump,
    "sum": _related,
    "share": _related,
    "growth": _related,
}
