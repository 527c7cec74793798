"""The bundle installs on a machine without any registry, and what it installs serves pages and reads every format."""

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.long
BARE = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/nonexistent", "PIP_CONFIG_FILE": os.devnull}


def alone(*command: object) -> list[str]:
    """The command without any network but the loopback, where this machine allows that."""
    words = [str(word) for word in command]
    if shutil.which("unshare") and subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0:
        return ["unshare", "-rn", "sh", "-c", 'ip link set lo up 2>/dev/null || true; exec "$@"', "sh", *words]
    return words


@pytest.fixture(scope="module")
def bundle() -> Path:
    subprocess.run([sys.executable, "scripts/bundle.py"], cwd=ROOT, check=True)
    return ROOT / "bundle"


@pytest.fixture(scope="module")
def installed(bundle: Path, tmp_path_factory) -> Path:
    """What `install.sh` makes of the bundle, in an environment that has nothing else."""
    target = tmp_path_factory.mktemp("installed") / "duheng"
    done = subprocess.run(alone(bundle / "install.sh", target), env=BARE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def test_the_command_answers_and_reads_every_format(installed: Path, tmp_path):
    import openpyxl
    from reportlab.pdfgen import canvas

    def duheng(*words: object) -> str:
        command = alone(installed / "bin/duheng", "--lang", "zh", *words)
        done = subprocess.run(command, env=BARE, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    book = openpyxl.Workbook()
    for row in (["指标", "单位", "2026年目标"], ["地区生产总值增长", "%", "6"]):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    page = canvas.Canvas(str(tmp_path / "页.pdf"))
    page.drawString(72, 700, "GDP 6.5%")
    page.save()
    (tmp_path / "文.md").write_text("# 计划\n\n2026年地区生产总值增长6%以上。\n", "utf-8")
    (tmp_path / "文.txt").write_text("2026年地区生产总值增长6%以上。\n", "utf-8")
    for name, number in (("表.xlsx", "6"), ("页.pdf", "6.5"), ("文.md", "6"), ("文.txt", "6")):
        assert number in duheng("read", name), name
    assert "demo" in duheng("--help")
    duheng("init", "w", "--from", "文.txt")
    duheng("backup", "--workspace", "w", "a.duheng.zip")
    assert "已恢复" in duheng("restore", "a.duheng.zip", "again")


def test_the_demo_serves_its_pages(installed: Path, tmp_path):
    command = [installed / "bin/duheng", "demo", "--dir", tmp_path / "demo", "--port", "8850"]
    with subprocess.Popen(
        command, env=BARE, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as served:
        try:
            address = served.stdout.readline().strip()
            with urllib.request.urlopen(f"{address}/plan", timeout=20) as answer:  # noqa: S310 -- our own address
                page = answer.read().decode()
            assert "地区生产总值" in page
            style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
            with urllib.request.urlopen(f"{address}{style}", timeout=20) as answer:  # noqa: S310
                assert answer.status == 200
        finally:
            served.terminate()
            served.wait(timeout=30)


def test_the_driver_of_postgresql_is_in_it(installed: Path):
    subprocess.run([installed / "bin/python", "-c", "import psycopg"], check=True, env=BARE)


def test_a_damaged_bundle_is_not_installed(bundle: Path, tmp_path):
    copy = shutil.copytree(bundle, tmp_path / "bundle")
    next(copy.glob("duheng-*.whl")).write_bytes(b"")
    done = subprocess.run([copy / "install.sh", tmp_path / "x"], env=BARE, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("machine", ["aarch64", "win_amd64"])
def test_a_bundle_for_another_kind_of_machine_has_its_wheels(machine: str):
    subprocess.run([sys.executable, "scripts/bundle.py", machine], cwd=ROOT, check=True)
    names = [path.name for path in (ROOT / "bundle").glob("*.whl")]
    built = [name for name in names if not name.endswith("-none-any.whl")]
    assert built
    assert [name for name in built if machine not in name] == []
    assert any(name.startswith("tzdata") for name in names) == machine.startswith("win")
