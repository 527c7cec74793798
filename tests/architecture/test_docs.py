"""The docs name every command, every setting and every rule: what is not written down is not there."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.architecture.source import PACKAGE, ROOT, modules

SETTING = re.compile(r"\bDUHENG_[A-Z_]+\b")


def _docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))])


@pytest.mark.skipif(find_spec("duheng.cli") is None, reason="no command yet")
def test_every_command_is_in_the_docs():
    command = [sys.executable, "-m", "duheng.cli.main", "--help"]
    told = subprocess.run(command, env=os.environ | {"DUHENG_LANG": "en"}, capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^  (\w[\w-]*)  ", told.partition("Commands:")[2], re.MULTILINE)
    assert names
    docs = _docs()
    assert [name for name in names if f"duheng {name}" not in docs] == []


def test_every_variable_of_the_environment_is_in_the_docs():
    named = {found for path in modules() for found in SETTING.findall(path.read_text(encoding="utf-8"))}
    docs = _docs()
    assert [name for name in sorted(named) if name not in docs] == []


@pytest.mark.skipif(not (PACKAGE / "site/workspace.py").exists(), reason="no workspace yet")
def test_every_setting_of_a_workspace_is_in_the_docs(tmp_path):
    import tomllib

    from duheng.site import workspace

    workspace.make(tmp_path, office="示例区")
    settings = tomllib.loads((tmp_path / "duheng.toml").read_text(encoding="utf-8"))
    docs = _docs()
    keys = [key for part in settings.values() if isinstance(part, dict) for key in part]
    assert {"office", "url"} <= set(keys)
    assert [key for key in keys if f"`{key}`" not in docs] == []


@pytest.mark.skipif(not (PACKAGE / "site/access.py").exists(), reason="no site yet")
def test_every_rule_of_access_is_in_the_docs():
    from duheng.site.access import RULES

    docs = _docs()
    assert [rule for rule in RULES if f"`{rule}`" not in docs] == []


def test_every_make_target_is_in_the_docs():
    targets = re.findall(r"^# make ([\w-]+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    docs = _docs()
    assert [target for target in targets if f"make {target}" not in docs] == []
