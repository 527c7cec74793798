"""Findings as comments in the author's own Word file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duheng.audit import Finding, Spot, sentence_around
from duheng.cli.findings.audited import SEVERITIES, Audited, names_of_rules
from duheng.report import Remark, commented, remarks_at

_AUTHORS = {"zh": "度衡", "en": "duheng"}


def as_docx(data: bytes, report: Audited, *, language: str, at: datetime) -> bytes:
    """The Word file with a comment at each place of each finding; many places are told in one."""
    remarks = [remark for finding in report.findings for remark in _remarks(report, finding, language)]
    return commented(data, remarks, name=report.document.name, author=_AUTHORS[language], at=at)


def _remarks(report: Audited, finding: Finding, language: str) -> Iterator[Remark]:
    text = _text(report, finding, language)
    here = report.here(finding)
    if not here:  # it is about something that only another document has: said at the title
        block = report.document.blocks[0]
        here = (Spot(offset=block.offset, end=block.end),)
    starts = [block.offset for block in report.document.blocks]
    yield from remarks_at([(spot.offset, spot.end) for spot in here], starts=starts, text=text, language=language)


def _text(report: Audited, finding: Finding, language: str) -> tuple[str, ...]:
    chosen = 0 if language == "zh" else 1
    name = names_of_rules().get(finding.rule, ("", ""))[chosen]
    lines = [f"{SEVERITIES[finding.severity.value][chosen]} {finding.rule} {name}".strip(), finding.message[chosen]]
    if finding.explanation is not None:
        lines.append(finding.explanation[chosen])
    for spot in finding.spots:
        document = report.document_of(spot)
        if document is not report.document:
            said = sentence_around(document, spot.offset, spot.end)
            lines.append(f"《{document.name}》：{said}" if chosen == 0 else f"“{document.name}”: {said}")
    return tuple(dict.fromkeys(lines))
