"""A file of projects, opened: its sheets understood, its projects read, its groups held to their totals."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Sequence
from datetime import date

from duheng.catalog import load
from duheng.collect.doubt import Doubt
from duheng.collect.projects.check import check
from duheng.collect.projects.columns import propose
from duheng.collect.projects.head import ProjectWords
from duheng.collect.projects.mapping import ListMapping, merged
from duheng.collect.projects.reading import ListReading
from duheng.collect.projects.table import Table, table_of
from duheng.collect.projects.value import Control, ListedProject, ListedSheet, ProjectList
from duheng.collect.sheets import is_workbook, sheets_of
from duheng.errors import BrokenDocument, CollectError, DocumentTooLarge, EmptyDocument, NoBytes
from duheng.read.kind import mistaken

_LIMIT = 64 * 2**20  # bytes, unpacked
_CELLS = 500_000  # that show something: ten thousand projects in fifty columns
_BOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
_GZIP = b"\x1f\x8b"
_Memory = Callable[[str], ListMapping | None]


def project_words() -> ProjectWords:
    """The shipped catalog's words for lists of projects."""
    return ProjectWords(
        columns=load("project_columns"), sources=load("fund_sources"), delays=load("delay_reasons"), banks=load("banks")
    )


def open_projects(
    data: bytes,
    *,
    name: str,
    words: ProjectWords,
    known: date,
    said: Sequence[ListMapping] = (),
    memory: _Memory = lambda _: None,
) -> ProjectList:
    """The projects of a file, as of the day they became known; `said` and `memory` as for figures.

    Raises `DuhengError` where it is no list of projects; what is wrong with rows is among the list's doubts.
    """
    tables = _tables(data, name, words, [head for each in said for head in each.columns])
    if not tables:
        if name.casefold().endswith(_BOOKS) and not is_workbook(data) and not data.startswith(_GZIP):
            raise CollectError(
                reason=f"{name} is no workbook, only text under that name. Save the table as .xlsx from Excel or WPS, or name it .csv.",
                reason_zh=f"{name} 不是真正的表格文件，只是改了后缀的文本。请用 Excel 或 WPS 打开原表另存为 .xlsx，或把后缀改为 .csv。",
            )
        raise CollectError(
            reason=f"{name} holds no list of projects: no heads with a project's name were found. Name the column in a mapping (--map).",
            reason_zh=f"{name} 中没有项目清单：找不到含“项目名称”的表头。可用映射文件（--map）指出各列。",
        )
    understood: list[tuple[Table, ListedSheet, ListMapping]] = []
    for table in tables:
        remembered = memory(table.shape)
        told = merged([*([remembered] if remembered else []), *said], table.name)
        understood.append((table, propose(table, told, words, file=name), told))
    sheets = tuple(sheet for _, sheet, _ in understood)
    live = [(table, sheet, told) for table, sheet, told in understood if not told.skip]
    currencies = {sheet.currency for _, sheet, _ in live}
    found = ProjectList(sheets=sheets, currency=min(currencies, default="CNY"))
    if found.asks or len(currencies) > 1:
        return found
    projects: list[ListedProject] = []
    controls: list[Control] = []
    doubts: list[Doubt] = []
    for table, sheet, told in live:
        reading = ListReading(table, sheet, told, words, known=known)
        projects += reading.projects()
        controls += reading.controls
        doubts += reading.doubts.all()
    doubts += check(projects)
    if not projects:
        raise CollectError(
            reason=f"{name}: there are heads, but no project below them.", reason_zh=f"{name}：有表头，但下面没有项目。"
        )
    return ProjectList(
        sheets=sheets, projects=tuple(projects), controls=tuple(controls), doubts=tuple(doubts), currency=found.currency
    )


def lists_projects(data: bytes, *, name: str, words: ProjectWords) -> bool:
    """Whether a file looks like a list of projects: heads with a project's name and what only projects have.

    Raises `DuhengError` for what cannot be opened at all.
    """
    telling = {"total", "planned", "owner", "span", "begins", "approval_code", "content", "nature"}
    for table in _tables(data, name, words, ()):
        sheet = propose(table, ListMapping(), words, file=name)
        roles = {column.role for column in sheet.columns}
        if "name" in roles and len(roles & telling) > 1:
            return True
    return False


def _tables(data: bytes, name: str, words: ProjectWords, named: Sequence[str]) -> list[Table]:
    if not data:
        raise NoBytes(name=name)
    if not data.strip():
        raise EmptyDocument(name=name)
    if data.startswith(_GZIP):
        data = _unpacked(data, name)
    if wrong := mistaken(data, name=name):
        raise wrong
    sheets = sheets_of(data, name=name, cells=_CELLS)
    if not any(sheet.cells for sheet in sheets):
        raise CollectError(
            reason=f"{name} is empty: no sheet that is shown has a cell with anything in it. Choose the right file, or unhide its sheet.",
            reason_zh=f"{name} 是空表：未隐藏的工作表里没有任何内容。请确认选对了文件，或取消隐藏工作表后保存。",
        )
    found = (table_of(sheet, words, named=named) for sheet in sheets)
    return [table for table in found if table is not None]


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            found = packed.read(_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as wrong:
        raise BrokenDocument(name=name, reason="the packed file is damaged.", reason_zh="压缩文件已损坏。") from wrong
    if len(found) > _LIMIT:
        raise DocumentTooLarge(name=name, size=len(found) >> 20, limit=_LIMIT >> 20)
    return found
