"""Projects under two names: put side by side and merged, or parted again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.errors import DecisionError
from duheng.site import access
from duheng.site.actions import plan as actions
from duheng.site.actions.editing import Part
from duheng.site.pages import answers
from duheng.site.pages.frame import chosen_plan
from duheng.site.pages.request import Request
from duheng.site.queries import wording
from duheng.site.queries.pairing import Projects
from duheng.site.records.models import Plan, Project

_MOST = 12  # projects side by side


def merge(request: Request) -> HttpResponse:
    """The projects chosen on the list, side by side; a POST makes them one."""
    access.require(request.by, "plan.edit")
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    chosen = request.POST if request.method == "POST" else request.GET
    ids = [int(pk) for pk in chosen.getlist("project")[:_MOST] if pk.isdigit()]
    rows = list(plan.projects.filter(pk__in=ids))
    name, wrong = request.POST.get("name", ""), ""
    if request.method == "POST":
        kept = next((row for row in rows if name in (row.name, *row.aliases)), None)
        if kept is not None and len(rows) > 1:
            return _merged(request, kept, [row.pk for row in rows], name=name)
        wrong = _("Choose the name that is kept.") if len(rows) > 1 else _("Somebody has merged these projects already.")
    match = Projects(plan, [row.pk for row in rows], shown=6).match([row.pk for row in rows])
    context = {"match": match, "plan": plan, "name": name or (match.names[0] if match.names else ""), "wrong": wrong}
    context["reason"] = request.POST.get("reason", "")
    return render(request, "merge.html", context, status=422 if wrong else 200)


@require_POST
def split(request: Request, pk: int) -> HttpResponse:
    """Make a project of its own of the names and sentences chosen."""
    project = get_object_or_404(Project, pk=pk)
    access.require(request.by, "plan.edit")
    names = tuple(each for each in (project.name, *project.aliases) if each in request.POST.getlist("names"))
    stage = request.POST.get("stage", "")
    part = Part(
        name=request.POST.get("name", "").strip()[:255] or (names[0] if names else ""),
        names=names,
        mentions=tuple(int(each) for each in request.POST.getlist("mention") if each.isdigit()),
        stage=stage if stage in wording.STAGES else "unknown",
    )
    reason = request.POST.get("reason", "").strip()[:500]
    try:
        made, _new = actions.split_project(by=request.by, at=timezone.now(), project_id=pk, part=part, reason=reason)
    except DecisionError as refused:
        return answers.refused(request, refused)
    return answers.done(request, _("Split off: %(name)s") % {"name": part.name[:80]}, decision=made)


def _merged(request: Request, kept: Project, ids: list[int], *, name: str) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:500]
    try:
        made = actions.merge_projects(by=request.by, at=timezone.now(), keep_id=kept.pk, other_ids=ids, reason=reason, name=name)
    except DecisionError as refused:
        return answers.refused(request, refused)
    return answers.done(request, _("Merged: %(name)s") % {"name": made.name[:80]}, decision=made)
