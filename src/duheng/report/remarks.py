"""What is said of many places of a document: at each of a few, once for many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from duheng.report.comments import Remark

_MANY = 8  # paragraphs or cells; the parts of a sum are seldom more


def remarks_at(
    places: Iterable[tuple[int, int]], *, starts: Sequence[int], text: tuple[str, ...], language: str
) -> Iterator[Remark]:
    """One remark for each paragraph or cell that holds a place; of more than eight, one that gives their number.

    `starts` are where paragraphs and cells begin, in order. Nobody reads one sentence at thirty cells.
    """
    homes: dict[int, tuple[int, int]] = {}
    for offset, end in places:
        homes.setdefault(bisect_right(starts, offset), (offset, end))
    kept = list(homes.values())
    if len(kept) > _MANY:
        rest = len(kept) - 1
        text = (*text, f"（另有 {rest} 处相同）" if language == "zh" else f"({rest} more places like this one)")
        kept = kept[:1]
    for offset, end in kept:
        yield Remark(offset=offset, end=end, text=text)
