"""Loads: files of figures and lists of projects that came in, what they were taken for, what was doubted, and how to undo them."""

from __future__ import annotations

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

from duheng.collect import SheetMapping
from duheng.errors import DuhengError
from duheng.read.kind import mistaken
from duheng.site import access
from duheng.site.actions import collecting, import_jobs, intake
from duheng.site.pages import project_lists
from duheng.site.pages.forms import UploadForm
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.queries import loads, series_table, visible
from duheng.site.records.models import ImportJob, Load

_KNOWN = (".xlsx", ".xls", ".et", ".ods", ".csv", ".gz", ".txt")
_ANSWERS = ("indicator", "measure", "unit", "period")


def table(request: Request) -> HttpResponse:
    """What came in, the newest first; and the form for more."""
    problem = ""
    if request.method == "POST":
        access.require(request.by, "figures.load")
        job, problem = _take(request)
        if job is not None:
            return redirect("import-job", job)
    page = Paginator(Load.objects.all(), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "problem": problem,
        "known": _KNOWN,
        "today": timezone.localdate(),
        "kind": request.GET.get("kind", ""),
        "running": ImportJob.objects.filter(kind="figures", state__in=("waiting", "reading", "storing")),
        "statuses": series_table.STATUS_WORDS,
    }
    return render(request, "loads.html", context, status=422 if problem else 200)


def show(request: Request, pk: int) -> HttpResponse:
    """One load: its counts, what its columns were taken for, what was doubted, what it changed."""
    load = get_object_or_404(Load, pk=pk)
    return project_lists.page(request, load) if load.kind == "projects" else _page(request, load)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """What a person says of the columns of a file that waits."""
    access.require(request.by, "figures.load")
    load = get_object_or_404(Load, pk=pk, state__in=("asked", "refused"))
    if load.kind == "projects":
        return project_lists.answer(request, load)
    data = settings.WORKSPACE.file(load.digest, load.suffix).read_bytes()
    try:
        said = tuple(_said(request, place, sheet) for place, sheet in enumerate(load.mapping.get("proposed", [])))
    except DuhengError as error:
        return _page(request, load, problem=error.message(language()))
    given = intake.given_of(
        {**load.given, "year": request.POST.get("year") or load.given.get("year")}, today=timezone.localdate()
    )
    sent = intake.Sent(name=load.name, data=data)
    told = intake.Request(given=given, said=said, asked=load.pk)
    return redirect("import-job", import_jobs.ask_figures(by=request.by, at=timezone.now(), sent=sent, request=told))


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take back all that a load brought."""
    load = get_object_or_404(Load, pk=pk)
    if load.kind == "projects":
        return project_lists.undo(request, load)
    collecting.undo(by=request.by, at=timezone.now(), load_id=pk, reason=request.POST.get("reason", "").strip()[:500])
    messages.success(request, _("The load is undone; its figures count for nothing. The same file can be loaded again."))
    return redirect("load", pk)


def _page(request: Request, load: Load, *, problem: str = "") -> HttpResponse:
    doubts = loads.doubts(load, role=request.by.role)
    context = {
        "load": load,
        "doubts": doubts,
        "errors": sum(group.count for group in doubts if group.severity == "error"),
        "warnings": sum(group.count for group in doubts if group.severity == "warning"),
        "sheets": load.mapping.get("proposed", []),
        "revisions": loads.revisions(load, role=request.by.role) if load.state == "done" else [],
        "measures": series_table.MEASURES,
        "problem": problem,
        "reason": visible.reason(load, request.by.role),
        "status": load.given.get("status", ""),
    }
    return render(request, "load.html", context, status=422 if problem else 200)


def _take(request: Request) -> tuple[str | None, str]:
    """The job that loads an uploaded file, or what is wrong with it before one begins."""
    file = request.FILES.get("file")
    if file is None:
        return None, _("Choose a file first.")
    name = PurePath(file.name or "file").name
    if PurePath(name).suffix.lower() not in _KNOWN:
        told = {"name": name, "known": " ".join(_KNOWN)}
        return None, _("%(name)s is of a kind that cannot be read. Save it as one of: %(known)s") % told
    if (file.size or 0) > UploadForm.LIMIT:
        return None, f"{name}: {UploadForm.too_large}"
    told = {name: request.POST.get(name, "") for name in ("known", "status", "released", "area", "year")}
    given = intake.given_of(told, today=timezone.localdate())
    sent = intake.Sent(name=name, data=file.read())
    if wrong := mistaken(sent.data, name=name):
        return None, wrong.message(language())
    asked, holds = intake.Request(given=given), request.POST.get("kind", "")
    return import_jobs.ask_figures(by=request.by, at=timezone.now(), sent=sent, request=asked, holds=holds), ""


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
