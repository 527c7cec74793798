"""A clean view of a text: easier to read by rule, with a map back to the original.

Offsets always count the original text; a position found in a view is mapped back before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from duheng import pattern as re

_SPACE = "[ \u00a0\u2002-\u200a\u202f\u3000]"
_WORD = "[\u3007\u4e00-\u9fff%‰℃]"

# Full-width ASCII (！ to ～) stands 0xFEE0 above its half-width twin. Only marks that numbers are made of are folded: the others
# (，：；！？（）) are Chinese punctuation, and rules rely on them.
_FOLDED = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "％．／＋－＜＝＞")]
_NARROW = {wide: wide - 0xFEE0 for wide in _FOLDED} | dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000"), 0x20)

_MARKS = re.compile(r"\[(?:foot|end)noteRef:\d+\]|\[bookmark: [^\[\]\n]*\]|[\u00ad\u200b-\u200d\u2060\ufeff]")
_GROUPS = re.compile(r"(?<![\d.])(?<!\d，)\d{1,3}(?:，\d{3})+(?!\d)")
_RATIO = re.compile(r"(?<=\d)：(?=\d)")
_LOOSE = re.compile(rf"(?<=[\d%‰]){_SPACE}+(?={_WORD})|(?<={_WORD}){_SPACE}+(?=\d)")  # 增长 5.8 %, 506 亿元
_SPACED_GROUPS = re.compile(rf"(?<![\d.])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)")  # 44 000
_SPACES = re.compile(_SPACE)


class View(NamedTuple):
    """A cleaned text; character i of it came from place `places[i]` of the original (one more place marks the end)."""

    text: str
    places: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that `text[start:end]` came from.

        >>> view = clean("增长５．８ ％[footnoteRef:0]。")
        >>> view.text, view.original(2, 6)
        ('增长5.8%。', (2, 7))
        """
        first = self.places[start]
        return first, max(first, self.places[end - 1] + 1) if end > start else first


@lru_cache(maxsize=1024)  # the reader and several rules look at one block in turn
def clean(text: str) -> View:
    """`text` with a converter's marks dropped, digits and their signs at half width, and no spaces inside a number.

    >>> clean("[bookmark: OLE_LINK1]总投资 １，２００ 万元").text
    '总投资1,200万元'
    """
    narrow = text.translate(_NARROW)
    narrow = _GROUPS.sub(lambda found: found.group().replace("，", ","), narrow)
    narrow = _RATIO.sub(":", narrow)
    view = _drop(_spans(_MARKS, narrow), View(narrow, range(len(text) + 1)))
    view = _drop(_spans(_LOOSE, view.text), view)
    return _drop(_group_spaces(view.text), view)


def blank(text: str) -> str:
    """`text` with a converter's marks turned into as many spaces, so that offsets stay."""
    return _MARKS.sub(lambda found: " " * len(found.group()), text)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in pattern.finditer(text))


def _group_spaces(text: str) -> Iterator[tuple[int, int]]:
    for number in _SPACED_GROUPS.finditer(text):
        yield from (space.span() for space in _SPACES.finditer(text, *number.span()))


def _drop(spans: Iterable[tuple[int, int]], view: View) -> View:
    kept: list[str] = []
    places: list[int] = []
    done = 0
    for start, end in spans:
        kept.append(view.text[done:start])
        places.extend(view.places[done:start])
        done = end
    if not done:
        return view
    kept.append(view.text[done:])
    places.extend(view.places[done:])
    return View("".join(kept), places)
