"""Lists of projects as loads: taken in, explained, undone; told from figures by what they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from duheng.collect.projects import ListMapping
from duheng.errors import DuhengError
from duheng.site import access
from duheng.site.actions import import_jobs, pool
from duheng.site.actions.intake import Sent
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.queries import pool_lists, pool_words
from duheng.site.records.models import Load

_SHOWN = 300  # doubts on a page
_WHOLE, _COLUMN = ("unit", "year", "month"), ("role", "source", "year", "month", "unit")


def page(request: Request, load: Load, *, problem: str = "") -> HttpResponse:
    """One list: what it brought, what its columns were taken for, its groups beside their totals, what was doubted."""
    doubts = list(load.doubts.order_by("severity", "id")[:_SHOWN]) if access.may(request.by.role, "projects.load") else []
    words, controls, projects = pool_words.words(), pool_lists.controls(load), pool_lists.projects(load)
    context = {
        "load": load,
        "doubts": doubts,
        "errors": sum(doubt.severity == "error" for doubt in doubts),
        "warnings": sum(doubt.severity == "warning" for doubt in doubts),
        "sheets": load.mapping.get("proposed", []),
        "controls": controls,
        "differing": [line for line in controls if not line.holds],
        "agreeing": [line for line in controls if line.holds],
        "projects": projects[: pool_lists.SHOWN],
        "more": max(0, len(projects) - pool_lists.SHOWN),
        "pairs": pool_lists.open_pairs(load),
        "roles": {code: (entry.zh, entry.en) for code, entry in words.columns.items()},
        "sources": {code: (entry.zh, entry.en) for code, entry in words.sources.items()},
        "problem": problem,
    }
    return render(request, "load_projects.html", context, status=422 if problem else 200)


def answer(request: Request, load: Load) -> HttpResponse:
    """What a person says of the columns of a list that waits."""
    access.require(request.by, "projects.load")
    data = settings.WORKSPACE.file(load.digest, load.suffix).read_bytes()
    try:
        said = tuple(_said(request, place, sheet) for place, sheet in enumerate(load.mapping.get("proposed", [])))
    except DuhengError as error:
        return page(request, load, problem=error.message(language()))
    known = date.fromisoformat(load.given["known"])
    told = pool.Request(known=known, said=said, asked=load.pk, simulated=bool(load.given.get("simulated")))
    sent = Sent(name=load.name, data=data)
    return redirect("import-job", import_jobs.ask_projects(by=request.by, at=timezone.now(), sent=sent, request=told))


def undo(request: Request, load: Load) -> HttpResponse:
    """Take back all that a list told."""
    pool.undo(by=request.by, at=timezone.now(), load_id=load.pk, reason=request.POST.get("reason", "").strip()[:500])
    messages.success(request, _("The list is undone; what was told before stands again. The same file can be loaded again."))
    return redirect("load", load.pk)


def _said(request: Request, place: int, sheet: dict[str, Any]) -> ListMapping:
    """What the form says of one sheet, over what was said of it before."""

    def field(name: str) -> str:
        return request.POST.get(f"s{place}-{name}", "").strip()

    told: dict[str, Any] = {**sheet.get("said", {}), "sheet": sheet["sheet"], "skip": field("skip") == "yes" and "true"}
    told |= {name: field(name) for name in _WHOLE if field(name)}
    columns = dict(told.get("columns", {}))
    for number, column in enumerate(sheet["columns"]):
        given = {name: field(f"c{number}-{name}") for name in _COLUMN if field(f"c{number}-{name}")}
        if given.get("role") in ("skip", "keep"):
            columns[column["letter"]] = given["role"]
        elif given:
            before = columns.get(column["letter"])
            columns[column["letter"]] = {**(before if isinstance(before, dict) else _taken(column)), **given}
    return ListMapping.of({**told, "columns": columns}, words=pool_words.words(), where=sheet["sheet"])


def _taken(column: dict[str, Any]) -> dict[str, Any]:
    """What a column was taken for, where a person says only some of it."""
    return {name: column[name] for name in _COLUMN if column.get(name)}
