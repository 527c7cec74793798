"""The journal of one decision: every row it changes, before and after, so that it can be taken back exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Manager, Model

from duheng.site.access import By
from duheng.site.actions import searching
from duheng.site.records.models import (
    Decision,
    Event,
    FundAmount,
    FundApplication,
    FundFacts,
    FundPool,
    FundStep,
    Indicator,
    Mention,
    Ownership,
    Plan,
    PoolBank,
    PoolDelay,
    PoolGate,
    PoolMilestone,
    PoolMonth,
    PoolPair,
    PoolPaper,
    PoolProblem,
    PoolProject,
    PoolStage,
    PoolYear,
    Project,
    Remembered,
    ReviewItem,
    TargetVersion,
)

_READ = (Indicator, TargetVersion, Project, Mention, Ownership, ReviewItem, Remembered)
_POOL = (
    *(PoolProject, PoolPair, PoolYear, PoolMonth, PoolStage, PoolGate),
    *(PoolMilestone, PoolProblem, PoolDelay, PoolBank, PoolPaper),
)
_MONEY = (FundPool, FundAmount, FundApplication, FundStep, FundFacts)
TABLES: Mapping[str, type[Model]] = {str(model._meta.model_name): model for model in (*_READ, *_MONEY, *_POOL)}
Row = TypeVar("Row", bound=Model)


class Journal:
    """Writes rows on behalf of one decision, and notes each."""

    def __init__(self, *, by: By, at: datetime, kind: str, name: str, plan: Plan | None) -> None:
        self.by, self.at, self.plan = by, at, plan
        self.changes: list[dict[str, Any]] = []
        self.decision = Decision.objects.create(plan=plan, kind=kind, name=name, at=at, by=by.name)

    def create(self, model: type[Row], *, loose: bool = False, **columns: Any) -> Row:
        """A new row; `loose` where it may be gone or changed when the decision is taken back."""
        row = rows(model).create(**columns)
        self._note(row, before=None, after=image(row), loose=["*"] if loose else [])
        return row

    def change(self, row: Row, *, loose: Iterable[str] = (), **columns: Any) -> None:
        """New values in some columns; those in `loose` may have been changed again when the decision is taken back."""
        before = image(row, columns)
        for column, value in columns.items():
            setattr(row, column, value)
        after = image(row, columns)
        if before != after:
            row.save(update_fields=list(columns))
            self._note(row, before=before, after=after, loose=list(loose))

    def remove(self, row: Model) -> None:
        """A row is no longer there."""
        before = image(row)
        pk = row.pk
        row.delete()
        row.pk = pk
        self._note(row, before=before, after=None, loose=[])

    def close(self, event: Event | None = None) -> Decision:
        """The decision is made; `event` is its line of history."""
        searching.renew_all((change["table"], change["pk"]) for change in self.changes)
        self.decision.changes, self.decision.event = self.changes, event
        self.decision.save(update_fields=["changes", "event"])
        return self.decision

    def _note(self, row: Model, *, before: dict[str, Any] | None, after: dict[str, Any] | None, loose: list[str]) -> None:
        table = str(row._meta.model_name)
        self.changes.append({"table": table, "pk": row.pk, "before": before, "after": after, "loose": loose})


def rows(model: type[Row]) -> Manager[Row]:
    """All rows of a table, those that others do not see included."""
    return getattr(model, "every", None) or model._default_manager


def image(row: Model, columns: Iterable[str] | None = None) -> dict[str, Any]:
    """A row, or some columns of it, as JSON."""
    fields = row._meta.concrete_fields if columns is None else [row._meta.get_field(name) for name in columns]
    return {field.name: _plain(field.value_from_object(row)) for field in fields}  # type: ignore[union-attr]


def restored(model: type[Row], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an image as a row's attributes take them."""
    fields = {name: model._meta.get_field(name) for name in values}
    return {field.attname: field.to_python(values[name]) for name, field in fields.items()}  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
