"""Appraisal: land productivity (亩均): enterprises with their grades, what another rule set would say, score sheets, appeals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng import appraise
from duheng.errors import DuhengError
from duheng.report.book import Sheet, book
from duheng.site import access
from duheng.site.actions import grading
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import answer
from duheng.site.queries import appraisal, land
from duheng.site.records.models import Appeal, Appraisal, Firm

_PAGE = 50
_ORDERS = ("score", "rank", "name", "kept")


def table(request: Request) -> HttpResponse:
    """The enterprises of the sheet in force with their grades; under another rule set what would differ is marked."""
    sheet = _chosen(request)
    context: dict[str, Any] = {"room": "land", "sheet": sheet}
    if sheet is not None:
        other = land.what_if(sheet, request.GET.get("rules", ""))
        found = _found(request, sheet, other)
        grades = land.rules_of(sheet.given["rules"]).grading.grades
        context |= {
            "page": Paginator(found, _PAGE).get_page(request.GET.get("page")),
            "all": sheet.firms.count(),
            "shown": found.count(),
            "ask": {name: request.GET.get(name, "") for name in ("q", "size", "grade", "rules", "turned", "sort", "shaky")},
            "rules": land.rule_sets(),
            "rule": sheet.result["rules"],
            "other": other,
            "grades_there": other.grades if other else {},
            "counts": [(size, _counted(count, grades)) for size, count in land.counts(sheet).items()],
            "grades": grades,
            "window": land.window(sheet),
            "waiting": Appeal.objects.filter(firm__appraisal=sheet, state="filed").count(),
            "late": Appeal.objects.filter(firm__appraisal=sheet, state="filed", due__lt=timezone.localdate()).count(),
            "sheets": [each for each in appraisal.sheets("land") if each.state == "done"],
            "today": timezone.localdate(),
            "industries": appraise.industries(land.scores(sheet)),
            "turned": appraise.turned(land.scores(sheet)),
        }
    return render(request, "_land_table.html" if wants_part(request) else "land.html", context)


def export(request: Request, pk: int) -> HttpResponse:
    """Scores, every item of every enterprise, and the rules, as .xlsx."""
    sheet = _sheet(pk)
    scores = land.scores(sheet)
    pages = appraise.land_pages(scores, side=0 if language() == "zh" else 1)
    mark = f"（{_('simulated')}）" if sheet.simulated else ""
    made = [Sheet(name=name, heads=heads, rows=rows, note=f"{note}{mark}") for name, heads, rows, note in pages]
    return answer(book(made), name=sheet.title)


def firm(request: Request, pk: int, *, problem: str = "") -> HttpResponse:
    """The score sheet of one enterprise: every item by hand, the way to the next grade, how steady the grade is, its appeals."""
    row = get_object_or_404(Firm.objects.select_related("appraisal"), pk=pk, appraisal__state="done")
    sheet = row.appraisal
    rules = land.rules_of(sheet.given["rules"])
    asked = {column: request.GET.get(f"if-{column}", "").strip()[:60] for column in rules.needs(row.size)}
    tried = {column: text for column, text in asked.items() if text}
    context = {
        "room": "land",
        "sheet": sheet,
        "row": row,
        "tried": asked,
        "supposed": land.supposed(sheet, row.code, tried) if tried else None,
        "told": land.sheet_of(sheet, row.code),
        "shares": land.shares_of(sheet, row.code),
        "formula": appraise.formula(rules, row.size),
        "rule": sheet.result["rules"],
        "window": land.window(sheet),
        "open": land.window(sheet).open_on(timezone.localdate()),
        "appeals": [(one, _effect(sheet, one)) for one in row.appeals.all()],
        "exemptions": rules.exemptions,
        "columns": land.columns(),
        "asked": rules.needs(row.size),
        "today": timezone.localdate(),
        "problem": problem,
    }
    return render(request, "land_firm.html", context, status=422 if problem else 200)


def appeals(request: Request, pk: int) -> HttpResponse:
    """The appeals against the grades of a sheet, those that wait first."""
    sheet = _sheet(pk)
    context = {
        "room": "land",
        "sheet": sheet,
        "appeals": [(one, _effect(sheet, one)) for one in land.appeals(sheet)],
        "window": land.window(sheet),
        "columns": land.columns(),
        "today": timezone.localdate(),
    }
    return render(request, "land_appeals.html", context)


def method(request: Request, pk: int) -> HttpResponse:
    """How the grades are made, in the words that the rule set gives."""
    sheet = _sheet(pk)
    parts = appraise.land_method(land.rules_of(sheet.given["rules"]))
    context = {"room": "land", "held": sheet, "title": sheet.title, "parts": parts, "back": reverse("land")}
    return render(request, "appraise_method.html", context)


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Record the day on which the grades were made known."""
    access.require(request.by, "appraise.load")
    sheet = _sheet(pk)
    on = _day(request.POST.get("on", ""))
    grading.publish(by=request.by, at=timezone.now(), appraisal_id=sheet.pk, on=on)
    messages.success(request, _("Published on {day}; appeals may be filed.").format(day=on))
    return redirect("land")


@require_POST
def exempt(request: Request, pk: int) -> HttpResponse:
    """Let an enterprise take part without a grade, or grade it again."""
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "")[:500]
    return _done(request, pk, lambda: grading.exempt(by=request.by, at=timezone.now(), firm_id=pk, kind=kind, reason=reason))


@require_POST
def appeal(request: Request, pk: int) -> HttpResponse:
    """File an appeal."""
    asks = {name.removeprefix("ask-"): value for name, value in request.POST.items() if name.startswith("ask-")}

    def filed() -> object:
        return grading.file_appeal(
            by=request.by,
            at=timezone.now(),
            firm_id=pk,
            text=request.POST.get("text", ""),
            asks={name: str(value) for name, value in asks.items()},
            on=timezone.localdate(),
        )

    return _done(request, pk, filed)


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """Answer an appeal."""
    made = get_object_or_404(Appeal, pk=pk)
    state, said = request.POST.get("state", ""), request.POST.get("answer", "")

    def settled() -> object:
        return grading.answer_appeal(by=request.by, at=timezone.now(), appeal_id=pk, state=state, answer=said)

    return _done(request, made.firm_id, settled)


def _effect(sheet: Appraisal, one: Appeal) -> land.Supposed | None:
    """What an appeal that waits would change if it were upheld."""
    return land.supposed(sheet, one.firm.code, one.asks) if one.state == "filed" and one.asks else None


def _done(request: Request, firm_id: int, act: Any) -> HttpResponse:
    """The enterprise's page after an action, with what was wrong with it."""
    get_object_or_404(Firm, pk=firm_id)
    access.require(request.by, "appraise.appeal")
    try:
        act()
    except DuhengError as error:
        return firm(request, firm_id, problem=error.message(language()))
    messages.success(request, _("Stored."))
    return redirect("land-firm", firm_id)


def _chosen(request: Request) -> Appraisal | None:
    asked = request.GET.get("sheet", "")
    if asked.isdigit() and len(asked) < 12:
        return _sheet(int(asked))
    return land.current()


def _sheet(pk: int) -> Appraisal:
    return get_object_or_404(Appraisal, pk=pk, kind="land", state="done")


def _found(request: Request, sheet: Appraisal, other: land.WhatIf | None) -> QuerySet[Firm]:
    """The enterprises that answer to the filter, in its order."""
    rows = sheet.firms.all()
    for word in request.GET.get("q", "")[:100].split():
        rows = rows.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(industry__icontains=word))
    if (size := request.GET.get("size", "")) in land.SIZE_WORDS:
        rows = rows.filter(size=size)
    if grade := request.GET.get("grade", "")[:12]:
        rows = rows.filter(rank__isnull=True) if grade == "exempt" else rows.filter(grade=grade, rank__isnull=False)
    if request.GET.get("shaky"):
        rows = rows.filter(kept__lt=0.95)
    if other is not None and request.GET.get("turned"):
        moved = [code for code, grade in sheet.firms.values_list("code", "grade") if other.grades.get(code, ("", 0))[0] != grade]
        rows = rows.filter(code__in=moved[:_MOST])
    sort = request.GET.get("sort", "")
    order = sort if sort.removeprefix("-") in _ORDERS else ""
    return rows.order_by(order, "position") if order else rows.order_by("size", F("rank").asc(nulls_last=True), "position")


_MOST = 20_000


def _counted(count: Mapping[str, int], grades: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(grade, count.get(grade, 0)) for grade in grades] + ([("exempt", count["exempt"])] if count.get("exempt") else [])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
