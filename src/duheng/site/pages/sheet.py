"""Tables as .xlsx: what is on screen, and never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

from duheng.report import book
from duheng.site.queries.owners import Owner

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def owner_heads() -> list[str]:
    """The columns that say who answers for a row."""
    return [_("Lead office"), _("Supporting offices"), _("Responsible leader"), _("Deadline")]


def owner_cells(owner: Owner) -> list[object]:
    """Who answers for a row; what is only suggested says so, and is not taken for an answer when the sheet is loaded again."""
    lead = "、".join(office.name for office in owner.lead)
    lead = lead or "、".join(f"{office.name}{_('(suggested)')}" for office in owner.suggested)
    return [lead, "、".join(office.name for office in owner.support), owner.leader, owner.deadline]


def sheet(
    *, name: str, note: str, heads: Sequence[str], rows: Iterable[Sequence[object]], digits: Mapping[int, int] | None = None
) -> HttpResponse:
    """A workbook of one table under `heads`, with a line below it that says where it is from."""
    return sheets([book.Sheet(name=name, heads=heads, rows=rows, note=note, digits=digits or {})], name=name)


def sheets(tables: Sequence[book.Sheet], *, name: str) -> HttpResponse:
    """A workbook of several tables, a sheet for each."""
    return answer(book.book(tables), name=name)


def answer(content: bytes, *, name: str) -> HttpResponse:
    """A workbook as a download."""
    return download(content, name=name, suffix="xlsx")


def download(content: bytes, *, name: str, suffix: str) -> HttpResponse:
    """A file of an office's program as a download."""
    response = HttpResponse(content, content_type=_TYPES[suffix])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{suffix}"
    return response
