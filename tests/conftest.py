"""What every test may use, and what is said when something that a test needs is not there."""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

LACKING = "lacking: "
ROOT = Path(__file__).resolve().parent.parent
collect_ignore = ["settings.py"]


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up, unless only tests of the library were asked for: those need none, and start sooner without it."""
    if config.pluginmanager.hasplugin("django") and not all(_is_library(argument) for argument in config.args):
        from django.conf import settings

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        assert settings.DATABASES  # reading one loads them; the plugin then does the rest


def _is_library(argument: str) -> bool:
    path = Path(argument.partition("::")[0]).resolve()
    return any(
        path.is_relative_to(ROOT / room) for room in ("tests/unit", "tests/spec", "tests/property", "tests/architecture", "src")
    )


@pytest.fixture(scope="session")
def truth() -> Path:
    """The folder of real reports and of what is known about them; a test that asks for it is skipped where there is none."""
    folder = os.environ.get("DUHENG_TRUTH")
    if not folder:
        pytest.skip(f"{LACKING}DUHENG_TRUTH does not name a folder of real reports")
    path = Path(folder)
    if not path.is_dir():
        pytest.fail(f"DUHENG_TRUTH names {folder}, which is not a folder")
    return path


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Debian's Chromium is; a test that asks for it is skipped where it is not installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip(f"{LACKING}Chromium (apt-get install chromium fonts-noto-cjk)")
    return found


@pytest.fixture(scope="session")
def soffice() -> str:
    """Where LibreOffice is; a test that asks for it is skipped where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip(f"{LACKING}LibreOffice (apt-get install libreoffice-writer-nogui)")
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested, and why: a skipped test must not look like one that passed."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(reasons.items()):
        if LACKING in reason:
            terminalreporter.write_sep("!", f"{count} tests NOT RUN, {reason[reason.index(LACKING) :]}", red=True, bold=True)


def _reason(report: pytest.TestReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
