"""Whether a report is true to itself: rules that look at its numbers, tables, references, units, times and names."""

from __future__ import annotations

from collections.abc import Sequence

from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule, rules
from duheng.read import Document

__all__ = ["Draft", "Finding", "Rule", "Severity", "Spot", "audit", "rules"]


def audit(document: Document | Draft, *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Every finding of the rules in a document, in the order of the text; explained ones included.

    `select` and `ignore` are codes or their beginnings ("DA", "DT201"); what is ignored is never run.
    """
    draft = document if isinstance(document, Draft) else Draft.of(document)
    chosen = [rule for rule in rules() if _wanted(rule.code, select=select, ignore=ignore)]
    found = {finding: None for rule in chosen for finding in rule.check(draft)}
    return tuple(sorted(found, key=lambda f: (f.offset, f.severity.rank, f.rule)))


def _wanted(code: str, *, select: Sequence[str], ignore: Sequence[str]) -> bool:
    chosen = not select or any(code.startswith(each) for each in select)
    return chosen and not any(code.startswith(each) for each in ignore)
