"""Who answers for what: named one by one, taken from the catalog's suggestion, or loaded from a division-of-tasks sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from duheng.plan import Duty, division
from duheng.plan import office as offices
from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event, searching
from duheng.site.queries import known, owners
from duheng.site.records.models import Charge, Office, Ownership, OwnersLoad, Plan
from duheng.site.records.ownership import ITEMS

Roles = tuple[tuple[str, ...], tuple[str, ...]]  # names of lead and of supporting offices

_NOBODY: Mapping[str, Any] = {"lead": [], "support": [], "leader": "", "deadline": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is to hold for one item: the names of offices as printed, the leader, the deadline."""

    noun: str  # "indicator", "project", "task"
    pk: int
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    leader: str = ""
    deadline: str = ""


@transaction.atomic
def assign(*, by: By, at: datetime, given: Assignment, reason: str = "") -> bool:
    """Say who answers for one item; empty names leave it without. Whether anything changed."""
    access.require(by, "owners.edit")
    row = owners.row_of(given.noun, given.pk)
    before = _form(given.noun, row.pk)
    after = _wanted(given, area=row.plan.area)
    if _same(before, after):
        return False
    _put(given.noun, row, {**after, "origin": "person", "source": ""}, by=by.name, at=at)
    event.record(by=by, at=at, kind="owner.change", on=row, before=_told(before), after=_told(after), reason=reason)
    return True


@transaction.atomic
def accept(*, by: By, at: datetime, plan_id: int, only: tuple[str, int] | None = None) -> int:
    """Make the catalog's suggestions hold: of one item, or of every item that nobody leads. How many there were."""
    access.require(by, "owners.edit")
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    taken: list[tuple[Any, Mapping[str, Any]]] = []
    for noun in ITEMS:
        rows = [row for row in owners.items(plan, noun) if only is None or only == (noun, row.pk)]
        for pk, owner in owners.of(noun, rows, plan=plan).items():
            if owner.suggested:
                row = next(row for row in rows if row.pk == pk)
                before = _form(noun, pk)
                after = {**before, "lead": [_charge(office.name, plan.area) for office in owner.suggested]}
                _put(noun, row, {**after, "origin": "catalog", "source": ""}, by=by.name, at=at)
                taken.append((row, after))
    if only and taken:
        event.record(by=by, at=at, kind="owner.accept", on=taken[0][0], after=_told(taken[0][1]))
    elif taken:
        event.record(by=by, at=at, kind="owners.accept", on=plan, after={"accepted": len(taken)})
    return len(taken)


@transaction.atomic
def load(*, by: By, at: datetime, plan_id: int, name: str, given: Sequence[Assignment]) -> OwnersLoad | None:
    """Let a sheet's rows hold, all of them or none; None where they change nothing.

    A cell that the sheet leaves empty changes nothing. Several rows for one item add up: the first names the lead office.
    """
    access.require(by, "owners.edit")
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    changes = []
    for one in merged(given):
        row = owners.row_of(one.noun, one.pk)
        if row.plan_id != plan.pk:
            continue
        before = _form(one.noun, row.pk)
        wanted = _wanted(one, area=plan.area)
        after = {key: wanted[key] or before[key] for key in _NOBODY}
        after["support"] = [each for each in after["support"] if each["key"] not in {lead["key"] for lead in after["lead"]}]
        if not _same(before, after):
            full = {**after, "origin": "sheet", "source": name[:255]}
            _put(one.noun, row, full, by=by.name, at=at)
            changes.append({"noun": one.noun, "pk": row.pk, "before": before, "after": _form(one.noun, row.pk)})
    if not changes:
        return None
    loaded = OwnersLoad.objects.create(plan=plan, name=name[:255] or "—", changes=changes, at=at, by=by.name)
    counts = {f"{noun}s": sum(change["noun"] == noun for change in changes) for noun in ITEMS}
    event.record(by=by, at=at, kind="owners.load", on=plan, after={"sheet": name, **{key: n for key, n in counts.items() if n}})
    return loaded


@transaction.atomic
def undo(*, by: By, at: datetime, load_id: int) -> tuple[int, int]:
    """Take a loaded sheet back: how many items stand as before it, and how many were changed since and stay as they are."""
    access.require(by, "owners.edit")
    loaded = OwnersLoad.objects.select_for_update().select_related("plan").get(pk=load_id)
    if loaded.undone_at:
        return 0, 0
    back, kept = 0, 0
    for change in loaded.changes:
        row = _still_there(change)
        if row is None or _form(change["noun"], change["pk"]) != change["after"]:
            kept += 1
            continue
        before = change["before"]
        _put(change["noun"], row, before, by=before.get("by", by.name), at=before.get("at") or at)
        back += 1
    loaded.undone_at, loaded.undone_by = at, by.name
    loaded.save(update_fields=["undone_at", "undone_by"])
    event.record(by=by, at=at, kind="owners.undo", on=loaded.plan, after={"sheet": loaded.name, "restored": back, "kept": kept})
    return back, kept


def read_from_report(
    row: Any, noun: str, text: tuple[Sequence[str], Sequence[str]], *, source: str, by: By, at: datetime
) -> None:
    """Keep the offices that a report names itself, inside the import's transaction."""
    lead, support = text
    if lead or support:
        area = row.plan.area
        form = _wanted(Assignment(noun=noun, pk=row.pk, lead=tuple(lead), support=tuple(support)), area=area)
        _put(noun, row, {**form, "origin": "report", "source": source[:255]}, by=by.name, at=at)


def know(plan: Plan) -> None:
    """The offices that the catalog suggests for a plan are known from its import on, so that they can be found."""
    for total in owners.totals(plan):
        _office(
            {
                "key": total.office.key,
                "code": known.offices_of(plan.area).find(total.office.name).code,
                "printed": total.office.name,
            }
        )


def assignment(duty: Duty, token: str) -> Assignment:
    """What a row of a sheet gives to the item that `token` names ("indicator:12")."""
    noun, _colon, pk = token.partition(":")
    return Assignment(noun=noun, pk=int(pk), lead=duty.lead, support=duty.support, leader=duty.leader, deadline=duty.deadline)


def merged(given: Iterable[Assignment]) -> list[Assignment]:
    """One assignment for each item, rows of the same item taken together."""
    found: dict[tuple[str, int], Assignment] = {}
    for one in given:
        key = (one.noun, one.pk)
        first = found.get(key)
        if first is None:
            found[key] = one
            continue
        lead = first.lead or one.lead
        found[key] = Assignment(
            noun=one.noun,
            pk=one.pk,
            lead=lead,
            support=tuple(name for name in dict.fromkeys((*first.support, *one.lead, *one.support)) if name not in lead),
            leader=first.leader or one.leader,
            deadline=first.deadline or one.deadline,
        )
    return list(found.values())


def _still_there(change: Mapping[str, Any]) -> Any:
    return owners.ROWS[change["noun"]].objects.select_related("plan").filter(pk=change["pk"]).first()


def _wanted(given: Assignment, *, area: str) -> dict[str, Any]:
    lead = {one["key"]: one for name in given.lead for one in [_charge(name, area)]}
    support = {one["key"]: one for name in given.support for one in [_charge(name, area)] if one["key"] not in lead}
    return {
        "lead": list(lead.values()),
        "support": list(support.values()),
        "leader": division.line(given.leader),
        "deadline": division.line(given.deadline),
    }


def _charge(name: str, area: str) -> dict[str, Any]:
    found = known.offices_of(area).find(name)
    return {"key": found.key[:80], "code": found.code, "printed": found.name}


def _form(noun: str, pk: int) -> dict[str, Any]:
    """What holds for an item now, as plain values: enough to bring it back."""
    row = Ownership.objects.filter(**{f"{noun}_id": pk}).prefetch_related("charges__office").first()
    if row is None:
        return dict(_NOBODY)
    charges = [(one.role, {"key": one.office.key, "code": one.office.code, "printed": one.printed}) for one in row.charges.all()]
    return {
        "lead": [form for role, form in charges if role == "lead"],
        "support": [form for role, form in charges if role == "support"],
        "leader": row.leader,
        "deadline": row.deadline,
        "origin": row.origin,
        "source": row.source,
        "by": row.by,
        "at": row.at.isoformat(),
    }


def _same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the same offices, leader and deadline hold; how an office is written does not matter."""
    keys = [[each["key"] for each in form[role]] for form in (before, after) for role in ("lead", "support")]
    return keys[:2] == keys[2:] and all(before[name] == after[name] for name in ("leader", "deadline"))


def _put(noun: str, row: Any, form: Mapping[str, Any], *, by: str, at: datetime | str) -> None:
    """Make `form` hold for an item; one that says nothing leaves no ownership behind."""
    if not any(form[key] for key in _NOBODY):
        Ownership.objects.filter(**{noun: row}).delete()
        return
    facts = {"leader": form["leader"], "deadline": form["deadline"], "origin": form["origin"], "source": form["source"]}
    made, _ = Ownership.objects.update_or_create(**{noun: row}, defaults={**facts, "by": by, "at": at})
    made.charges.all().delete()
    for role in ("lead", "support"):
        for position, each in enumerate(form[role]):
            office = _office(each)
            Charge.objects.create(ownership=made, office=office, role=role, position=position, printed=each["printed"])


def _office(each: Mapping[str, Any]) -> Office:
    """The office of this workspace, known from now on."""
    office, new = Office.objects.get_or_create(key=each["key"], defaults={"code": each["code"], "name": each["printed"]})
    if new:
        searching.renew(office)
    return office


def _told(form: Mapping[str, Any]) -> dict[str, Any]:
    """A form as history tells it."""
    return {
        "lead": "、".join(each["printed"] for each in form["lead"]),
        "support": "、".join(each["printed"] for each in form["support"]),
        "leader": form["leader"],
        "deadline": form["deadline"],
    }


def names_of(text: str) -> tuple[str, ...]:
    """The offices in what somebody typed into one field."""
    return offices.names(text)
