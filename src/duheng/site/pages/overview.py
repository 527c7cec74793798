"""Overview: an answer in sentences, then the parts."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request
from duheng.site.queries import events, overview, watching


def show(request: Request) -> HttpResponse:
    """What is promised, what is stated, what can be checked, what is worth a look."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    context = {
        "facts": overview.facts(plan),
        "plan": plan,
        "recent": events.lines(language=language(), role=request.by.role, limit=5),
        "lights": watching.lights(plan, rule=settings.WORKSPACE.rule, role=request.by.role),
    }
    return render(request, "overview.html", context)
