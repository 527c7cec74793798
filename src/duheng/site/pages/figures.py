"""Figures: the list of series, a page for each, one figure by hand."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from duheng import collect
from duheng.collect import Figures
from duheng.measure import OWN
from duheng.report import book
from duheng.site import access
from duheng.site.actions import intake
from duheng.site.actions.collecting import Taken
from duheng.site.pages import marks
from duheng.site.pages.figure_form import FigureForm
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import sheet
from duheng.site.queries import filtering, series_table, visible
from duheng.site.queries import freshness as fresh
from duheng.site.records.models import Area, Load, Series

_CHOICES = ("area", "measure")


def table(request: Request) -> HttpResponse:
    """All series with their newest figure, narrowed as the address asks."""
    ask = filtering.asked(request.GET, _CHOICES)
    rows = series_table.found(ask.words, area=ask.choices["area"], measure=ask.choices["measure"], role=request.by.role)
    page = Paginator(rows, series_table.PAGE).get_page(request.GET.get("page"))
    part = wants_part(request)
    context: dict[str, Any] = {
        "ask": ask,
        "page": page,
        "lines": series_table.lines(list(page.object_list), role=request.by.role),
        "areas": Area.objects.filter(series__in=visible.series(request.by.role)).distinct(),
        "measures": series_table.MEASURES,
        "own": OWN,
    }
    if not part:
        context["owners"] = fresh.owners(on=timezone.localdate(), role=request.by.role)
        context["waiting"] = Load.objects.filter(state="asked").count()
        context["last"] = Load.objects.filter(state="done").first()
    return render(request, "_series_table.html" if part else "figures.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """One series: its figures as they are now, as they were first released, or as they were known on a day."""
    row = get_object_or_404(Series.objects.select_related("area"), pk=pk)
    kind, day = request.GET.get("show", "latest"), _day(request.GET.get("day", ""))
    figures = series_table.shown(row, kind=kind, day=day, role=request.by.role)
    context = {
        "row": row,
        "simulated": any(one.status == "simulated" for one in figures),
        "name": series_table.names(row),
        "kind": kind if kind in ("latest", "first", "asof") else "latest",
        "day": day,
        "figures": figures,
        "estimates": series_table.estimates(row, role=request.by.role),
        "reliability": series_table.reliability(row, role=request.by.role),
        "beside": visible.series(request.by.role).filter(indicator=row.indicator).exclude(pk=pk)[:40],
    }
    return render(request, "series.html", context)


def sdmx(request: Request) -> StreamingHttpResponse:
    """The figures of the series on screen as SDMX-CSV, those that the reader may see."""
    ask = filtering.asked(request.GET, _CHOICES)
    rows = series_table.found(ask.words, area=ask.choices["area"], measure=ask.choices["measure"], role=request.by.role)
    return _streamed(series_table.in_view(rows, role=request.by.role), "figures.csv")


def series_sdmx(request: Request, pk: int) -> StreamingHttpResponse:
    """One series as SDMX-CSV: as it is known now, first released, or known on a day."""
    row = get_object_or_404(Series.objects.select_related("area"), pk=pk)
    kind, day = request.GET.get("show", "latest"), _day(request.GET.get("day", ""))
    figures = series_table.in_view([row], role=request.by.role, kind=kind, day=day)
    return _streamed(figures, f"{series_table.names(row)[0]} {row.area.zh}.csv")


def _streamed(figures: Figures, name: str) -> StreamingHttpResponse:
    lines = csv.writer(_Line(), lineterminator="\n")
    rows = (lines.writerow(row) for row in collect.sdmx_rows(figures))
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


class _Line:
    """What a CSV writer writes to when its lines are sent one by one."""

    def write(self, line: str) -> str:
        return line


def export(request: Request, pk: int) -> HttpResponse:
    """The table on screen as .xlsx."""
    row = get_object_or_404(Series.objects.select_related("area"), pk=pk)
    kind, day = request.GET.get("show", "latest"), _day(request.GET.get("day", ""))
    side = 0 if language() == "zh" else 1
    heads = [_("Period"), _("Value"), _("Unit"), _("Status"), _("Known since"), _("First release"), _("As printed"), _("Source")]
    rows = [
        [
            marks.period(one.period),
            book.Printed(one.value),
            row.unit,
            series_table.STATUS_WORDS[one.status][side],
            one.vintage.isoformat(),
            book.Printed(one.first or one.value),
            one.printed,
            f"{one.load} {one.place}",
        ]
        for one in series_table.shown(row, kind=kind, day=day, role=request.by.role)
    ]
    name = f"{series_table.names(row)[side]} {series_table.MEASURES[row.measure][side]} {row.area.zh}"
    return sheet(name=name, note=row.key, heads=heads, rows=rows)


def enter(request: Request) -> HttpResponse:
    """One figure by hand, with where it is from and why."""
    access.require(request.by, "figures.load")
    form = FigureForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        taken = intake.enter(by=request.by, at=timezone.now(), entry=form.entry())
        if not taken.refused:
            messages.success(request, _told(taken))
            row = Series.objects.filter(figures__load=taken.load).first() if taken.load else None
            return redirect("series", row.pk) if row else redirect("figures")
        form.refuse(taken.doubts)
    context = {"form": form, "measures": series_table.MEASURES, "statuses": series_table.STATUS_WORDS}
    return render(request, "figure_form.html", context, status=422 if form.errors else 200)


def revisions(request: Request) -> HttpResponse:
    """How reliable the first releases of each series have been."""
    return render(request, "revisions.html", {"lines": fresh.reliabilities(role=request.by.role)})


def _told(taken: Taken) -> str:
    if not taken.load:
        return _("This figure is known already; nothing has changed.")
    return _("The figure stands as a revision.") if taken.revised else _("The figure is stored.")


def _initial(request: Request) -> dict[str, Any]:
    initial: dict[str, Any] = {"known": timezone.localdate().isoformat(), "status": "preliminary"}
    row = Series.objects.select_related("area").filter(pk=request.GET.get("series") or 0).first()
    if row:
        initial |= {"indicator": row.indicator, "area": "" if row.area.code == OWN else row.area.code}
        initial |= {"measure": row.measure, "unit": row.unit}
    return initial


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
