"""The rows of a backup, into an empty database: whole or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.db.utils import DatabaseError

from duheng.errors import BackupUnusable
from duheng.site import database, steps
from duheng.site.access import By
from duheng.site.backups import archive, rows
from duheng.site.workspace import Workspace


def records(workspace: Workspace, place: Path, *, by: By, at: datetime) -> archive.Manifest:
    """Put the rows into the workspace's database, which must be empty; Django is set up for it."""
    database.reach(workspace)
    if connection.introspection.table_names():
        raise BackupUnusable(
            file=database.name(workspace),
            reason="the database holds tables already; nothing is ever overwritten. Name an empty one.",
            reason_zh="数据库中已有数据表；恢复从不覆盖已有内容。请指定空的数据库。",
        )
    with archive.opened(place) as (packed, manifest):
        executor = MigrationExecutor(connection)
        unknown = steps.unknown(set(executor.loader.graph.nodes), set(manifest.migrations))
        if unknown:
            raise archive.newer(place, unknown[-1])
        try:
            _fill(executor, packed, manifest, place, by=by, at=at)
        except (DatabaseError, ValueError, TypeError, AttributeError, LookupError) as error:
            if isinstance(error, DatabaseError) and database.lacks_rights(error):
                raise database.refused(workspace, error) from error
            raise archive.damaged(place, " ".join(str(error).split())[:200]) from error
    connection.close()
    return manifest


def _fill(
    executor: MigrationExecutor, packed: zipfile.ZipFile, manifest: archive.Manifest, place: Path, *, by: By, at: datetime
) -> None:
    from duheng.site.actions import restoring

    graph, then = executor.loader.graph, set(manifest.migrations)
    newest = [
        node for node in then if not any(child in then and child.key[0] == node[0] for child in graph.node_map[node].children)
    ]
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
            executor.migrate(sorted(newest))
            models = rows.models_at(MigrationExecutor(connection), manifest.migrations)
            _check_tables(models, manifest, place)
            readers: dict[type[Model], Callable[[], Iterator[Model]]] = {
                model: partial(_rows, packed, label, model, manifest.tables[label].rows) for label, model in models.items()
            }
            said = {"file": place.name, "made_at": manifest.made_at, "version": manifest.version}
            restoring.restore(by=by, at=at, rows=readers, onward=steps.migrate, said=said)
    finally:
        connection.enable_constraint_checking()


def _check_tables(models: dict[str, type[Model]], manifest: archive.Manifest, place: Path) -> None:
    here = {label: tuple(field.attname for field in rows.columns(model)) for label, model in models.items()}
    there = {label: table.columns for label, table in manifest.tables.items()}
    if here != there:
        odd = sorted(label for label in {*here, *there} if here.get(label) != there.get(label))
        raise archive.damaged(place, odd[0])


def _rows(packed: zipfile.ZipFile, label: str, model: type[Model], count: int) -> Iterator[Model]:
    fields, seen = rows.columns(model), 0
    with packed.open(f"{archive.ROWS}{label}.jsonl") as member:
        for line in member:
            seen += 1
            yield rows.row(model, fields, line)
    if seen != count:
        raise ValueError(f"{label}: {seen} ≠ {count}")
