"""A page of a printed document: the glyphs on it, the rules drawn on it, and the lines that the glyphs make.

Lengths are points from the upper left corner, the page turned so that its words stand upright.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from unicodedata import normalize

from duheng import pattern as re

_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_SAME_LINE = 0.5  # of the letter's size: how far baselines of one line may lie apart, raised notes included
_RAISED = 0.12
_SMALL = 0.78
_SPACE = 0.55  # of the letter's size: a gap that wide is a space
_WIDE = 0.9
_DRAWN_AS_ONE = "—―─…⋯"  # fonts draw two of these as one long one
_NARROW = 0.22  # the same between Latin letters


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its box, its baseline and the size of its font; `bottom` and `top` are the font's, not the letter's."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """Where the glyph's middle is."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn across (`level` is its y) or down (its x), from `start` to `end`."""

    across: bool
    level: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page with everything on it that matters."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text; `size` is the height of its characters, `lead` the width of what cannot be parted at its beginning."""

    page: int
    text: str
    left: float
    right: float
    top: float
    base: float
    size: float
    lead: float


def lines(glyphs: Sequence[Glyph], *, page: int) -> list[Line]:
    """The lines that glyphs make, from the top."""
    found: list[Line] = []
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda each: (each.base, each.left)):
        if row and glyph.base - row[0].base > _SAME_LINE * max(row[0].size, glyph.size):
            found.extend(_line(row, page))
            row = []
        row.append(glyph)
    return [*found, *_line(row, page)]


def _line(row: Sequence[Glyph], page: int) -> list[Line]:
    row = _without_calls(sorted(row, key=lambda glyph: glyph.left))
    drawn_out = _spacing(row)
    pieces: list[str] = []
    kept: list[Glyph] = []
    for glyph in row:
        if (
            kept
            and glyph.text == kept[-1].text
            and glyph.text not in _DRAWN_AS_ONE
            and glyph.left - kept[-1].left < 0.3 * (glyph.right - glyph.left)
        ):
            continue  # printed twice to look bold
        if not glyph.text.strip():
            if pieces:
                pieces.append(" " if glyph.text != "\u3000" else glyph.text)
            continue
        if kept and not pieces[-1].isspace() and glyph.left - kept[-1].right > _gap(kept[-1], glyph) + drawn_out:
            pieces.append(" ")
        pieces.append(glyph.text)
        kept.append(glyph)
    if not kept:
        return []
    size = median(glyph.size for glyph in kept)
    line = Line(
        page=page,
        text="".join(pieces).strip(),
        left=kept[0].left,
        right=max(glyph.right for glyph in kept),
        top=min(glyph.top for glyph in kept),
        base=median(glyph.base for glyph in kept),
        size=size,
        lead=_lead(kept),
    )
    return [line]


def _spacing(row: Sequence[Glyph]) -> float:
    """The room between all letters of a line that is drawn out to the margin."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    return max(0.0, median(gaps)) if gaps else 0.0


def _gap(before: Glyph, after: Glyph) -> float:
    if before.text.isascii() and after.text.isascii() and before.text.isalpha() and after.text.isalpha():
        return _NARROW * after.size
    # Between ideographs room is left by fonts and by lines that are drawn out; only a whole letter's width is meant.
    return (_SPACE if before.text.isascii() and after.text.isascii() else _WIDE) * after.size


def _lead(row: Sequence[Glyph]) -> float:
    """The width of the first character, or of the number or word that begins the line."""
    end = 1
    while end < len(row) and end < 16 and _holds(row[end - 1].text, row[end].text):
        end += 1
    return row[end - 1].right - row[0].left


def _holds(before: str, after: str) -> bool:
    """Whether no line is broken between two characters."""
    return (
        (before.isascii() and after.isascii())
        or after in "，。；：、！？）》％%“”‘’"
        or before in "（《“”‘’"
        or (before in "，；：、" and after.isdigit())
    )


def _without_calls(row: list[Glyph]) -> list[Glyph]:
    """The glyphs of a line but for the raised numbers that call its footnotes; not those of m² and m³."""
    if not row:
        return row
    base, size = median(glyph.base for glyph in row), median(glyph.size for glyph in row)
    kept: list[Glyph] = []
    for place, glyph in enumerate(row):
        raised = glyph.base < base - _RAISED * size and glyph.size < _SMALL * size
        before = row[place - 1].text if place else ""
        if not (raised and (glyph.text.isdigit() or glyph.text in "[]〔〕*†①②③④⑤⑥⑦⑧⑨") and before not in ("m", "㎡", "M")):
            kept.append(glyph)
    return kept


def within(glyphs: Sequence[Glyph], columns: Sequence[float], rows: Sequence[float]) -> dict[tuple[int, int], list[Glyph]]:
    """The glyphs by the row and column of the grid they stand in."""
    found: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        x, y = glyph.middle
        place = bisect_right(rows, y) - 1, bisect_right(columns, x) - 1
        if 0 <= place[0] < len(rows) - 1 and 0 <= place[1] < len(columns) - 1:
            found.setdefault(place, []).append(glyph)
    return found


def joined(paragraph: Sequence[Line]) -> str:
    """The text of lines that go on in each other."""
    text = ""
    for line in paragraph:
        between = (
            " "
            if text and text[-1].isascii() and text[-1].isalpha() and line.text[0].isascii() and line.text[0].isalpha()
            else ""
        )
        text += between + line.text
    return _plain(text)


def _plain(text: str) -> str:
    """Characters that fonts draw alike are the usual ones: ⽤ (a radical) is 用."""
    return _RADICAL.sub(lambda found: normalize("NFKC", found.group()), text)
