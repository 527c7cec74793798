"""The worker: `python -m duheng.site.jobs.worker PARENT`, ending when its parent does."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime

from duheng.site import settings, workspace


def main() -> None:
    """Work through the queue until told to stop."""
    parent = int(sys.argv[1])
    settings.configure(workspace.find())
    from django_tasks_db.management.commands.db_worker import Worker

    from duheng.site.actions import import_jobs

    import_jobs.abandon(at=datetime.now(UTC))
    worker = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"duheng-{os.getpid()}",
        excluded_queue_names=[],
    )
    # Ctrl-C reaches the whole group: the parent decides when the worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, worker.shutdown)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    worker.run()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
