"""The tables and boxes that the rules on a page draw: which rules meet, which places they part, which cells go together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duheng.read.leaf import Rule

_NEAR = 3.0  # points: rules this near are one, and ends this near to a rule meet it
_THIN = 4.0  # a row or column thinner than this lies between the two strokes of a double rule
_MOST = 700  # rules in one direction; a page of a plan's table has some eighty
_PLACES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A table or box: where its columns and rows part, and for each place the cell it belongs to (row and column of its first)."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    owners: dict[tuple[int, int], tuple[int, int]]

    @property
    def is_box(self) -> bool:
        """Whether this is one cell only."""
        return len(set(self.owners.values())) == 1

    @property
    def area(self) -> float:
        """How large it is."""
        return (self.columns[-1] - self.columns[0]) * (self.rows[-1] - self.rows[0])

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.columns[0] <= x <= self.columns[-1] and self.rows[0] <= y <= self.rows[-1]


def frames(rules: Sequence[Rule]) -> list[Frame]:
    """The frames that rules make, the smallest first."""
    across, down = _merged(rules, across=True), _merged(rules, across=False)
    if len(across) > _MOST or len(down) > _MOST:
        return []  # a drawing
    found = (_frame(*part) for part in _parts(across, down))
    return sorted((frame for frame in found if frame), key=lambda frame: frame.area)


def loose(rules: Sequence[Rule]) -> list[Rule]:
    """The rules across the page that meet none going down."""
    across, down = _merged(rules, across=True), _merged(rules, across=False)
    if len(across) > _MOST or len(down) > _MOST:
        return []
    return [rule for rule in across if not any(_meet(rule, other) for other in down)]


def _merged(rules: Sequence[Rule], *, across: bool) -> list[Rule]:
    """The rules of one direction, those made one that lie on one level and touch."""
    wanted = sorted((rule for rule in rules if rule.across is across), key=lambda rule: rule.level)
    levels: list[list[Rule]] = []
    for rule in wanted:
        if levels and rule.level - levels[-1][0].level <= _NEAR:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    found: list[Rule] = []
    for same in levels:
        level = sum(rule.level for rule in same) / len(same)
        start = end = None
        for rule in sorted(same, key=lambda rule: rule.start):
            if end is not None and start is not None and rule.start > end + _NEAR:
                found.append(Rule(across, level, start, end))
                start = end = None
            start = rule.start if start is None else start
            end = rule.end if end is None else max(end, rule.end)
        if start is not None and end is not None:
            found.append(Rule(across, level, start, end))
    return [rule for rule in found if rule.end - rule.start > _THIN]


def _meet(rule: Rule, other: Rule) -> bool:
    return other.start - _NEAR <= rule.level <= other.end + _NEAR and rule.start - _NEAR <= other.level <= rule.end + _NEAR


def _parts(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules in groups that hang together."""
    left, right = set(range(len(across))), set(range(len(down)))
    while left:
        rows, columns = {left.pop()}, set()
        waiting: list[tuple[bool, int]] = [(True, place) for place in rows]
        while waiting:
            is_row, place = waiting.pop()
            if is_row:
                new = {other for other in right if _meet(across[place], down[other])}
                right -= new
                columns |= new
            else:
                new = {other for other in left if _meet(across[other], down[place])}
                left -= new
                rows |= new
            waiting += [(not is_row, other) for other in new]
        if columns and (len(rows) > 1 or len(columns) > 1):
            yield [across[place] for place in sorted(rows)], [down[place] for place in sorted(columns)]


def _frame(across: Sequence[Rule], down: Sequence[Rule]) -> Frame | None:
    rows, columns = _levels(across), _levels(down)
    across = list(across)
    # A box that goes on overleaf is open at the end of its page.
    for end in (min(rule.start for rule in down), max(rule.end for rule in down)):
        if min(abs(end - row) for row in rows) > 2 * _THIN:
            rows = sorted([*rows, end])
            across.append(Rule(True, end, columns[0], columns[-1]))
    first, last = min(rule.start for rule in across), max(rule.end for rule in across)
    down = list(down)
    # Many tables have no rule at their left and right ends.
    if first < columns[0] - _THIN:
        columns = [first, *columns]
        down.append(Rule(False, first, rows[0], rows[-1]))
    if last > columns[-1] + _THIN:
        columns = [*columns, last]
        down.append(Rule(False, last, rows[0], rows[-1]))
    if len(rows) < 2 or len(columns) < 2 or len(rows) * len(columns) > _PLACES:
        return None
    return Frame(columns=tuple(columns), rows=tuple(rows), owners=_owners(rows, columns, across, down))


def _levels(rules: Sequence[Rule]) -> list[float]:
    found: list[float] = []
    for level in sorted(rule.level for rule in rules):
        if not found or level - found[-1] > _THIN:
            found.append(level)
    return found


def _owners(
    rows: Sequence[float], columns: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place its cell: places go together where no rule parts them."""
    over, beside = _by_level(across, rows), _by_level(down, columns)
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            x, y = (columns[column] + columns[column + 1]) / 2, (rows[row] + rows[row + 1]) / 2
            owner = row, column
            if row and not _covers(over[row], x):
                owner = owners[row - 1, column]
            elif column and not _covers(beside[column], y):
                owner = owners[row, column - 1]
            owners[row, column] = owner
    return owners


def _by_level(rules: Sequence[Rule], levels: Sequence[float]) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = {place: [] for place in range(len(levels))}
    for rule in rules:
        place = min(max(0, bisect_right(levels, rule.level + _NEAR) - 1), len(levels) - 1)
        found[place].append(rule)
    return {place: sorted(each, key=lambda rule: rule.start) for place, each in found.items()}


def _covers(rules: Sequence[Rule], at: float) -> bool:
    place = bisect_left([rule.start for rule in rules], at) - 1
    return place >= 0 and any(rule.start <= at <= rule.end for rule in rules[: place + 1])
