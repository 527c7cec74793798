"""Findings as plain values and as text for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duheng.audit import Finding
from duheng.read import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A document with what was found in it."""

    document: Document
    findings: tuple[Finding, ...]

    def unexplained(self) -> Audited:
        """Without what only looks wrong."""
        return replace(self, findings=tuple(f for f in self.findings if f.explanation is None))


def as_json(reports: Sequence[Audited], *, language: str) -> str:
    """All findings as one JSON object."""
    first = 0 if language == "zh" else 1
    rows = [_row(report.document, finding, first) for report in reports for finding in report.findings]
    names = [report.document.name for report in reports]
    return json.dumps({"document": names[0], "documents": names, "findings": rows}, ensure_ascii=False, indent=1)


def _row(document: Document, finding: Finding, first: int) -> dict[str, Any]:
    return {
        "document": document.name,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message[first],
        "message_zh": finding.message[0],
        "message_en": finding.message[1],
        "sentence": finding.sentence,
        "offset": finding.offset,
        "places": [
            {
                "offset": spot.offset,
                "end": spot.end,
                "text": document.text[spot.offset : spot.end],
                "section": [section.title for section in document.path_at(spot.offset)],
            }
            for spot in finding.spots
        ],
        "expected": finding.expected[first],
        "found": finding.found[first],
        "explanation": finding.explanation[first] if finding.explanation else None,
    }


def as_text(reports: Sequence[Audited], *, language: str) -> str:
    """All findings, one a block."""
    return "\n".join(line for report in reports for line in _lines(report, 0 if language == "zh" else 1))


def _lines(report: Audited, first: int) -> Iterator[str]:
    yield report.document.name
    for finding in report.findings:
        yield f"{finding.severity.value} {finding.rule} @{finding.offset}: {finding.message[first]}"
        yield f"    {' '.join(finding.sentence.split())}"
