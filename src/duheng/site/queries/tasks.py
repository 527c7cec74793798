"""Work items under their headings, with the promises in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from duheng.site.queries import owners, places
from duheng.site.queries.owners import Owner
from duheng.site.queries.places import Place
from duheng.site.records.models import Indicator, Plan, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A measurable promise, with the indicator of the plan it is about, if any."""

    text: str
    subject: str
    value: Decimal | None
    value2: Decimal | None
    unit: str
    comparator: str
    indicator: int | None
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One work item."""

    pk: int
    number: str
    title: str
    group: str
    place: Place | None
    promises: tuple[Promise, ...]
    owner: Owner


def rows(plan: Plan) -> list[Row]:
    """All work items of the plan."""
    found = list(plan.tasks.prefetch_related("commitments"))
    return _rows(found, plan)


def row(task: Task) -> Row:
    """One work item."""
    return _rows([task], task.plan)[0]


def grouped(items: list[Row]) -> list[tuple[str, list[Row]]]:
    """Work items by heading, in the order of the report."""
    return [(group, list(inside)) for group, inside in groupby(items, key=lambda item: item.group)]


def _rows(tasks: list[Task], plan: Plan) -> list[Row]:
    said = places.of("task", [task.pk for task in tasks])
    promised = places.of("commitment", [promise.pk for task in tasks for promise in task.commitments.all()])
    held = owners.of("task", tasks, plan=plan)
    codes = dict(Indicator.objects.filter(plan=plan, code__isnull=False).values_list("code", "pk"))
    return [
        Row(
            pk=task.pk,
            number=task.number,
            title=task.title,
            group=task.group,
            place=next(iter(said.get(task.pk, [])), None),
            promises=tuple(
                Promise(
                    text=promise.text,
                    subject=promise.subject,
                    value=promise.value,
                    value2=promise.value2,
                    unit=promise.unit,
                    comparator=promise.comparator,
                    indicator=codes.get(promise.indicator_code or ""),
                    place=next(iter(promised.get(promise.pk, [])), None),
                )
                for promise in task.commitments.all()
            ),
            owner=held[task.pk],
        )
        for task in tasks
    ]
