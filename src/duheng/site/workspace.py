"""A workspace: the folder in which one office's plan lives.

    duheng.toml        what the office may change
    duheng.sqlite3     the records
    files/             the originals, named by the hash of their content
    secret             signs the site's cookies

Nothing is ever written outside the folder.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duheng.errors import WorkspaceError

VARIABLE = "DUHENG_WORKSPACE"
_TOML = """\
# 度衡工作区的设置 · settings of this duheng workspace
format = 1

[site]
# 单位名称，显示在页面左上角 · the office's name, shown at the top of each page
office = "{office}"
# 可用来访问本站的主机名 · host names by which this site may be reached
hosts = ["127.0.0.1", "localhost"]
# 经 HTTPS 代理访问时设为 true · true behind an HTTPS proxy
https = false
# 是否需要登录；仅演示可关 · whether people sign in; off for demonstrations only
sign_in = {sign_in}
# 数据为虚构样例时设为 true，每页标明 · true marks every page as invented sample data
sample = {sample}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """An opened workspace: its folder, and what its `duheng.toml` says."""

    folder: Path
    office: str
    hosts: tuple[str, ...]
    https: bool
    sign_in: bool
    sample: bool

    @property
    def database(self) -> Path:
        """Where the records are."""
        return self.folder / "duheng.sqlite3"

    def file(self, digest: str, suffix: str) -> Path:
        """Where the original with this content hash is kept."""
        return self.folder / "files" / digest[:2] / f"{digest}{suffix.lower()}"

    def keep(self, content: bytes, *, suffix: str) -> str:
        """Store an original under the hash of its content, which is returned; the same content is stored once."""
        digest = hashlib.sha256(content).hexdigest()
        place = self.file(digest, suffix)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            partial = place.with_suffix(f".{secrets.token_hex(4)}.part")
            partial.write_bytes(content)
            partial.replace(place)
        return digest

    def secret(self) -> str:
        """The key that signs cookies; made on first use, readable by the owner only."""
        place = self.folder / "secret"
        if not place.exists():
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(50))
        return place.read_text()


def find(folder: str | os.PathLike[str] | None = None) -> Workspace:
    """Open `folder`, or the one DUHENG_WORKSPACE names, or the current one."""
    place = Path(folder or os.environ.get(VARIABLE) or ".").resolve()
    settings = place / "duheng.toml"
    if not settings.is_file():
        raise WorkspaceError(
            folder=place,
            reason="no workspace here. Make one with `duheng init DIR --from REPORT`.",
            reason_zh="这里没有工作区。可用 `duheng init 文件夹 --from 报告` 新建。",
        )
    try:
        return _parse(place, tomllib.loads(settings.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        raise WorkspaceError(
            folder=settings, reason=f"{error}. Correct the file and retry.", reason_zh=f"{error}。请改正后再试。"
        ) from error


def make(folder: str | os.PathLike[str], *, office: str = "", sign_in: bool = True, sample: bool = False) -> Workspace:
    """Open `folder` as a workspace, making it first if it is not one yet."""
    place = Path(folder).resolve()
    settings = place / "duheng.toml"
    if not settings.exists():
        try:
            place.mkdir(parents=True, exist_ok=True)
            settings.write_text(_TOML.format(office=office, sign_in=str(sign_in).lower(), sample=str(sample).lower()), "utf-8")
        except OSError as error:
            raise WorkspaceError(
                folder=place,
                reason=f"cannot be written ({error.strerror}). Choose another folder.",
                reason_zh=f"无法写入（{error.strerror}）。请另选文件夹。",
            ) from error
    return find(place)


def _parse(place: Path, settings: dict[str, Any]) -> Workspace:
    site = settings.get("site", {})
    return Workspace(
        folder=place,
        office=str(site.get("office", "")),
        hosts=tuple(site.get("hosts", ("127.0.0.1", "localhost"))),
        https=bool(site.get("https", False)),
        sign_in=bool(site.get("sign_in", True)),
        sample=bool(site.get("sample", False)),
    )
