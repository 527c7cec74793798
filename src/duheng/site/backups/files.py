"""The files of a backup, into an empty folder: first beside what will be the workspace, then as it."""

from __future__ import annotations

import shutil
from pathlib import Path

from duheng.errors import BackupUnusable
from duheng.site.backups import archive

_INSIDE = ".restoring"


def unpack(place: Path, folder: Path) -> Path:
    """Check the backup and unpack its files into a part of `folder` that is no workspace yet; returns that part."""
    with archive.opened(place) as (packed, manifest):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BackupUnusable(
                file=folder,
                reason="is not empty; nothing is ever overwritten. Restore into a new folder.",
                reason_zh="不是空文件夹；恢复从不覆盖已有内容。请恢复到新的文件夹。",
            )
        needed = sum(part.size for part in manifest.parts.values()) * 2
        if shutil.disk_usage(folder).free < needed:
            raise BackupUnusable(
                file=folder,
                reason=f"the disk has no room for it: {needed >> 20} MB are needed.",
                reason_zh=f"磁盘空间不足：需要 {needed >> 20} MB。",
            )
        inside = folder / _INSIDE
        for name in manifest.parts:
            if name.startswith(archive.FOLDER):
                target = inside / name.removeprefix(archive.FOLDER)
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(name) as member, target.open("wb") as file:
                    shutil.copyfileobj(member, file)
    return inside


def settle(folder: Path) -> None:
    """The restored part becomes the workspace; its settings come last, so that half of one is none."""
    inside = folder / _INSIDE
    for path in sorted(inside.iterdir(), key=lambda path: path.name == "duheng.toml"):
        path.rename(folder / path.name)
    inside.rmdir()


def undo(folder: Path, *, made: bool) -> None:
    """Leave nothing of a restore that failed."""
    shutil.rmtree(folder / _INSIDE, ignore_errors=True)
    if made:
        shutil.rmtree(folder, ignore_errors=True)
