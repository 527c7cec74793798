"""The bundle installs on a machine without any registry."""

import os
import subprocess
import sys
import venv

import pytest

from tests.architecture.source import ROOT


@pytest.mark.long
def test_a_bundle_installs_offline_and_its_command_answers(tmp_path):
    subprocess.run([sys.executable, "scripts/bundle.py"], cwd=ROOT, check=True)
    venv.create(tmp_path, with_pip=True)
    offline = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "DUHENG_", "PYTHONPATH"))}
    install = [
        tmp_path / "bin/pip",
        "--isolated",
        "install",
        "--quiet",
        "--no-index",
        "--find-links",
        ROOT / "bundle",
        "duheng[site]",
    ]
    subprocess.run(install, check=True, env=offline | {"PIP_CONFIG_FILE": os.devnull})
    done = subprocess.run(
        [tmp_path / "bin/duheng", "--help"], check=True, env=offline, cwd=tmp_path, capture_output=True, text=True
    )
    assert "demo" in done.stdout
