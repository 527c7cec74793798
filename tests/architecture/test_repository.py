"""What the repository must not hold: the address of a registry, a path of somebody's machine, fetched files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, name, tracked

TEXT_LIMIT = 700_000
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_python_lock_names_hashes_and_no_host_or_path(lock: Path):
    text = lock.read_text(encoding="utf-8")
    assert re.findall(r"://|^-|file:|\bgit\+", text, re.MULTILINE) == []
    pins = re.split(r"\n(?=\S)", text.strip())
    assert pins
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("lock", ["package-lock.json", "browsers/package-lock.json"])
def test_a_front_end_lock_names_hashes_and_no_host(lock: str):
    packages = json.loads((ROOT / lock).read_text(encoding="utf-8"))["packages"]
    fetched = {place: package for place, package in packages.items() if place}
    assert [place for place, package in fetched.items() if "resolved" in package or "integrity" not in package] == []


def test_nothing_names_a_registry_in_its_settings():
    settings = [
        ROOT / ".npmrc",
        ROOT / "browsers/.npmrc",
        ROOT / "pyproject.toml",
        ROOT / "Makefile",
        *(ROOT / "scripts").iterdir(),
    ]
    assert [name(path) for path in settings if re.search(r"https?://|registry\s*=", path.read_text(encoding="utf-8"))] == []


def test_every_pinned_package_of_the_wheel_is_pinned_alike_for_development():
    base, dev = (
        set(re.findall(r"^\S+==\S+", (ROOT / f"requirements/{lock}.txt").read_text("utf-8"), re.MULTILINE))
        for lock in ("base", "dev")
    )
    assert base - dev == set()


def test_every_dependency_has_its_reason_beside_it_and_is_locked():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    part = project[project.index("\ndependencies = [") : project.index("\n[project.scripts]")]
    lines = re.findall(r'^    "([\w.-]+)[^"]*",(.*)$', part, re.MULTILINE)
    assert lines
    assert [package for package, reason in lines if "# " not in reason] == []
    pinned = "\n".join(lock.read_text(encoding="utf-8") for lock in LOCKS)
    assert [package for package, _ in lines if not re.search(rf"^{package}==", pinned, re.MULTILINE | re.IGNORECASE)] == []


def test_no_file_names_a_folder_of_this_machine():
    here = {f"{ROOT}/", f"{Path.home()}/"}
    assert [name(path) for path, text in _texts() if any(place in text for place in here)] == []


def test_no_fetched_or_large_file_is_kept():
    names = [name(path) for path in tracked()]
    assert [path for path in names if "/vendor/" in path or "node_modules/" in path or re.search(r"\.min\.(js|css)$", path)] == []
    assert [name(path) for path in tracked() if path.stat().st_size > TEXT_LIMIT] == []


def _texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
