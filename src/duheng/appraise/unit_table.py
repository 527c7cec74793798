"""The units of a composite (districts, countries, offices) with the columns that its specification asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duheng.appraise.data_table import DataTable
from duheng.appraise.spec import CompositeSpec
from duheng.errors import AppraiseError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of a composite's data; `columns` gives heads of the file other names."""

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTable:
    """Codes and names of units, numbers by column, and words by column for groups.

    `places` says where a unit's cell of a column stands, in English and Chinese, for messages.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    values: Mapping[str, Numbers]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def place(self, unit: int, column: str) -> tuple[str, str]:
        """Where a unit's number stands, or which unit's it is, in English and Chinese."""
        known = self.places.get(column)
        if known:
            return known[unit]
        return f"{self.codes[unit]}, “{column}”", f"{self.codes[unit]} 的“{column}”"

    def take(self, kept: NDArray[np.bool_]) -> UnitTable:
        """The units of which `kept` says so."""
        rows: list[int] = np.flatnonzero(kept).tolist()
        return UnitTable(
            codes=tuple(self.codes[row] for row in rows),
            names=tuple(self.names[row] for row in rows),
            values={name: column[rows] for name, column in self.values.items()},
            groups={name: tuple(column[row] for row in rows) for name, column in self.groups.items()},
            places={name: [column[row] for row in rows] for name, column in self.places.items()},
        )

    @classmethod
    def load(cls, sources: Sequence[Source], spec: CompositeSpec, *, code: str, name: str = "") -> UnitTable:
        """The units of the first file, with the columns of all; a further file is joined by the units' codes.

        Raises `AppraiseError`, which names file, row and column.
        """
        tables = [(source, DataTable.open(source.path)) for source in sources]
        first = tables[0][1]
        codes = first.unique(code)
        if not codes:
            raise AppraiseError(
                reason=f"{first.name} holds no unit: there is nothing below the head line. Check that the right file was chosen.",
                reason_zh=f"{first.name} 中没有评价对象：表头以下没有数据。请确认选对了文件。",
            )
        names = first.texts(name) if name else codes
        joined = _Joined(codes=codes, code=code, tables=tables)
        columns = dict.fromkeys([*(each.column or each.code for each in spec.components), *_denominators(spec)])
        groups = dict.fromkeys(each.group for each in (spec.imputation, *spec.variation.imputations) if each.group)
        return cls(
            codes=tuple(codes),
            names=tuple(names),
            values={column: np.array(joined.numbers(column)) for column in columns},
            groups={column: tuple(joined.texts(column)) for column in groups},
            places={column: joined.places(column) for column in columns},
        )


def _denominators(spec: CompositeSpec) -> Iterable[str]:
    return (each.denominator for each in spec.components if each.denominator)


@dataclass(slots=True, kw_only=True)
class _Joined:
    """Several tables side by side, by the code of their rows."""

    codes: Sequence[str]
    code: str
    tables: Sequence[tuple[Source, DataTable]]
    _rows: dict[int, list[int]] = field(default_factory=dict)

    def numbers(self, column: str) -> list[float]:
        at, head = self._home(column)
        found = self.tables[at][1].numbers(head)
        return [found[row] if row >= 0 else np.nan for row in self._order(at)]

    def texts(self, column: str) -> list[str]:
        at, head = self._home(column)
        found = self.tables[at][1].texts(head)
        return [found[row] if row >= 0 else "" for row in self._order(at)]

    def places(self, column: str) -> list[tuple[str, str]]:
        at, head = self._home(column)
        table = self.tables[at][1]
        return [
            table.place(row, head) if row >= 0 else (f"{code}, “{head}”", f"{code} 的“{head}”")
            for row, code in zip(self._order(at), self.codes, strict=True)
        ]

    def _home(self, column: str) -> tuple[int, str]:
        """The table that has a column, and the head under which it stands there."""
        for at, (source, table) in enumerate(self.tables):
            head = next((head for head, given in source.columns.items() if given == column), column)
            if head in table.heads:
                return at, head
        self.tables[0][1].texts(column)  # says that it is not there
        raise AssertionError(column)

    def _order(self, at: int) -> list[int]:
        """For each unit its row in a table, −1 where it has none."""
        if at not in self._rows:
            table = self.tables[at][1]
            rows = {each: row for row, each in enumerate(table.unique(self.code))}
            self._rows[at] = [rows.get(each, -1) for each in self.codes]
        return self._rows[at]
