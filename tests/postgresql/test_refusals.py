"""A PostgreSQL that cannot be used is told with what to do, in the reader's language, and never with its password."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest

SERVER = os.environ["DUHENG_TEST_DATABASE"]
PASSWORD = re.search(r":([0-9a-f]+)@", SERVER)[1]


@pytest.fixture
def made() -> Iterator[Callable[..., str]]:
    """Databases on the server, made as asked for and gone with the test."""
    names: list[str] = []
    with psycopg.connect(SERVER, autocommit=True) as server:

        def make(options: str = "") -> str:
            names.append(f"test_{secrets.token_hex(4)}")
            server.execute(f"CREATE DATABASE {names[-1]} {options}")
            return names[-1]

        yield make
        for name in names:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def at(name: str, *, user: str = "duheng", password: str = PASSWORD) -> str:
    """The address of a database on the server."""
    return SERVER.replace("/postgres?", f"/{name}?").replace(f"duheng:{PASSWORD}@", f"{user}:{password}@".replace(":@", "@"))


def duheng(*arguments: object, language: str = "en", **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", language, *map(str, arguments)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUHENG", "DJANGO", "PG"))}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=kept | variables)


@pytest.mark.parametrize(
    ("url", "en", "zh"),
    [
        (at("nowhere"), "createdb", "没有这个库"),
        (at("postgres", password="wrong-one"), "password is wrong", "密码不对"),
        (at("postgres", user="nobody_here", password="wrong-one"), "user or password is wrong", "用户名或密码不对"),
        (at("postgres", password=""), "pgpass", "没有提供"),
        (f"postgresql://duheng:{PASSWORD}@127.0.0.1:1/plan", "nobody answers there", "没有应答"),
        (f"postgresql://duheng:{PASSWORD}@/plan?host=/nowhere", "nobody answers there", "没有应答"),
    ],
)
def test_what_stands_in_the_way_is_said(tmp_path, url, en, zh):
    for language, word in (("en", en), ("zh", zh)):
        refused = duheng("init", tmp_path / "w", language=language, DUHENG_DATABASE=url)
        assert refused.returncode == 2
        assert word in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
        assert PASSWORD not in refused.stderr
        assert "wrong-one" not in refused.stderr


def test_a_database_in_another_encoding_is_refused(tmp_path, made):
    name = made("ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER 'libc' TEMPLATE template0")
    refused = duheng("init", tmp_path / "w", "--database", at(name))
    assert refused.returncode == 2
    assert "LATIN1" in refused.stderr


def test_a_user_who_may_make_no_tables_is_told_who_must_own_the_database(tmp_path, made):
    name, user = made(), f"guest_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE ROLE {user} LOGIN PASSWORD 'guest-word'")
    try:
        refused = duheng("init", tmp_path / "w", DUHENG_DATABASE=at(name, user=user, password="guest-word"))
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"DROP ROLE {user}")
    assert refused.returncode == 2
    assert "OWNER TO" in refused.stderr
    assert "guest-word" not in refused.stderr


def test_a_url_given_once_is_kept_and_not_silently_another_later(tmp_path, made):
    one, two = made(), made()
    assert duheng("init", tmp_path / "w", "--database", at(one)).returncode == 0
    assert (
        duheng(
            "user", "add", "吴管", "--role", "administrator", "--workspace", tmp_path / "w", DUHENG_PASSWORD="long-enough"
        ).returncode
        == 0
    )
    with psycopg.connect(at(one)) as database:
        assert database.execute("SELECT name FROM records_person").fetchall() == [("吴管",)]
    assert not (tmp_path / "w" / "duheng.sqlite3").exists()
    refused = duheng("init", tmp_path / "w", "--database", at(two))
    assert refused.returncode == 2
    assert "duheng restore --database" in refused.stderr
