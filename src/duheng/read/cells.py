"""Claims that stand in the cells of a plan table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng.read.claim import Claim
from duheng.read.document import Document
from duheng.read.setting import Setting


def claims_of_tables(document: Document, settings: Sequence[Setting]) -> Iterator[Claim]:
    """The numbers of a table whose columns name an indicator, its unit and its value."""
    return iter(())
