"""Import: what `duheng init --from` does, as a job with progress."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.read import KNOWN
from duheng.read.kind import mistaken
from duheng.site import access
from duheng.site.actions import import_jobs
from duheng.site.actions import plan as plan_actions
from duheng.site.pages.forms import UploadForm
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request, wants_part
from duheng.site.queries import imported
from duheng.site.records.models import ImportJob, Load, Plan

_HEAD = 512  # bytes that tell a picture or an archive
RUNNING = ("waiting", "reading", "storing")


def ask(request: Request) -> HttpResponse:
    """The form, and what it refuses before a job begins."""
    access.require(request.by, "import")
    problem = ""
    if request.method == "POST":
        files = request.FILES.getlist("reports")
        problem = _mistaken(files) or _problem([(file.name or "", file.size or 0) for file in files])
        if not problem:
            content = [(PurePath(file.name or "report").name, file.read()) for file in files]
            job = import_jobs.ask(by=request.by, at=timezone.now(), files=content)
            return redirect("import-job", job)
    context = {"problem": problem, "known": KNOWN, "recent": ImportJob.objects.filter(kind="report")[:8], "running": RUNNING}
    return render(request, "import.html", context, status=422 if problem else 200)


def show(request: Request, pk: UUID) -> HttpResponse:
    """How far the job is, or how it ended; asks again by itself while it runs."""
    job = get_object_or_404(ImportJob, pk=pk)
    made = imported.of_job(job) if job.kind == "report" else []
    may = access.may(request.by.role, "import" if job.kind == "report" else "figures.load")
    context = {
        "job": job,
        "load": Load.objects.filter(pk=job.load_id or 0).first(),
        "may_cancel": may,
        "menu_room": "documents" if job.kind == "report" else "figures",
        "made": made,
        "several": sum(len(each.audits) for each in made) > 1,
        "running": job.state in RUNNING,
        "percent": _percent(job),
    }
    part = wants_part(request)
    return render(request, "_import_job.html" if part else "import_job.html", context)


@require_POST
def cancel(request: Request, pk: UUID) -> HttpResponse:
    """Stop the job."""
    get_object_or_404(ImportJob, pk=pk)
    import_jobs.cancel(by=request.by, at=timezone.now(), job_id=str(pk))
    return redirect("import-job", pk)


@require_POST
def join(request: Request, pk: int, other: int) -> HttpResponse:
    """Import the files of two plans of one year and place together."""
    access.require(request.by, "import")
    plan = get_object_or_404(Plan, pk=pk)
    if other not in [each.pk for each in imported.beside(plan)]:
        raise Http404
    return redirect("import-job", import_jobs.join(by=request.by, at=timezone.now(), plan_ids=[other, pk]))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take an imported plan out again."""
    get_object_or_404(Plan, pk=pk)
    plan_actions.withdraw(by=request.by, at=timezone.now(), plan_id=pk)
    messages.success(request, _("The plan was withdrawn; the history keeps a line of it."))
    return redirect("documents")


def _mistaken(files: Sequence[UploadedFile]) -> str:
    """What to say of pictures and archives among the files, whatever they are called."""
    for file in files:
        wrong = mistaken(file.read(_HEAD), name=file.name or "")
        file.seek(0)
        if wrong:
            return wrong.message(language())
    return ""


def _problem(files: list[tuple[str, int]]) -> str:
    if not files:
        return _("Choose a report first.")
    for name, size in files:
        if PurePath(name).suffix.lower() not in KNOWN:
            known = " ".join(KNOWN)
            return _("%(name)s is of a kind that cannot be read. Save it as one of: %(known)s") % {"name": name, "known": known}
        if size > UploadForm.LIMIT:
            return f"{name}: {UploadForm.too_large}"
    return ""


def _percent(job: ImportJob) -> int:
    return 100 if job.state == "done" else round(100 * job.step / max(1, job.steps))
