"""Make `bundle/`: wheels of duheng and all it needs to serve, for offices on closed networks.

For another kind of machine than this one, name its wheel platforms, e.g. `BUNDLE_PLATFORM=aarch64 make bundle` on an x86 machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "bundle"
README = """\
离线安装 · To install without a network (Python {python}):

    python3 -m venv duheng && duheng/bin/pip install --no-index --find-links . "duheng[site]"
    duheng/bin/duheng --help
"""


def main() -> None:
    """Build the project's wheel, fetch the others by hash, and write how to install them."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    BUNDLE.mkdir()
    _run("project wheel", "-m", "hatchling", "build", "--target", "wheel", "--directory", str(BUNDLE))
    locked = ("--require-hashes", "--requirement", str(ROOT / "requirements/base.txt"), "--dest", str(BUNDLE))
    _run("locked wheels", "-m", "pip", "download", "--quiet", "--no-deps", *_only(os.environ.get("BUNDLE_PLATFORM")), *locked)
    version = ".".join(map(str, sys.version_info[:2]))
    (BUNDLE / "README.txt").write_text(README.format(python=version), encoding="utf-8")
    size = sum(wheel.stat().st_size for wheel in BUNDLE.iterdir()) / 1e6
    print(f"  bundle/: {len(list(BUNDLE.glob('*.whl')))} wheels, {size:.0f} MB")


def _only(machine: str | None) -> tuple[str, ...]:
    """Wheels only; of the common kinds of `machine` where it is not this one."""
    kinds = [f"{kind}_{machine}" for kind in ("manylinux_2_28", "manylinux_2_17", "manylinux2014")] if machine else []
    return ("--only-binary=:all:", *(f"--platform={kind}" for kind in kinds))


def _run(step: str, *command: str) -> None:
    print(f"  {step}", flush=True)
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"bundle: {step} failed\n{done.stderr or done.stdout}")


if __name__ == "__main__":
    main()
