"""Division of tasks: a sheet pasted or uploaded, shown row by row, and loaded all or nothing; it can be taken back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duheng import read
from duheng.errors import DuhengError
from duheng.plan import Duty, division
from duheng.site import access
from duheng.site.actions import owners as actions
from duheng.site.pages.forms import UploadForm
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request
from duheng.site.queries import division as queries
from duheng.site.queries import owners
from duheng.site.records.models import OwnersLoad, Plan

_SALT = "duheng.division"
_PASTED = 2 << 20  # characters


def ask(request: Request) -> HttpResponse:
    """The form; with a sheet in it, what each row means."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    if request.method != "POST":
        return _form(request, plan)
    access.require(request.by, "owners.edit")
    file, text = request.FILES.get("sheet"), request.POST.get("pasted", "")
    if file is None and not text.strip():
        return _form(request, plan, problem=_("Paste the rows of the sheet, with its head, or choose a file."), text=text)
    name = PurePath(file.name or "").name if file else _("pasted")
    try:
        duties = division.of_file(data=file.read(), name=name) if file else division.of_text(text[:_PASTED])
    except DuhengError as wrong:
        return _form(request, plan, problem=wrong.message(language()), text=text)
    problem = _problem(duties, size=file.size or 0 if file else 0)
    if problem:
        return _form(request, plan, problem=problem, text=text)
    return _preview(request, plan, duties, name=name)


@require_POST
def apply(request: Request) -> HttpResponse:
    """Load the rows that were ticked, all of them or none."""
    access.require(request.by, "owners.edit")
    try:
        kept = signing.loads(request.POST.get("duties", ""), salt=_SALT, max_age=86400)
    except signing.BadSignature:
        messages.error(request, _("This preview has expired. Load the sheet again."))
        return redirect("division")
    plan = get_object_or_404(Plan, pk=kept["plan"])
    duties = [_duty(fields) for fields in kept["duties"]]
    seen = queries.preview(plan, duties)
    labels = dict(seen.items)
    by_label = {label: token for token, label in seen.items}
    given, wrong = [], []
    for line in seen.lines:
        other = request.POST.get(f"other-{line.index}", "").strip()
        token = by_label.get(other, "") if other else request.POST.get(f"item-{line.index}", "")
        if other and not token:
            wrong.append(line.index)
        elif (other or request.POST.get(f"take-{line.index}")) and token in labels:
            given.append(actions.assignment(line.duty, token))
    if wrong:
        problem = _("No item of the plan is called so. Choose one from the list, or leave the field empty.")
        return _preview(request, plan, duties, name=kept["name"], wrong=wrong, problem=problem)
    loaded = actions.load(by=request.by, at=timezone.now(), plan_id=plan.pk, name=kept["name"], given=given)
    if loaded is None:
        messages.success(request, _("Nothing has changed."))
    else:
        count = len(loaded.changes)
        words = ngettext("%(n)s item has its owner from the sheet.", "%(n)s items have their owner from the sheet.", count)
        messages.success(request, words % {"n": count})
    return redirect("division")


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a loaded sheet back."""
    get_object_or_404(OwnersLoad, pk=pk)
    back, kept = actions.undo(by=request.by, at=timezone.now(), load_id=pk)
    words = ngettext("%(n)s item stands as before the sheet.", "%(n)s items stand as before the sheet.", back) % {"n": back}
    if kept:
        more = ngettext("%(n)s was changed since and stays.", "%(n)s were changed since and stay.", kept) % {"n": kept}
        words = f"{words} {more}"
    messages.success(request, words)
    return redirect("division")


def _form(request: Request, plan: Plan, *, problem: str = "", text: str = "") -> HttpResponse:
    known = tuple(dict.fromkeys((*read.KNOWN, *division.TEXT_KINDS)))
    context = {"plan": plan, "problem": problem, "text": text, "known": known, "loads": owners.loads(plan)}
    return render(request, "division.html", context, status=422 if problem else 200)


def _preview(
    request: Request, plan: Plan, duties: Any, *, name: str, wrong: list[int] | None = None, problem: str = ""
) -> HttpResponse:
    kept = {"plan": plan.pk, "name": name, "duties": [asdict(duty) for duty in duties]}
    seen = queries.preview(plan, duties)
    context = {
        "plan": plan,
        "name": name,
        "seen": seen,
        "counts": seen.counts,
        "duties": signing.dumps(kept, salt=_SALT, compress=True),
        "wrong": wrong or [],
        "problem": problem,
        "typed": {line.index: request.POST.get(f"other-{line.index}", "") for line in seen.lines} if wrong else {},
    }
    return render(request, "division_preview.html", context, status=422 if problem else 200)


def _problem(duties: tuple[Duty, ...], *, size: int) -> str:
    if size > UploadForm.LIMIT:
        return str(UploadForm.too_large)
    if not duties:
        return _(
            "No table with a head was found: one column must name the task, project or indicator, and another the lead or"
            " responsible office. Copy the head along with the rows."
        )
    if len(duties) > queries.LIMIT:
        return _("The sheet has more than %(n)s rows. Load it in parts.") % {"n": queries.LIMIT}
    return ""


def _duty(fields: dict[str, Any]) -> Duty:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return Duty(**values)
