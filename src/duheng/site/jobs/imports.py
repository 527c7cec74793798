"""The import job: what `duheng init --from` does, told step by step to its row."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from django.conf import settings
from django_tasks import task

from duheng.errors import DuhengError
from duheng.site.access import By, Role
from duheng.site.actions import import_jobs, reading
from duheng.site.queries import remembered

_log = logging.getLogger(__name__)


@task()
def run(job_id: str) -> None:
    """What the worker calls."""
    work(job_id)


def work(job_id: str) -> None:
    """Read the job's files and store the plan; whatever happens, the row says so."""
    job = import_jobs.begin(job_id)
    if job is None:
        return
    reports = [
        reading.Report(path=settings.WORKSPACE.file(file["digest"], file["suffix"]), name=file["name"]) for file in job.files
    ]
    try:
        made = reading.read_reports(reports, progress=lambda *at: import_jobs.advance(job_id, *at), taught=remembered.taught())
        by = By(name=job.by, role=Role(job.role))
        import_jobs.store(job_id, by=by, at=_now(), readings=made)
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


def _now() -> datetime:
    return datetime.now(UTC)
