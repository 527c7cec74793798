"""Django's PostgreSQL, with texts and small numbers as SQLite keeps them.

A text has no length that only one of the two would enforce, and is compared and sorted by its characters, whatever locale the
database was made with: an office that moves from one to the other finds every list in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.backends.postgresql import base, schema

_TEXT = "text"
_ORDER = "C"  # of the characters' own numbers


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Makes tables whose texts are in the order of their characters."""

    def _iter_column_sql(self, column_db_type: str, *rest: Any) -> Iterator[str]:
        *before, parameters, include_default = rest
        if column_db_type == _TEXT and not parameters.get("collation"):
            parameters = {**parameters, "collation": _ORDER}
        return super()._iter_column_sql(column_db_type, *before, parameters, include_default)  # type: ignore[misc]

    def _alter_column_type_sql(self, *given: Any) -> Any:
        *before, new_type, old_collation, new_collation = given
        if new_type == _TEXT:
            new_collation = new_collation or _ORDER
        return super()._alter_column_type_sql(*before, new_type, old_collation, new_collation)  # type: ignore[misc]


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django looks for in a database's module."""

    SchemaEditorClass = SchemaEditor
    data_types = base.DatabaseWrapper.data_types | {
        "CharField": _TEXT,
        "FileField": _TEXT,
        "FilePathField": _TEXT,
        "SlugField": _TEXT,
        "PositiveSmallIntegerField": "integer",
        "SmallIntegerField": "integer",
    }
