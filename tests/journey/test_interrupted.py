"""A command that is stopped, or a file that cannot be stored, leaves no half workspace."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.hostile.originals import originals


def begun(folder: Path, report: Path) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DUHENG", "DJANGO"))}
    command = [sys.executable, "-m", "duheng.cli.main", "--lang", "en", "init", str(folder), "--from", str(report)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=_minds_being_stopped,
    )


def _minds_being_stopped() -> None:
    """What is begun from a shell's background ignores Ctrl-C, and so would what it begins."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("there", [False, True])
def test_an_interrupted_init_leaves_only_what_was_there(tmp_path: Path, there: bool) -> None:
    folder, report = tmp_path / "工作区", tmp_path / "报告.txt"
    report.write_bytes(originals()["样例.txt"])
    if there:
        folder.mkdir()
        (folder / "我的.txt").write_text("留着")
    with begun(folder, report) as process:
        deadline = time.monotonic() + 60
        while not (folder / "duheng.toml").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "nothing was imported" in said
    assert [path.name for path in folder.iterdir()] == ["我的.txt"] if there else not folder.exists()
