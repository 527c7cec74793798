"""A wheel holds all that the site needs: what is fetched and compiled at set-up is in it, though git ignores it."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT

VENDOR = PACKAGE / "site/static/vendor"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    folder: Path = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_front_end_is_in_the_wheel(wheel: set[str]):
    names = json.loads((VENDOR / "list.json").read_text(encoding="utf-8"))
    assert names
    assert {f"duheng/site/static/vendor/{name}" for name in names} - wheel == set()


def test_every_file_of_the_package_is_in_the_wheel(wheel: set[str]):
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {f"duheng/{path.relative_to(PACKAGE).as_posix()}" for path in files if path.suffix not in {".pyc", ".po", ".pot"}}
    assert wanted - wheel == set()


def test_every_translation_is_compiled(wheel: set[str]):
    catalogs = [path.with_suffix(".mo").relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.po")]
    assert {f"duheng/{catalog}" for catalog in catalogs} - wheel == set()


def test_what_set_up_prepares_is_in_the_wheel(wheel: set[str]):
    assert {"duheng/pattern.prepared", "duheng/catalog/catalog.prepared"} - wheel == set(), "run: make setup"


def test_what_was_copied_is_what_was_listed():
    import hashlib

    listed = json.loads((VENDOR / "list.json").read_text(encoding="utf-8"))
    assert {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in listed} == listed
