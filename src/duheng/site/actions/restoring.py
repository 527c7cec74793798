"""Rows of a backup put into fresh tables: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import searching
from duheng.site.records.models import Event

_BATCH = 200


@transaction.atomic
def restore(
    *,
    by: By,
    at: datetime,
    rows: Mapping[type[Model], Callable[[], Iterator[Model]]],
    onward: Callable[[], None],
    said: Mapping[str, str],
) -> None:
    """Fill the tables, bring them `onward` to today's form, and write the one line of history."""
    access.require(by, "people.edit")
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")  # rows come before those they point to
    for model in rows:
        model._base_manager.all()._raw_delete(connection.alias)  # what the steps put there themselves
    for model, read in rows.items():
        for batch in _batches(read()):
            _insert(model, batch)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
            cursor.execute(statement)
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    onward()
    searching.catch_up()  # a backup of an earlier form has nothing to search in
    name = said["file"][:255]
    Event.objects.create(at=at, by=by.name, kind="workspace.restore", noun="workspace", noun_id="", name=name, after=dict(said))


def _batches(rows: Iterable[Model]) -> Iterator[list[Model]]:
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _insert(model: type[Model], batch: list[Model]) -> None:
    """As they are: no default, no time of now. `bulk_create` would set them anew."""
    fields = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
    size = max(1, min(len(batch), connection.ops.bulk_batch_size(fields, batch)))
    for first in range(0, len(batch), size):
        model._base_manager.all()._insert(batch[first : first + size], fields=fields, using=connection.alias, raw=True)  # type: ignore[attr-defined]
