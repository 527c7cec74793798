"""Why the command is instant, and the library runs anywhere: what is imported, measured in a process of its own.

The direction of imports between rooms is held by import-linter (.importlinter); here is what no import graph shows.
"""

import ast
import subprocess
import sys
from importlib.util import find_spec

import pytest

from duheng.sample import report_path
from tests.architecture.source import LIBRARY, PACKAGE, modules, name, tree

HEAVY = (
    "django",
    "numpy",
    "pandas",
    "pydantic",
    "sqlite3",
    "granian",
    "xlsxwriter",
    "asyncio",
    "urllib.request",
    "http.client",
    "highspy",
)
READERS = ("xlrd", "pypdfium2", "pypdfium2_raw", "ctypes", "markdown_it", "subprocess")
REPORT = "2024年，全区地区生产总值增长5.8%。\n2025年，地区生产总值增长6%以上。\n"
TELL = "\nimport sys; print(*sorted(sys.modules))"


@pytest.mark.parametrize("room", LIBRARY)
def test_a_room_of_the_library_imports_nothing_heavy(room: str):
    numbers = ("numpy", "asyncio") if room in ("collect", "watch", "appraise") else ()
    assert [name for name in _heavy(_modules(f"import duheng.{room}")) if not name.startswith(numbers or "-")] == []


def test_the_library_takes_its_patterns_from_where_they_are_kept_ready():
    compiling = [
        name(path)
        for room in (*LIBRARY, "cli")
        for path in (modules(PACKAGE / room) or [PACKAGE / f"{room}.py"])
        for node in tree(path).body
        if isinstance(node, ast.Import) and any(each.name == "re" for each in node.names)
    ]
    assert compiling == [], "write: from duheng import pattern as re"


def test_the_library_needs_no_command():
    assert [name for name in _modules("import duheng.plan") if name.startswith(("duheng.site", "duheng.cli", "typer"))] == []


@pytest.mark.parametrize(("command", "form", "room"), [("read", "jsonl", "duheng.read"), ("audit", "json", "duheng.audit")])
def test_a_command_without_a_workspace_imports_neither_the_site_nor_numerics(tmp_path, command, form, room):
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    run = f"import sys; sys.argv = ['duheng', {command!r}, {str(report)!r}, '--format', {form!r}]\nfrom duheng.cli.main import app\n"
    names = _modules(f"{run}try: app()\nexcept SystemExit as end: assert not end.code, end.code\n")
    assert room in names
    assert _heavy(names) == []
    assert [name for name in names if name.startswith("duheng.site")] == []


@pytest.mark.parametrize("name", ["report.txt", "report.docx"])
def test_a_report_is_read_without_the_libraries_of_other_formats(tmp_path, name):
    report = tmp_path / name
    if name == "report.docx":
        report.write_bytes(report_path().read_bytes())
    else:
        report.write_text(REPORT, encoding="utf-8")
    names = _modules(f"from duheng import read\nread.open_document({str(report)!r})")
    others = READERS if name == "report.docx" else (*READERS, "lxml", "zipfile")
    assert [each for each in names if each.split(".")[0] in others] == []


def test_the_heavy_parts_are_really_installed():
    assert find_spec("django")
    assert find_spec("pydantic")
    assert _heavy(["django.db", "numpy"]) == ["django.db", "numpy"]


def _modules(code: str) -> list[str]:
    """The modules that are loaded when `code` has run."""
    done = subprocess.run([sys.executable, "-c", code + TELL], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split()


def _heavy(names: list[str]) -> list[str]:
    return [name for name in names if any(name == heavy or name.startswith(f"{heavy}.") for heavy in HEAVY)]
