"""Audit: what in a document does not agree with itself, each finding one click from its sentence; accepted with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.report import commented as put_comments
from duheng.site import access
from duheng.site.actions import auditing as actions
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import sheet
from duheng.site.queries import filtering, findings
from duheng.site.queries.findings import Row
from duheng.site.queries.remarks import remarks
from duheng.site.records.models import Document, Finding

_CHOICES: Mapping[str, Callable[[Row], object]] = {
    "family": lambda row: row.family,
    "severity": lambda row: row.severity,
    "state": lambda row: row.state,
    "since": lambda row: "new" if row.new else "remaining",
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONG = 500


def table(request: Request, pk: int) -> HttpResponse:
    """The findings of a document, narrowed as the address asks."""
    return _table(request, get_object_or_404(Document, pk=pk))


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Audit the document anew."""
    document = get_object_or_404(Document.objects.defer("text", "body"), pk=pk)
    new, gone = actions.again(by=request.by, at=timezone.now(), document_id=document.pk)
    if new or gone:
        messages.success(request, _("Audited again: %(new)s new, %(gone)s gone.") % {"new": new, "gone": gone})
    else:
        messages.success(request, _("Audited again: nothing has changed."))
    return redirect("audit", pk)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Accept a finding for a reason, or reopen it."""
    finding = get_object_or_404(Finding.objects.select_related("document"), pk=pk)
    access.require(request.by, "audit.accept")
    reason = request.POST.get("reason", "").strip()[:_LONG]
    if request.POST.get("decision") == "reopen":
        actions.reopen(by=request.by, at=timezone.now(), finding_id=pk)
    elif reason:
        actions.accept(by=request.by, at=timezone.now(), finding_id=pk, reason=reason)
    else:
        return _table(request, finding.document, lacking=pk)
    query = request.GET.urlencode()
    return redirect(f"{reverse('audit', args=[finding.document_id])}{'?' if query else ''}{query}#n{pk}")


def commented(request: Request, pk: int) -> HttpResponse:
    """The author's own Word file with the findings as comments: open ones unless the address asks otherwise."""
    document = get_object_or_404(Document, pk=pk)
    place = settings.WORKSPACE.file(document.digest, ".docx")
    if document.format != "docx" or not place.is_file():
        raise Http404
    asked = filtering.asked(request.GET, _CHOICES)
    rows = [row for row in _shown(findings.rows(document), asked) if asked.choices["state"] or row.state == "open"]
    author, at = ("度衡" if language() == "zh" else "duheng"), timezone.now()
    made = put_comments(
        place.read_bytes(), remarks(document, rows, language=language()), name=document.name, author=author, at=at
    )
    response = HttpResponse(made, content_type=_WORD)
    word = _("audited")
    name = f"{document.name.rpartition('.')[0]} {word}.docx"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def export(request: Request, pk: int) -> HttpResponse:
    """The findings on screen as .xlsx."""
    document = get_object_or_404(Document, pk=pk)
    chosen = 0 if language() == "zh" else 1
    heads = [
        _("Severity"), _("Rule"), _("Name"), _("Finding"), _("Expected"), _("Found"), _("Section"), _("Sentence"), _("State"),
        _("Explanation"), _("By"), _("Reason"),
    ]  # fmt: skip
    cells = [
        [
            findings.SEVERITIES[row.severity][chosen],
            row.rule,
            row.name[chosen],
            row.message[chosen],
            row.expected[chosen],
            row.found[chosen],
            row.home.section if row.home else "",
            _sentence(row),
            findings.STATES[row.state][chosen],
            row.explanation[chosen] if row.explanation else "",
            row.decided_by,
            row.reason,
        ]
        for row in _asked(request, document)
    ]
    return sheet(name=f"{_('Audit')} {document.name.rpartition('.')[0]}", note=document.name, heads=heads, rows=cells)


def plain(request: Request, pk: int) -> HttpResponse:
    """The findings on screen as JSON, as `duheng audit --format json` names things."""
    document = get_object_or_404(Document, pk=pk)
    chosen = 0 if language() == "zh" else 1
    rows = [
        {
            "rule": row.rule,
            "severity": row.severity,
            "message": row.message[chosen],
            "sentence": _sentence(row),
            "offset": row.offset,
            "places": [{"offset": offset, "end": end, "text": document.text[offset:end]} for offset, end in row.spots],
            "expected": row.expected[chosen],
            "found": row.found[chosen],
            "explanation": row.explanation[chosen] if row.explanation else None,
            "state": row.state,
            "by": row.decided_by,
            "reason": row.reason,
        }
        for row in _asked(request, document)
    ]
    answer = JsonResponse({"document": document.name, "findings": rows}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"{_('Audit')} {document.name.rpartition('.')[0]}.json"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _table(request: Request, document: Document, *, lacking: int = 0) -> HttpResponse:
    rows = findings.rows(document)
    asked = filtering.asked(request.GET, _CHOICES)
    counting = [row for row in rows if row.state != "explained"]
    context = {
        "document": document,
        "answer": findings.answer(document),
        "rows": _shown(rows, asked),
        "ask": asked,
        "families": _counts(counting, "family", findings.FAMILIES),
        "severities_there": _counts(counting, "severity", findings.SEVERITIES),
        "states": findings.STATES,
        "lacking": lacking,
    }
    template = "_findings.html" if wants_part(request) else "audit.html"
    return render(request, template, context, status=422 if lacking else 200)


def _asked(request: Request, document: Document) -> list[Row]:
    return _shown(findings.rows(document), filtering.asked(request.GET, _CHOICES))


def _shown(rows: Sequence[Row], asked: filtering.Asked) -> list[Row]:
    """What the address asks for; what looks wrong and is right, only when it is asked for."""
    found = filtering.narrow(
        rows, asked, text=lambda row: f"{row.rule} {' '.join(row.message)} {_sentence(row)}", choices=_CHOICES, orders={}
    )
    return found if asked.choices["state"] == "explained" else [row for row in found if row.state != "explained"]


def _counts(rows: Sequence[Row], name: str, words: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, int]]:
    """The values that there are, in words, each with its number."""
    count = Counter(str(_CHOICES[name](row)) for row in rows)
    chosen = 0 if language() == "zh" else 1
    return [(key, word[chosen], count[key]) for key, word in words.items() if count[key]]


def _sentence(row: Row) -> str:
    return "".join(text for text, _marked in row.home.pieces) if row.home else ""
