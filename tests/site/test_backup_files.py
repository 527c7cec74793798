"""A backup comes from outside and may be anything: what could hurt is refused before a byte is written."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from duheng.errors import BackupUnusable
from duheng.site.backups import archive, files


def made(place: Path, parts: dict[str, bytes], *, said: dict | None = None, **change: object) -> Path:
    """A backup of these parts, its manifest as `said` or as it ought to be."""
    described = {name: {"size": len(of), "sha256": hashlib.sha256(of).hexdigest()} for name, of in parts.items()}
    manifest = {
        "format": 1,
        "version": "0",
        "made_at": "2026-01-01T00:00:00+00:00",
        "migrations": [],
        "tables": {},
        "parts": said or described,
    }
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name) if name.startswith("/") else name, content)
        packed.writestr("manifest.json", json.dumps(manifest | change))
    return place


def refused(place: Path, folder: Path) -> str:
    with pytest.raises(BackupUnusable) as raised:
        files.unpack(place, folder)
    assert not folder.exists() or not any(folder.iterdir())
    return raised.value.message("en")


def test_what_is_as_it_should_be_is_unpacked(tmp_path):
    inside = files.unpack(made(tmp_path / "a.zip", {"folder/files/ab/甲.docx": b"x", "folder/duheng.toml": b""}), tmp_path / "w")
    assert (inside / "files/ab/甲.docx").read_bytes() == b"x"
    files.settle(tmp_path / "w")
    assert sorted(path.name for path in (tmp_path / "w").iterdir()) == ["duheng.toml", "files"]


@pytest.mark.parametrize(
    "name",
    [
        "folder/../../evil",
        "folder//evil",
        "/folder/evil",
        "../evil",
        "folder/..",
        "folder/a\\..\\..\\evil",
        "folder/C:/evil",
        "folder/evil ",
        "folder/a\x01b",
        "elsewhere/evil",
        "rows/../evil.jsonl",
        "folder/",
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, name):
    assert "altered" in refused(made(tmp_path / "a.zip", {name: b"x"}), tmp_path / "w")
    assert sorted(path.name for path in tmp_path.iterdir()) in (["a.zip"], ["a.zip", "w"])


def test_a_link_is_no_file(tmp_path):
    place = made(tmp_path / "a.zip", {"folder/plain": b"x"})
    link = zipfile.ZipInfo("folder/link")
    link.external_attr = 0o120777 << 16
    described = {name: {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()} for name in ("folder/plain", "folder/link")}
    manifest = {"format": 1, "version": "0", "made_at": "", "migrations": [], "tables": {}, "parts": described}
    with zipfile.ZipFile(place, "w") as packed:
        packed.writestr("folder/plain", b"x")
        packed.writestr(link, b"x")
        packed.writestr("manifest.json", json.dumps(manifest))
    assert "folder/link" in refused(place, tmp_path / "w")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_given_twice_is_refused(tmp_path):
    place = made(tmp_path / "a.zip", {"folder/a": b"x"})
    with zipfile.ZipFile(place, "a") as packed:
        packed.writestr("folder/a", b"y")
    refused(place, tmp_path / "w")


@pytest.mark.parametrize(
    "said", [{"folder/a": {"size": 1, "sha256": "0" * 64}}, {"folder/a": {"size": 5, "sha256": ""}}, {}, {"folder/b": {}}]
)
def test_what_the_manifest_does_not_say_is_refused(tmp_path, said):
    refused(made(tmp_path / "a.zip", {"folder/a": b"x"}, said=said or {"x": 1}), tmp_path / "w")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_UNSUSPECTED", 1 << 20)
    assert "MB" in refused(made(tmp_path / "a.zip", {"folder/a": bytes(30 << 20)}), tmp_path / "w")


@pytest.mark.parametrize("change", [{"format": "x"}, {"tables": []}, {"migrations": [1]}, {"tables": {"a": {}}}])
def test_a_manifest_of_another_shape_is_refused(tmp_path, change):
    refused(made(tmp_path / "a.zip", {"folder/a": b"x"}, **change), tmp_path / "w")


def test_a_manifest_of_ten_thousand_brackets_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("manifest.json", "[" * 100_000)
    refused(tmp_path / "a.zip", tmp_path / "w")


def test_every_altered_byte_is_noticed(tmp_path):
    content = hashlib.sha512(b"incompressible").digest()
    whole = made(tmp_path / "a.zip", {"folder/a": content}).read_bytes()
    start = whole.index(content)
    for place in range(start, start + len(content)):
        (tmp_path / "b.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        refused(tmp_path / "b.zip", tmp_path / "w")


def test_no_room_on_the_disk_is_said_first(tmp_path, monkeypatch):
    monkeypatch.setattr(files.shutil, "disk_usage", lambda folder: type("Disk", (), {"free": 1})())
    assert "no room" in refused(made(tmp_path / "a.zip", {"folder/a": b"x"}), tmp_path / "w")
