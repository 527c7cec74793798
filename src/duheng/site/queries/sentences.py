"""Where the sentences of a stretch of text begin and end."""

from __future__ import annotations

from collections.abc import Iterator


def bounds(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a block, cut behind their full stops."""
    begin = start
    for place in range(start, end):
        if text[place] in "。！？；\n" and place + 1 < end:
            yield begin, place + 1
            begin = place + 1
    if begin < end:
        yield begin, end
