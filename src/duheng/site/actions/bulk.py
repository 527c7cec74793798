"""Rows by the hundred thousand into one table: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

_CACHE = 256 * 1024  # KiB: pages of the indexes stay in memory while many rows go in, instead of going out and back


def insert(table: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows, each with the values of `columns` in their order; within the caller's transaction."""
    quote = connection.ops.quote_name
    name, heads = quote(table._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({heads}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            # The driver's own cursor: Django's looks at every row, which takes half of the time.
            connection.connection.execute(f"PRAGMA cache_size = -{_CACHE}")  # of this connection only
            marks = ", ".join("?" * len(columns))
            connection.connection.executemany(f"INSERT INTO {name} ({heads}) VALUES ({marks})", rows)  # noqa: S608 — names and marks


def update(table: type[Model], columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]]) -> None:
    """Set `columns` of rows by their key, each with its values in their order; within the caller's transaction."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    statement = f"UPDATE {quote(table._meta.db_table)} SET {sets} WHERE {quote('id')} = %s"  # noqa: S608 — names and marks
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*values, key) for key, values in rows])
