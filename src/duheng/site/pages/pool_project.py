"""The page of one project of the pool."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from duheng.site.pages import pool_chart, pool_columns
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.queries import events, outlook, places, pool_facts, pool_project, pool_story, watching
from duheng.site.queries.pool_project import Shown
from duheng.site.records.models import PoolProject


def show(request: Request, pk: int) -> HttpResponse:
    """One project; one that was merged leads to what it is part of now."""
    project = get_object_or_404(PoolProject.every.filter(withdrawn=False), pk=pk)
    if project.merged_into_id:
        return redirect("pool-project", project.merged_into_id)
    return page(request, project)


def page(request: Request, project: PoolProject, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page with the forms given, where one was refused."""
    year = request.GET.get("year", "")
    shown = pool_project.shown(project, year=int(year) if year.isdigit() else None, today=timezone.localdate())
    money = request.GET.get("money", "")
    unit = money if money in pool_columns.UNITS else shown.usual_money
    return render(request, "pool_project.html", _context(request, shown, unit) | forms, status=status)


def _context(request: Request, shown: Shown, money: str) -> dict[str, Any]:
    project, standing = shown.project, shown.standing
    lights = pool_project.lights(standing)
    rules = watching.rule_sets()
    said = pool_project.said(project)
    return {
        "shown": shown,
        "project": project,
        "standing": standing,
        "now": shown.now,
        "rules": rules,
        "lights": lights,
        "light": next((light for light in lights if light.rule == settings.WORKSPACE.rule), None),
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
        "said": [(each.planned, places.quotes(each.places)) for each in said],
        "history": events.lines(language=language(), role=request.by.role, noun="poolproject", noun_id=project.pk),
    }
