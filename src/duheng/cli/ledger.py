"""The living plan of a workspace, for the commands that print it or hold a draft against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duheng.errors import WorkspaceError
from duheng.plan import History, Plan


def living_plan(folder: Path | None) -> Plan:
    """The plan as it stands now, corrections included. The site's rooms are imported for this alone.

    Raises `WorkspaceError` where there is no workspace, or no plan in it.
    """
    row = current(folder)
    from duheng.site.queries import living_plan as stored

    return stored.load(row)


def place_history(folder: Path | None) -> tuple[tuple[History, ...], list[Plan]]:
    """The history of the place whose plan is the latest, and the plans it is made of. Raises `WorkspaceError` as above."""
    row = current(folder)
    from duheng.site.queries import years

    return years.told(row)


def current(folder: Path | None) -> Any:
    """The stored plan of the latest year."""
    from duheng.site import settings
    from duheng.site import workspace as workspaces

    opened = workspaces.find(folder)
    settings.prepare(opened)
    from duheng.site.queries import living_plan as stored

    row = stored.current()
    if row is None:
        raise WorkspaceError(
            folder=opened.folder,
            reason="no plan has been imported yet. Import one with `duheng init DIR --from REPORT`.",
            reason_zh="还没有导入计划。可用 `duheng init 文件夹 --from 报告` 导入。",
        )
    return row
