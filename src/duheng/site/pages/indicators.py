"""Plan: the table of indicators, and a page for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from duheng import catalog
from duheng.site import access
from duheng.site.actions import plan as actions
from duheng.site.pages import forms, outlook_chart
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import owner_cells, owner_heads, sheet
from duheng.site.queries import events, filtering, indicators, known, owners, places, wording, years
from duheng.site.queries.indicators import Row
from duheng.site.records.models import Indicator, Plan

_CHOICES: Mapping[str, Callable[[Row], object]] = {
    "nature": lambda row: row.nature,
    "kind": lambda row: row.aim.kind,
    "start": lambda row: "yes" if row.start else "no",
    "table": lambda row: "yes" if row.row else "no",
    "easier": lambda row: "yes" if row.start and row.start.easier else "no",
    "office": lambda row: row.owner.keys,
}
_ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: row.name,
    "nature": lambda row: row.nature,
    "target": lambda row: row.aim.value,
    "start": lambda row: row.start.value if row.start else None,
    "gap": lambda row: row.start.gap if row.start else None,
}


def table(request: Request) -> HttpResponse:
    """All indicators, narrowed and ordered as the address asks."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    rows = indicators.rows(plan)
    ask = filtering.asked(request.GET, _CHOICES)
    shown = _narrow(rows, ask)
    context = {
        "rows": shown,
        "all": len(rows),
        "ask": ask,
        "plan": plan,
        "offices": owners.choices(plan),
        "natures": [nature for nature in wording.NATURES if any(row.nature == nature for row in rows)],
        "kinds": [kind for kind in wording.KINDS if any(row.aim.kind == kind for row in rows)],
        "counts": {nature: sum(row.nature == nature for row in rows) for nature in wording.NATURES},
        "easier": sum(bool(row.start and row.start.easier) for row in rows),
        "started": sum(row.start is not None for row in rows),
        "period": _common([row.start.period for row in rows if row.start]),
    }
    return render(request, "_plan_table.html" if wants_part(request) else "plan.html", context)


def export(request: Request) -> HttpResponse:
    """The table on screen as .xlsx."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    rows = _narrow(indicators.rows(plan), filtering.asked(request.GET, _CHOICES))
    heads = [
        _("Row"), _("Indicator"), _("English name"), _("Unit"), _("Nature"), _("Target in words"), _("Target"), _("As printed"),
        _("Last year's result"), pgettext("of a result", "Unit"), _("Period"), _("Distance to go"), _("Catalog code"), *owner_heads(),
        _("Sentence"),
    ]  # fmt: skip
    return sheet(name=f"{_('Plan')} {plan.year}", note=plan.title, heads=heads, rows=[_cells(row) for row in rows])


def show(request: Request, pk: int) -> HttpResponse:
    """One indicator."""
    return _show(request, get_object_or_404(Indicator, pk=pk))


@require_POST
def retarget(request: Request, pk: int) -> HttpResponse:
    """Give the indicator a new target."""
    indicator = get_object_or_404(Indicator, pk=pk)
    access.require(request.by, "plan.edit")
    form = forms.TargetForm(request.POST, indicator=indicator)
    if not form.is_valid():
        return _show(request, indicator, target_form=form, status=422)
    actions.retarget(
        by=request.by,
        at=timezone.now(),
        indicator_id=pk,
        target=form.target(),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("The new target is in force; the earlier one is kept in the history."))
    return redirect("indicator", pk)


@require_POST
def describe(request: Request, pk: int) -> HttpResponse:
    """Correct the indicator's code, nature or last year's result."""
    indicator = get_object_or_404(Indicator, pk=pk)
    access.require(request.by, "plan.edit")
    form = forms.IndicatorForm(request.POST)
    if not form.is_valid():
        return _show(request, indicator, facts_form=form, status=422)
    actions.describe_indicator(
        by=request.by,
        at=timezone.now(),
        indicator_id=pk,
        changes=form.changes(),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Stored."))
    return redirect("indicator", pk)


def _show(
    request: Request,
    indicator: Indicator,
    *,
    target_form: forms.TargetForm | None = None,
    facts_form: forms.IndicatorForm | None = None,
    status: int = 200,
) -> HttpResponse:
    row = indicators.row(indicator)
    neighbours = list(indicator.plan.indicators.values_list("pk", "name"))
    place = next(number for number, (pk, _name) in enumerate(neighbours) if pk == indicator.pk)
    entry = known.entry(indicator.code)
    context = {
        "row": row,
        "plan": indicator.plan,
        "known": entry,
        "quotes": places.quotes(row.places),
        "topic": catalog.load("themes").get(entry.theme) if entry else None,
        "previous": neighbours[place - 1] if place else None,
        "following": neighbours[place + 1] if place + 1 < len(neighbours) else None,
        "versions": [(version, indicators.target(version)) for version in indicator.targets.order_by("-number")],
        "history": events.lines(language=language(), role=request.by.role, noun="indicator", noun_id=indicator.pk),
        "target_form": target_form or forms.TargetForm.of(indicator),
        "facts_form": facts_form or forms.IndicatorForm.of(indicator),
        "years": years.line(indicator),
        "noun": "indicator",
        **outlook_chart.context(indicator, row, role=request.by.role, first=request.GET.get("vintage") == "first"),
        "codes": [(item.code, item.zh, item.en) for item in known.indicators().values()],
    }
    return render(request, "indicator.html", context, status=status)


def _common(periods: list[str]) -> str:
    """The period of most results, which the head of the column says once; the others say theirs."""
    return Counter(periods).most_common(1)[0][0] if periods else ""


def _narrow(rows: list[Row], ask: filtering.Asked) -> list[Row]:
    return filtering.narrow(
        rows, ask, text=lambda row: f"{row.name} {row.english} {row.code} {row.aim.text}", choices=_CHOICES, orders=_ORDERS
    )


def _cells(row: Row) -> list[object]:
    start, now = row.start, language()
    gap: Decimal | None = start.gap if start else None
    return [
        row.row,
        row.name,
        row.english,
        row.unit,
        wording.of(wording.NATURES, row.nature, language=now),
        wording.target(row.aim, unit=row.unit, language=now),
        row.aim.value,
        row.aim.text,
        start.value if start else None,
        start.unit if start else None,
        start.period if start else None,
        gap,
        row.code,
        *owner_cells(row.owner),
        row.place.sentence if row.place else None,
    ]
