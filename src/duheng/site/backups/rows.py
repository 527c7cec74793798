"""Rows as lines of JSON and back, the same from SQLite and from PostgreSQL, by the models of whatever version the tables are of."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.models import BinaryField, Field, JSONField, Model

# Signed with the old workspace's secret, so of no use in another; people sign in again.
_LEFT_OUT = {"sessions.session"}


def models_at(executor: MigrationExecutor, migrations: Iterable[tuple[str, str]]) -> dict[str, type[Model]]:
    """The models as they were after these migrations, by label."""
    nodes = [node for node in migrations if node in executor.loader.graph.nodes]
    state = executor.loader.project_state(nodes)
    found = state.apps.get_models(include_auto_created=True)
    kept = (model for model in found if model._meta.managed and not model._meta.proxy)
    return {model._meta.label_lower: model for model in kept if model._meta.label_lower not in _LEFT_OUT}


def columns(model: type[Model]) -> list[Field]:
    """What a row is made of."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def lines(model: type[Model]) -> Iterator[bytes]:
    """Every row as one line."""
    fields = columns(model)
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=500):
        values = [_plain(field, value) for field, value in zip(fields, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def row(model: type[Model], fields: list[Field], line: bytes) -> Model:
    """The row that a line holds; raises ValueError where it holds none."""
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(fields):
        raise ValueError(line[:80])
    return model(**{field.attname: _rich(field, value) for field, value in zip(fields, values, strict=True)})


def _plain(field: Field, value: Any) -> Any:
    if value is None or isinstance(field, JSONField) or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value)


def _rich(field: Field, value: Any) -> Any:
    if value is None or isinstance(field, JSONField):
        return value
    return base64.b64decode(value) if isinstance(field, BinaryField) else field.to_python(value)
