"""Which project and pool of the workspace a sheet of applications means; what it names that nobody knows is told with its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duheng.allocate.application_sheet import ApplicationSheet, SheetApplication, SheetFault
from duheng.site.queries import known
from duheng.site.records.models import FundPool, PoolProject


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A row with the keys of what it means; `beyond` where it asks for more than the project costs: a slip of unit, perhaps."""

    row: SheetApplication
    project: int
    pool: int
    year: int
    beyond: bool = False


def meant(sheet: ApplicationSheet, *, pool: FundPool | None, year: int) -> tuple[list[Meant], list[SheetFault]]:
    """The rows that mean something, and all faults; `pool` and `year` hold where a row names none."""
    projects, pools = _projects(), _pools()
    found: list[Meant] = []
    faults = list(sheet.faults)
    seen: dict[tuple[int, int, int], str] = {}
    for row in sheet.rows:
        project = next((projects[name] for name in (row.project_code, row.project) if name in projects), None)
        of = next((pools[name] for name in (row.pool_code, row.pool) if name in pools), None)
        if of is None and not row.pool and not row.pool_code and pool is not None:
            of = pool.pk
        if project is None:
            name = row.project or row.project_code
            faults.append(
                _fault(
                    row,
                    f"项目库中没有“{name}”，请先导入项目或改正名称。",
                    f"the pool has no project “{name}”; load it first or correct its name.",
                )
            )
        if of is None:
            name = row.pool or row.pool_code or "—"
            faults.append(
                _fault(
                    row,
                    f"没有资金池“{name}”，请新增或在页面上选择。",
                    f"there is no pool of money “{name}”; add it, or choose one on the page.",
                )
            )
        if project is None or of is None:
            continue
        key = (project[0], of, row.year or year)
        if key in seen:
            faults.append(
                _fault(
                    row,
                    f"与 {seen[key]} 重复：同一项目、资金池和年度。",
                    f"this repeats {seen[key]}: the same project, pool and year.",
                )
            )
        seen[key] = row.place
        beyond = project[1] is not None and max(move.amount for move in row.moves) > project[1]
        found.append(Meant(row=row, project=key[0], pool=of, year=key[2], beyond=beyond))
    return found, faults


def _fault(row: SheetApplication, zh: str, en: str) -> SheetFault:
    return SheetFault(place=row.place, message=(zh, en))


def _projects() -> Mapping[str, tuple[int, int | None]]:
    """Key and total by every code and name that means one project only."""
    made: dict[str, Any] = {}
    rows = PoolProject.objects.values_list("pk", "total", "name", "aliases", "code", "approval_code")
    for pk, total, name, aliases, code, approval in rows:
        for each in filter(None, (name, *aliases, code, approval)):
            made[each] = (pk, total) if made.get(each, (pk, total))[0] == pk else (0, None)
    return {name: found for name, found in made.items() if found[0]}


def _pools() -> Mapping[str, int]:
    """Key by code and name; by a kind's names where one pool alone is of that kind."""
    rows = list(FundPool.objects.all())
    made: dict[str, int] = {}
    for code, entry in known.fund_kinds().items():
        of_kind = [row.pk for row in rows if row.kind == code]
        if len(of_kind) == 1:
            made |= dict.fromkeys((code, entry.zh, entry.en, *entry.aliases), of_kind[0])
    return made | {row.name: row.pk for row in rows} | {row.code: row.pk for row in rows}
