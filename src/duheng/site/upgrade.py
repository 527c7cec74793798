"""Bringing a workspace's records to the form that this version of duheng works with: all of the way, or not at all."""

from __future__ import annotations

from duheng.errors import DatabaseUnusable
from duheng.site import database
from duheng.site.alone import alone
from duheng.site.workspace import Workspace


def run(workspace: Workspace) -> None:
    """Migrate where there is anything to migrate; Django is set up already."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import DatabaseError

    executor = MigrationExecutor(connection)
    _refuse_newer(workspace, executor)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with alone(workspace.folder / "upgrade.lock"):
        executor = MigrationExecutor(connection)  # another process may have done it while this one waited
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            try:
                migrate()
            except DatabaseError as error:
                if database.lacks_rights(error):
                    raise database.refused(workspace, error) from error
                raise


def migrate(app: str | None = None, name: str | None = None) -> None:
    """Django's `migrate`, as one step: what fails leaves everything as it was."""
    from django.core.management import call_command
    from django.db import connection, transaction

    connection.disable_constraint_checking()  # SQLite's tables are made anew to change them; it is checked at the end
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":  # or a table that was just filled could not be changed
                connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
            call_command("migrate", *filter(None, (app, name)), verbosity=0, interactive=False)
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()


def unknown(known: set[tuple[str, str]], applied: set[tuple[str, str]]) -> list[str]:
    """Steps of the records' form that this version has never heard of: they were made by a newer one."""
    return [f"{app}.{name}" for app, name in sorted(applied - known)]


def _refuse_newer(workspace: Workspace, executor: object) -> None:
    loader = executor.loader  # type: ignore[attr-defined]
    newer = unknown(set(loader.graph.nodes) | set(loader.replacements), set(loader.applied_migrations))
    if newer:
        raise DatabaseUnusable(
            database=database.name(workspace),
            reason=f"a newer duheng has worked with it ({newer[-1]}). Install that version again, or restore a backup of before.",
            reason_zh=f"已由更新版本的度衡使用过（{newer[-1]}）。请装回该版本，或从此前的备份恢复。",
        )
