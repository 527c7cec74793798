"""Make `bundle/`: wheels of duheng and all it needs to serve, for offices on closed networks, with a script that installs them.

For another kind of machine than this one, name it: `make bundle PLATFORM=aarch64` (Linux on ARM), `x86_64`, or `win_amd64`.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "bundle"
INSTALL = """\
#!/bin/sh
# 离线安装度衡 · Installs duheng without any network: ./install.sh [FOLDER]   (默认 · default: /opt/duheng)
set -eu
cd "$(dirname "$0")"
target=${1:-/opt/duheng}
sha256sum --check --quiet SHA256SUMS || { echo "文件不完整，请重新拷贝 · files are damaged: copy the bundle again" >&2; exit 1; }
python=""
for name in ${PYTHON:-python@PYTHON@ python3}; do
    if command -v "$name" >/dev/null 2>&1 && [ "$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = "@PYTHON@" ]; then
        python=$name
        break
    fi
done
[ -n "$python" ] || { echo "需要 Python @PYTHON@ · needs Python @PYTHON@: PYTHON=/path/to/python@PYTHON@ ./install.sh" >&2; exit 1; }
"$python" -m venv --clear "$target"
"$target/bin/python" -m pip --isolated install --quiet --disable-pip-version-check --no-index --find-links . "duheng[site,postgresql]"
"$target/bin/duheng" --version
echo "已安装 · installed: $target/bin/duheng"
"""
README = """\
离线安装 · To install without a network (Python @PYTHON@, @KIND@)

    ./install.sh /opt/duheng          # 校验文件，建立环境并安装 · checks the files, makes an environment, installs
    /opt/duheng/bin/duheng demo       # 样例演示 · the sample

再次运行即升级；工作区不在安装目录内，不受影响。升级前请先 duheng backup。
Run it again to upgrade: the workspace lies elsewhere and is not touched. Run `duheng backup` first.

不用脚本时 · without the script (Windows: Scripts\\\\ instead of bin/):

    python -m venv duheng
    duheng/bin/python -m pip install --no-index --find-links . "duheng[site,postgresql]"
"""


def main() -> None:
    """Build the project's wheel, fetch the others by hash, and write how to install them."""
    machine = sys.argv[1] if len(sys.argv) > 1 else ""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    BUNDLE.mkdir()
    _run("project wheel", "-m", "hatchling", "build", "--target", "wheel", "--directory", str(BUNDLE))
    # A week's wait is the lock's affair; a platform's wheels are asked for by the same hashes.
    locked = ("--require-hashes", "--requirement", str(_needed(machine)), "--dest", str(BUNDLE))
    _run("locked wheels", "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", *_kinds(machine), *locked)
    (BUNDLE / ".needed.txt").unlink(missing_ok=True)
    version = ".".join(map(str, sys.version_info[:2]))
    for name, text in (("install.sh", INSTALL), ("README.txt", README)):
        said = text.replace("@PYTHON@", version).replace("@KIND@", machine or "this kind of machine")
        (BUNDLE / name).write_text(said, encoding="utf-8")
    (BUNDLE / "install.sh").chmod(0o755)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in sorted(BUNDLE.glob("*.whl"))]
    (BUNDLE / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in BUNDLE.iterdir()) / 1e6
    print(f"  bundle/: {len(sums)} wheels, {size:.0f} MB{f', for {machine}' if machine else ''}")


def _kinds(machine: str) -> tuple[str, ...]:
    """The names that wheels for `machine` go by, where it is not this one."""
    if not machine:
        return ()
    names = [machine]
    if not machine.startswith(("win", "manylinux", "macosx")):
        names = [f"{kind}_{machine}" for kind in ("manylinux_2_28", "manylinux_2_17", "manylinux2014", "manylinux_2_26")]
    return tuple(f"--platform={name}" for name in names)


def _needed(machine: str) -> Path:
    """The lock, with what is for Windows only left to a bundle for Windows: pip asks this machine what it is, not the other."""
    locked = ROOT / "requirements/base.txt"
    if not machine:
        return locked
    there = {"sys_platform": "win32"} if machine.startswith("win") else {"sys_platform": "linux", "platform_machine": machine}
    lines, keep = [], True
    for line in locked.read_text("utf-8").splitlines():
        pin, given, marker = line.rstrip(" \\").partition(" ; ")
        if not line.startswith(" "):
            keep = not given or Marker(marker).evaluate(there)
        if keep:
            lines.append(f"{pin} \\" if given else line)
    place = BUNDLE / ".needed.txt"
    place.write_text("\n".join(lines) + "\n", "utf-8")
    return place


def _run(step: str, *command: str) -> None:
    print(f"  {step}", flush=True)
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"bundle: {step} failed\n{done.stderr or done.stdout}")


if __name__ == "__main__":
    main()
