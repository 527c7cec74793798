"""A sheet of applications: uploaded, taken in whole or not at all, with every fault at its row; undone at once."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duheng.allocate.application_sheet import SheetFault, read_applications
from duheng.errors import DuhengError
from duheng.site import access
from duheng.site.actions import applying
from duheng.site.pages import fund_money
from duheng.site.pages.forms import UploadForm
from duheng.site.pages.frame import language
from duheng.site.pages.funds import say, year_of
from duheng.site.pages.request import Request
from duheng.site.queries import application_rows
from duheng.site.queries.application_rows import Meant
from duheng.site.records.models import FundPool

_KNOWN = (".xlsx", ".xls", ".et", ".ods", ".csv", ".txt")
_TOLD = 5


def load(request: Request) -> HttpResponse:
    """The form, and what is wrong with a sheet that was not taken."""
    access.require(request.by, "funds.apply")
    problem, faults = "", list[SheetFault]()
    if request.method == "POST":
        try:
            answer = _take(request)
        except DuhengError as error:
            problem = error.message(language())
        else:
            if isinstance(answer, HttpResponse):
                return answer
            problem, faults = answer
    context = {
        "problem": problem,
        "faults": faults,
        "known": _KNOWN,
        "pools": FundPool.objects.all(),
        "year": request.POST.get("year") or year_of(request),
        "today": timezone.localdate(),
        "units": [symbol for symbol, _words in fund_money.UNIT_CHOICES],
        "here": "applications",
    }
    return render(request, "applications_import.html", context, status=422 if problem or faults else 200)


def _take(request: Request) -> HttpResponse | tuple[str, list[SheetFault]]:
    """Take the uploaded sheet in, or say what is wrong with it."""
    file = request.FILES.get("file")
    if file is None:
        return _("Choose a file first."), []
    name = PurePath(file.name or "file").name
    if PurePath(name).suffix.lower() not in _KNOWN:
        told = {"name": name, "known": " ".join(_KNOWN)}
        return _("%(name)s is of a kind that cannot be read. Save it as one of: %(known)s") % told, []
    if (file.size or 0) > UploadForm.LIMIT:
        return f"{name}: {UploadForm.too_large}", []
    unit = request.POST.get("unit", "万元")
    sheet = read_applications(file.read(), name=name, known=_day(request.POST.get("known", "")), unit=unit)
    year = request.POST.get("year", "")
    pool = FundPool.objects.filter(pk=int(request.POST["pool"]) if request.POST.get("pool", "").isdigit() else 0).first()
    rows, faults = application_rows.meant(sheet, pool=pool, year=int(year) if year.isdigit() else year_of(request))
    if faults:
        return _("Nothing was taken in: what is wrong stands below, each with its row."), faults
    if not rows:
        return _("No row of this sheet has a project and an amount."), []
    return _store(request, name, rows)


def _store(request: Request, name: str, rows: list[Meant]) -> HttpResponse:
    asked = [applying.Asked(project=each.project, pool=each.pool, year=each.year, moves=each.row.moves) for each in rows]
    new, same, decision = applying.load(by=request.by, at=timezone.now(), name=name, asked=asked)
    told = ngettext("%(n)s application is new or moved on.", "%(n)s applications are new or moved on.", new) % {"n": new}
    told += " " + ngettext("%(n)s was known already.", "%(n)s were known already.", same) % {"n": same}
    say(request, told, decision.pk if decision else None)
    for each in [each for each in rows if each.beyond][:_TOLD]:
        words = _("%(place)s: more is asked for than the whole project costs. Check the unit.") % {"place": each.row.place}
        messages.warning(request, words)
    return redirect("applications")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
