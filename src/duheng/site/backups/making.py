"""Making a backup: rows and files as they stand at one moment, while the site goes on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from duheng import __version__
from duheng.errors import BackupUnusable
from duheng.site.backups import archive, rows
from duheng.site.workspace import Workspace

SUFFIX = ".duheng.zip"
# The records are in the rows; the secret stays where it is; the rest is of this machine and this hour.
_STAYS = ("secret", "backups", "workers", "upgrade.lock")


def make(workspace: Workspace, place: Path, *, at: datetime) -> archive.Manifest:
    """Write the workspace into one new file at `place`."""
    _refuse(workspace, place)
    with _one_moment(), archive.writing(place) as writer:
        executor = MigrationExecutor(connection)
        migrations = tuple(sorted(executor.loader.applied_migrations))
        tables = {}
        for label, model in sorted(rows.models_at(executor, migrations).items()):
            counted = _Counted(rows.lines(model))
            writer.add(f"{archive.ROWS}{label}.jsonl", iter(counted))
            tables[label] = archive.Table(columns=tuple(field.attname for field in rows.columns(model)), rows=counted.count)
        # After the rows: a file is kept before a row names it, so none that a row names is missing.
        for path in _files(workspace.folder):
            name = f"{archive.FOLDER}{path.relative_to(workspace.folder).as_posix()}"
            content = _without_database(path) if path.name == "duheng.toml" else archive.pieces(path)
            writer.add(name, content)
        manifest = archive.Manifest(
            format=archive.FORMAT,
            version=__version__,
            made_at=at.isoformat(),
            migrations=migrations,
            tables=tables,
            parts=writer.parts,
        )
        writer.finish(manifest)
    return manifest


def holds_rows(executor: MigrationExecutor) -> bool:
    """Whether anything would be lost with the database: Django's own lists of its models do not count."""
    models = rows.models_at(executor, executor.loader.applied_migrations)
    return any(
        model._base_manager.exists() for label, model in models.items() if not label.startswith(("auth.", "contenttypes."))
    )


def keep_last(folder: Path, count: int) -> None:
    """Let the oldest of our backups in `folder` go; by their names, which begin with the time."""
    for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True)[count:]:
        path.unlink()


class _Counted:
    """Lines, and how many there were."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.lines, self.count = lines, 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self.lines:
            self.count += 1
            yield line


def _refuse(workspace: Workspace, place: Path) -> None:
    if place.exists():
        raise BackupUnusable(file=place, reason="is there already. Choose another name.", reason_zh="已经存在。请换一个名称。")
    inside = place.resolve().parent
    if inside.is_relative_to(workspace.folder) and not inside.is_relative_to(workspace.folder / "backups"):
        raise BackupUnusable(
            file=place,
            reason="lies in the workspace itself. Choose a place outside it, best on another disk.",
            reason_zh="在工作区之内。请放到工作区之外，最好是另一块磁盘。",
        )


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read within is as it was at one moment; nobody waits for it."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # IMMEDIATE would keep every writer out
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        first = path.relative_to(folder).parts[0]
        stays = first in _STAYS or first.startswith(("duheng.sqlite3", ".")) or path.suffix == ".part"
        if not stays and path.is_file() and not path.is_symlink():
            yield path


def _without_database(path: Path) -> Iterator[bytes]:
    """The settings less the address of the database, which may hold a password and is another one where this is restored."""
    text = re.sub(r"(?ms)^\[database\][^\n]*\n.*?(?=^\[|\Z)", "", path.read_text("utf-8")).rstrip() + "\n"
    if "database" in tomllib.loads(text):
        raise BackupUnusable(
            file=path,
            reason="the database is set in another way than `url = …` below `[database]`. Write it so, and retry.",
            reason_zh="数据库未按“[database] 下 url = …”的形式设置。请改成该形式后再试。",
        )
    yield text.encode()
