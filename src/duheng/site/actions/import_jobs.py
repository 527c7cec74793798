"""The life of an import job: asked for, moved on, ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from duheng.site import access
from duheng.site.access import By
from duheng.site.actions import event, importing, intake, pool
from duheng.site.actions.collecting import Taken
from duheng.site.actions.reading import Reading
from duheng.site.records.models import Document, ImportJob, Load

_ASKED = {"report": "import.ask", "figures": "figures.ask"}
_RUNNING = ("waiting", "reading", "storing")


class Cancelled(BaseException):
    """Somebody cancelled the job while it ran: no fault, so nothing that looks after faults may keep it."""


def ask(*, by: By, at: datetime, files: Sequence[tuple[str, bytes]]) -> str:
    """Keep the uploaded reports and put an import of them in the queue; returns the job's id."""
    access.require(by, "import")
    return _ask(by, at, kind="report", files=[_keep(name, content) for name, content in files], steps=len(files) + 2)


def join(*, by: By, at: datetime, plan_ids: Sequence[int]) -> str:
    """Import the files of several plans of one year and place again, together, so that annexes join their report."""
    access.require(by, "import")
    documents = (
        Document.objects.filter(plans__plan__in=plan_ids).distinct().order_by("plans__plan__imported_at", "plans__position")
    )
    files = {
        each.digest: {"name": each.name, "digest": each.digest, "suffix": PurePath(each.name).suffix.lower(), "size": each.size}
        for each in documents
    }
    return _ask(by, at, kind="report", files=list(files.values()), steps=len(files) + 2)


def ask_figures(*, by: By, at: datetime, sent: intake.Sent, request: intake.Request, holds: str = "") -> str:
    """Keep an uploaded file of figures and put the load of it in the queue; returns the job's id.

    It may be a list of projects: `holds` says "figures" or "projects"; where it says neither, the file's content tells.
    """
    access.require(by, "figures.load")
    kept = _keep(sent.name, sent.data, suffix=sent.suffix)
    asked = {
        "given": intake.said(request.given),
        "said": [each.plain() for each in request.said],
        "load": request.asked,
        "holds": holds,
    }
    return _ask(by, at, kind="figures", files=[kept], steps=3, asked=asked)


def ask_projects(*, by: By, at: datetime, sent: intake.Sent, request: pool.Request) -> str:
    """Keep a list of projects and put the load of it in the queue; returns the job's id."""
    access.require(by, "projects.load")
    asked = {
        "given": {"known": request.known.isoformat()} | ({"simulated": True} if request.simulated else {}),
        "said": [each.plain() for each in request.said],
        "load": request.asked,
        "holds": "projects",
    }
    return _ask(by, at, kind="figures", files=[_keep(sent.name, sent.data, suffix=sent.suffix)], steps=3, asked=asked)


@transaction.atomic
def _ask(
    by: By, at: datetime, *, kind: str, files: list[dict[str, object]], steps: int, asked: Mapping[str, object] | None = None
) -> str:
    told = {"by": by.name, "role": by.role.value, "started_at": at}
    job = ImportJob.objects.create(kind=kind, files=files, steps=steps, asked=dict(asked or {}), **told)
    event.record(by=by, at=at, kind=_ASKED[kind], on=job, after={"documents": [file["name"] for file in files]})
    run = import_string(settings.JOBS["import"])
    transaction.on_commit(lambda: run.enqueue(str(job.pk)))
    return str(job.pk)


@transaction.atomic
def cancel(*, by: By, at: datetime, job_id: str) -> None:
    """Stop a job that has not stored anything yet; a finished one stays as it is."""
    job = ImportJob.objects.get(pk=job_id)
    access.require(by, "import" if job.kind == "report" else "figures.load")
    if job.state in _RUNNING:
        job.state, job.ended_at = "cancelled", at
        job.save(update_fields=["state", "ended_at"])
        _let_go(job)
        event.record(by=by, at=at, kind="import.cancel", on=job)


def begin(job_id: str) -> ImportJob | None:
    """Take a waiting job up, for one worker only; nothing where it was cancelled, or another has it."""
    if not ImportJob.objects.filter(pk=job_id, state="waiting").update(state="reading"):
        return None
    return ImportJob.objects.get(pk=job_id)


def advance(job_id: str, step: int, steps: int, doing: str) -> None:
    """Tell how far the job is; raises Cancelled if somebody stopped it."""
    state = "storing" if doing == "store" else "reading"
    moved = ImportJob.objects.filter(pk=job_id, state__in=_RUNNING).update(state=state, step=step, steps=steps, doing=doing)
    if not moved:
        raise Cancelled


@transaction.atomic
def store(job_id: str, *, by: By, at: datetime, readings: Sequence[Reading]) -> None:
    """Store what a job read and end it, in one go: a cancelled job stores nothing, and a stored one is past cancelling."""
    running = ImportJob.objects.filter(pk=job_id, state__in=_RUNNING)
    if not running.update(state="storing"):
        raise Cancelled
    plan_id, new = importing.store_all(by=by, at=at, readings=readings)
    running.update(state="done", ended_at=at, plan_id=plan_id, unchanged=not new, step=F("steps"))


@transaction.atomic
def store_figures(job_id: str, *, by: By, at: datetime, read: intake.FileRead | pool.ListRead) -> Taken:
    """Check and store what a job read and end it, in one go, as `store` does for reports."""
    running = ImportJob.objects.filter(pk=job_id, state__in=_RUNNING)
    if not running.update(state="storing"):
        raise Cancelled
    taken = _kept(by, at, read)
    unchanged = taken.again is not None
    running.update(state="done", ended_at=at, load_id=taken.load or taken.again, unchanged=unchanged, step=F("steps"))
    return taken


def _kept(by: By, at: datetime, read: intake.FileRead | pool.ListRead) -> Taken:
    if isinstance(read, pool.ListRead):
        return pool.keep_list(by=by, at=at, read=read)
    return intake.keep_file(by=by, at=at, read=read)


def abandon(*, at: datetime, alive: Collection[str] = ()) -> None:
    """Jobs whose worker is not among the living: they stored nothing, and say so."""
    begun = ImportJob.objects.filter(state__in=("reading", "storing"))
    ids = {str(pk) for pk in begun.values_list("pk", flat=True)}
    lost = ids - held(alive) if ids else set()
    # A job among `ids` had its task claimed before; one that ended meanwhile is in another state by now.
    begun.filter(pk__in=lost).update(
        state="failed",
        ended_at=at,
        error_zh="导入时服务停止了，没有保存任何内容。请重新导入。",
        error_en="The server stopped during the import; nothing was stored. Import the file again.",
    )


def held(alive: Collection[str]) -> set[str]:
    """The keys of the jobs that a worker among the living is at."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return {str(task.args_kwargs["args"][0]) for task in running if task.worker_ids and task.worker_ids[-1] in alive}


@transaction.atomic
def fail(job_id: str, *, at: datetime, zh: str, en: str) -> None:
    """The job could not be done; nothing was stored, and this is why."""
    job = ImportJob.objects.get(pk=job_id)
    if job.state in _RUNNING:
        job.state, job.ended_at, job.error_zh, job.error_en = "failed", at, zh, en
        job.save(update_fields=["state", "ended_at", "error_zh", "error_en"])
        _let_go(job)


def _let_go(job: ImportJob) -> None:
    """Remove the files of a job that came to nothing, unless a document or another job holds the same."""
    waiting = ImportJob.objects.filter(state__in=_RUNNING).exclude(pk=job.pk).values_list("files", flat=True)
    held = {file["digest"] for files in waiting for file in files}
    for kept in (Document, Load):
        held.update(kept.objects.filter(digest__in=[file["digest"] for file in job.files]).values_list("digest", flat=True))
    for file in job.files:
        if file["digest"] not in held:
            path = settings.WORKSPACE.file(file["digest"], file["suffix"])
            transaction.on_commit(partial(path.unlink, missing_ok=True))


def _keep(name: str, content: bytes, *, suffix: str = "") -> dict[str, object]:
    suffix = suffix or ("." + name.rpartition(".")[2].lower() if "." in name else "")
    digest = settings.WORKSPACE.keep(content, suffix=suffix)
    return {"name": name, "digest": digest, "suffix": suffix, "size": len(content)}
