"""Tasks: work items by heading, and a page for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import owner_cells, owner_heads, sheet
from duheng.site.queries import events, filtering, owners, tasks, wording
from duheng.site.queries.tasks import Row
from duheng.site.records.models import Plan, Task

_CHOICES: Mapping[str, Callable[[Row], object]] = {"group": lambda row: row.group, "office": lambda row: row.owner.keys}


def table(request: Request) -> HttpResponse:
    """All work items under their headings."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    rows = tasks.rows(plan)
    ask = filtering.asked(request.GET, _CHOICES)
    shown = _narrow(rows, ask)
    context = {
        "groups": tasks.grouped(shown),
        "shown": len(shown),
        "all": len(rows),
        "promises": sum(len(row.promises) for row in rows),
        "ask": ask,
        "plan": plan,
        "offices": owners.choices(plan),
        "headings": [group for group, _rows in tasks.grouped(rows)],
    }
    return render(request, "_tasks_table.html" if wants_part(request) else "tasks.html", context)


def export(request: Request) -> HttpResponse:
    """The list on screen as .xlsx, a row for each promise."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    rows = _narrow(tasks.rows(plan), filtering.asked(request.GET, _CHOICES))
    heads = [_("Number"), _("Task"), _("Heading"), _("Promise"), _("Subject"), _("Amount"), _("Unit")]
    heads += owner_heads()
    cells: list[list[object]] = []
    for row in rows:
        held = owner_cells(row.owner)
        for promise in row.promises:
            shown = wording.quantity(promise.value, "", language=language(), value2=promise.value2)
            mark = wording.COMPARATORS.get(promise.comparator, "")
            cells.append([row.number, row.title, row.group, promise.text, promise.subject, f"{mark}{shown}", promise.unit, *held])
        if not row.promises:
            cells.append([row.number, row.title, row.group, None, None, None, None, *held])
    return sheet(name=f"{_('Tasks')} {plan.year}", note=plan.title, heads=heads, rows=cells)


def show(request: Request, pk: int) -> HttpResponse:
    """One work item."""
    task = get_object_or_404(Task, pk=pk)
    context = {
        "row": tasks.row(task),
        "plan": task.plan,
        "noun": "task",
        "history": events.lines(language=language(), role=request.by.role, noun="task", noun_id=task.pk),
    }
    return render(request, "task.html", context)


def _narrow(rows: list[Row], ask: filtering.Asked) -> list[Row]:
    return filtering.narrow(
        rows,
        ask,
        text=lambda row: f"{row.title} {row.group} {' '.join(promise.text for promise in row.promises)}",
        choices=_CHOICES,
        orders={},
    )
