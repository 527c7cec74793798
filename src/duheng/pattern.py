r"""Regular expressions, compiled once at set-up: written as with `re`, and ready at once when a command starts.

A report is read by some five hundred patterns, and compiling them took an eighth of the time of a cold `duheng audit`. Their
compiled form is kept beside this module by `scripts/prepare.py` (`make setup`; the wheel holds it too) and taken up here.
What is kept is found by the pattern itself, and only by the kind of Python that made it: a pattern that is new or changed, or
another Python, is compiled as ever. So nothing that is kept can be out of date, and without it all works the same, more slowly.

    >>> search(r"\d+", "第12页").group()
    '12'
"""

from __future__ import annotations

import importlib
import marshal
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from re import ASCII, IGNORECASE, MULTILINE, Match, Pattern, escape
from typing import Any

__all__ = [
    "ASCII",
    "IGNORECASE",
    "MULTILINE",
    "Match",
    "Pattern",
    "compile",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
]

_sre: Any = importlib.import_module("_sre")
KEPT = Path(__file__).with_suffix(".prepared")
PYTHON = (sys.implementation.cache_tag, sys.byteorder, _sre.MAGIC, _sre.CODESIZE)
"""Which Pythons understand each other's compiled patterns."""
WORD = {4: "I", 8: "Q"}.get(_sre.CODESIZE, "L")
"""The array type of a word of compiled code."""
Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""A compiled pattern: its flags, code, number of groups, and their names."""


@lru_cache(maxsize=2048)  # beyond those of modules: some are made from words of the report
def compile(pattern: str, flags: int = 0) -> Pattern[str]:  # noqa: A001 -- called as `re.compile` is
    """The compiled pattern, as `re.compile` gives it."""
    made = _kept().get((pattern, int(flags)))
    if made is None:
        return re.compile(pattern, flags)
    state, code, groups, index, names = made
    ready: Pattern[str] = _sre.compile(pattern, state, array(WORD, code).tolist(), groups, index, names)
    return ready


def search(pattern: str, string: str, flags: int = 0) -> Match[str] | None:
    """The first match anywhere in a text."""
    return compile(pattern, flags).search(string)


def match(pattern: str, string: str, flags: int = 0) -> Match[str] | None:
    """The match at the beginning of a text."""
    return compile(pattern, flags).match(string)


def fullmatch(pattern: str, string: str, flags: int = 0) -> Match[str] | None:
    """The match of a whole text."""
    return compile(pattern, flags).fullmatch(string)


def findall(pattern: str, string: str, flags: int = 0) -> list[Any]:
    """What every match holds, as `re.findall`."""
    return compile(pattern, flags).findall(string)


def finditer(pattern: str, string: str, flags: int = 0) -> Iterator[Match[str]]:
    """Every match, left to right."""
    return compile(pattern, flags).finditer(string)


def split(pattern: str, string: str, maxsplit: int = 0, flags: int = 0) -> list[str | Any]:
    """A text cut at the matches."""
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern: str, repl: str | Callable[[Match[str]], str], string: str, count: int = 0) -> str:
    """A text with its matches replaced."""
    return compile(pattern).sub(repl, string, count)


@cache
def _kept() -> dict[tuple[str, int], Made]:
    """The patterns that this kind of Python has kept; none where it has not, or where the file cannot be used."""
    try:
        python, made = marshal.loads(KEPT.read_bytes())  # noqa: S302 -- our own, as a .pyc is
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return made if python == PYTHON else {}
