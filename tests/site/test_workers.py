"""Several workers on one database: which of them lives, and whose job is whose."""

import os

from django.utils import timezone
from tests.site.cast import AT

from duheng.site.actions import import_jobs
from duheng.site.jobs.beat import SILENT, Beat


def begun(*, worker: str) -> str:
    """A job that this worker is at."""
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from duheng.site.records.models import ImportJob

    job = ImportJob.objects.create(files=[], state="reading", by="吴编", role="editor", started_at=AT)
    DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [str(job.pk)], "kwargs": {}},
        task_path="duheng.site.jobs.imports.run",
        worker_ids=[worker],
        backend_name="default",
        run_after=timezone.now(),
    )
    return str(job.pk)


def state(job_id: str) -> str:
    from duheng.site.records.models import ImportJob

    return ImportJob.objects.get(pk=job_id).state


def test_a_job_of_a_living_worker_goes_on_and_that_of_a_dead_one_is_told(db):
    living, dead = begun(worker="one"), begun(worker="two")
    import_jobs.abandon(at=AT, alive={"one"})
    assert (state(living), state(dead)) == ("reading", "failed")


def test_a_job_is_taken_up_once(db):
    from duheng.site.records.models import ImportJob

    job = ImportJob.objects.create(files=[], by="吴编", role="editor", started_at=AT)
    assert import_jobs.begin(str(job.pk)) is not None
    assert import_jobs.begin(str(job.pk)) is None


def test_a_worker_that_was_not_heard_of_for_a_while_is_not_alive(tmp_path):
    one, two, three = Beat(tmp_path), Beat(tmp_path), Beat(tmp_path)
    assert one.alive() == {one.name, two.name, three.name}
    silent = (tmp_path / "workers" / one.name).stat().st_mtime - SILENT - 5
    os.utime(tmp_path / "workers" / two.name, (silent, silent))
    three.end()
    assert one.alive() == {one.name}
    two.touch()
    assert one.alive() == {one.name, two.name}
