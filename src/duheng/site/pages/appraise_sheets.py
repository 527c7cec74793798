"""Appraisal: the sheets that came in to be judged, the form for more, and taking one back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.errors import DuhengError
from duheng.site import access
from duheng.site.actions import appraising, grading, scoring
from duheng.site.actions.appraising import Handed, Sheet
from duheng.site.pages.forms import UploadForm
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.queries import appraisal, land
from duheng.site.records.models import Appraisal

_TAKERS: Mapping[str, Callable[..., Appraisal]] = {
    "items": appraising.take_items,
    "midterm": appraising.take_midterm,
    "score": scoring.take_score,
    "land": grading.take_land,
}
_PAGES = {"items": "appraise-items", "midterm": "appraise-midterm", "score": "appraise-scores", "land": "land"}
_MOST = 12  # files handed over at once


def table(request: Request) -> HttpResponse:
    """What came in, the newest first; and the form for more."""
    problem, kind = "", request.POST.get("kind") or request.GET.get("kind", "")
    if request.method == "POST":
        access.require(request.by, "appraise.load")
        made, problem = _take(request)
        if made is not None:
            return redirect(_PAGES[made.kind])
    context = {
        "room": "sheets",
        "sheets": appraisal.sheets(),
        "kinds": list(appraisal.KINDS.items()),
        "kind": kind if kind in appraisal.KINDS else "items",
        "rules": land.rule_sets(),
        "problem": problem,
        "given": request.POST,
        "year": timezone.localdate().year - 1,
        "pages": _PAGES,
    }
    return render(request, "appraise_sheets.html", context, status=422 if problem else 200)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a sheet back."""
    get_object_or_404(Appraisal, pk=pk)
    appraising.undo(by=request.by, at=timezone.now(), appraisal_id=pk, reason=request.POST.get("reason", "").strip()[:500])
    messages.success(request, _("The sheet is taken back and counts for nothing; it can be taken in again."))
    return redirect("appraise-sheets")


def _take(request: Request) -> tuple[Appraisal | None, str]:
    """What the files handed over made, or what is wrong with them."""
    kind = request.POST.get("kind", "")
    files = request.FILES.getlist("files")
    if kind not in _TAKERS or not files:
        return None, _("Choose a file first.")
    if len(files) > _MOST or sum(file.size or 0 for file in files) > UploadForm.LIMIT:
        return None, f"{UploadForm.too_large}"
    handed = tuple(Handed(name=PurePath(file.name or "file").name, data=file.read()) for file in files)
    sheet = Sheet(
        kind=kind,
        title=request.POST.get("title", "").strip()[:200] or _title(kind, handed),
        files=handed,
        given=_given(request, kind),
        simulated=bool(request.POST.get("simulated")),
    )
    try:
        made = _TAKERS[kind](by=request.by, at=timezone.now(), sheet=sheet)
    except DuhengError as error:
        return None, error.message(language())
    messages.success(request, _("Taken in: {name}").format(name=made.title))
    return made, ""


def _title(kind: str, handed: tuple[Handed, ...]) -> str:
    """Without a title of its own a sheet goes by its file; a score by its specification."""
    return "" if kind == "score" else PurePath(handed[0].name).stem


def _given(request: Request, kind: str) -> dict[str, Any]:
    year = request.POST.get("year", "")
    given: dict[str, Any] = {"year": int(year)} if year.isdigit() and len(year) == 4 and kind in ("land", "score") else {}
    if kind == "land":
        given["rules"] = request.POST.get("rules", "")
    return given
