"""Projects: the table, and a page for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.site import access
from duheng.site.actions import plan as actions
from duheng.site.pages import forms
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import owner_cells, owner_heads, sheet
from duheng.site.queries import events, filtering, owners, places, projects, wording
from duheng.site.queries.projects import Row
from duheng.site.records.models import Plan, Project

_CHOICES: Mapping[str, Callable[[Row], object]] = {
    "stage": lambda row: row.stage,
    "aim": lambda row: row.aim or "none",
    "group": lambda row: row.group,
    "office": lambda row: row.owner.keys,
}
_ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: row.name,
    "stage": lambda row: list(wording.STAGES).index(row.stage),
    "group": lambda row: row.group,
    "mentions": lambda row: len(row.places),
}


def table(request: Request) -> HttpResponse:
    """All projects, narrowed and ordered as the address asks."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    rows = projects.rows(plan)
    ask = filtering.asked(request.GET, _CHOICES)
    context = {
        "rows": _narrow(rows, ask),
        "all": len(rows),
        "ask": ask,
        "plan": plan,
        "offices": owners.choices(plan),
        "stages": [
            (stage, sum(row.stage == stage for row in rows))
            for stage in wording.STAGES
            if any(row.stage == stage for row in rows)
        ],
        "aims": [aim for aim in wording.STAGES if any(row.aim == aim for row in rows)],
        "groups": list(dict.fromkeys(row.group for row in rows)),
        "several": sum(len(row.aliases) > 0 for row in rows),
    }
    return render(request, "_projects_table.html" if wants_part(request) else "projects.html", context)


def export(request: Request) -> HttpResponse:
    """The table on screen as .xlsx."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    rows = _narrow(projects.rows(plan), filtering.asked(request.GET, _CHOICES))
    heads = [_("Code"), _("Project"), _("Other names"), _("Stage"), _("Stage aimed at"), _("Group"), _("Mentions")]
    heads += [*owner_heads(), _("Sentence")]
    cells = [
        [
            row.code,
            row.name,
            "；".join(row.aliases),
            wording.of(wording.STAGES, row.stage, language=language()),
            wording.of(wording.STAGES, row.aim, language=language()),
            row.group,
            len(row.places),
            *owner_cells(row.owner),
            row.place.sentence if row.place else None,
        ]
        for row in rows
    ]
    return sheet(name=f"{_('Projects')} {plan.year}", note=plan.title, heads=heads, rows=cells)


def show(request: Request, pk: int) -> HttpResponse:
    """One project; one that was merged leads to what it is part of now."""
    project = get_object_or_404(Project.every, pk=pk)
    if project.merged_into_id:
        return redirect("project", project.merged_into_id)
    return _show(request, project)


@require_POST
def describe(request: Request, pk: int) -> HttpResponse:
    """Correct the project."""
    project = get_object_or_404(Project, pk=pk)
    access.require(request.by, "plan.edit")
    form = forms.ProjectForm(request.POST)
    if not form.is_valid():
        return _show(request, project, form=form, status=422)
    actions.describe_project(
        by=request.by,
        at=timezone.now(),
        project_id=pk,
        changes=form.changes(),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Stored."))
    return redirect("project", pk)


def _show(request: Request, project: Project, *, form: forms.ProjectForm | None = None, status: int = 200) -> HttpResponse:
    row = projects.row(project)
    context = {
        "row": row,
        "noun": "project",
        "quotes": places.quotes(row.places),
        "mentions": list(project.mentions.all()),
        "plan": project.plan,
        "history": events.lines(language=language(), role=request.by.role, noun="project", noun_id=project.pk),
        "form": form or forms.ProjectForm.of(project),
    }
    return render(request, "project.html", context, status=status)


def _narrow(rows: list[Row], ask: filtering.Asked) -> list[Row]:
    return filtering.narrow(
        rows, ask, text=lambda row: f"{row.code} {row.name} {' '.join(row.aliases)} {row.group}", choices=_CHOICES, orders=_ORDERS
    )
