"""A workspace moves from SQLite to PostgreSQL and back by its backup, and every row is what it was."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.postgresql.test_refusals import at, duheng, made  # noqa: F401 -- a fixture

from duheng import sample


def parts(backup: Path) -> dict[str, str]:
    with zipfile.ZipFile(backup) as archive:
        described = json.loads(archive.read("manifest.json"))["parts"]
    return {name: of["sha256"] for name, of in described.items() if name != "rows/records.event.jsonl"}


def well(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_from_sqlite_to_postgresql_and_back_all_rows_are_equal(tmp_path, made):  # noqa: F811
    url = at(made())
    well(duheng("init", tmp_path / "w", "--from", sample.report_path()))
    well(duheng("backup", "--workspace", tmp_path / "w", tmp_path / "1.zip"))
    well(duheng("restore", tmp_path / "1.zip", tmp_path / "there", "--database", url))
    well(duheng("backup", "--workspace", tmp_path / "there", tmp_path / "2.zip"))
    well(duheng("restore", tmp_path / "2.zip", tmp_path / "back"))
    well(duheng("backup", "--workspace", tmp_path / "back", tmp_path / "3.zip"))
    assert parts(tmp_path / "1.zip") == parts(tmp_path / "2.zip") == parts(tmp_path / "3.zip")
    plans = [duheng("plan", "--workspace", tmp_path / name, "--format", "json").stdout for name in ("w", "there", "back")]
    assert plans[0] == plans[1] == plans[2] != ""
    # New rows get new numbers there.
    well(
        duheng("user", "add", "吴管", "--role", "administrator", "--workspace", tmp_path / "there", DUHENG_PASSWORD="long-enough")
    )
    refused = duheng("restore", tmp_path / "1.zip", tmp_path / "other", "--database", url)
    assert refused.returncode == 2
    assert "holds tables already" in refused.stderr
    assert not (tmp_path / "other").exists()
