"""Runs: the stretches that a sentence is set in, with the findings laid over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from duheng.site.queries.findings import Row
from duheng.site.records.models import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A plan item that a place belongs to."""

    noun: str
    pk: int
    name: str


@dataclass(slots=True, kw_only=True)
class Run:
    """A stretch of text: plain, one number, or the name of an item; with the open findings that point to it."""

    offset: int
    text: str
    claim: Claim | None = None
    whole: str = ""  # the number that this one is a part of
    items: list[Item] = field(default_factory=list)
    anchor: bool = False
    findings: list[Row] = field(default_factory=list)
    standing: list[Row] = field(default_factory=list)  # those of them that stand here, which the margin says
    places: list[int] = field(default_factory=list)  # where findings begin that no number gives an anchor


def flagged(runs: Sequence[Run], rows: Sequence[Row]) -> list[Run]:
    """The runs, each with the findings that point to it; plain text is cut where one begins or ends, numbers stay whole."""
    if not runs:
        return []
    start, end = runs[0].offset, max(run.offset + len(run.text) for run in runs)
    here = [row for row in rows if any(low < end and start < high for low, high in row.spots)]
    return [piece for run in runs for piece in _cut(run, here)] if here else list(runs)


def _cut(run: Run, rows: Sequence[Row]) -> Iterator[Run]:
    end = run.offset + len(run.text)
    whole = run.claim is not None or run.anchor
    cuts = {place for row in rows for spot in row.spots for place in spot if run.offset < place < end}
    bounds = [run.offset, *([] if whole else sorted(cuts)), end]
    for low, high in pairwise(bounds):
        piece = run if whole else replace(run, offset=low, text=run.text[low - run.offset : high - run.offset])
        yield _with(piece, rows)


def _with(run: Run, rows: Sequence[Row]) -> Run:
    start, end = run.offset, run.offset + len(run.text)
    touching = [row for row in rows if any(low < end and start < high for low, high in row.spots)]
    begins = {low for row in touching for low, _ in row.spots if start <= low < end}
    return replace(
        run,
        findings=touching,
        standing=[row for row in touching if start <= row.spots[0][0] < end],
        places=sorted(begins - ({start} if run.claim is not None else set())),
    )
