"""Findings as remarks for the author's own Word file: one at each paragraph or cell that a finding points to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from duheng.report import Remark
from duheng.site.queries.findings import SEVERITIES, Row
from duheng.site.records.models import Document

_MANY = 8  # paragraphs or cells; the parts of a sum are seldom more


def remarks(document: Document, rows: Sequence[Row], *, language: str) -> list[Remark]:
    """What to say at which places of `document`."""
    starts = sorted(block[0] for block in document.body["blocks"])
    return [remark for row in rows for remark in _remarks(row, starts, language)]


def _remarks(row: Row, starts: Sequence[int], language: str) -> Iterator[Remark]:
    """A finding of a whole table is said once, with the number of its places: nobody reads one sentence at thirty cells."""
    text = _text(row, language)
    homes: dict[int, tuple[int, int]] = {}
    for offset, end in row.spots:
        homes.setdefault(bisect_right(starts, offset), (offset, end))
    places = list(homes.values())
    if len(places) > _MANY:
        rest = len(places) - 1
        text = (*text, f"（另有 {rest} 处相同）" if language == "zh" else f"({rest} more places like this one)")
        places = places[:1]
    for offset, end in places:
        yield Remark(offset=offset, end=end, text=text)


def _text(row: Row, language: str) -> tuple[str, ...]:
    chosen = 0 if language == "zh" else 1
    lines = [f"{SEVERITIES[row.severity][chosen]} {row.rule} {row.name[chosen]}", row.message[chosen]]
    if row.explanation:
        lines.append(row.explanation[chosen])
    if row.state == "accepted":
        lines.append(f"{('已接受：', 'Accepted: ')[chosen]}{row.reason} {row.decided_by}")
    return tuple(lines)
