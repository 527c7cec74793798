"""A sheet of a workbook: the cells that show something, as text, and which of them are merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from duheng.errors import SheetTooLarge

CELLS = 200_000  # that show something, in a workbook; the longest annex met has ten thousand
_TEXT = 20_000_000  # characters in them


@dataclass(slots=True, kw_only=True)
class Room:
    """How much a workbook may still hold; its sheets share one."""

    name: str
    cells: int = CELLS
    limit: int = CELLS  # cells that it may hold at first
    text: int = _TEXT


@dataclass(slots=True, kw_only=True)
class Sheet:
    """Cells by row and column, from 0; `merged` are first row, first column, last row, last column."""

    name: str
    room: Room
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)  # first and last of those left out
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """What a cell shows. Raises SheetTooLarge where the workbook holds more than a plan's tables can."""
        text = "\n".join(line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip())
        if not text:
            return
        self.room.cells -= 1
        self.room.text -= len(text)
        if self.room.cells < 0 or self.room.text < 0:
            raise self.too_large()
        self.cells[row, column] = text

    def too_large(self) -> SheetTooLarge:
        """The error for a sheet that is no table of a plan."""
        return SheetTooLarge(name=self.room.name, sheet=self.name, limit=self.room.limit)

    def spans(self) -> Iterator[tuple[int, int, int, int]]:
        """The merged cells that show something."""
        return (span for span in self.merged if span[:2] in self.cells)


def address(row: int, column: int) -> str:
    """A cell's name in its sheet.

    >>> [address(4, 2), address(0, 25), address(9, 26), address(0, 16383)]
    ['C5', 'Z1', 'AA10', 'XFD1']
    """
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row + 1}"


def place_of(name: str) -> tuple[int, int] | None:
    """Row and column of a cell named like "C5", None for what is no such name.

    >>> [place_of("C5"), place_of("XFD1"), place_of("5C")]
    [(4, 2), (0, 16383), None]
    """
    letters = name.rstrip("0123456789").replace("$", "")
    digits = name[len(name.rstrip("0123456789")) :]
    if not letters or not digits or len(letters) > 3 or len(digits) > 7 or not (letters.isascii() and letters.isalpha()):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1
