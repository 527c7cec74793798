"""The file of a backup: a zip whose `manifest.json` names every part with its size and SHA-256.

    manifest.json                 format, version, steps of the records' form, tables with their columns and counts, parts
    rows/records.plan.jsonl       one table, one row a line, in the order of its key
    folder/files/ab/ab12….docx    what else lies in the workspace's folder

A file that comes from outside may be anything, so all of it is checked before anything is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from duheng.errors import BackupUnusable

FORMAT = 1
MANIFEST = "manifest.json"
ROWS, FOLDER = "rows/", "folder/"
_PIECE = 1 << 20
_MANIFEST_LIMIT = 32 << 20
_RATIO, _UNSUSPECTED = 200, 256 << 20  # a part of a real workspace shrinks to a twentieth; a bomb to a thousandth
_NAME = re.compile(r"(?:rows/[a-z0-9_.]+\.jsonl|folder/[^\\:\x00-\x1f]+)")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One member of the file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its columns, and how many rows."""

    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    version: str  # of the duheng that made it
    made_at: str
    migrations: tuple[tuple[str, str], ...]
    tables: Mapping[str, Table]
    parts: Mapping[str, Part]


class Writer:
    """Writes the parts one after the other, counting and hashing."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts: dict[str, Part] = {}

    def add(self, name: str, pieces: Iterator[bytes]) -> None:
        """Write one part."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self.archive.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self.parts[name] = Part(size=size, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, last, when every part is known."""
        self.archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


@contextmanager
def writing(place: Path) -> Iterator[Writer]:
    """A new file at `place`, for its owner only; it is there when it is whole, or not at all."""
    partial = place.with_name(f".{place.name}.part")
    try:
        descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            yield Writer(archive)
        partial.replace(place)
    except OSError as error:
        reason, zh = f"cannot be written ({error.strerror}). Choose another place.", f"无法写入（{error.strerror}）。请另选位置。"
        raise BackupUnusable(file=place, reason=reason, reason_zh=zh) from error
    finally:
        partial.unlink(missing_ok=True)


def pieces(path: Path) -> Iterator[bytes]:
    """A file's content, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


@contextmanager
def opened(place: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup of which every byte has been checked against its manifest."""
    try:
        archive = zipfile.ZipFile(place)
    except OSError as error:
        raise BackupUnusable(
            file=place, reason=f"cannot be read ({error.strerror}).", reason_zh=f"无法读取（{error.strerror}）。"
        ) from error
    except _BROKEN as error:
        raise damaged(place) from error
    with archive:
        try:
            manifest = _manifest(place, archive)
            _check_names(place, archive, manifest)
            for name, part in manifest.parts.items():
                _check_part(place, archive, name, part)
        except _BROKEN as error:
            raise damaged(place) from error
        yield archive, manifest


def damaged(place: Path, detail: str = "") -> BackupUnusable:
    """The file is not as it was written."""
    return BackupUnusable(
        file=place,
        reason=f"not a backup made by duheng, or cut short or altered since{f' ({detail})' if detail else ''}. Nothing was "
        "restored. Take another copy.",
        reason_zh=f"不是度衡的备份，或已残缺、被改动{f'（{detail}）' if detail else ''}。没有恢复任何内容。请换一份备份。",
    )


def newer(place: Path, what: str) -> BackupUnusable:
    """The file was made by a later version."""
    return BackupUnusable(
        file=place,
        reason=f"made by a newer duheng ({what}). Install that version or a later one, and restore with it.",
        reason_zh=f"由更新版本的度衡制作（{what}）。请安装该版本或更新的版本后再恢复。",
    )


def _manifest(place: Path, archive: zipfile.ZipFile) -> Manifest:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _MANIFEST_LIMIT:
        raise damaged(place, MANIFEST)
    try:
        said: dict[str, Any] = json.loads(archive.read(info))
    except RecursionError as error:
        raise damaged(place, MANIFEST) from error
    if int(said["format"]) > FORMAT:
        raise newer(place, str(said.get("version", "?"))[:40])
    return Manifest(
        format=int(said["format"]),
        version=str(said["version"])[:40],
        made_at=str(said["made_at"])[:40],
        migrations=tuple((str(app), str(name)) for app, name in said["migrations"]),
        tables={str(label): Table(columns=tuple(of["columns"]), rows=int(of["rows"])) for label, of in said["tables"].items()},
        parts={str(name): Part(size=int(of["size"]), sha256=str(of["sha256"])) for name, of in said["parts"].items()},
    )


def _check_names(place: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Every member is named once, is in the manifest, is a plain file, and would land inside the folder."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if sorted(names) != sorted([*manifest.parts, MANIFEST]):
        raise damaged(place, MANIFEST)
    if {f"{ROWS}{label}.jsonl" for label in manifest.tables} != {name for name in names if name.startswith(ROWS)}:
        raise damaged(place, ROWS)
    for info in infos:
        if info.filename != MANIFEST and not _plain(info):
            raise damaged(place, info.filename[:80])
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if any(part.size < 0 for part in manifest.parts.values()) or (total > _UNSUSPECTED and total > packed * _RATIO):
        raise damaged(place, f"{packed >> 20} MB → {total >> 20} MB")


def _plain(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    steps = info.filename.split("/")
    return (
        _NAME.fullmatch(info.filename) is not None
        and not any(step in ("", ".", "..") or step != step.strip() or step.endswith(".") for step in steps)
        and kind in (0, stat.S_IFREG)
        and info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    )


def _check_part(place: Path, archive: zipfile.ZipFile, name: str, part: Part) -> None:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as member:
        while size <= part.size and (piece := member.read(_PIECE)):
            digest.update(piece)
            size += len(piece)
    if size != part.size or digest.hexdigest() != part.sha256:
        raise damaged(place, name)
