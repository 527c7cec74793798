"""Undoes what a typesetter did: lines become paragraphs again, over the ends of lines and pages.

What is repeated on every page is dropped, tables and boxes that go on overleaf are put together, and notes are set behind the
paragraph that calls them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from duheng import pattern as re
from duheng.read.builder import Builder, Laid
from duheng.read.document import BlockKind, Document
from duheng.read.frame import caption_above, names_frame
from duheng.read.leaf import Leaf, Line, joined, lines
from duheng.read.page import Page, notes_of, pages
from duheng.read.printed_table import PrintedCell, goes_on_overleaf, printed_rows, put_together, without_heading
from duheng.read.ruled import Frame

_BEGINS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}(?:[、．]|\.(?!\d))|[—―─]{2}|第[一二三四五六七八九十]{1,3}[章节，、部]|专栏|附?表\s*\d"
)
_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节部篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^，。；！？]*"
)
_INDENT = 1.4  # characters: a line that begins so far in begins a paragraph
_OTHER = 0.12  # of the size of letters: a line in letters that differ more is another paragraph
_FAR = 1.7  # times the usual distance of lines: a new paragraph
_ENOUGH = 4  # such lines; of fewer, none may reach the margin
_LEAST = 6  # characters of a line that says where the right margin is
_STOPS = "。；：！？"


@dataclass(slots=True)
class _Table:
    """A table or box in the making: its rows, or its lines, and the columns of the page it was last seen on."""

    frame: Frame
    rows: list[list[PrintedCell]]
    lines: list[Line] = field(default_factory=list)


class Typeset:
    """The pages of a printed document on their way to being a text again."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._builder = Builder()
        self._pages = pages(leaves)
        every = [item for page in self._pages for item in page.items if isinstance(item, Line)]
        self._size = median([line.size for line in every] or [12.0])
        self._margins = {round(page.width): (0.0, page.width) for page in self._pages}
        for width in self._margins:
            same = [line for page in self._pages if round(page.width) == width for line in page.items if isinstance(line, Line)]
            self._margins[width] = _margins(same, width)
        self._pitch = _pitch(self._pages)
        self._waiting: list[Line] = []  # lines of the paragraph that is not yet at its end
        self._right = 0.0
        self._notes: list[Line] = []  # to stand behind it
        self._tables: list[_Table] = []  # to stand behind it too; the last may go on overleaf

    def document(self, *, name: str) -> Document:
        """The document as it was before it was set."""
        for page in self._pages:
            left, right = self._margins[round(page.width)]
            for item in page.items:
                if isinstance(item, Line):
                    self._take(item, left, right)
                else:
                    self._take_frame(item, page)
            self._notes += page.notes
        self._end_paragraph()
        return self._builder.document(name=name, format="pdf")

    def _take(self, line: Line, left: float, right: float) -> None:
        if not (self._waiting and self._goes_on(self._waiting, line, left, self._right) and self._is_floated()):
            self._end_paragraph()
        self._waiting.append(line)
        self._right = right

    def _is_floated(self) -> bool:
        """Whether what stands between the last line and this one, if anything does, is a box that the paragraph runs around."""
        return not self._tables or (not any(table.rows for table in self._tables) and self._waiting[-1].text[-1] not in _STOPS)

    def _goes_on(self, above: Sequence[Line], line: Line, left: float, right: float) -> bool:
        """Whether a line goes on with the paragraph above it."""
        last = above[-1]
        if line.left - left > _INDENT * line.size and not _is_centred(last, line, (left, right)):
            return False
        if abs(last.size - line.size) > _OTHER * line.size:
            return False
        if not self._tables and last.page == line.page and line.base - last.base > _FAR * max(self._pitch, 1.2 * line.size):
            return False
        if _BEGINS.match(line.text) and last.text[-1] in _STOPS:
            return False
        if len(above) == 1 and _HEADING.fullmatch(last.text):
            return right - last.right < line.size  # a heading is full by chance only
        return _is_filled(last, line, right)

    def _end_paragraph(self) -> None:
        """Puts down the paragraph that waits, then what stands behind it."""
        if self._waiting:
            self._builder.lines(joined(self._waiting), page=self._waiting[0].page)
        tables, self._waiting, self._tables = self._tables, [], []
        for table in tables:
            self._put(table)
        for note in notes_of(self._notes):
            self._builder.add(joined(note).strip(), BlockKind.FOOTNOTE, page=note[0].page)
        self._notes = []

    def _take_frame(self, frame: Frame, page: Page) -> None:
        glyphs = page.glyphs[id(frame)]
        before = (
            self._tables[-1]
            if self._tables and page.items[0] is frame and goes_on_overleaf(self._tables[-1].frame, frame)
            else None
        )
        if frame.is_box:
            inside = lines(glyphs, page=page.number)
            if before and before.lines and not names_frame(inside[0].text):
                before.lines += inside
            else:
                self._tables.append(_Table(frame, [], inside))
            return
        rows = printed_rows(frame, glyphs, page.number)
        if before and before.rows:
            put_together(before.rows, without_heading(rows, before.rows))
            before.frame = frame
        else:
            self._tables.append(_Table(frame, rows))

    def _put(self, table: _Table) -> None:
        if table.rows:
            laid: dict[PrintedCell, Laid] = {}
            for cell in (cell for row in table.rows for cell in row):
                if cell not in laid:
                    laid[cell] = Laid(text=cell.text, place={"page": cell.lines[0].page} if cell.lines else {})
            self._builder.frame([[laid[cell] for cell in row] for row in table.rows])
        elif table.lines:
            paragraphs = [Laid(text=text, place={"page": page}) for page, text in self._paragraphs(table.lines)]
            self._builder.box(paragraphs, caption_above(self._builder.blocks))

    def _paragraphs(self, inside: Sequence[Line]) -> Iterator[tuple[int, str]]:
        """The paragraphs of a box."""
        left, right = _margins(inside, max(line.right for line in inside))
        paragraph: list[Line] = []
        for line in inside:
            if paragraph and not self._goes_on(paragraph, line, left, right):
                yield paragraph[0].page, joined(paragraph)
                paragraph = []
            paragraph.append(line)
        if paragraph:
            yield paragraph[0].page, joined(paragraph)


def _margins(flowing: Sequence[Line], width: float) -> tuple[float, float]:
    """Where lines begin and end: the left and right that most lines of some length share."""
    long = [line for line in flowing if len(line.text) >= _LEAST]
    if not long:
        return 0.0, float(width)
    rights = sorted(line.right for line in long)
    lefts = Counter(round(line.left / 2) * 2 for line in long)
    common = max(lefts.values())
    left = float(min(left for left, count in lefts.items() if 3 * count >= common))
    right = rights[int(0.9 * (len(rights) - 1))]
    return left, right if len(long) >= _ENOUGH else max(right, width - left)


def _pitch(every: Sequence[Page]) -> float:
    """The usual distance of lines."""
    steps: list[float] = []
    for page in every:
        flowing = [item for item in page.items if isinstance(item, Line)]
        steps += [below.base - above.base for above, below in pairwise(flowing)]
    return median([step for step in steps if step > 0] or [0.0])


def _is_centred(last: Line, line: Line, margins: tuple[float, float]) -> bool:
    """Whether a line is the end of a centred heading: the one above leaves it no room at all, and the two have one middle."""
    left, right = margins
    near = abs((line.left + line.right) - (last.left + last.right)) < line.size
    return near and right - last.right < line.lead and abs((line.left - left) - (right - line.right)) < 2 * line.size


def _is_filled(last: Line, line: Line, right: float) -> bool:
    """Whether what begins `line` had no room any more at the end of `last`."""
    return right - last.right < line.lead + 1.1 * line.size
