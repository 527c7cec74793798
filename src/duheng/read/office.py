"""Has LibreOffice, where it is installed, turn what only it can open (.doc, .wps, .rtf, .odt) into a Word file.

It runs in a folder of its own that is gone afterwards, without macros, without following links, and not for long.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from duheng.errors import BrokenDocument, OfficeMissing
from duheng.read.document import Document
from duheng.read.docx import read_docx

_SECONDS = 120
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_PATH = "/org.openoffice.Office.Common/Security/Scripting"
_SAFE = (
    ("DisableMacrosExecution", "true"),
    ("MacroSecurityLevel", "3"),
    ("BlockUntrustedRefererLinks", "true"),
    ("DisableActiveContent", "true"),
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(f'<item oor:path="{_PATH}"><prop oor:name="{name}"><value>{value}</value></prop></item>' for name, value in _SAFE)
    + "</oor:items>"
)


def read_by_office(data: bytes, *, name: str, kind: str) -> Document:
    """The document in a file of `kind` ("doc", "wps", "rtf", "odt"). Raises OfficeMissing where there is no LibreOffice."""
    if kind == "rtf" and not data.rstrip(b"\0 \r\n\t").endswith(b"}"):
        raise BrokenDocument(
            name=name,
            reason="the file is incomplete; perhaps it was not copied to its end.",
            reason_zh="文件不完整，可能没有传完。",
        )
    program = _program()
    if program is None:
        raise OfficeMissing(name=name, suffix=f".{kind}")
    with tempfile.TemporaryDirectory(prefix="duheng-") as folder:
        made = _converted(program, data, Path(folder), kind=kind, name=name)
    return replace(read_docx(made, name=name), format=kind)


def _program() -> str | None:
    found = next((path for each in _NAMES if (path := shutil.which(each))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _converted(program: str, data: bytes, folder: Path, *, kind: str, name: str) -> bytes:
    source, profile = folder / f"report.{kind}", folder / "profile"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "made"),
        str(source),
    ]
    _run(command, folder, name)
    made = folder / "made" / "report.docx"
    if not made.is_file():
        raise BrokenDocument(
            name=name,
            reason="LibreOffice could not open it; perhaps it is damaged, or has a password.",
            reason_zh="LibreOffice 打不开它，可能已损坏或设有密码。",
        )
    return made.read_bytes()


def _run(command: list[str], folder: Path, name: str) -> None:
    # A session of its own, so that what LibreOffice starts ends with it.
    running = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(_SECONDS)
    except subprocess.TimeoutExpired as wrong:
        raise BrokenDocument(
            name=name,
            reason=f"LibreOffice was not done with it after {_SECONDS} seconds.",
            reason_zh=f"LibreOffice 处理超过 {_SECONDS} 秒仍未完成。",
        ) from wrong
    finally:
        _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    if running.poll() is None:
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(running.pid, signal.SIGKILL)
            else:
                running.kill()
        running.wait()
