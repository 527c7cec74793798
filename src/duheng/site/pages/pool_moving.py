"""The form that moves a project of the pool to another stage: a page of its own, or a part shown over the board."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duheng.errors import GatesMissing, WrongDay
from duheng.plan.plan import Stage
from duheng.site import access
from duheng.site.actions import pool_life
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request, wants_part
from duheng.site.queries import pool, pool_words, wording
from duheng.site.records.models import PoolProject


class MoveForm(forms.Form):
    """Which stage was reached, on what day, by what paper."""

    stage = forms.ChoiceField(choices=[(stage, stage) for stage in pool.BATCHES])
    on = forms.DateField(error_messages={"invalid": gettext_lazy("This is no day. Write it as 2026-03-31.")})
    paper = forms.CharField(
        max_length=255, error_messages={"required": gettext_lazy("Name the paper or the report that says so.")}
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Enter the day on which the stage was reached."))
        return day


def move(request: Request, pk: int) -> HttpResponse:
    """Ask for the day and the paper, and move the project."""
    project = get_object_or_404(PoolProject, pk=pk)
    access.require(request.by, "projects.edit")
    back = _back(request)
    if request.method != "POST":
        return _ask(request, project, MoveForm(initial={"stage": request.GET.get("to", ""), "on": timezone.localdate()}), back)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _ask(request, project, form, back, status=422)
    told = form.cleaned_data
    stage = Stage(told["stage"])
    try:
        pool_life.move(
            by=request.by,
            at=timezone.now(),
            project_id=pk,
            stage=stage,
            on=told["on"],
            paper=told["paper"],
            despite=request.POST.getlist("despite"),
        )
    except WrongDay as wrong:
        form.add_error("on", wrong.message(language()))
        return _ask(request, project, form, back, status=422)
    except GatesMissing as missing:
        return _ask(request, project, form, back, status=422, missing=missing)
    name = wording.of(wording.STAGES, stage.value, language=language())
    messages.success(request, _("{project}: {stage} since {day}.").format(project=project.name, stage=name, day=told["on"]))
    return redirect(back)


def _ask(
    request: Request,
    project: PoolProject,
    form: MoveForm,
    back: str,
    *,
    status: int = 200,
    missing: GatesMissing | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"project": project, "form": form, "back": back, "stages": pool.BATCHES}
    if missing:
        context["missing"] = [entry for code, entry in pool_words.gates().items() if code in missing.gates]
    context["part"] = wants_part(request)
    page = "_pool_move_form.html" if context["part"] else "pool_move.html"
    return render(request, page, context, status=status)


def _back(request: Request) -> str:
    """Where the form was asked for, if that is a page of ours."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours and asked.startswith("/") else reverse("pool")
