"""People: added, given a role, let go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from duheng.errors import WorkspaceError
from duheng.site import access
from duheng.site.access import By, Role
from duheng.site.actions import event
from duheng.site.records.models import Person


@transaction.atomic
def add(*, by: By, at: datetime, name: str, role: Role, password: str) -> Person:
    """Add someone who may sign in."""
    access.require(by, "people.edit")
    name = name.strip()
    if not name or Person.objects.filter(name=name).exists():
        raise _refused(name, "the name is empty or already taken. Choose another.", "姓名为空或已被使用。请换一个。")
    if len(password) < 8:
        raise _refused(name, "the password needs at least 8 characters.", "密码至少要有 8 个字符。")
    person = Person(name=name, role=role.value)
    person.set_password(password)
    person.save()
    event.record(by=by, at=at, kind="person.add", on=person, after={"role": role.value})
    return person


@transaction.atomic
def change(*, by: By, at: datetime, name: str, role: Role | None = None, active: bool | None = None) -> None:
    """Change someone's role, or whether they may sign in; the last administrator cannot be lost."""
    access.require(by, "people.edit")
    # All administrators are held until this is decided: of two who let each other go at once, one stays.
    held = Person.objects.select_for_update().filter(Q(name=name) | Q(role=Role.ADMINISTRATOR.value)).order_by("pk")
    person = next((one for one in held if one.name == name), None)
    if person is None:
        raise _refused(name, "nobody of this name.", "没有这个人。")
    before = {"role": person.role, "active": person.is_active}
    person.role = role.value if role else person.role
    person.is_active = person.is_active if active is None else active
    after = {"role": person.role, "active": person.is_active}
    if before == after:
        return
    person.save(update_fields=["role", "is_active"])
    if not Person.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True).exists():
        raise _refused(name, "the last administrator must stay. Name another first.", "不能没有管理员。请先指定另一位。")
    event.record(by=by, at=at, kind="person.change", on=person, before=before, after=after)


@transaction.atomic
def set_password(*, by: By, at: datetime, name: str, password: str) -> None:
    """Give someone a new password."""
    access.require(by, "people.edit")
    person = Person.objects.get(name=name)
    if len(password) < 8:
        raise _refused(name, "the password needs at least 8 characters.", "密码至少要有 8 个字符。")
    person.set_password(password)
    person.save(update_fields=["password"])
    event.record(by=by, at=at, kind="person.password", on=person)


def _refused(name: str, en: str, zh: str) -> WorkspaceError:
    return WorkspaceError(folder=name or "?", reason=en, reason_zh=zh)
