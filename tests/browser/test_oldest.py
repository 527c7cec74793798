"""What the pages load is held against the oldest browser, and what is newer than it is noticed."""

import importlib.util
import subprocess
import sys

import pytest
from tests.architecture.source import ROOT

pytestmark = pytest.mark.long


def run() -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "scripts/browsers.py"], cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_script_and_style_answers_to_chromium_109():
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_newer_is_noticed(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("browsers", ROOT / "scripts/browsers.py")
    browsers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(browsers)
    (tmp_path / "new.css").write_text(
        "p { & b { color: light-dark(#000, #fff); } }\np:nth-child(2 of .a) { color: red; }\n", "utf-8"
    )
    (tmp_path / "part.js").write_text("Promise.withResolvers();\n", "utf-8")
    (tmp_path / "syntax.js").write_text("const r = /a/v;\n", "utf-8")
    monkeypatch.setattr(browsers, "STATIC", tmp_path)
    browsers._fetch()
    told = "\n".join(f"{name}: {what}" for name, what in browsers._found())
    for word in ("css-nesting", "light-dark", "nth-child", "part.js: ES2024 'Promise.withResolvers'", "syntax.js: Parsing error"):
        assert word in told, told
