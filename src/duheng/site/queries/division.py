"""A division-of-tasks sheet held against the plan: what each row means, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duheng.plan import Candidate, Duty, Naming, Place, PlanItem, PlanItems
from duheng.site.queries import known, owners
from duheng.site.queries.owners import Owner
from duheng.site.records.models import Plan
from duheng.site.records.ownership import ITEMS

LIMIT = 2000  # lines of one sheet: more than any office's division of tasks has
STATES: Mapping[str, tuple[str, str]] = {
    "new": ("新指定", "new"),
    "changed": ("有变化", "changes"),
    "unchanged": ("无变化", "unchanged"),
    "unsure": ("待确认", "to confirm"),
    "unknown": ("未匹配", "not matched"),
    "silent": ("未写单位", "names nobody"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An item that a line may mean, as a form names it."""

    token: str  # "indicator:12"
    label: str
    share: int  # per cent of likeness
    reason: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that a row of the sheet names, with what it may mean and what now holds for the likeliest."""

    index: int
    duty: Duty
    name: str
    choices: tuple[Choice, ...]
    sure: bool
    now: Owner | None
    state: str  # one of STATES

    @property
    def taken(self) -> bool:
        """Whether it is taken unless somebody says otherwise."""
        return self.state in ("new", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The whole sheet, before anything is stored."""

    lines: tuple[Line, ...]
    items: tuple[tuple[str, str], ...]  # every item of the plan: token and label

    @property
    def counts(self) -> dict[str, int]:
        """How many lines are in each state."""
        found = dict.fromkeys(STATES, 0)
        for line in self.lines:
            found[line.state] += 1
        return found


def preview(plan: Plan, duties: Sequence[Duty]) -> Preview:
    """What each row means in the plan; likeness only proposes."""
    found = plan_items(plan)
    current = _current(plan)
    lines: list[Line] = []
    for duty in duties:
        for name, candidates in found.of(duty):
            if len(lines) < LIMIT:
                lines.append(_line(len(lines), duty, name, candidates, current=current, area=plan.area))
    return Preview(lines=tuple(lines), items=tuple((token(item), label(item)) for item in found.items))


def plan_items(plan: Plan) -> PlanItems:
    """The indicators, projects and tasks of the plan by all their names."""
    items = [
        *(_indicator(row) for row in plan.indicators.all()),
        *(
            PlanItem(kind="project", key=row.pk, name=row.name, names=tuple(row.aliases), number=row.code)
            for row in plan.projects.all()
        ),
        *(PlanItem(kind="task", key=row.pk, name=row.title, number=row.number) for row in plan.tasks.all()),
    ]
    return PlanItems(items, naming=Naming(entries=known.indicators(), place=Place(area=plan.area)))


def token(item: PlanItem) -> str:
    """How a form names an item."""
    return f"{item.kind}:{item.key}"


def label(item: PlanItem) -> str:
    """An item in a list to choose from; no two are the same, as far as their numbers tell."""
    unit = f" ({item.unit})" if item.unit else ""
    return f"{item.number} {item.name}{unit}".strip()


def state(duty: Duty, now: Owner | None, *, sure: bool, area: str) -> str:
    """What taking a line would do to the item it means."""
    if not (duty.lead or duty.support or duty.leader or duty.deadline):
        return "silent"
    if now is None:
        return "unknown"
    if not sure:
        return "unsure"
    find = known.offices_of(area).find
    for names, stored in ((duty.lead, now.lead), (duty.support, now.support)):
        if names and list(dict.fromkeys(find(name).key for name in names)) != [office.key for office in stored]:
            return "changed" if now.lead else "new"
    told = (duty.leader or now.leader, duty.deadline or now.deadline)
    return "unchanged" if told == (now.leader, now.deadline) else "changed"


def _indicator(row: object) -> PlanItem:
    entry = known.entry(getattr(row, "code", None))
    others = (entry.en,) if entry else ()
    return PlanItem(
        kind="indicator",
        key=row.pk,  # type: ignore[attr-defined]
        name=row.name,  # type: ignore[attr-defined]
        names=others,
        number=str(row.row or ""),  # type: ignore[attr-defined]
        unit=row.unit,  # type: ignore[attr-defined]
        code=row.code,  # type: ignore[attr-defined]
    )


def _current(plan: Plan) -> dict[str, Owner]:
    found = {}
    for noun in ITEMS:
        for pk, owner in owners.of(noun, list(owners.items(plan, noun)), plan=plan).items():
            found[f"{noun}:{pk}"] = owner
    return found


def _line(index: int, duty: Duty, name: str, candidates: Sequence[Candidate], *, current: dict[str, Owner], area: str) -> Line:
    choices = tuple(
        Choice(token=token(one.item), label=label(one.item), share=round(100 * one.likeness), reason=one.reason)
        for one in candidates
    )
    sure = bool(candidates) and candidates[0].sure and not duty.carried
    now = current.get(choices[0].token) if choices else None
    return Line(
        index=index, duty=duty, name=name, choices=choices, sure=sure, now=now, state=state(duty, now, sure=sure, area=area)
    )
