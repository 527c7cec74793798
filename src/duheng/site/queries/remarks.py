"""Findings as remarks for the author's own Word file: one at each paragraph or cell that a finding points to."""

from __future__ import annotations

from collections.abc import Sequence

from duheng.report import Remark, remarks_at
from duheng.site.queries.findings import SEVERITIES, Row
from duheng.site.records.models import Document


def remarks(document: Document, rows: Sequence[Row], *, language: str) -> list[Remark]:
    """What to say at which places of `document`."""
    starts = sorted(block[0] for block in document.body["blocks"])
    return [
        remark for row in rows for remark in remarks_at(row.spots, starts=starts, text=_text(row, language), language=language)
    ]


def _text(row: Row, language: str) -> tuple[str, ...]:
    chosen = 0 if language == "zh" else 1
    lines = [f"{SEVERITIES[row.severity][chosen]} {row.rule} {row.name[chosen]}", row.message[chosen]]
    if row.explanation:
        lines.append(row.explanation[chosen])
    if row.state == "accepted":
        lines.append(f"{('已接受：', 'Accepted: ')[chosen]}{row.reason} {row.decided_by}")
    return tuple(lines)
