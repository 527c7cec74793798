"""A report with what was found in it, and the other documents that its findings point to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from duheng import audit
from duheng.audit import Finding, Severity, Spot
from duheng.read import Document

SEVERITIES = {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note")}
_REVISION = {"DC811": ("改动 {} 个数", "{} changed"), "DC812": ("新增 {} 个", "{} new"), "DC813": ("删去 {} 个", "{} gone")}
_PLURALS = {"error": "errors", "warning": "warnings", "note": "notes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One report as it was audited; `others` holds the documents it was compared with, by name."""

    path: Path
    document: Document
    findings: tuple[Finding, ...]
    others: Mapping[str, Document] = field(default_factory=dict)

    def document_of(self, spot: Spot) -> Document:
        """The document that a place is in."""
        return self.others.get(spot.document, self.document)

    def words(self, spot: Spot) -> str:
        """What stands at a place."""
        return self.document_of(spot).text[spot.offset : spot.end]

    def shown(self, *, explain: bool) -> Audited:
        """With or without what only looks wrong or was accepted."""
        return self if explain else replace(self, findings=tuple(f for f in self.findings if f.counts))

    def here(self, finding: Finding) -> tuple[Spot, ...]:
        """The places of a finding that are in this report itself."""
        return tuple(spot for spot in finding.spots if spot.document in ("", self.document.name))


def names_of_rules() -> Mapping[str, tuple[str, str]]:
    """What each rule is called, in Chinese and English."""
    return {rule.code: rule.name for rule in audit.all_rules()}


def counts(reports: Sequence[Audited], *, language: str) -> str:
    """How many findings of each severity, in words.

    >>> counts([], language="en")
    'no findings'
    """
    findings = [finding for report in reports for finding in report.findings if finding.counts]
    numbers = Counter(finding.severity for finding in findings if finding.rule not in _REVISION)
    changes = _changes(findings, language=language)
    if language == "zh":
        told = [f"{numbers[s]} 处{SEVERITIES[s][0]}" for s in Severity if numbers[s]]
        return "；".join(filter(None, [changes, "、".join(told)])) or "没有发现问题"
    told = [f"{numbers[s]} {SEVERITIES[s][1] if numbers[s] == 1 else _PLURALS[s]}" for s in Severity if numbers[s]]
    return "; ".join(filter(None, [changes, ", ".join(told)])) or "no findings"


def _changes(findings: Sequence[Finding], *, language: str) -> str:
    """What a comparison of two drafts came to: 17 changed, 3 new, 2 gone."""
    numbers = Counter(finding.rule for finding in findings)
    chosen = 0 if language == "zh" else 1
    told = [words[chosen].format(numbers[rule]) for rule, words in _REVISION.items()]
    return ("、", ", ")[chosen].join(told) if any(numbers[rule] for rule in _REVISION) else ""
