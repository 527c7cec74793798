"""The one line of history that every action writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from duheng.site.access import By
from duheng.site.actions import searching
from duheng.site.records.models import Event


def record(
    *,
    by: By,
    at: datetime,
    kind: str,
    on: Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Write that `by` did `kind` to `on` at `at`; only what differs between `before` and `after` is kept."""
    kept = _differing(before, after)
    searching.renew(on)
    return Event.objects.create(
        at=at,
        by=by.name,
        kind=kind,
        noun=str(on._meta.model_name),
        noun_id=str(on.pk),
        name=str(on)[:255],
        before=kept[0],
        after=kept[1],
        reason=reason,
    )


def _differing(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    if before is None or after is None:
        return (dict(before) if before else None), (dict(after) if after else None)
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in changed}, {key: after.get(key) for key in changed}
