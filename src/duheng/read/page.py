"""A page sorted out: what flows on it, its notes, what stands in its frames; what is repeated on every page is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from duheng import pattern as re
from duheng.read.leaf import Glyph, Leaf, Line, lines
from duheng.read.ruled import Frame, frames, loose

_NUMBER = re.compile(
    r"[-—–―·.\s]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,6})\s*(?:页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―·.\s]*"
)
_NOTE_MARK = re.compile(r"[①-⑳]|[\[〔（(]?\d{1,3}[\]〕）).．、\s]|\d{1,3}(?=[^\d.%，。年月])|\*")
_EDGE = 0.13  # of the height: what is repeated at the top and foot of pages
_OFTEN = 0.4  # of the pages
_SAME = 4.0  # points: columns of a table that goes on overleaf
_NOTE_RULE = 0.45  # of the page's width: the rule above footnotes is shorter
_WHOLE = 0.8  # of the page: a frame on every page is its border
_Item = Line | Frame
_Key = tuple[bool | None, int, str]


@dataclass(slots=True, kw_only=True)
class Page:
    """A page sorted out: what flows on it, what is noted at its foot, what stands in its frames."""

    number: int
    width: float
    items: list[_Item]
    notes: list[Line]
    glyphs: dict[int, list[Glyph]]  # of frames, by identity


def pages(leaves: Sequence[Leaf]) -> list[Page]:
    """The pages of a document, each sorted out."""
    repeated, bordered = _repeated(leaves), _are_bordered(leaves)
    return [_page(leaf, repeated, bordered=bordered) for leaf in leaves]


def notes_of(notes: Sequence[Line]) -> list[list[Line]]:
    """The lines at the foot of a page as notes, each without its number or mark."""
    found: list[list[Line]] = []
    number, right = 0, max((line.right for line in notes), default=0.0)
    for line in notes:
        told = _NOTE_MARK.match(line.text)
        goes_on = bool(found) and right - found[-1][-1].right < line.lead + line.size
        next_one = f"{number + 1}" if line.text.startswith(f"{number + 1}") and not goes_on else ""
        mark = told.group() if told and not told.group().strip().isdigit() else next_one
        if not found and not mark and told:
            mark = told.group()  # numbers run on from page to page
        if mark or not found:
            number = int(mark) if mark.isdigit() else number + 1
            line = replace(line, text=line.text[len(mark) :].lstrip() or line.text)
            found.append([line])
        else:
            found[-1].append(line)
    return found


def _page(leaf: Leaf, repeated: frozenset[_Key], *, bordered: bool) -> Page:
    """What stands on a page, from the top."""
    found = frames(leaf.rules)
    if bordered:
        found = [frame for frame in found if not _is_border(frame, leaf)]
    inside: dict[int, list[Glyph]] = {id(frame): [] for frame in found}
    outside: list[Glyph] = []
    for glyph in leaf.glyphs:
        frame = next((frame for frame in found if frame.holds(*glyph.middle)), None)
        (outside if frame is None else inside[id(frame)]).append(glyph)
    flowing = [line for line in lines(outside, page=leaf.number) if _key(line, leaf) not in repeated]
    flowing = _without_number(flowing, leaf)
    notes = _foot(flowing, leaf)
    items: list[_Item] = [line for line in flowing if line not in notes]
    items += [frame for frame in found if any(glyph.text.strip() for glyph in inside[id(frame)])]
    items.sort(key=lambda item: item.top if isinstance(item, Line) else item.rows[0])
    return Page(number=leaf.number, width=leaf.width, items=items, notes=notes, glyphs=inside)


def _repeated(leaves: Sequence[Leaf]) -> frozenset[_Key]:
    """The lines at the top or foot of many pages, their numbers left aside."""
    counts: Counter[_Key] = Counter()
    for leaf in leaves:
        near = [glyph for glyph in leaf.glyphs if not _EDGE * leaf.height < glyph.base < (1 - _EDGE) * leaf.height]
        counts.update({_key(line, leaf) for line in lines(near, page=leaf.number) if _zone(line, leaf) is not None})
    return frozenset(key for key, count in counts.items() if count >= max(2, _OFTEN * len(leaves)))


def _zone(line: Line, leaf: Leaf) -> bool | None:
    """Whether a line stands at the top of its page (True), at its foot (False), or between."""
    if line.base <= _EDGE * leaf.height:
        return True
    return False if line.base >= (1 - _EDGE) * leaf.height else None


def _key(line: Line, leaf: Leaf) -> _Key:
    """What tells a line that is on many pages: where it stands, and its words but for numbers and spaces."""
    return _zone(line, leaf), round(line.base / _SAME), re.sub(r"\d+", "0", re.sub(r"\s+", "", line.text))


def _without_number(flowing: list[Line], leaf: Leaf) -> list[Line]:
    """The lines without the page's number."""
    for place in (-1, 0):
        if flowing and _zone(flowing[place], leaf) is (place == 0) and _NUMBER.fullmatch(flowing[place].text):
            del flowing[place]
    return flowing


def _foot(flowing: Sequence[Line], leaf: Leaf) -> list[Line]:
    """The footnotes: what stands in smaller letters below a short rule, or at the foot behind a note's number."""
    usual = median([line.size for line in flowing] or [12.0])
    above = [rule.level for rule in loose(leaf.rules) if rule.end - rule.start < _NOTE_RULE * leaf.width]
    for level in sorted(above):
        below = [line for line in flowing if line.base > level]
        if below and level > 0.4 * leaf.height and all(line.size <= 1.02 * usual for line in below):
            return below
    small: list[Line] = []
    for line in reversed(flowing):
        if line.size > 0.9 * usual:
            break
        small.insert(0, line)
    return small if small and len(small) < len(flowing) and _NOTE_MARK.match(small[0].text) else []


def _are_bordered(leaves: Sequence[Leaf]) -> bool:
    return len(leaves) > 1 and all(any(_is_border(frame, leaf) for frame in frames(leaf.rules)) for leaf in leaves)


def _is_border(frame: Frame, leaf: Leaf) -> bool:
    return frame.is_box and frame.area > _WHOLE * leaf.width * leaf.height
