"""Which workers are at work: each touches a file of its own in the workspace, wherever it runs.

Several servers may share one workspace. A job whose worker was killed is told from one that another server is at by this alone.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
from pathlib import Path

SILENT = 20.0  # seconds after which a worker is taken for dead
_FORGOTTEN = 3600.0


class Beat:
    """The sign of life of one worker, and a look at those of the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "workers"
        self.folder.mkdir(exist_ok=True)
        self.name = f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.touch()

    def touch(self) -> None:
        """Say that this worker lives; the time is the file system's, so that machines whose clocks differ agree."""
        (self.folder / self.name).touch()

    def alive(self) -> set[str]:
        """The workers that were heard of lately, this one included."""
        seen = {}
        for path in self.folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # it ended just now
                seen[path] = path.stat().st_mtime
        now = seen.get(self.folder / self.name) or max(seen.values(), default=0.0)
        for path in [path for path, at in seen.items() if now - at > _FORGOTTEN]:
            path.unlink(missing_ok=True)
        return {path.name for path, at in seen.items() if now - at <= SILENT}

    def end(self) -> None:
        """This worker ends; what it was at is nobody's from now on."""
        (self.folder / self.name).unlink(missing_ok=True)
