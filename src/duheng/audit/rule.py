"""A rule of the audit: its code, its names, its default severity, and the check itself."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from duheng.audit.draft import Check
from duheng.audit.finding import Severity

# Loaded here, before the room's counter is filled: a package loaded later would take the place of the function `rules` there.
_PACKAGE = importlib.import_module("duheng.audit.rules")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Its module's docstring is its page in the docs."""

    code: str  # "DA101"
    name: tuple[str, str]  # (zh, en)
    severity: Severity  # what its findings are unless they say otherwise
    check: Check
    page: str = ""


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by code. A rule is a module of `duheng.audit.rules` that says `RULE = Rule(...)`."""
    found = []
    for each in pkgutil.iter_modules(_PACKAGE.__path__):
        module = importlib.import_module(f"duheng.audit.rules.{each.name}")
        found.append(module.RULE)
    return tuple(sorted(found, key=lambda rule: rule.code))
