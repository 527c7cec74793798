"""The worker: `python -m duheng.site.jobs.worker PARENT`, ending when its parent does."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime

from django.db import DatabaseError, connection

from duheng.site import settings, workspace
from duheng.site.jobs.beat import Beat

_log = logging.getLogger(__name__)
_ROUND = 5  # seconds between two looks for jobs that were left behind


def main() -> None:
    """Work through the queue until told to stop."""
    opened = workspace.find()
    settings.configure(opened)
    from django_tasks_db.management.commands.db_worker import Worker

    beat = Beat(opened.folder)
    worker = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=beat.name,
        excluded_queue_names=[],
    )
    # Ctrl-C reaches the whole group: the parent decides when the worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, worker.shutdown)
    threading.Thread(target=_keep_watch, args=(int(sys.argv[1]), beat), daemon=True).start()
    try:
        while worker.running:
            _work(worker)
    finally:
        beat.end()


def _work(worker: object) -> None:
    """Run the queue; a database that is away for a while, as when it is started anew, is waited for."""
    try:
        worker.run()  # type: ignore[attr-defined]
    except DatabaseError as error:
        _log.error("the database does not answer, waiting for it: %s", type(error).__name__)
        connection.close()
        time.sleep(_ROUND)


def _keep_watch(parent: int, beat: Beat) -> None:
    """Say each second that this worker lives, look now and then for jobs whose worker does not, and end with the parent."""
    from duheng.site.actions import allocating, import_jobs

    rounds = 0
    while os.getppid() == parent:
        beat.touch()
        if rounds % _ROUND == 0:
            try:
                alive, at = beat.alive(), datetime.now(UTC)
                import_jobs.abandon(at=at, alive=alive)
                allocating.abandon(at=at, alive=alive)
            except DatabaseError:
                pass  # the other thread says so
            finally:
                connection.close()
        rounds += 1
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
