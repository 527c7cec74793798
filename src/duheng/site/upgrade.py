"""Bringing a workspace's records to the form that this version of duheng works with: all of the way, or not at all."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from duheng.errors import DatabaseUnusable
from duheng.site import database, steps
from duheng.site.alone import alone
from duheng.site.workspace import Workspace

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor

KEPT = 5  # backups of before an upgrade
_log = logging.getLogger(__name__)


def run(workspace: Workspace) -> None:
    """Migrate where there is anything to migrate; Django is set up already."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import DatabaseError

    from duheng.site.actions import searching

    executor = MigrationExecutor(connection)
    _refuse_newer(workspace, executor)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with alone(workspace.folder / "upgrade.lock"):
        executor = MigrationExecutor(connection)  # another process may have done it while this one waited
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            _save(workspace, executor, before=plan[0][0].name)
            try:
                steps.migrate()
                searching.catch_up()
            except DatabaseError as error:
                if database.lacks_rights(error):
                    raise database.refused(workspace, error) from error
                raise


def _save(workspace: Workspace, executor: MigrationExecutor, *, before: str) -> None:
    """A backup first, where there is anything to lose; the last few are kept."""
    from duheng.site.backups import making

    if not executor.loader.applied_migrations or not making.holds_rows(executor):
        return
    folder = workspace.folder / "backups"
    folder.mkdir(exist_ok=True)
    at = datetime.now(UTC)
    place = folder / f"{at:%Y%m%d-%H%M%S}-before-{before}{making.SUFFIX}"
    making.make(workspace, place, at=at)
    making.keep_last(folder, KEPT)
    _log.warning("记录将升级到新版本的格式，已先备份 · the records are brought to a newer form; saved first: %s", place)


def _refuse_newer(workspace: Workspace, executor: MigrationExecutor) -> None:
    loader = executor.loader
    newer = steps.unknown(set(loader.graph.nodes) | set(loader.replacements), set(loader.applied_migrations))
    if newer:
        raise DatabaseUnusable(
            database=database.name(workspace),
            reason=f"a newer duheng has worked with it ({newer[-1]}). Install that version again, or restore a backup of before.",
            reason_zh=f"已由更新版本的度衡使用过（{newer[-1]}）。请装回该版本，或从此前的备份恢复。",
        )
