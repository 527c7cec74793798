"""A workspace: the folder in which one office's plan lives.

    duheng.toml        what the office may change
    duheng.sqlite3     the records, unless they are kept in PostgreSQL
    files/             the originals, named by the hash of their content
    backups/           what was saved before the records were brought to a newer form
    secret             signs the site's cookies

Nothing is ever written outside the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from duheng.errors import WorkspaceError

VARIABLE = "DUHENG_WORKSPACE"
DATABASE = "DUHENG_DATABASE"
_TOML = """\
# 度衡工作区的设置 · settings of this duheng workspace
format = 1

[site]
# 单位名称，显示在页面左上角 · the office's name, shown at the top of each page
office = {office}
# 可用来访问本站的主机名 · host names by which this site may be reached
hosts = ["127.0.0.1", "localhost"]
# 经 HTTPS 代理访问时设为 true · true behind an HTTPS proxy
https = false
# 是否需要登录；仅演示可关 · whether people sign in; off for demonstrations only
sign_in = {sign_in}
# 浏览器在多少秒内只用 HTTPS 访问本站；0 为不要求 · for how many seconds browsers insist on HTTPS; 0: they do not
hsts = 0
# 数据为虚构样例时设为 true，每页标明 · true marks every page as invented sample data
sample = {sample}

[database]
# 留空：记录存于本文件夹的 SQLite；或填 PostgreSQL 地址 · empty: SQLite in this folder; or the address of a PostgreSQL database:
# postgresql://user@host:5432/name
url = {url}

[watch]
# 按哪套规则亮灯 · the rule set by which lights are shown: chance, yinchuan_2025, wuhan, tianjin_2022
rule = "chance"
# 项目按哪套规则亮灯 · the rule set by which projects are lit
projects = "yinchuan_2025"

[funds]
# 所在地区类别：east 东部、central 中部、west 西部；有的资金按地区定比例 · the region by which some funds set shares
region = {region}
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
    hsts: int = 0
    rule: str = "chance"  # the rule set by which lights are shown
    project_rule: str = "yinchuan_2025"  # the same, for projects: published for them, where a chance rests on few past years
    region: str = ""  # east, central or west: by which some funds set their shares
    url: str = field(default="", repr=False)  # of the database, perhaps with its password

    @property
    def database(self) -> Path:
        """Where the records are, unless they are in PostgreSQL."""
        return self.folder / "duheng.sqlite3"

    @property
    def catalog(self) -> Path | None:
        """The workspace's own catalog folder, laid over the shipped one, if it has one."""
        own = self.folder / "catalog"
        return own if own.is_dir() else None

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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError, ValueError) as error:
        raise WorkspaceError(
            folder=settings, reason=f"{error}. Correct the file and retry.", reason_zh=f"{error}。请改正后再试。"
        ) from error


def make(
    folder: str | os.PathLike[str], *, office: str = "", sign_in: bool = True, sample: bool = False, url: str = ""
) -> Workspace:
    """Open `folder` as a workspace, making it first if it is not one yet; an existing one keeps its settings."""
    place = Path(folder).resolve()
    settings = place / "duheng.toml"
    if not settings.exists():
        said = {"office": office, "sign_in": sign_in, "sample": sample, "url": url, "region": "west" if sample else ""}
        try:
            place.mkdir(parents=True, exist_ok=True)
            write_settings(settings, _TOML.format(**{key: json.dumps(of, ensure_ascii=False) for key, of in said.items()}))
        except OSError as error:
            raise WorkspaceError(
                folder=place,
                reason=f"cannot be written ({error.strerror}). Choose another folder.",
                reason_zh=f"无法写入（{error.strerror}）。请另选文件夹。",
            ) from error
    found = find(place)
    if url and found.url != url:
        raise WorkspaceError(
            folder=place,
            reason="this workspace keeps its records elsewhere. Move them with `duheng backup` and `duheng restore --database`.",
            reason_zh="此工作区的记录存在别处。请用 `duheng backup` 和 `duheng restore --database` 迁移。",
        )
    return found


def reopen(folder: Path, *, url: str) -> Workspace:
    """A workspace whose files were just restored: its database is the one named now, whatever the environment says."""
    settings = folder / "duheng.toml"
    text = settings.read_text("utf-8").rstrip()
    write_settings(settings, f"{text}\n\n[database]\nurl = {json.dumps(url, ensure_ascii=False)}\n")
    return replace(find(folder), url=url)


def write_settings(place: Path, text: str) -> None:
    """Write a `duheng.toml`: for its owner only, since the address of a database may hold a password."""
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        place.chmod(0o600)
        file.write(text)


def _parse(place: Path, settings: dict[str, Any]) -> Workspace:
    site, database = settings.get("site", {}), settings.get("database", {})
    sample = bool(site.get("sample", False))
    return Workspace(
        folder=place,
        office=str(site.get("office", "")),
        hosts=tuple(site.get("hosts", ("127.0.0.1", "localhost"))),
        https=bool(site.get("https", False)),
        sign_in=bool(site.get("sign_in", True)),
        sample=sample,
        hsts=int(site.get("hsts", 0)),
        rule=str(settings.get("watch", {}).get("rule", "chance")),
        project_rule=str(settings.get("watch", {}).get("projects", "yinchuan_2025")),
        region=_region(str(settings.get("funds", {}).get("region", ""))),
        # A sample is shown without signing in: it never opens the database that the environment names for the real plan.
        url=str((not sample and os.environ.get(DATABASE)) or database.get("url", "")),
    )


def _region(text: str) -> str:
    if text not in ("", "east", "central", "west"):
        raise ValueError(f"[funds] region “{text}”: east, central, west")
    return text
