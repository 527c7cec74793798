"""Findings that stand at words rather than at claims: a heading, a caption, a name, a mark."""

from __future__ import annotations

from collections.abc import Sequence

from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity, Spot
from duheng.audit.rule import Rule

Span = tuple[int, int]


def pointed(
    draft: Draft, rule: Rule, message: tuple[str, str], spans: Sequence[Span], severity: Severity | None = None
) -> Finding:
    """A finding at stretches of the text: the first is where it stands, and gives the sentence."""
    return Finding(
        rule=rule.code,
        severity=severity or rule.severity,
        message=message,
        spots=tuple(Spot(offset=start, end=end) for start, end in spans),
        sentence=draft.sentence_at(spans[0][0]),
    )
