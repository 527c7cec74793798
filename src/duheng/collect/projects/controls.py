"""What a list prints of its groups, held against what their projects come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duheng.collect.doubt import Doubts
from duheng.collect.projects.amounts import Amount, MoneyUnit, amount
from duheng.collect.projects.rows import Row
from duheng.collect.projects.table import Table
from duheng.collect.projects.value import Control, ListColumn


@dataclass(slots=True)
class Gathered:
    """A project while its rows are read: texts and amounts by column."""

    at: int
    group: str
    texts: dict[int, str] = field(default_factory=dict)
    money: dict[int, Amount] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)  # columns whose amount could not be taken, and was told


class Held:
    """The projects of a sheet, against which its groups and totals are held."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[ListColumn],
        units: Mapping[int, MoneyUnit],
        projects: Sequence[Gathered],
        doubts: Doubts,
    ) -> None:
        self._table, self._columns, self._units, self._projects, self._doubts = table, columns, units, projects, doubts

    def controls(self, group: str, row: Row) -> Iterator[Control]:
        """Every count and amount that a group or total prints, beside what its projects come to; a difference is told."""
        members = [each for each in self._projects if not group or each.group == group or each.group.startswith(f"{group} / ")]
        if row.count is not None:
            yield self._told(row, Control(group=group, what="count", stated=row.count, found=len(members)))
        for column in self._columns:
            text = self._table.text(row.at, column.place)
            if column.place not in self._units or not text or text == row.name or not self._table.own(row.at, column.place):
                continue
            if any(column.place in each.dropped for each in members):
                continue  # it cannot add up, and why was told
            stated = amount(text, self._units[column.place])
            if stated.value is not None:
                parts = [each.money[column.place] for each in members if column.place in each.money]
                slack = stated.slack + sum(part.slack for part in parts)
                found = sum(part.value or 0 for part in parts)
                control = Control(group=group, what=column.head, stated=stated.value, found=found, slack=slack)
                yield self._told(row, control, text=text)

    def _told(self, row: Row, control: Control, *, text: str = "") -> Control:
        if control.holds:
            return control
        name = control.group or row.name
        if control.what == "count":
            zh = f"“{name}”写明 {control.stated} 个项目，表中有 {control.found} 个。"
            en = f"“{name}” says {control.stated} projects; the list has {control.found}."
        else:
            unit = next(
                each for column in self._columns if column.head == control.what and (each := self._units.get(column.place))
            )
            shown = f"{control.found / unit.scale:,.2f}".rstrip("0").rstrip(".")
            zh = f"“{name}”的{control.what}写明 {text}，各项目相加为 {shown}（{unit.text}）。"
            en = f"“{name}”, {control.what}: {text} is printed; its projects add up to {shown} ({unit.text})."
        self._doubts.warning("control", row.at, zh, en, value=text[:40])
        return control
