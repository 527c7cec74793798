"""Who answers for what: offices of items as pages show them, and what the catalog suggests where nobody has been named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duheng.site.queries import known
from duheng.site.records.models import Charge, Indicator, Office, Ownership, OwnersLoad, Plan, Project, Task
from duheng.site.records.ownership import ITEMS

NOBODY, SUGGESTED = "none", "suggested"
ORIGINS: Mapping[str, tuple[str, str]] = {
    "catalog": ("采纳目录建议", "suggested by the catalog, accepted"),
    "report": ("读自报告", "read from the report"),
    "sheet": ("来自分工表", "from a sheet"),
    "person": ("人工填写", "entered"),
}
ROWS: Mapping[str, type[Any]] = {"indicator": Indicator, "project": Project, "task": Task}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An office as shown: its name as printed; its name in English where the catalog knows it."""

    key: str
    name: str
    english: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who answers for one item; nobody yet, where nothing is set. `suggested` is what the catalog proposes in that case."""

    lead: tuple[Named, ...] = ()
    support: tuple[Named, ...] = ()
    leader: str = ""
    deadline: str = ""
    origin: str = ""
    source: str = ""
    by: str = ""
    at: datetime | None = None
    suggested: tuple[Named, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """What a filter by office compares: every office named or suggested, and whether anybody is."""
        named = {office.key for office in (*self.lead, *self.support, *self.suggested)}
        state = set() if self.lead else {SUGGESTED if self.suggested else NOBODY}
        return frozenset(named | state)

    @property
    def shown(self) -> tuple[Named, ...]:
        """The lead offices, or those suggested."""
        return self.lead or self.suggested


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """An office with what it owes, counted."""

    office: Named
    lead: Mapping[str, int]  # by noun
    support: int
    suggested: int

    @property
    def all(self) -> int:
        """What it leads."""
        return sum(self.lead.values())


def row_of(noun: str, pk: int) -> Any:
    """The item; raises its DoesNotExist."""
    return ROWS[noun].objects.select_related("plan").get(pk=pk)


def of(noun: str, rows: Sequence[Any], *, plan: Plan) -> dict[int, Owner]:
    """The owner of each of these items of a plan."""
    stored = _stored(noun, plan, rows)
    hints = suggestions(noun, rows, area=plan.area)
    found: dict[int, Owner] = {}
    for row in rows:
        ownership, charges = stored.get(row.pk, (None, []))
        lead = tuple(_named(charge) for charge in charges if charge.role == "lead")
        suggested = () if lead else hints.get(row.pk, ())
        if ownership is None:
            found[row.pk] = Owner(suggested=suggested)
            continue
        found[row.pk] = Owner(
            lead=lead,
            support=tuple(_named(charge) for charge in charges if charge.role == "support"),
            leader=ownership.leader,
            deadline=ownership.deadline,
            origin=ownership.origin,
            source=ownership.source,
            by=ownership.by,
            at=ownership.at,
            suggested=suggested,
        )
    return found


def suggestions(noun: str, rows: Iterable[Any], *, area: str) -> dict[int, tuple[Named, ...]]:
    """The usual lead office of each indicator, by the catalog; of each task, that of the indicator it promises most about."""
    codes: dict[int, list[str]] = {}
    if noun == "indicator":
        codes = {row.pk: [row.code] for row in rows if row.code}
    elif noun == "task":
        codes = {row.pk: [one.indicator_code for one in row.commitments.all() if one.indicator_code] for row in rows}
    found: dict[int, tuple[Named, ...]] = {}
    for pk, of_item in codes.items():
        owners = Counter(entry.owner for code in of_item if (entry := known.entry(code)))
        if owners:
            found[pk] = (named(known.offices_of(area).find(owners.most_common(1)[0][0])),)
    return found


def named(office: Any) -> Named:
    """An office (a row, or the library's value) as shown."""
    entry = known.offices().get(office.code or "")
    return Named(key=office.key, name=office.name, english=entry.en if entry else "")


def totals(plan: Plan) -> list[Total]:
    """Every office that owes something in the plan, or is suggested to; those that lead most come first."""
    offices: dict[str, Named] = {}
    lead: dict[str, Counter[str]] = defaultdict(Counter)
    support: Counter[str] = Counter()
    suggested: Counter[str] = Counter()
    for noun in ITEMS:
        rows = list(items(plan, noun))
        for owner in of(noun, rows, plan=plan).values():
            for office in (*owner.lead, *owner.support, *owner.suggested):
                offices.setdefault(office.key, office)
            for office in owner.lead:
                lead[office.key][noun] += 1
            support.update(office.key for office in owner.support)
            suggested.update(office.key for office in owner.suggested)
    rowed = {office.key: named(office) for office in Office.objects.filter(key__in=offices)}
    found = [
        Total(office=rowed.get(key, office), lead=lead[key], support=support[key], suggested=suggested[key])
        for key, office in offices.items()
    ]
    return sorted(found, key=lambda one: (-one.all, -one.support, -one.suggested, one.office.name))


def office(key: str) -> Named | None:
    """The office of this key, if this workspace or the catalog knows it."""
    row = Office.objects.filter(key=key).first()
    if row:
        return named(row)
    entry = known.offices().get(key)
    return Named(key=key, name=entry.zh, english=entry.en) if entry else None


def choices(plan: Plan) -> list[Named]:
    """The offices that a table of the plan can be narrowed to, by name."""
    return sorted((total.office for total in totals(plan)), key=lambda one: one.name)


def unowned(plan: Plan) -> Mapping[str, tuple[int, int]]:
    """For each noun: how many items nobody leads and nobody is suggested for, and how many only have a suggestion."""
    found = {}
    for noun in ITEMS:
        owners = of(noun, list(items(plan, noun)), plan=plan).values()
        nobody = sum(NOBODY in owner.keys for owner in owners)
        found[noun] = (nobody, sum(SUGGESTED in owner.keys for owner in owners))
    return found


def loads(plan: Plan, limit: int = 8) -> list[OwnersLoad]:
    """The sheets loaded into the plan, the last first."""
    return list(OwnersLoad.objects.filter(plan=plan)[:limit])


def items(plan: Plan, noun: str) -> Any:
    """The plan's items of one noun, with what a suggestion needs."""
    if noun == "task":
        return plan.tasks.prefetch_related("commitments")
    return plan.indicators.all() if noun == "indicator" else plan.projects.all()


def _stored(noun: str, plan: Plan, rows: Sequence[Any]) -> dict[int, tuple[Ownership, list[Charge]]]:
    wanted = {f"{noun}__plan": plan} if len(rows) > 1 else {noun: rows[0]} if rows else {"pk": 0}
    ownerships = {row.pk: row for row in Ownership.objects.filter(**wanted)}
    charges: dict[int, list[Charge]] = defaultdict(list)
    for charge in Charge.objects.filter(**{f"ownership__{name}": value for name, value in wanted.items()}).select_related(
        "office"
    ):
        charges[charge.ownership_id].append(charge)
    return {getattr(row, f"{noun}_id"): (row, charges[pk]) for pk, row in ownerships.items()}


def _named(charge: Charge) -> Named:
    entry = known.offices().get(charge.office.code or "")
    return Named(key=charge.office.key, name=charge.printed, english=entry.en if entry else "")
