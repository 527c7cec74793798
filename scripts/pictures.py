"""The pictures of the README, taken from the running demo: `.venv/bin/python scripts/pictures.py`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SHOTS = [
    ("overview", "/"),
    ("plan", "/plan"),
    ("document", "/documents/1"),
    ("watch", "/watch"),
    ("outlook", "/plan/7#outlook"),
    ("pool", "/projects/pool"),
    ("batches", "/projects/pool/board"),
]
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> None:
    """Serve the sample, photograph its pages in both languages, and stop."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is not installed: run `make browser`.")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _demo(folder) as demo, sync_playwright() as play:
        address = _address(demo)
        browser = play.chromium.launch(executable_path=chromium, args=QUIET)
        for short, locale in LANGUAGES.items():
            page = browser.new_context(viewport={"width": 1180, "height": 760}, locale=locale).new_page()
            for name, path in SHOTS:
                _shoot(page, f"{address}{path}", IMAGES / f"{name}-{short}.png")
        browser.close()
        demo.terminate()


def _demo(folder: str) -> subprocess.Popen[str]:
    command = [Path(sys.executable).with_name("duheng"), "demo", "--dir", folder]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _address(demo: subprocess.Popen[str]) -> str:
    """The address that the demo prints once it answers."""
    for line in demo.stdout or ():
        if "://" in line:
            return line.strip()
    raise SystemExit("The demo did not start.")


def _shoot(page: Page, address: str, target: Path) -> None:
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=target)
    print(target.name)


if __name__ == "__main__":
    main()
