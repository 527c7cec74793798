"""Search: one box over everything, answered while one types and as a page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request, wants_part
from duheng.site.queries import search

_TYPING, _PAGE, _ONE_KIND = 5, 10, 200


def show(request: Request) -> HttpResponse:
    """What answers to the words, kind by kind."""
    query, noun = request.GET.get("q", "")[: search.LONGEST], request.GET.get("noun", "")
    noun = noun if noun in search.NOUNS else ""
    part = wants_part(request)
    limit = _TYPING if part else _ONE_KIND if noun else _PAGE
    found = search.find(query, plan=chosen_plan(request), language=language(), limit=limit, noun=noun)
    context = {"query": query, "found": found, "noun": noun, "limit": limit}
    return render(request, "_search.html" if part else "search.html", context)
