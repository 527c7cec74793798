"""What is answered to a decision: a message that can undo it, and, where htmx asks, only the parts of the page that changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from duheng.errors import DuhengError
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request
from duheng.site.queries import review
from duheng.site.records.models import Decision, Plan, Project, ReviewItem


def done(request: Request, told: str, *, decision: Decision | None = None, undoes: bool = True) -> HttpResponse:
    """It is done; `undoes` says whether undoing it is offered."""
    offered = decision if undoes else None
    if request.htmx:
        return _parts(request, told, decision=decision, offered=offered)
    messages.success(request, told, extra_tags=f"undo-{offered.pk}" if offered else "")
    return redirect(back(request))


def refused(request: Request, error: DuhengError, *, item: ReviewItem | None = None) -> HttpResponse:
    """It is not done, and why."""
    told = error.message(language())
    if request.htmx:
        return _parts(request, told, item=item, wrong=True)
    messages.error(request, told)
    return redirect(back(request))


def back(request: Request) -> str:
    """Where the reader came from, if that is a page of ours."""
    wanted = request.POST.get("back", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else "review"


def _parts(
    request: Request,
    told: str,
    *,
    decision: Decision | None = None,
    offered: Decision | None = None,
    item: ReviewItem | None = None,
    wrong: bool = False,
) -> HttpResponse:
    plan = (decision.plan if decision else item.plan if item else None) or chosen_plan(request)
    changed = _changed(request, plan, decision, item) if plan else []
    context = {
        "items": changed,
        "progress": review.progress(plan) if plan else None,
        "told": told,
        "offered": offered,
        "wrong": wrong,
        "plan": plan,
        "back": request.POST.get("back", ""),
    }
    return render(request, "_review_parts.html", context)


def _changed(request: Request, plan: Plan, decision: Decision | None, item: ReviewItem | None) -> list[review.Item]:
    """The items on the reader's page that look different now."""
    on_page = [int(pk) for pk in request.POST.get("shown", "").split(",") if pk.isdigit()]
    changes = decision.changes if decision else []
    items = {change["pk"] for change in changes if change["table"] == "reviewitem"} | ({item.pk} if item else set())
    touched = {change["pk"] for change in changes if change["table"] == "project"}
    codes = set(Project.every.filter(pk__in=touched).values_list("code", flat=True))
    rows = review.with_decisions(plan.review.filter(pk__in=on_page))
    return review.shown(
        plan, [row for row in rows if row.pk in items or codes & {str(key) for key in row.refers_to}], language=language()
    )
