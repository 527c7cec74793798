"""A file of figures, opened by what it holds: a long table, or sheets as offices keep them."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duheng.collect.batch import Batch
from duheng.collect.figures import Figures
from duheng.collect.layout import Layout, layout
from duheng.collect.lexicon import Lexicon
from duheng.collect.long_table import Given, columns_of, heads_of, in_columns, is_long, long_table
from duheng.collect.mapping import SheetMapping, fingerprint, merged
from duheng.collect.propose import ProposedSheet, propose
from duheng.collect.sdmx_table import as_long, is_sdmx
from duheng.collect.sheet_table import Cell, SheetReading
from duheng.collect.sheets import is_workbook, sheets_of
from duheng.errors import BrokenDocument, CollectError, DocumentTooLarge, EmptyDocument, FileUnreachable, NoBytes
from duheng.read.encoding import decode
from duheng.read.kind import mistaken
from duheng.read.sheet import Sheet

_LIMIT = 512 * 2**20  # bytes of text, unpacked: ten million figures
_GZIP = b"\x1f\x8b"
_Memory = Callable[[str], SheetMapping | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file as understood: its figures, and for sheets what each column was taken for.

    `batch` is None where a person must first say what something means.
    """

    batch: Batch | None
    sheets: tuple[ProposedSheet, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether a person must say something first."""
        return self.batch is None


def content(path: Path) -> bytes:
    """The bytes of a file.

    Raises `FileUnreachable`, `DocumentTooLarge`.
    """
    try:
        if path.stat().st_size > _LIMIT:
            raise _too_large(path.name, path.stat().st_size)
        return path.read_bytes()
    except (OSError, ValueError) as wrong:
        raise FileUnreachable(name=path.name) from wrong


def open_figures(
    data: bytes,
    *,
    name: str,
    lexicon: Lexicon,
    given: Given,
    said: Sequence[SheetMapping] = (),
    memory: _Memory = lambda _: None,
) -> Opened:
    """What a file of figures brings; `said` is what a person says of its sheets, `memory` what was said of others of their shape.

    Raises `DuhengError` where it is no file of figures; what is wrong with single rows is among the batch's doubts.
    """
    if not data:
        raise NoBytes(name=name)
    if not data.strip():
        raise EmptyDocument(name=name)
    if data.startswith(_GZIP):
        data = _unpacked(data, name)
    if wrong := mistaken(data, name=name):
        raise wrong
    if not is_workbook(data):
        text = decode(data, name=name)
        if is_sdmx(heads_of(text)):
            heads, columns = as_long(*columns_of(text, name), name=name)
            return Opened(batch=in_columns(heads, columns, name=name, lexicon=lexicon, given=given))
        if is_long(heads_of(text), given):
            return Opened(batch=long_table(text, name=name, lexicon=lexicon, given=given))
    sheets = list(_proposed(sheets_of(data, name=name), name, lexicon, year=given.year, told=_said(said, memory)))
    live = [sheet for sheet in sheets if not sheet.said.skip]
    if any(sheet.asks for sheet in live):
        return Opened(batch=None, sheets=tuple(sheets))
    return Opened(batch=_batch([SheetReading(sheet, lexicon, given) for sheet in live]), sheets=tuple(sheets))


_Telling = Callable[[Layout, str], SheetMapping]


def _said(said: Sequence[SheetMapping], memory: _Memory) -> _Telling:
    """What a person said of a sheet, now or of others of its shape before."""

    def told(laid: Layout, name: str) -> SheetMapping:
        known = memory(fingerprint(laid))
        return merged([*([known] if known else []), *said], name)

    return told


def _proposed(sheets: Sequence[Sheet], name: str, lexicon: Lexicon, *, year: int, told: _Telling) -> Sequence[ProposedSheet]:
    laid = [(sheet, found) for sheet in sheets if (found := layout(sheet)) is not None]
    if not laid:
        raise CollectError(
            reason=f"{name} holds no table of numbers. Check that the right file was chosen.",
            reason_zh=f"{name} 中没有数据表。请确认选对了文件。",
        )
    return [propose(found, told(found, sheet.name.strip()), lexicon, year=year) for sheet, found in laid]


def _batch(readings: Sequence[SheetReading]) -> Batch:
    cells: list[Cell] = [cell for reading in readings for cell in reading.cells()]
    vintages = {cell.figure.vintage for cell in cells}
    names: dict[str, str] = {}
    areas: dict[str, Any] = {}
    for reading in readings:
        names |= {code: name for code, name in reading.names.items() if code not in names}
        areas |= {code: area for code, area in reading.areas.items() if code not in areas}
    return Batch(
        figures=Figures.of([cell.figure for cell in cells]),
        printed=[cell.printed for cell in cells],
        places=[cell.place for cell in cells],
        dated=len(vintages) > 1,
        missing=sum(reading.missing for reading in readings),
        doubts=tuple(doubt for reading in readings for doubt in reading.doubts.all()),
        names=names,
        areas=areas,
    )


def plain_sheet(sheet: ProposedSheet) -> dict[str, Any]:
    """What a sheet was taken for, as plain data: for the command's JSON, and for the load's page."""
    return {
        "sheet": sheet.layout.name,
        "shape": sheet.shape,
        "title": sheet.title,
        "period": sheet.time.period.label if sheet.time else "",
        "area": sheet.area,
        "confidence": sheet.confidence,
        "skip": sheet.said.skip,
        "rows": len(sheet.layout.rows),
        "keys": [{"head": next(filter(None, sheet.layout.keys[place]), ""), "role": role} for place, role in sheet.roles.items()],
        "columns": [
            {
                "head": one.column.path,
                "letter": one.column.letter,
                **one.meaning.plain(),
                "period": one.time.period.label if one.time else "",
                "confidence": one.confidence,
                "why": list(one.why),
            }
            for one in sheet.columns
        ],
        "said": sheet.said.plain(),
    }


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            found = packed.read(_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as wrong:
        raise BrokenDocument(name=name, reason="the packed file is damaged.", reason_zh="压缩文件已损坏。") from wrong
    if len(found) > _LIMIT:
        raise _too_large(name, len(found))
    return found


def _too_large(name: str, size: int) -> DocumentTooLarge:
    return DocumentTooLarge(name=name, size=size >> 20, limit=_LIMIT >> 20)
