"""Documents: the list, and each report as paper with its numbers marked."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from duheng.site.pages.paper import set_paper
from duheng.site.pages.request import Request
from duheng.site.queries import findings
from duheng.site.queries.paper import paper
from duheng.site.records.models import Document, ImportJob, Plan


def table(request: Request) -> HttpResponse:
    """Every report, with what was read from it."""
    documents = Document.objects.defer("text", "body").annotate(
        numbers=Count("claims"), aims=Count("claims", filter=Q(claims__role="target"))
    )
    listed = list(documents.order_by("-imported_at", "name"))
    waiting = findings.open_counts([document.pk for document in listed])
    context = {
        "documents": [(document, waiting[document.pk]) for document in listed],
        "imported": Plan.objects.prefetch_related("sources__document"),
        "jobs": ImportJob.objects.exclude(state="done")[:5],
    }
    return render(request, "documents.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """One report."""
    document = get_object_or_404(Document, pk=pk)
    made = paper(document)
    return render(request, "document.html", {"document": document, "paper": made, "flow": set_paper(made)})


def original(request: Request, pk: int) -> FileResponse:
    """The file as it was imported."""
    document = get_object_or_404(Document.objects.defer("text", "body"), pk=pk)
    suffix = "." + document.name.rpartition(".")[2]
    place = settings.WORKSPACE.file(document.digest, suffix)
    if not place.is_file():
        raise Http404
    return FileResponse(place.open("rb"), as_attachment=True, filename=document.name)
