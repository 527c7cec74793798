"""Eligibility: every project beside every pool, and for one project the reasons, what would help, and its own money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.allocate import Eligibility, Fitness
from duheng.errors import DuhengError
from duheng.site import access
from duheng.site.actions import funds as actions
from duheng.site.pages import fund_money
from duheng.site.pages.frame import language
from duheng.site.pages.fund_forms import FactsForm
from duheng.site.pages.funds import say, year_of
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import sheet
from duheng.site.queries import eligible, events, filtering, funds, gaps, known, wording
from duheng.site.queries.funds import Pool
from duheng.site.records.models import FundFacts, PoolProject

_PAGE = 50
_KINDS = ("fund.facts", "fund.waive")
_CHOICES = ("sector", "stage", "owner", "pool", "fitness")


def matrix(request: Request) -> HttpResponse:
    """Projects by pools, a page of them; narrowed to those that stand so at one pool where the address asks."""
    year, today = year_of(request), timezone.localdate()
    pools = funds.pools()
    ask = filtering.asked(request.GET, _CHOICES)
    found, keys = _projects(ask), None
    one = next((pool for pool in pools if str(pool.pk) == ask.choices["pool"]), None)
    if one is not None and ask.choices["fitness"]:
        stand = eligible.standings(one, year=year, as_of=today)
        keys = [pk for pk in found.values_list("pk", flat=True) if stand.get(pk) == ask.choices["fitness"]]
    page = Paginator(found if keys is None else keys, _PAGE).get_page(request.GET.get("page"))
    shown: Any = page.object_list if keys is None else found.filter(pk__in=list(page.object_list))
    every = PoolProject.objects.exclude(stage="completed")
    context = {
        "pools": pools,
        "page": page,
        "judged": eligible.judged(shown, pools, year=year, as_of=today),
        "year": year,
        "years": funds.years() or [year],
        "ask": ask,
        "all": every.count(),
        "stages": [stage for stage in wording.STAGES if every.filter(stage=stage).exists()],
        "sectors": list(every.exclude(sector="").order_by("sector").values_list("sector", flat=True).distinct()),
        "region": eligible.REGIONS.get(settings.WORKSPACE.region),
        "unverified": sum(not rule.verified for rule in known.rulebook().rules),
        "rules": len(known.rulebook().rules),
        "fitnesses": eligible.FITNESS,
        "here": "eligibility",
        **fund_money.frame(request),
    }
    return render(request, "_eligibility_table.html" if wants_part(request) else "eligibility.html", context)


def export(request: Request) -> HttpResponse:
    """Every project at every pool as .xlsx, one row each with the reasons."""
    pools, side = funds.pools(), 0 if language() == "zh" else 1
    found = _projects(filtering.asked(request.GET, _CHOICES))
    judged = eligible.judged(found, pools, year=year_of(request), as_of=timezone.localdate())
    heads = [_("Code"), _("Project"), _("Sector"), _("Pool"), _("Eligible"), _("Ceiling, %"), _("Why not"), _("What would help")]
    rows = (
        [each.code, each.name, each.sector, pool.value.name, *_told(cell, side)]
        for each in judged
        for pool, cell in zip(pools, each.cells, strict=True)
    )
    return sheet(name=_("Eligibility"), note=_("Rules marked as presets are not verified."), heads=heads, rows=rows)


def _told(cell: Eligibility, side: int) -> Iterator[object]:
    apart = ("；", "; ")[side]
    yield eligible.FITNESS[cell.verdict.value][side]
    yield int(cell.ceiling * 100)
    yield apart.join(each.why[side] for each in cell.obstacles)
    yield apart.join(each.remedy[side] for each in cell.obstacles)


def show(request: Request, pk: int) -> HttpResponse:
    """One project: who may pay it and why not, its gap by year, its applications, and what funds ask of it."""
    return _page(request, get_object_or_404(PoolProject, pk=pk))


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """What funds and the studio ask of it."""
    row = get_object_or_404(PoolProject, pk=pk)
    access.require(request.by, "funds.edit")
    form = FactsForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            decision = actions.put_facts(by=request.by, at=timezone.now(), project_id=pk, facts=form.facts(), reason=reason)
        except DuhengError as error:
            form.add_error(None, error.message(language()))
        else:
            say(request, _("Stored.") if decision else _("Nothing has changed."), decision.pk if decision else None)
            return redirect("project-money", pk)
    return _page(request, row, form=form, status=422)


@require_POST
def waive(request: Request, pk: int) -> HttpResponse:
    """Set a rule aside by a paper, or let it hold again."""
    row = get_object_or_404(PoolProject, pk=pk)
    access.require(request.by, "funds.edit")
    paper, holds = request.POST.get("paper", "").strip()[:255], request.POST.get("again") == "yes"
    problem = "" if paper or holds else _("Name the paper by which the rule does not hold.")
    if not problem:
        try:
            rule = request.POST.get("rule", "")
            decision = actions.waive(by=request.by, at=timezone.now(), project_id=pk, rule=rule, paper="" if holds else paper)
        except DuhengError as error:
            problem = error.message(language())
        else:
            say(request, _("Stored.") if decision else _("Nothing has changed."), decision.pk if decision else None)
            return redirect("project-money", pk)
    return _page(request, row, problem=problem, status=422)


def _page(
    request: Request, row: PoolProject, *, form: FactsForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    year, today = year_of(request), timezone.localdate()
    pools = funds.pools()
    judged = eligible.judged([row], pools, year=year, as_of=today)[0]
    one = funds.projects([row.pk])[row.pk]
    asked = [each for each in funds.applications() if each.project == row.pk]
    facts = FundFacts.objects.filter(project=row).first()
    needs = sorted({plan.year for plan in one.value.years} | {each.value.year for each in asked} | {year})
    context = {
        "row": row,
        "one": judged,
        "cells": _by_fitness(pools, judged.cells),
        "gaps": gaps.of_project(one, [each.value for each in asked], needs, as_of=timezone.localdate()),
        "asked": [(each, next(pool for pool in pools if pool.pk == each.pool)) for each in asked],
        "facts": facts,
        "year": year,
        "form": form or FactsForm.of(facts),
        "problem": problem,
        "history": events.lines(language=language(), role=request.by.role, noun="poolproject", noun_id=row.pk, kinds=_KINDS),
        "here": "eligibility",
        **fund_money.frame(request),
    }
    return render(request, "project_money.html", context, status=status)


def _by_fitness(pools: Sequence[Pool], cells: Sequence[Eligibility]) -> list[tuple[Pool, Eligibility]]:
    """The pools that may pay first, then those that are nearest to it."""
    order = list(Fitness)
    return sorted(zip(pools, cells, strict=True), key=lambda pair: order.index(pair[1].verdict))


def _projects(ask: filtering.Asked) -> QuerySet[PoolProject]:
    found = PoolProject.objects.exclude(stage="completed")
    for name in ("sector", "stage", "owner"):
        if ask.choices[name]:
            found = found.filter(**{name: ask.choices[name]})
    for word in ask.words.split():
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(owner__icontains=word))
    if ask.sort.removeprefix("-") in ("name", "sector", "code"):
        found = found.order_by(ask.sort, "position", "id")
    return found
