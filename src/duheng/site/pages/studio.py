"""The allocation studio: a question of who is paid, worked out as a job, explained, pinned, compared, rolled on, exported."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng import allocate
from duheng.allocate import Pin, tables
from duheng.errors import AllocateError, DuhengError
from duheng.report import book
from duheng.site import access
from duheng.site.actions import allocating as actions
from duheng.site.pages import fund_money
from duheng.site.pages.frame import language
from duheng.site.pages.funds import year_of
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import answer
from duheng.site.queries import allocation, eligible, events, funds, scenarios
from duheng.site.queries.allocation import Ask
from duheng.site.queries.scenarios import Result
from duheng.site.records.models import PoolProject, Scenario

RUNNING = ("waiting", "solving")
_PAGE = 30
_PLANNED_FROM = 7  # from July on next year's money is planned


class AskForm(forms.Form):
    """What is asked of a scenario."""

    name = forms.CharField(max_length=120)
    first = forms.IntegerField(min_value=2000, max_value=2100)
    count = forms.IntegerField(min_value=1, max_value=10)
    sure = forms.BooleanField(required=False)
    unknown = forms.BooleanField(required=False)
    seconds = forms.IntegerField(min_value=1, max_value=600)

    def asked(self) -> Ask:
        """What was entered."""
        told = self.cleaned_data
        return Ask(
            years=allocation.years(told["first"], told["count"]),
            sure=told["sure"],
            unknown=told["unknown"],
            seconds=told["seconds"],
        )


def table(request: Request) -> HttpResponse:
    """The scenarios there are, and the question for a new one."""
    form = AskForm(initial=_initial(request))
    if request.method == "POST":
        access.require(request.by, "funds.allocate")
        form = AskForm(request.POST)
        if form.is_valid():
            made = actions.ask(by=request.by, at=timezone.now(), name=form.cleaned_data["name"], asked=form.asked())
            return redirect("scenario", made)
    year = year_of(request)
    pools = funds.pools()
    context = {
        "page": Paginator(Scenario.objects.select_related("rolled_from"), _PAGE).get_page(request.GET.get("page")),
        "form": form,
        "ready": bool(pools) and PoolProject.objects.exists(),
        "unused": eligible.unused(pools, year=year, as_of=timezone.localdate()) if pools else [],
        "pools": len(pools),
        "projects": PoolProject.objects.exclude(stage="completed").count(),
        "here": "studio",
        **fund_money.frame(request),
    }
    return render(request, "studio.html", context, status=422 if form.errors else 200)


def show(request: Request, pk: int) -> HttpResponse:
    """One scenario: how far it is, or its answer with its reasons; asks again by itself while it runs."""
    row = get_object_or_404(Scenario, pk=pk)
    found = scenarios.result(row)
    asked = Ask.of(row.asked)
    context = {
        "row": row,
        "found": found,
        "asked": asked,
        "running": row.state in RUNNING,
        "explaining": row.state == "done" and row.doing == "explain",
        "elapsed": min(99, int((timezone.now() - row.at).total_seconds() * 100 / (asked.seconds + 5))),
        "others": list(Scenario.objects.filter(state="done").exclude(pk=pk)[:20]),
        "history": events.lines(language=language(), role=request.by.role, noun="scenario", noun_id=pk),
        "here": "studio",
        **fund_money.frame(request),
    }
    return render(request, "_scenario.html" if wants_part(request) else "scenario.html", context)


def compare(request: Request, pk: int) -> HttpResponse:
    """Two scenarios: what is in the second and not in the first, out, moved, and every amount that differs."""
    before = _result(pk)
    other = request.GET.get("with", "")
    after = _result(int(other) if other.isdigit() and len(other) < 12 else 0)
    context = {"compared": scenarios.compared(before, after), "here": "studio", **fund_money.frame(request)}
    return render(request, "scenario_compare.html", context)


def export(request: Request, pk: int) -> HttpResponse:
    """The answer as a workbook: what is in, who pays, what is out and why, the funds, what is due later."""
    found = _result(pk)
    note = f"{found.row.name} · {found.standing[0 if language() == 'zh' else 1]}"
    if found.row.simulated:
        note += " · " + _("holds simulated projects")
    unit = "亿元" if fund_money.unit(request) == "yi" else "万元"
    problem = replace(found.problem, unit=unit)
    sheets = [
        book.Sheet(name=each.name, heads=each.heads, rows=each.rows, note=note)
        for each in tables(problem, found.answer, language=language())
    ]
    return answer(book.book(sheets), name=found.row.name)


@require_POST
def pin(request: Request, pk: int) -> HttpResponse:
    """Decide something beforehand, or let it open again, and work it out anew as a scenario of its own."""
    access.require(request.by, "funds.allocate")
    row = get_object_or_404(Scenario, pk=pk, state="done")
    pins = Ask.of(row.asked).pins
    try:
        if request.POST.get("drop", "").isdigit():
            pins = tuple(each for place, each in enumerate(pins) if place != int(request.POST["drop"]))
        else:
            pins = _with(pins, _pin(request, row))
        name = request.POST.get("name", "").strip()[:120] or f"{row.name} *"
        made = actions.again(by=request.by, at=timezone.now(), scenario_id=pk, name=name, pins=pins)
    except DuhengError as error:
        messages.error(request, error.message(language()))
        return redirect("scenario", pk)
    return redirect("scenario", made)


@require_POST
def roll(request: Request, pk: int) -> HttpResponse:
    """Roll to the next year, commitments kept."""
    access.require(request.by, "funds.allocate")
    row = get_object_or_404(Scenario, pk=pk)
    first = Ask.of(row.asked).years[0] + 1
    try:
        made = actions.roll(
            by=request.by, at=timezone.now(), scenario_id=pk, name=_("{name}, rolled to {year}").format(name=row.name, year=first)
        )
    except DuhengError as error:
        messages.error(request, error.message(language()))
        return redirect("scenario", pk)
    return redirect("scenario", made)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Stop working it out."""
    get_object_or_404(Scenario, pk=pk)
    actions.cancel(by=request.by, at=timezone.now(), scenario_id=pk)
    return redirect("scenario", pk)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take it out."""
    get_object_or_404(Scenario, pk=pk)
    actions.remove(by=request.by, at=timezone.now(), scenario_id=pk)
    messages.success(request, _("The scenario is removed; the history keeps a line of it."))
    return redirect("studio")


def _result(pk: int) -> Result:
    found = scenarios.result(get_object_or_404(Scenario, pk=pk))
    if found is None:
        raise Http404
    return found


def _pin(request: Request, row: Scenario) -> Pin:
    """The pin that the form says."""
    code, kind = request.POST.get("project", "").strip(), request.POST.get("kind", "")
    problem = allocate.kept.problem_of(row.problem or {})
    named = {each.name: each.code for each in problem.projects}
    code = code if code in problem.by_code else named.get(code, "")
    if not code:
        raise AllocateError(
            reason="There is no such project here; choose one from the list.", reason_zh="方案里没有这个项目，请从列表中选择。"
        )
    start = request.POST.get("start", "")
    year = int(start) if start.isdigit() and int(start) in problem.years else None
    if kind == "out":
        return Pin(project=code, included=False)
    if kind.startswith("fund:"):
        return Pin(project=code, included=True, start=year, fund=kind.removeprefix("fund:"))
    return Pin(project=code, included=True, start=year)


def _with(pins: tuple[Pin, ...], new: Pin) -> tuple[Pin, ...]:
    """The pins with one more; what it contradicts gives way."""
    kept = tuple(
        each
        for each in pins
        if each.project != new.project or (each.fund is not None and new.fund is not None and each.fund != new.fund)
    )
    return (*kept, new)


def _initial(request: Request) -> dict[str, Any]:
    today = timezone.localdate()
    first = today.year + (today.month >= _PLANNED_FROM)
    return {
        "name": _("{first} to {last}, {day}").format(first=first, last=first + 2, day=today.isoformat()),
        "first": first,
        "count": 3,
        "seconds": 30,
        "sure": False,
        "unknown": False,
    }
