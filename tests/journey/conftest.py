"""What every journey starts from: no settings of this machine, and where PostgreSQL is tested a database of its own."""

import os
import secrets
from collections.abc import Iterator

import pytest

SERVER = os.environ.get("DUHENG_TEST_DATABASE", "")


def environment() -> dict[str, str]:
    """The variables that a command of a journey sees."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DUHENG", "DJANGO")) or name == "DUHENG_DATABASE"
    }


@pytest.fixture(autouse=True)
def own_database(monkeypatch) -> Iterator[None]:
    """Each journey's records are in a database of its own, which is gone with it."""
    monkeypatch.delenv("DUHENG_DATABASE", raising=False)
    if not SERVER:
        yield
        return
    import psycopg

    name = f"journey_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        monkeypatch.setenv("DUHENG_DATABASE", SERVER.replace("/postgres?", f"/{name}?"))
        yield
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
