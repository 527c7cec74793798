"""The page of one project of the pool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.errors import DecisionError
from duheng.site import access
from duheng.site.actions import pool_life
from duheng.site.pages import pool_chart, pool_columns
from duheng.site.pages.frame import language
from duheng.site.pages.pool_forms import DelayForm, GateForm, MilestoneForm, MonthForm, PoolForm, ProblemForm, Telling
from duheng.site.pages.pool_more_forms import BankForm, FactsForm, PaperForm, PublicForm, YearForm
from duheng.site.pages.request import Request
from duheng.site.queries import events, outlook, places, pool, pool_facts, pool_project, pool_story, watching
from duheng.site.queries.pool_project import Shown
from duheng.site.records.models import PoolPaper, PoolProblem, PoolProject

_ALL: tuple[type[PoolForm], ...] = (
    MonthForm, MilestoneForm, GateForm, ProblemForm, DelayForm, YearForm, FactsForm, BankForm, PaperForm, PublicForm,
)  # fmt: skip
_NEWEST = 8  # lines of history shown at once
FORMS: Mapping[str, type[PoolForm]] = {kind.what: kind for kind in _ALL}
_CARDS: Mapping[str, str] = {
    "month": "months", "milestone": "milestones", "gate": "stages", "stage": "stages", "problem": "problems", "delay": "delays",
    "year": "funds", "facts": "facts", "told": "facts", "bank": "facts", "paper": "papers", "public": "facts",
}  # fmt: skip


def show(request: Request, pk: int) -> HttpResponse:
    """One project; one that was merged leads to what it is part of now."""
    project = get_object_or_404(PoolProject.every.filter(withdrawn=False), pk=pk)
    if project.merged_into_id:
        return redirect("pool-project", project.merged_into_id)
    return _page(request, _shown(request, project))


@require_POST
def tell(request: Request, pk: int, what: str) -> HttpResponse:
    """Tell something of a project by one of the forms of its page."""
    if what not in FORMS:
        raise Http404
    access.require(request.by, "projects.edit")
    project = get_object_or_404(PoolProject, pk=pk)
    shown = _shown(request, project)
    form = FORMS[what](request.POST, request.FILES, shown=shown)
    if form.is_valid():
        try:
            form.tell(Telling(by=request.by, at=timezone.now(), shown=shown))
        except DecisionError as refused:
            form.add_error(None, refused.message(language()))
    if form.errors:
        return _page(request, shown, refused=form, status=422)
    messages.success(request, _("Stored."))
    return redirect(f"{reverse('pool-project', args=[pk])}?{urlencode({'year': shown.year})}#{_CARDS[what]}")


@require_POST
def settle(request: Request, pk: int, problem: int) -> HttpResponse:
    """A problem is settled today, or opened again."""
    access.require(request.by, "projects.edit")
    row = get_object_or_404(PoolProblem, pk=problem, project=pk, withdrawn=False)
    on = None if row.settled else timezone.localdate()
    pool_life.settle_problem(by=request.by, at=timezone.now(), problem_id=row.pk, on=on)
    messages.success(request, _("The problem is settled.") if on else _("The problem is open again."))
    return redirect(f"{reverse('pool-project', args=[pk])}#problems")


@require_POST
def take_back(request: Request, pk: int, what: str, entry: int) -> HttpResponse:
    """Take back what was told by hand: what stood before it stands again."""
    access.require(request.by, "projects.edit")
    noun = pool_life.ENTRIES.get(what)
    if noun is None:
        raise Http404
    row = get_object_or_404(noun, pk=entry, project=pk)
    pool_life.take_back(by=request.by, at=timezone.now(), noun=what, entry_id=row.pk)
    messages.success(request, _("Taken back."))
    return redirect(f"{reverse('pool-project', args=[pk])}#{_CARDS.get(what, 'facts')}")


def paper(request: Request, pk: int, entry: int) -> FileResponse:
    """A document of the project, as it was attached."""
    row = get_object_or_404(PoolPaper, pk=entry, project=pk, withdrawn=False)
    place = settings.WORKSPACE.file(row.digest, row.suffix)
    if not place.exists():
        raise Http404
    return FileResponse(place.open("rb"), as_attachment=True, filename=row.name)


def _shown(request: Request, project: PoolProject) -> Shown:
    year = request.GET.get("year", "")
    return pool_project.shown(project, year=int(year) if year.isdigit() else None, today=timezone.localdate())


def _page(request: Request, shown: Shown, *, refused: PoolForm | None = None, status: int = 200) -> HttpResponse:
    money = request.GET.get("money", "")
    unit = money if money in pool_columns.UNITS else shown.usual_money
    context = _context(request, shown, unit)
    if access.may(request.by.role, "projects.edit"):
        context["forms"] = {
            what: refused if refused and refused.what == what else kind(shown=shown) for what, kind in FORMS.items()
        }
    return render(request, "pool_project.html", context, status=status)


def _context(request: Request, shown: Shown, money: str) -> dict[str, Any]:
    project, standing = shown.project, shown.standing
    lights = pool_project.lights(standing)
    rules = watching.rule_sets()
    said = pool_project.said(project)
    history = events.lines(language=language(), role=request.by.role, noun="poolproject", noun_id=project.pk)
    return {
        "shown": shown,
        "project": project,
        "standing": standing,
        "now": shown.now,
        "rules": rules,
        "lights": lights,
        "light": next((light for light in lights if light.rule == settings.WORKSPACE.project_rule), None),
        "criteria": pool_facts.criteria(),
        "phrase": outlook.phrase(standing.chance) if standing else None,
        "sentence": pool_story.sentence(shown),
        "warnings": pool_story.warnings(shown),
        "stay": pool_story.stay(shown),
        "money": money,
        "money_unit": pool_columns.UNITS[money][0],
        "chart": pool_chart.year_chart(shown, money),
        "turned": pool_project.turned(project),
        "facts": pool_facts.facts(shown),
        "applications": pool_facts.applications(project),
        "said": [(each.planned, places.quotes(each.places)) for each in said],
        "history": history[:_NEWEST],
        "older": history[_NEWEST:],
        "following": _following(shown),
    }


def _following(shown: Shown) -> str:
    """The batch that comes after the one it is in; nothing after the last."""
    stage = shown.project.stage
    if stage not in pool.BATCHES:
        return pool.BATCHES[0]
    return next(iter(pool.BATCHES[pool.BATCHES.index(stage) + 1 :]), "")
