"""Running the site: processes that answer pages, one worker for jobs, and a quiet end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from granian.constants import Interfaces
from granian.server import Server

from duheng.errors import WorkspaceError
from duheng.site.workspace import VARIABLE, Workspace


def free_port(host: str, wanted: int) -> int:
    """`wanted`, or the next port that nobody listens on."""
    for port in range(wanted, min(wanted + 200, 65536)):
        if _free(host, port):
            return port
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def run(workspace: Workspace, *, host: str, port: int, ready: Callable[[str], None], workers: int = 1) -> None:
    """Serve until SIGINT or SIGTERM; `ready` gets the address once the site answers."""
    if not _free(host, port):
        raise WorkspaceError(
            folder=f"{host}:{port}",
            reason="the port is taken. Choose another with --port.",
            reason_zh="端口已被占用。请用 --port 另选一个。",
        )
    os.environ[VARIABLE] = str(workspace.folder)
    server = Server(
        "duheng.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        respawn_failed_workers=True,
        blocking_threads=4,
        log_enabled=False,
        workers_kill_timeout=5,
    )
    url = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 -- compared, not bound
    with _worker():
        threading.Thread(target=_announce, args=(url, ready), daemon=True).start()
        server.serve()


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def _announce(url: str, ready: Callable[[str], None]) -> None:
    """Call `ready` with the address as soon as the site answers."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{url}/alive", timeout=5):  # noqa: S310 -- our own address
                break
        except OSError:
            time.sleep(0.1)
    else:
        return
    ready(url)


@contextmanager
def _worker() -> Iterator[None]:
    """A second process for the jobs, ended with the first."""
    worker = subprocess.Popen([sys.executable, "-m", "duheng.site.jobs.worker", str(os.getpid())])
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
