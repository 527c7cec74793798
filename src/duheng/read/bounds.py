"""How much text a report can have: what is more is refused in words before anything is made of it."""

from __future__ import annotations

from duheng.errors import DocumentTooLong

CHARACTERS = 1_000_000  # a report of 300 pages has some 300,000
COLUMNS = 1000  # of a table in a text; Word makes no more than 63


def bounded(text: str, *, name: str) -> None:
    """Raises DocumentTooLong where a text is longer than any report."""
    if len(text) > CHARACTERS:
        raise DocumentTooLong(name=name, size=len(text), limit=CHARACTERS, unit="characters", unit_zh="字")


def bounded_columns(columns: int, *, name: str) -> None:
    """Raises DocumentTooLong where a table has more columns than anybody could print."""
    if columns > COLUMNS:
        raise DocumentTooLong(name=name, size=columns, limit=COLUMNS, unit="columns in a table", unit_zh="列（同一张表）")
