"""Findings as remarks for the author's own Word file: one at each paragraph or cell that a finding points to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from duheng.report import Remark
from duheng.site.queries.findings import SEVERITIES, Row
from duheng.site.records.models import Document


def remarks(document: Document, rows: Sequence[Row], *, language: str) -> list[Remark]:
    """What to say at which places of `document`."""
    starts = sorted(block[0] for block in document.body["blocks"])
    return [remark for row in rows for remark in _remarks(row, starts, language)]


def _remarks(row: Row, starts: Sequence[int], language: str) -> Iterator[Remark]:
    text = _text(row, language)
    seen: set[int] = set()
    for offset, end in row.spots:
        home = bisect_right(starts, offset)
        if home not in seen:
            seen.add(home)
            yield Remark(offset=offset, end=end, text=text)


def _text(row: Row, language: str) -> tuple[str, ...]:
    chosen = 0 if language == "zh" else 1
    lines = [f"{SEVERITIES[row.severity][chosen]} {row.rule} {row.name[chosen]}", row.message[chosen]]
    if row.explanation:
        lines.append(row.explanation[chosen])
    if row.state == "accepted":
        lines.append(f"{('已接受：', 'Accepted: ')[chosen]}{row.reason} {row.decided_by}")
    return tuple(lines)
