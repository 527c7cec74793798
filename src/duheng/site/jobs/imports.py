"""The import job: what `duheng init --from` does, told step by step to its row."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from django.conf import settings
from django_tasks import task

from duheng.collect import SheetMapping
from duheng.errors import DuhengError
from duheng.site.access import By, Role
from duheng.site.actions import import_jobs, intake, pool, reading, watching
from duheng.site.queries import pool_words, remembered
from duheng.site.records.models import ImportJob

_log = logging.getLogger(__name__)


@task()
def run(job_id: str) -> None:
    """What the worker calls."""
    work(job_id)


def work(job_id: str) -> None:
    """Do the job; whatever happens, the row says so."""
    job = import_jobs.begin(job_id)
    if job is None:
        return
    try:
        (_reports if job.kind == "report" else _figures)(job)
    except import_jobs.Cancelled:
        return
    except DuhengError as error:
        import_jobs.fail(job_id, at=_now(), zh=error.message("zh"), en=error.message("en"))
    except Exception:
        _log.exception("import %s failed", job_id)
        import_jobs.fail(
            job_id,
            at=_now(),
            zh="程序出错，没有导入任何内容；错误已记入日志。请把文件和日志交给维护人员。",
            en="A fault in the program; nothing was imported, and it is in the log. Hand the file and the log to the maintainers.",
        )


def _reports(job: ImportJob) -> None:
    """Read the job's reports and store the plan."""
    reports = [
        reading.Report(path=settings.WORKSPACE.file(file["digest"], file["suffix"]), name=file["name"]) for file in job.files
    ]
    made = reading.read_reports(reports, progress=lambda *at: import_jobs.advance(str(job.pk), *at), taught=remembered.taught())
    import_jobs.store(str(job.pk), by=_by(job), at=_now(), readings=made)


def _figures(job: ImportJob) -> None:
    """Read the job's file of figures, check and store it, and work out what rests on it."""
    key, (file,) = str(job.pk), job.files
    import_jobs.advance(key, 0, job.steps, file["name"])
    data = settings.WORKSPACE.file(file["digest"], file["suffix"]).read_bytes()
    sent = intake.Sent(name=file["name"], data=data)
    if pool_words.is_list(sent.data, name=sent.name, holds=job.asked.get("holds", "")):
        _projects(job, sent)
        return
    request = intake.Request(
        given=intake.given_of(job.asked["given"], today=job.started_at.date()),
        said=tuple(SheetMapping.of(each, where=file["name"]) for each in job.asked["said"]),
        asked=job.asked["load"],
    )
    read = intake.read_file(sent=sent, request=request)
    import_jobs.advance(key, 1, job.steps, "store")
    taken = import_jobs.store_figures(key, by=_by(job), at=_now(), read=read)
    if changed := intake.what_changed(read, taken):
        watching.figures_changed(by=_by(job), at=_now(), codes=changed)


def _projects(job: ImportJob, sent: intake.Sent) -> None:
    """Read the job's list of projects, check and store it."""
    given = job.asked["given"]
    request = pool.Request(
        known=intake.given_of(given, today=job.started_at.date()).vintage,
        said=pool_words.said(job.asked["said"], where=sent.name),
        asked=job.asked["load"],
        simulated=bool(given.get("simulated")),
    )
    read = pool.read_list(sent=sent, request=request)
    import_jobs.advance(str(job.pk), 1, job.steps, "store")
    import_jobs.store_figures(str(job.pk), by=_by(job), at=_now(), read=read)


def _by(job: ImportJob) -> By:
    return By(name=job.by, role=Role(job.role))


def _now() -> datetime:
    return datetime.now(UTC)
