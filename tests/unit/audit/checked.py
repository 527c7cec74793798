"""What one rule says of a text."""

from __future__ import annotations

import importlib

from duheng.audit import Draft
from duheng.read import open_document


def told(rule: str, text: str) -> list[str]:
    """The findings of the rule in module `rule`, each as its severity and its Chinese message."""
    module = importlib.import_module(f"duheng.audit.rules.{rule}")
    draft = Draft.of(open_document(data=text.encode(), name="report.txt"))
    found = list(module.RULE.check(draft))
    for each in found:
        assert all(each.message)
        assert all(0 <= spot.offset < spot.end <= len(text) for spot in each.spots)
    return [f"{each.severity} {each.message[0]}" for each in found]
