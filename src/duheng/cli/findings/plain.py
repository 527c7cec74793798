"""Findings as plain values, printed as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from duheng.audit import Finding, Spot, place_of, sentence_around
from duheng.cli.findings.audited import Audited


def as_json(reports: Sequence[Audited], *, language: str) -> str:
    """All findings as one JSON object; texts in the reader's language, and in both under keys of their own."""
    names = [report.document.name for report in reports]
    rows = [row(report, finding, language=language) for report in reports for finding in report.findings]
    return json.dumps({"document": names[0], "documents": names, "findings": rows}, ensure_ascii=False, indent=1)


def row(report: Audited, finding: Finding, *, language: str) -> Mapping[str, Any]:
    """One finding as plain values."""
    chosen = 0 if language == "zh" else 1
    texts = {name: getattr(finding, name) for name in ("message", "expected", "found", "explanation")}
    both = {f"{name}_{tongue}": text and text[i] for name, text in texts.items() for i, tongue in enumerate(("zh", "en"))}
    return {
        "document": finding.spots[0].document or report.document.name,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "offset": finding.offset,
        "places": [_place(report, spot) for spot in finding.spots],
        **{name: text and text[chosen] for name, text in texts.items()},
        **both,
    }


def _place(report: Audited, spot: Spot) -> Mapping[str, Any]:
    document = report.document_of(spot)
    stands = place_of(document, spot.offset)
    return {
        "document": document.name,
        "offset": spot.offset,
        "end": spot.end,
        "text": report.words(spot),
        "sentence": sentence_around(document, spot.offset, spot.end),
        "section": list(stands.section),
        "page": stands.page,
        "sheet": stands.sheet,
        "cell": stands.address,
    }
