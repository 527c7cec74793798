"""Which language the command speaks: --lang, else DUHENG_LANG, else the system's, else English."""

from __future__ import annotations

import os
import sys

_VARIABLES = ("DUHENG_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def chosen() -> str:
    """The reader's language, "zh" or "en"."""
    asked = _option(sys.argv) or next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "en")
    return "zh" if asked.lower().startswith("zh") else "en"


def say(zh: str, en: str) -> str:
    """The one of the two that is spoken."""
    return zh if chosen() == "zh" else en


def _option(arguments: list[str]) -> str:
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return ""
