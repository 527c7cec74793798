"""Findings as SARIF 2.1.0, the exchange form of linters: for editors, dashboards and code hosts that show it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from duheng import __version__, audit
from duheng.audit import Finding, Spot
from duheng.cli.findings.audited import Audited

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(reports: Sequence[Audited], *, language: str) -> str:
    """All findings as one run; characters are counted in the text that `duheng read` gives."""
    chosen = 0 if language == "zh" else 1
    used = {finding.rule for report in reports for finding in report.findings}
    known = [rule for rule in audit.all_rules() if rule.code in used]
    index = {rule.code: number for number, rule in enumerate(known)}
    tool = {
        "name": "duheng",
        "version": __version__,
        "rules": [_rule(rule.code, rule.name, rule.severity.value, rule.page) for rule in known],
    }
    run = {
        "tool": {"driver": tool},
        "columnKind": "unicodeCodePoints",
        "language": "zh-Hans" if language == "zh" else "en",
        "results": [_result(report, finding, index, chosen) for report in reports for finding in report.findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(code: str, name: tuple[str, str], level: str, page: str) -> Mapping[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": f"{name[0]} · {name[1]}"},
        "fullDescription": {"text": page.partition("\n")[2].strip() or name[1]},
        "defaultConfiguration": {"level": level},
    }


def _result(report: Audited, finding: Finding, index: Mapping[str, int], chosen: int) -> Mapping[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity.value,
        "message": {"text": finding.message[chosen]},
        "locations": [_location(report, finding.spots[0])],
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if len(finding.spots) > 1:
        result["relatedLocations"] = [{"id": n, **_location(report, spot)} for n, spot in enumerate(finding.spots[1:], 1)]
    if finding.explanation is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.explanation[chosen]}]
    return result


def _location(report: Audited, spot: Spot) -> Mapping[str, Any]:
    document = report.document_of(spot)
    path = report.path if document is report.document else Path(document.name)
    region = {"charOffset": spot.offset, "charLength": spot.end - spot.offset, "snippet": {"text": report.words(spot)}}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(path.as_posix())}, "region": region}}
