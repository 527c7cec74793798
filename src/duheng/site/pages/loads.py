"""Loads: files of figures that came in, what they were taken for, what was doubted, and how to undo them."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.collect import Given, SheetMapping, Status
from duheng.errors import DuhengError
from duheng.site import access
from duheng.site.actions import collecting, intake
from duheng.site.pages.forms import UploadForm
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.queries import loads, series_table, visible
from duheng.site.records.models import Load

_KNOWN = (".xlsx", ".xls", ".et", ".ods", ".csv", ".gz", ".txt")
_ANSWERS = ("indicator", "measure", "unit", "period")


def table(request: Request) -> HttpResponse:
    """What came in, the newest first; and the form for more."""
    problem = ""
    if request.method == "POST":
        access.require(request.by, "figures.load")
        taken, problem = _take(request)
        if taken is not None:
            return redirect("load", taken)
    page = Paginator(Load.objects.all(), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "problem": problem,
        "known": _KNOWN,
        "today": timezone.localdate(),
        "statuses": series_table.STATUS_WORDS,
    }
    return render(request, "loads.html", context, status=422 if problem else 200)


def show(request: Request, pk: int) -> HttpResponse:
    """One load: its counts, what its columns were taken for, what was doubted, what it changed."""
    load = get_object_or_404(Load, pk=pk)
    return _page(request, load)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """What a person says of the columns of a file that waits."""
    access.require(request.by, "figures.load")
    load = get_object_or_404(Load, pk=pk, state__in=("asked", "refused"))
    data = settings.WORKSPACE.file(load.digest, load.suffix).read_bytes()
    try:
        said = tuple(_said(request, place, sheet) for place, sheet in enumerate(load.mapping.get("proposed", [])))
        told = intake.Request(given=_given(load.given), said=said, asked=load.pk)
        sent = intake.Sent(name=load.name, data=data)
        taken = intake.take_file(by=request.by, at=timezone.now(), sent=sent, request=told)
    except DuhengError as error:
        return _page(request, load, problem=error.message(language()))
    if not taken.asks and not taken.refused:
        messages.success(request, _("The answer is stored, and remembered for the next file of this shape."))
    return redirect("load", pk)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take back all that a load brought."""
    get_object_or_404(Load, pk=pk)
    collecting.undo(by=request.by, at=timezone.now(), load_id=pk, reason=request.POST.get("reason", "").strip()[:500])
    messages.success(request, _("The load is undone; its figures count for nothing. The same file can be loaded again."))
    return redirect("load", pk)


def _page(request: Request, load: Load, *, problem: str = "") -> HttpResponse:
    doubts = list(visible.doubts(load, request.by.role)[:300])
    context = {
        "load": load,
        "doubts": doubts,
        "errors": sum(doubt.severity == "error" for doubt in doubts),
        "warnings": sum(doubt.severity == "warning" for doubt in doubts),
        "sheets": load.mapping.get("proposed", []),
        "revisions": loads.revisions(load, role=request.by.role) if load.state == "done" else [],
        "measures": series_table.MEASURES,
        "problem": problem,
        "reason": visible.reason(load, request.by.role),
        "status": load.given.get("status", ""),
    }
    return render(request, "load.html", context, status=422 if problem else 200)


def _take(request: Request) -> tuple[int | None, str]:
    """The load that an uploaded file made, or what is wrong with it."""
    file = request.FILES.get("file")
    if file is None:
        return None, _("Choose a file first.")
    name = PurePath(file.name or "file").name
    if PurePath(name).suffix.lower() not in _KNOWN:
        told = {"name": name, "known": " ".join(_KNOWN)}
        return None, _("%(name)s is of a kind that cannot be read. Save it as one of: %(known)s") % told
    if (file.size or 0) > UploadForm.LIMIT:
        return None, f"{name}: {UploadForm.too_large}"
    try:
        given = _given({name: request.POST.get(name, "") for name in ("known", "status", "released", "area")})
        sent = intake.Sent(name=name, data=file.read())
        taken = intake.take_file(by=request.by, at=timezone.now(), sent=sent, request=intake.Request(given=given))
    except DuhengError as error:
        return None, error.message(language())
    if taken.again:
        messages.info(request, _("This file was loaded before; nothing has changed."))
    return taken.load or taken.again, ""


def _given(told: dict[str, Any]) -> Given:
    try:
        known = date.fromisoformat(str(told.get("known") or ""))
    except ValueError:
        known = timezone.localdate()
    status = str(told.get("status") or "preliminary")
    constants = dict(told.get("constants") or {})
    constants |= {"area": str(told["area"]).strip()} if told.get("area") else {}
    return Given(
        vintage=known,
        status=Status(status) if status in set(Status) else Status.PRELIMINARY,
        released=bool(told.get("released")),
        columns=dict(told.get("columns") or {}),
        constants=constants,
        months=int(told.get("months") or 0),
    )


def _said(request: Request, place: int, sheet: dict[str, Any]) -> SheetMapping:
    """What the form says of one sheet, over what was said of it before."""

    def field(name: str) -> str:
        return request.POST.get(f"s{place}-{name}", "").strip()

    told: dict[str, Any] = {**sheet.get("said", {}), "sheet": sheet["sheet"], "skip": bool(field("skip"))}
    told |= {name: field(name) for name in ("indicator", "period", "area") if field(name)}
    columns = dict(told.get("columns", {}))
    for number, column in enumerate(sheet["columns"]):
        given = {name: field(f"c{number}-{name}") for name in _ANSWERS if field(f"c{number}-{name}")}
        if field(f"c{number}-skip"):
            columns[column["letter"]] = "skip"
        elif given:
            columns[column["letter"]] = given
    return SheetMapping.of({**told, "columns": columns}, where=sheet["sheet"])
