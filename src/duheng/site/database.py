"""Where a workspace keeps its records: SQLite in its folder, or PostgreSQL by one URL; and what is said when it cannot be reached."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from duheng.errors import DatabaseUnusable
from duheng.site.workspace import Workspace

if TYPE_CHECKING:
    from django.db.utils import Error

_SCHEMES = ("postgresql", "postgres")
_SECONDS = 10  # until a server that does not answer is given up
_DJANGOS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def settings_for(workspace: Workspace) -> dict[str, Any]:
    """What Django is told of the workspace's database."""
    if not workspace.url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": workspace.database,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    said = _parsed(workspace.url)
    return {
        "ENGINE": "duheng.site.postgresql",
        **{_DJANGOS[key]: value for key, value in said.items() if key in _DJANGOS},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # What else the URL says is the driver's affair: sslmode, sslrootcert, passfile, application_name ...
        "OPTIONS": {"connect_timeout": _SECONDS} | {key: value for key, value in said.items() if key not in _DJANGOS},
    }


def check(url: str) -> None:
    """Raise DatabaseUnusable where the address cannot be understood, before anything else is done."""
    _parsed(url)


def described(url: str) -> str:
    """A database's address as it may be shown and logged: without password and parameters."""
    try:
        parts = urlsplit(url)
        user, host, port = parts.username, parts.hostname, parts.port
    except ValueError:
        return "postgresql://…"
    return f"{parts.scheme}://{f'{user}@' if user else ''}{host or ''}{f':{port}' if port else ''}{parts.path}"


def name(workspace: Workspace) -> str:
    """The workspace's database, as it may be shown."""
    return described(workspace.url) if workspace.url else str(workspace.database)


def lacks_rights(error: Error) -> bool:
    """Whether PostgreSQL refused for want of a privilege."""
    cause: BaseException | None = error
    while cause is not None and getattr(cause, "sqlstate", None) is None:
        cause = cause.__cause__ or cause.__context__
    return getattr(cause, "sqlstate", None) == "42501"


def reach(workspace: Workspace) -> None:
    """Open the connection that Django is set up for; raises DatabaseUnusable, which says what to do."""
    from django.db import connection
    from django.db.utils import DatabaseError, NotSupportedError

    try:
        connection.ensure_connection()
        if workspace.url:
            _fit(workspace, connection)
    except NotSupportedError as error:
        raise _unusable(workspace, f"{error} Ask for a newer server.", f"{error} 请使用较新的服务器。") from error
    except DatabaseError as error:
        raise refused(workspace, error) from error


def let_go() -> None:
    """Close what is open, so that the folder can be taken away."""
    from django.db import connections

    connections.close_all()


def refused(workspace: Workspace, error: Error) -> DatabaseUnusable:
    """What to tell of a database's refusal, in whatever language the server speaks."""
    if not workspace.url:
        return _unusable(
            workspace,
            f"{error}. Check the file, the rights on its folder, and the room on the disk.",
            f"{error}。请检查该文件、文件夹权限和磁盘空间。",
        )
    if lacks_rights(error):
        return _unusable(
            workspace,
            "its user may not make tables in it. Make that user the owner: ALTER DATABASE … OWNER TO ….",
            "该用户无权建表。请将其设为数据库所有者：ALTER DATABASE … OWNER TO …。",
        )
    return _unusable(workspace, *_connecting(workspace, error))


def _parsed(url: str) -> dict[str, Any]:
    """The parts of a URL by the names that PostgreSQL's own library uses."""
    if url.partition("://")[0] not in _SCHEMES or "://" not in url:
        raise DatabaseUnusable(
            database=described(url) if "://" in url else "?",
            reason="only postgresql://user@host:5432/name is understood. Correct `url` in duheng.toml, or DUHENG_DATABASE.",
            reason_zh="只支持 postgresql://用户@主机:5432/库名。请改正 duheng.toml 中的 url 或环境变量 DUHENG_DATABASE。",
        )
    if importlib.util.find_spec("psycopg") is None:
        raise DatabaseUnusable(
            database=described(url),
            reason="PostgreSQL's driver is not installed. Install it: pip install 'duheng[site,postgresql]'.",
            reason_zh="没有安装 PostgreSQL 驱动。请安装：pip install 'duheng[site,postgresql]'。",
        )
    from psycopg import Error, conninfo

    try:
        said = conninfo.conninfo_to_dict(url)
        ports = str(said.get("port", "0")).split(",")  # several servers may be named
        if not all(port.isascii() and port.isdigit() for port in ports):
            raise Error
    except Error:
        raise DatabaseUnusable(
            database=described(url),
            reason="the address cannot be understood. Special characters in a password are written %XX (@ is %40).",
            reason_zh="地址无法识别。密码中的特殊字符要写成 %XX（@ 写作 %40）。",
        ) from None  # the driver's words may quote a piece of the password
    if not said.get("dbname") and not said.get("service"):
        raise DatabaseUnusable(
            database=described(url),
            reason="the address names no database: postgresql://user@host:5432/name.",
            reason_zh="地址中没有库名：postgresql://用户@主机:5432/库名。",
        )
    return said


def _fit(workspace: Workspace, connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding')")
        (encoding,) = cursor.fetchone()
    if encoding != "UTF8":
        raise _unusable(
            workspace,
            f"its encoding is {encoding}. Make it anew: createdb --encoding UTF8 --template template0 NAME.",
            f"编码为 {encoding}。请重建：createdb --encoding UTF8 --template template0 库名。",
        )


def _connecting(workspace: Workspace, error: Error) -> tuple[str, str]:
    """Why a connection failed. The server's words come in its own language, so what it did is looked at instead."""
    from psycopg import conninfo, pq

    said = {**_parsed(workspace.url), "connect_timeout": _SECONDS}
    pinged = pq.PGconn.ping(conninfo.make_conninfo(**said).encode())
    if pinged == pq.Ping.NO_RESPONSE:
        return (
            "nobody answers there. Check host and port, that the server runs, and what lies between.",
            "没有应答。请检查主机、端口、服务器是否运行及网络是否连通。",
        )
    attempt = getattr(error.__cause__, "pgconn", None)
    if attempt is not None and attempt.needs_password:
        return (
            "it asks for a password and none was given. Put it into ~/.pgpass (or PGPASSWORD, or the URL).",
            "需要密码而没有提供。请写入 ~/.pgpass（或 PGPASSWORD，或地址中）。",
        )
    if _answers(said | {"dbname": "postgres"}) or _answers(said | {"dbname": "template1"}):
        return (
            "there is no such database on the server, or it may not be entered. Make it: createdb --encoding UTF8 --template "
            "template0 --owner USER NAME.",
            "服务器上没有这个库，或无权进入。请新建：createdb --encoding UTF8 --template template0 --owner 用户 库名。",
        )
    if attempt is not None and attempt.used_password:
        return (
            "user or password is wrong. Correct it, or ask the server's administrator.",
            "用户名或密码不对。请改正，或联系管理员。",
        )
    told = " ".join(str(error).split())
    return (f"{told}. Mend that and retry.", f"{told}。请处理后再试。")


def _answers(said: dict[str, Any]) -> bool:
    import psycopg

    try:
        psycopg.connect(**said).close()
    except psycopg.Error:
        return False
    return True


def _unusable(workspace: Workspace, en: str, zh: str) -> DatabaseUnusable:
    return DatabaseUnusable(database=name(workspace), reason=en, reason_zh=zh)
