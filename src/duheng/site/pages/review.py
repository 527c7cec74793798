"""Review: what a person must decide, with the reason and the sentence; one or many, corrected in place, undone."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from duheng.errors import DecisionError
from duheng.site import access
from duheng.site.actions import review as actions
from duheng.site.actions import undoing
from duheng.site.pages import answers, corrections
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request, wants_part
from duheng.site.queries import filtering, known, remembered, review
from duheng.site.records.models import Decision, Plan, Remembered, ReviewItem

_CHOICES = ("state", "kind", "document")


def table(request: Request) -> HttpResponse:
    """The items that wait, or those that the address asks for, a page at a time."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    ask = filtering.asked(request.GET, _CHOICES)
    page = Paginator(review.with_decisions(review.found(plan, ask)), review.PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": review.shown(plan, page.object_list, language=language()),
        "progress": review.progress(plan),
        "documents": review.documents(plan),
        "states": review.STATES,
        "ask": ask,
        "plan": plan,
        "remembered": Remembered.objects.count(),
        "back": request.get_full_path(),
    }
    return render(request, "_cases.html" if wants_part(request) else "review.html", context)


def item(request: Request, pk: int) -> HttpResponse:
    """One item with its editor; a POST settles it."""
    row = get_object_or_404(review.with_decisions(ReviewItem.objects.all()), pk=pk)
    if request.method == "POST":
        return _decide(request, row)
    if "find" in request.GET:
        found = known.search(request.GET["find"][:60])
        return (
            render(request, "_found.html", {"found": found, "words": request.GET["find"]}) if request.htmx else _one(request, row)
        )
    return _one(request, row)


@require_POST
def many(request: Request) -> HttpResponse:
    """Settle all that are selected, or all that the filter finds, at once."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    access.require(request.by, "review.decide")
    ids = [int(pk) for pk in request.POST.getlist("item") if pk.isdigit()]
    if request.POST.get("all"):
        ask = filtering.asked(QueryDict(request.POST.get("filter", "")), _CHOICES)
        ids = list(review.found(plan, ask).filter(state="open").values_list("pk", flat=True))
    decision = request.POST.get("decision", "")
    if decision not in actions.STATES:
        return answers.done(request, _("Nothing was selected."))
    try:
        made, late = actions.decide_many(by=request.by, at=timezone.now(), item_ids=ids, decision=decision)
    except DecisionError as refused:
        return answers.refused(request, refused)
    told = _many_told(made, late)
    return answers.done(request, told, decision=made)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a decision back."""
    decision = get_object_or_404(Decision, pk=pk)
    access.require(request.by, "review.decide")
    try:
        undone = undoing.undo(by=request.by, at=timezone.now(), decision_id=decision.pk)
    except DecisionError as refused:
        return answers.refused(request, refused, item=decision.items.first())
    return answers.done(request, _("Undone: %(name)s") % {"name": undone.name[:80]}, decision=undone, undoes=False)


def memory(request: Request) -> HttpResponse:
    """What is remembered for the next report."""
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "")[:100]
    context = {"rows": remembered.rows(kind=kind, words=words), "kinds": remembered.KINDS, "kind": kind, "words": words}
    return render(request, "remembered.html", context | {"all": Remembered.objects.count(), "back": request.get_full_path()})


@require_POST
def forget(request: Request, pk: int) -> HttpResponse:
    """Let something remembered no longer hold."""
    access.require(request.by, "review.decide")
    try:
        made = actions.forget(by=request.by, at=timezone.now(), remembered_id=pk)
    except DecisionError as refused:
        return answers.refused(request, refused)
    return answers.done(request, _("Forgotten: %(name)s") % {"name": made.name[:80]}, decision=made)


def _decide(request: Request, row: ReviewItem) -> HttpResponse:
    access.require(request.by, "review.decide")
    decision, _colon, choice = request.POST.get("decision", "").partition(":")
    choice = choice or request.POST.get("choice", "")
    by, now = request.by, timezone.now()
    try:
        if decision == "correct":
            form = corrections.editor(row, review.subject(row), request.POST)
            if not form.is_valid():
                return _one(request, row, form=form, status=422)
            made = actions.correct(by=by, at=now, item_id=row.pk, correction=form.correction())
        elif decision in actions.STATES:
            made = actions.decide(by=by, at=now, item_id=row.pk, decision=decision, choice=choice[:255])
        else:
            return _one(request, row)
    except DecisionError as refused:
        return answers.refused(request, refused, item=row)
    return answers.done(request, _told(row, decision), decision=made)


def _one(request: Request, row: ReviewItem, *, form: corrections.Editor | None = None, status: int = 200) -> HttpResponse:
    (shown,) = review.shown(row.plan, [row], language=language())
    subject = review.subject(row)
    context = {
        "item": shown,
        "plan": row.plan,
        "form": form or corrections.editor(row, subject),
        "editing": row.state == "open",
        "found": known.search(request.GET.get("find", row.item)) if row.kind == "indicator_name" else [],
        "words": request.GET.get("find", ""),
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }
    if request.htmx:  # an error is a part of the page too: htmx leaves other answers aside
        answer = render(request, "_editor.html", context)
        return retarget(reswap(answer, "innerHTML"), f"#e{row.pk}")
    return render(request, "review_item.html", context, status=status)


def _told(row: ReviewItem, decision: str) -> str:
    words = {
        "accept": _("Merged: %(name)s") if row.kind == "same_project" else _("Accepted: %(name)s"),
        "dismiss": _("Different projects: %(name)s") if row.kind == "same_project" else _("Set aside: %(name)s"),
        "correct": _("Corrected: %(name)s"),
    }
    return words[decision] % {"name": row.item[:80]}


def _many_told(made: Decision | None, late: list[ReviewItem]) -> str:
    n = sum(change["table"] == "reviewitem" for change in made.changes) if made else 0
    told = ngettext("%(n)s item settled.", "%(n)s items settled.", n) % {"n": n}
    if late:
        others = "、".join(sorted({item.decided_by for item in late}))
        text = ngettext(
            "%(n)s had been decided before by %(who)s and was left as it is.",
            "%(n)s had been decided before by %(who)s and were left as they are.",
            len(late),
        )
        told = f"{told} {text % {'n': len(late), 'who': others}}"
    return told
