"""Applications for money: the table, one with its steps, a new one, a sheet of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.allocate import Step
from duheng.errors import DuhengError
from duheng.site import access
from duheng.site.actions import applying
from duheng.site.pages import fund_money
from duheng.site.pages.frame import language
from duheng.site.pages.fund_forms import ApplyForm, StepForm
from duheng.site.pages.funds import say, year_of
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import sheet
from duheng.site.queries import events, filtering, funds
from duheng.site.queries.funds import Applied
from duheng.site.records.models import FundApplication, FundPool, PoolProject

_OFFERED = 2000  # projects that a list of suggestions holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One application with the names that its table shows."""

    applied: Applied
    project: str
    pool: str

    @property
    def step(self) -> str:
        """How far it is."""
        return self.applied.value.step.value

    @property
    def amounts(self) -> list[tuple[str, int | None]]:
        """What was told at each step; None where it was not."""
        return [(step, self.applied.value.amount(Step(step))) for step in funds.STEPS if step != "refused"]


_CHOICES: Mapping[str, Callable[[Line], object]] = {
    "step": lambda line: line.step,
    "pool": lambda line: line.applied.pool,
    "year": lambda line: line.applied.value.year,
}
_ORDERS: Mapping[str, Callable[[Line], Any]] = {
    "project": lambda line: line.project,
    "pool": lambda line: line.pool,
    "year": lambda line: line.applied.value.year,
    "step": lambda line: list(funds.STEPS).index(line.step),
    **{
        step: (lambda name: lambda line: line.applied.value.amount(Step(name)))(step) for step in funds.STEPS if step != "refused"
    },
}


def table(request: Request) -> HttpResponse:
    """All applications, and how much stands at each step."""
    every = _lines()
    ask = filtering.asked(request.GET, _CHOICES)
    counts = Counter(line.step for line in every)
    values = [line.applied.value for line in every]
    context = {
        "lines": _narrow(every, ask),
        "all": len(every),
        "ask": ask,
        "steps": [step for step in funds.STEPS if counts[step]],
        "counts": [(step, counts[step]) for step in funds.STEPS if counts[step]],
        "pools": FundPool.objects.all(),
        "years": sorted({value.year for value in values}),
        "sums": {name: sum(getattr(value, name) for value in values) for name in ("pending", "granted", "arrived", "spent")},
        "simulated": any(line.applied.simulated for line in every),
        "columns": [step for step in funds.STEPS if step != "refused"],
        "here": "applications",
        **fund_money.frame(request),
    }
    return render(request, "_applications_table.html" if wants_part(request) else "applications.html", context)


def export(request: Request) -> HttpResponse:
    """The table on screen as .xlsx; the same sheet can be filled in and loaded again."""
    unit, side = fund_money.unit(request), 0 if language() == "zh" else 1
    columns = [step for step in funds.STEPS if step != "refused"]
    heads = [_("Project code"), _("Project"), _("Pool code"), _("Pool"), _("Year"), _("Step")]
    for step in columns:
        word = funds.STEPS[step][side]
        heads += [fund_money.head(_("{step} amount").format(step=word), unit), _("{step} day").format(step=word)]
    rows = [
        [
            line.applied.value.project,
            line.project,
            line.applied.value.fund,
            line.pool,
            str(line.applied.value.year),
            funds.STEPS[line.step][side],
            *(cell for step, amount in line.amounts for cell in _cells(line, step, amount, unit)),
        ]
        for line in _narrow(_lines(), filtering.asked(request.GET, _CHOICES))
    ]
    return sheet(name=_("Applications for money"), note="", heads=heads, rows=rows)


def _cells(line: Line, step: str, amount: int | None, unit: str) -> list[object]:
    return ["" if amount is None else fund_money.exact(amount, unit), line.applied.value.day(Step(step))]


def show(request: Request, pk: int) -> HttpResponse:
    """One application with its steps, and the next."""
    return _page(request, get_object_or_404(FundApplication, pk=pk))


def add(request: Request) -> HttpResponse:
    """A new application."""
    access.require(request.by, "funds.apply")
    form = ApplyForm(request.POST) if request.method == "POST" else ApplyForm(initial=_initial(request))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made, decision = applying.apply(by=request.by, at=timezone.now(), asked=form.asked())
            except DuhengError as error:
                form.add_error(None, error.message(language()))
            else:
                say(request, _("The application is stored."), decision.pk)
                return redirect("application", made)
        status = 422
    context = {
        "form": form,
        "pools": FundPool.objects.all(),
        "projects": PoolProject.objects.values_list("code", "name")[:_OFFERED],
        "here": "applications",
    }
    return render(request, "application_form.html", context, status=status)


@require_POST
def step(request: Request, pk: int) -> HttpResponse:
    """Take it one step further."""
    row = get_object_or_404(FundApplication, pk=pk)
    access.require(request.by, "funds.apply")
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            decision = applying.move_on(by=request.by, at=timezone.now(), application_id=pk, move=form.move())
        except DuhengError as error:
            form.add_error(None, error.message(language()))
        else:
            say(request, _("The step is stored."), decision.pk)
            return redirect("application", pk)
    return _page(request, row, form=form, status=422)


@require_POST
def back(request: Request, pk: int) -> HttpResponse:
    """Take its last step back."""
    get_object_or_404(FundApplication, pk=pk)
    access.require(request.by, "funds.apply")
    try:
        decision = applying.take_back(
            by=request.by, at=timezone.now(), application_id=pk, reason=request.POST.get("reason", "").strip()[:500]
        )
    except DuhengError as error:
        messages.error(request, error.message(language()))
        return redirect("application", pk)
    say(request, _("The step is taken back."), decision.pk)
    return redirect("application", pk) if FundApplication.objects.filter(pk=pk).exists() else redirect("applications")


def _page(request: Request, row: FundApplication, *, form: StepForm | None = None, status: int = 200) -> HttpResponse:
    one = funds.applied(row)
    following = [each.value for each in one.value.following]
    initial = {"on": timezone.localdate().isoformat(), "unit": "万元", "step": following[0] if following else ""}
    context = {
        "row": row,
        "one": one,
        "project": funds.standing(row.project),
        "pool": row.pool,
        "steps": list(row.steps.all()),
        "following": following,
        "form": form or StepForm(initial=initial),
        "likelihood": int(one.value.likelihood * 100),
        "history": events.lines(language=language(), role=request.by.role, noun="fundapplication", noun_id=row.pk),
        "here": "applications",
        **fund_money.frame(request),
    }
    return render(request, "application.html", context, status=status)


def _initial(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = {"on": timezone.localdate().isoformat(), "unit": "万元", "year": year_of(request), "step": "applied"}
    project = PoolProject.objects.filter(pk=_number(request.GET.get("project"))).first()
    return found | {"project": project.code if project else "", "pool": request.GET.get("pool", "")}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 12 else 0


def _lines() -> list[Line]:
    asked = funds.applications()
    projects = funds.projects({each.project for each in asked})
    pools = dict(FundPool.objects.values_list("pk", "name"))
    return [
        Line(
            applied=each,
            project=projects[each.project].name if each.project in projects else each.value.project,
            pool=pools[each.pool],
        )
        for each in asked
    ]


def _narrow(lines: list[Line], ask: filtering.Asked) -> list[Line]:
    return filtering.narrow(
        lines, ask, text=lambda line: f"{line.applied.value.project} {line.project} {line.pool}", choices=_CHOICES, orders=_ORDERS
    )
