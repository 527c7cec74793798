"""History: who, when, what, from what to what."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.queries import events

_PAGE = 100


def table(request: Request) -> HttpResponse:
    """The lines of history, newest first."""
    asked = request.GET.get("from", "0")
    start = int(asked) if asked.isdigit() and len(asked) < 9 else 0
    total = events.count()
    context = {
        "lines": events.lines(language=language(), role=request.by.role, start=start, limit=_PAGE),
        "total": total,
        "older": start + _PAGE if start + _PAGE < total else None,
        "newer": max(0, start - _PAGE) if start else None,
    }
    return render(request, "history.html", context)
