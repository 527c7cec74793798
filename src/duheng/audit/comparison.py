"""A comparison between documents: its code, its names, which documents it is held against, and the check itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity


class Beside(StrEnum):
    """What a report is laid beside."""

    TOGETHER = "together"  # others of the same place and year: they must agree
    AGAINST = "against"  # earlier ones, or those of the level above
    SINCE = "since"  # an older draft of the same report
    LEDGER = "ledger"  # a living plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One rule between documents. Its module's docstring is its page in the docs."""

    code: str  # "DC801"
    name: tuple[str, str]  # (zh, en)
    severity: Severity
    beside: Beside
    check: Callable[[Draft, Sequence[Draft]], Iterator[Finding]]
    page: str = ""


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Every comparison, by code. One is a module of `duheng.audit.between` that says `RULE = Comparison(...)`."""
    package = importlib.import_module("duheng.audit.between")
    found = []
    for each in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"duheng.audit.between.{each.name}")
        found.append(module.RULE)
    return tuple(sorted(found, key=lambda comparison: comparison.code))
