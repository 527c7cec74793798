"""A workspace is saved as one file, restored elsewhere row for row, and brought to a newer form or left as it was."""

import json
import secrets
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.journey.conftest import SERVER, environment

REPORT = """关于甲市乙区2025年国民经济和社会发展计划执行情况及2026年计划草案的报告

一、2025年计划执行情况
全年地区生产总值增长5.8%，城镇新增就业1.2万人。

二、2026年主要预期目标
2026年主要预期目标：地区生产总值增长6%以上，城镇新增就业1万人以上。
"""
HISTORY = "records.event"  # a restore adds its own line
OF_THE_FIRST_FORM = """
import sys
from datetime import UTC, datetime
from duheng.site import settings, workspace
opened = workspace.make(sys.argv[1])
settings.configure(opened)
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
for app in ("contenttypes", "auth", "sessions", "axes", "django_tasks_database"):
    call_command("migrate", app, verbosity=0)
call_command("migrate", "records", "0001", verbosity=0)
apps = MigrationExecutor(connection).loader.project_state([("records", "0001_initial")]).apps
at = datetime(2026, 1, 2, tzinfo=UTC)
document = apps.get_model("records", "Document").objects.create(
    name="报告.txt", format="text", digest="d" * 64, size=1, text="增长6.0%", body={"b": 1, "a": [2.0]}, imported_at=at, imported_by="吴编")
plan = apps.get_model("records", "Plan").objects.create(
    title="计划", area="乙区", year=2026, fingerprint="f" * 64, imported_at=at, imported_by="吴编")
apps.get_model("records", "PlanDocument").objects.create(plan=plan, document=document, position=0)
apps.get_model("records", "Indicator").objects.create(plan=plan, position=0, name="地区生产总值", nature="expected", actual_value="6.0")
apps.get_model("records", "Person").objects.create(name="吴管", role="administrator", password="!")
apps.get_model("records", "Event").objects.create(at=at, by="吴编", kind="plan.import", noun="plan", noun_id="1", name="计划")
"""
FAILING = """
import sys
from duheng.site import settings, workspace
opened = workspace.find(sys.argv[1])
sys.path.insert(0, sys.argv[2])
settings.configure(opened, MIGRATION_MODULES={"records": "ahead"})
settings.prepare(opened)
"""
NEXT = """
from django.db import migrations, models

def fails(apps, schema_editor):
    apps.get_model("records", "Later").objects.create()
    apps.get_model("records", "Event").objects.update(by="changed")
    %s

class Migration(migrations.Migration):
    dependencies = [("records", "%s")]
    operations = [
        migrations.CreateModel("Later", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(fails),
    ]
"""


def duheng(*arguments: object, language: str = "en", **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", language, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment() | variables)


def python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment())


def rows(backup: Path, *, but: tuple[str, ...] = (HISTORY,)) -> dict[str, str]:
    """What tells every table's rows and every file, by name."""
    with zipfile.ZipFile(backup) as archive:
        parts = json.loads(archive.read("manifest.json"))["parts"]
    return {name: of["sha256"] for name, of in parts.items() if name not in {f"rows/{label}.jsonl" for label in but}}


def saved(folder: Path, place: Path, **variables: str) -> Path:
    done = duheng("backup", "--workspace", folder, place, **variables)
    assert done.returncode == 0, done.stderr
    return place


def elsewhere(monkeypatch) -> str:
    """Another empty database, where PostgreSQL is tested; otherwise none, and SQLite in the folder."""
    if not SERVER:
        return ""
    import psycopg

    name = f"journey_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return SERVER.replace("/postgres?", f"/{name}?")


@pytest.fixture
def workspace(tmp_path) -> Path:
    """A workspace with a plan and a person."""
    report = tmp_path / "报告.txt"
    report.write_text(REPORT, "utf-8")
    assert duheng("init", tmp_path / "w", "--from", report, "--office", '乙区"发改委"').returncode == 0
    added = duheng("user", "add", "吴管", "--role", "administrator", "--workspace", tmp_path / "w", DUHENG_PASSWORD="long-enough")
    assert added.returncode == 0
    return tmp_path / "w"


@pytest.mark.slow
def test_what_was_saved_is_restored_row_for_row_and_file_for_file(workspace, tmp_path, monkeypatch):
    saved(workspace, tmp_path / "a.zip")
    url = elsewhere(monkeypatch)
    monkeypatch.delenv("DUHENG_DATABASE", raising=False)
    restored = duheng("restore", tmp_path / "a.zip", tmp_path / "again", *(["--database", url] if url else []))
    assert restored.returncode == 0, restored.stderr
    assert rows(saved(tmp_path / "again", tmp_path / "b.zip")) == rows(tmp_path / "a.zip")
    assert duheng("user", "list", "--workspace", tmp_path / "again").stdout == "吴管\tadministrator\n"
    assert (tmp_path / "again/secret").read_text() != (workspace / "secret").read_text()
    assert (tmp_path / "again/duheng.toml").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert "folder/secret" not in archive.namelist()
        assert b"postgresql://" not in archive.read("folder/duheng.toml")
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0
    # What is there is never overwritten.
    for place, word in ((tmp_path / "again", "not empty"), (workspace, "not empty")):
        refused = duheng("restore", tmp_path / "a.zip", place)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert word in refused.stderr
    refused = duheng("backup", "--workspace", workspace, tmp_path / "a.zip")
    assert refused.returncode == 2


@pytest.mark.long
def test_backups_in_a_folder_are_named_by_their_time_and_the_last_are_kept(workspace, tmp_path):
    (tmp_path / "kept").mkdir()
    for name in ("20250101-000000.duheng.zip", "20250102-000000.duheng.zip", "别的.txt"):
        (tmp_path / "kept" / name).touch()
    assert duheng("backup", "--workspace", workspace, tmp_path / "kept", "--keep", "2").returncode == 0
    names = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert "20250101-000000.duheng.zip" not in names
    assert len(names) == 3
    refused = duheng("backup", "--workspace", workspace, workspace / "a.zip")
    assert refused.returncode == 2
    assert "outside" in refused.stderr


@pytest.mark.long
def test_a_file_that_was_cut_short_or_altered_restores_nothing(workspace, tmp_path):
    whole = saved(workspace, tmp_path / "a.zip").read_bytes()
    for content in (whole[: len(whole) // 2], whole.replace(b"PK\x03\x04", b"PK\x03\x05", 1), b"", b"not a zip"):
        (tmp_path / "bad.zip").write_bytes(content)
        refused = duheng("restore", tmp_path / "bad.zip", tmp_path / "again", language="zh")
        assert refused.returncode == 2
        assert "没有恢复任何内容" in refused.stderr
        assert not (tmp_path / "again").exists()


@pytest.mark.long
def test_a_workspace_of_the_first_form_comes_forward_with_all_it_holds_and_a_backup_of_before(tmp_path, monkeypatch):
    made = python(OF_THE_FIRST_FORM, tmp_path / "w")
    assert made.returncode == 0, made.stderr
    first = saved(tmp_path / "w", tmp_path / "first.zip")
    came = duheng("user", "list", "--workspace", tmp_path / "w")
    assert (came.returncode, came.stdout) == (0, "吴管\tadministrator\n"), came.stderr
    (before,) = (tmp_path / "w/backups").iterdir()
    assert str(before) in came.stderr
    assert rows(before, but=()) == rows(first, but=())
    now = {label: table["rows"] for label, table in manifest(saved(tmp_path / "w", tmp_path / "now.zip"))["tables"].items()}
    then = {label: table["rows"] for label, table in manifest(first)["tables"].items() if label.startswith("records.")}
    assert {label: now[label] for label in then} == then
    assert duheng("user", "list", "--workspace", tmp_path / "w").stderr == ""
    # The backup of the first form is restored and brought forward just so.
    url = elsewhere(monkeypatch)
    monkeypatch.delenv("DUHENG_DATABASE", raising=False)
    restored = duheng("restore", first, tmp_path / "again", *(["--database", url] if url else []))
    assert restored.returncode == 0, restored.stderr
    forward = {
        name: of
        for name, of in rows(saved(tmp_path / "again", tmp_path / "again.zip")).items()
        if name.startswith("rows/records")
    }
    assert forward == {name: of for name, of in rows(tmp_path / "now.zip").items() if name.startswith("rows/records")}


@pytest.mark.long
@pytest.mark.parametrize("ending", ["raise RuntimeError('half way')", "pass"])
def test_a_step_that_fails_leaves_all_as_it_was_and_one_that_does_not_is_told_to_an_older_version(workspace, tmp_path, ending):
    records = Path(__file__).resolve().parents[2] / "src/duheng/site/records/migrations"
    (tmp_path / "ahead").mkdir()
    for path in records.glob("*.py"):
        (tmp_path / "ahead" / path.name).write_bytes(path.read_bytes())
    last = max(path.stem for path in records.glob("0*.py"))
    (tmp_path / "ahead/0999_later.py").write_text(NEXT % (ending, last), "utf-8")
    before = saved(workspace, tmp_path / "before.zip")
    went = python(FAILING, workspace, tmp_path)
    assert len(list((workspace / "backups").iterdir())) == 1
    listed = duheng("user", "list", "--workspace", workspace)
    if ending == "pass":
        assert went.returncode == 0, went.stderr
        assert listed.returncode == 2
        assert "newer duheng" in listed.stderr
        assert "0999_later" in listed.stderr
        saved(workspace, tmp_path / "later.zip")
    else:
        assert "half way" in went.stderr
        assert listed.stdout == "吴管\tadministrator\n"
        assert rows(saved(workspace, tmp_path / "after.zip"), but=()) == rows(before, but=())


@pytest.mark.long
def test_a_backup_of_a_newer_version_is_refused_by_name(workspace, tmp_path):
    saved(workspace, tmp_path / "a.zip")
    for change in ({"format": 2}, {"migrations": [["records", "9999_later"]]}):
        altered(tmp_path / "a.zip", tmp_path / "b.zip", change)
        refused = duheng("restore", tmp_path / "b.zip", tmp_path / "again")
        assert refused.returncode == 2
        assert "newer duheng" in refused.stderr
        assert not (tmp_path / "again").exists()


def manifest(backup: Path) -> dict:
    with zipfile.ZipFile(backup) as archive:
        return json.loads(archive.read("manifest.json"))


def altered(source: Path, target: Path, change: dict) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, json.dumps(json.loads(content) | change) if name == "manifest.json" else content)
