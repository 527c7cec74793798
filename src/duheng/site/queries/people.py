"""Who may sign in."""

from __future__ import annotations

from dataclasses import dataclass

from duheng.site.records.models import Person as Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as shown."""

    name: str
    role: str
    active: bool


def everyone() -> list[Person]:
    """All people, by name."""
    return [Person(name=row.name, role=row.role, active=row.is_active) for row in Row.objects.order_by("name")]


def any_yet() -> bool:
    """Whether anybody could sign in at all."""
    return Row.objects.filter(is_active=True).exists()
