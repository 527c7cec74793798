"""Funds: the pools with what is left and what ends when, a page for each, and the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.allocate import Fitness, slipped
from duheng.errors import DuhengError
from duheng.site import access
from duheng.site.actions import funds as actions
from duheng.site.pages import fund_money
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.fund_forms import PoolForm
from duheng.site.pages.request import Request
from duheng.site.pages.sheet import sheet
from duheng.site.queries import eligible, events, funds, known
from duheng.site.queries.funds import Pool
from duheng.site.records.models import FundPool, PoolProject

_SOON = 90  # days
_LISTED = 12


def table(request: Request) -> HttpResponse:
    """The pools: what there is in a year, what has been granted, what is free, what ends when, and what nobody may use."""
    today = timezone.localdate()
    asked = funds.applications()
    found = funds.pools(asked)
    year = year_of(request)
    names = {key: each.name for key, each in funds.projects({each.project for each in asked}).items()}
    ending = funds.endings(found, asked, names, as_of=today)
    balances = [one.of(year) for one in found]
    context = {
        "pools": [(one, one.of(year), _next(ending, one)) for one in found],
        "year": year,
        "years": funds.years() or [year],
        "sums": {name: sum(getattr(each, name) for each in balances) for name in _SUMS},
        "over": [one for one in found if one.of(year).free < 0],
        "ending": [each for each in ending if each.days >= 0][:_LISTED],
        "soon": sum(0 <= each.days <= _SOON for each in ending),
        "past": [each for each in ending if each.days < 0][:_LISTED],
        "unused": eligible.unused(found, year=year, as_of=today),
        "slipped": [(one, slipped(one.value.amounts)) for one in found if slipped(one.value.amounts)],
        "simulated": any(one.simulated for one in found),
        "here": "funds",
        **fund_money.frame(request),
    }
    return render(request, "funds.html", context)


_SUMS = ("amount", "carried", "available", "granted", "arrived", "spent", "pending", "free")


def export(request: Request) -> HttpResponse:
    """The pools of all years as .xlsx."""
    unit = fund_money.unit(request)
    money = [
        _("Own amount"),
        _("Carried over"),
        _("Available"),
        _("Granted"),
        _("Arrived"),
        _("Spent"),
        _("Applied for"),
        _("Free"),
    ]
    heads = [_("Code"), _("Pool"), _("Kind"), _("Year"), *(fund_money.head(each, unit) for each in money)]
    heads += [_("Likelihood, %"), _("Applications close"), _("Paper")]
    names = ("amount", "carried", "available", "granted", "arrived", "spent", "pending", "free")
    side = 0 if language() == "zh" else 1
    rows = [
        [
            one.value.code,
            one.value.name,
            one.kind_words[side],
            str(each.year),
            *(fund_money.exact(getattr(each, name), unit) for name in names),
            int(one.value.likelihood * 100),
            one.value.closes,
            one.value.paper,
        ]
        for one in funds.pools()
        for each in one.balances
    ]
    return sheet(name=_("Pools of money"), note=_note(), heads=heads, rows=rows)


def show(request: Request, pk: int) -> HttpResponse:
    """One pool: its years, its windows, who has applied, who may, by which rules."""
    row = get_object_or_404(FundPool, pk=pk)
    return _page(request, row)


def add(request: Request) -> HttpResponse:
    """A new pool."""
    access.require(request.by, "funds.edit")
    if request.method == "POST":
        form = PoolForm(request.POST, years=_form_years(request))
        if form.is_valid():
            try:
                made, decision = actions.put_pool(by=request.by, at=timezone.now(), facts=form.facts())
            except DuhengError as error:
                form.add_error(None, error.message(language()))
            else:
                _say(request, _("The pool is stored."), decision.pk if decision else None)
                return redirect("fund", made)
        return render(request, "fund_form.html", {"form": form, "here": "funds"}, status=422)
    form = PoolForm(initial={"likelihood": 100, "unit": "万元"}, years=_form_years(request))
    return render(request, "fund_form.html", {"form": form, "here": "funds"})


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Other facts of a pool."""
    row = get_object_or_404(FundPool, pk=pk)
    access.require(request.by, "funds.edit")
    form = PoolForm(request.POST, years=_form_years(request, row))
    if form.is_valid():
        try:
            facts = form.facts(simulated=row.simulated)
            reason = form.cleaned_data["reason"]
            _key, decision = actions.put_pool(by=request.by, at=timezone.now(), facts=facts, pool_id=pk, reason=reason)
        except DuhengError as error:
            form.add_error(None, error.message(language()))
        else:
            _say(request, _("Stored.") if decision else _("Nothing has changed."), decision.pk if decision else None)
            return redirect("fund", pk)
    return _page(request, row, form=form, status=422)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a pool out that nobody has applied to."""
    get_object_or_404(FundPool, pk=pk)
    access.require(request.by, "funds.edit")
    try:
        decision = actions.remove_pool(by=request.by, at=timezone.now(), pool_id=pk)
    except DuhengError as error:
        messages.error(request, error.message(language()))
        return redirect("fund", pk)
    _say(request, _("The pool is removed."), decision.pk)
    return redirect("funds")


def year_of(request: Request) -> int:
    """The year that an address asks for, else the plan's, else this one."""
    asked = request.GET.get("year", "")
    if asked.isdigit() and 2000 <= int(asked) <= 2100:
        return int(asked)
    plan, there = chosen_plan(request), funds.years()
    if plan is not None and (not there or plan.year in there):
        return plan.year
    this = timezone.localdate().year
    return this if not there or this in there else max((year for year in there if year <= this), default=there[0])


def _page(request: Request, row: FundPool, *, form: PoolForm | None = None, status: int = 200) -> HttpResponse:
    today, year = timezone.localdate(), year_of(request)
    asked = funds.applications(pool=row)
    one = funds.pool(row, [each.value for each in asked], known.fund_kinds())
    projects = funds.projects({each.project for each in asked})
    stand = eligible.standings(one, year=year, as_of=today)
    able = [key for key, fitness in stand.items() if fitness is Fitness.ELIGIBLE][:_LISTED]
    context = {
        "pool": one,
        "year": year,
        "ending": funds.endings([one], asked, {key: each.name for key, each in projects.items()}, as_of=today),
        "asked": [(each, projects.get(each.project)) for each in asked],
        "rules": [rule for rule in known.rulebook().rules if rule.fund == one.value.kind],
        "counts": [(fitness.value, sum(each is fitness for each in stand.values())) for fitness in Fitness],
        "able": eligible.judged(PoolProject.objects.filter(pk__in=able), [one], year=year, as_of=today),
        "slipped": slipped(one.value.amounts),
        "form": form or PoolForm.of(row, years=_form_years(request, row)),
        "history": events.lines(language=language(), role=request.by.role, noun="fundpool", noun_id=row.pk),
        "here": "funds",
        **fund_money.frame(request),
    }
    return render(request, "fund.html", context, status=status)


def _form_years(request: Request, row: FundPool | None = None) -> list[int]:
    """The years that a form of a pool offers: those it has, the plan's and the three after it, and any that were posted."""
    plan = chosen_plan(request)
    first = plan.year if plan else timezone.localdate().year
    posted = {int(name[1:]) for name in request.POST if name[:1] == "y" and name[1:].isdigit() and len(name) == 5}
    there = set(row.amounts.values_list("year", flat=True)) if row else set()
    return sorted({first, first + 1, first + 2, first + 3} | posted | there)


def _next(ending: Sequence[Any], one: Pool) -> Any:
    return next((each for each in ending if each.pool == one.pk and each.days >= 0), None)


def _say(request: Request, told: str, decision: int | None) -> None:
    messages.success(request, told, extra_tags=f"undo-{decision}" if decision else "")


def say(request: Request, told: str, decision: int | None) -> None:
    """A message that can undo what it tells of."""
    _say(request, told, decision)


def _note() -> str:
    return _("Holds simulated money.") if FundPool.objects.filter(simulated=True).exists() else ""
