"""Tables as .xlsx: what is on screen, and never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse
from django.utils.translation import gettext as _

from duheng.site.queries.owners import Owner

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def owner_heads() -> list[str]:
    """The columns that say who answers for a row."""
    return [_("Lead office"), _("Supporting offices"), _("Responsible leader"), _("Deadline")]


def owner_cells(owner: Owner) -> list[object]:
    """Who answers for a row; what is only suggested says so, and is not taken for an answer when the sheet is loaded again."""
    lead = "、".join(office.name for office in owner.lead)
    lead = lead or "、".join(f"{office.name}{_('(suggested)')}" for office in owner.suggested)
    return [lead, "、".join(office.name for office in owner.support), owner.leader, owner.deadline]


def sheet(*, name: str, note: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A workbook of one table under `heads`, with a line below it that says where it is from."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = workbook.add_worksheet(name[:31])
    head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    quoted_head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "quote_prefix": True})
    plain = workbook.add_format({"valign": "top", "text_wrap": True})
    quoted = workbook.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
    widths = [len(title) * 2 for title in heads]
    for column, title in enumerate(heads):
        page.write_string(0, column, title, quoted_head if guarded(title) else head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal | int):
                page.write_number(number, column, float(value), plain)
                continue
            text = "" if value is None else str(value)
            page.write_string(number, column, text, quoted if guarded(text) else plain)
            widths[column] = max(widths[column], min(60, len(text.encode("gbk", "replace"))))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(60, width + 2))
    page.freeze_panes(1, 0)
    page.write_string(number + 2, 0, note, workbook.add_format({"quote_prefix": guarded(note)}))
    workbook.close()
    return answer(buffer.getvalue(), name=name)


def guarded(text: str) -> bool:
    """Whether a text would be taken for a formula by a program that reads the sheet carelessly."""
    return text.startswith(_DANGEROUS)


def answer(content: bytes, *, name: str) -> HttpResponse:
    """A workbook as a download."""
    return download(content, name=name, suffix="xlsx")


def download(content: bytes, *, name: str, suffix: str) -> HttpResponse:
    """A file of an office's program as a download."""
    response = HttpResponse(content, content_type=_TYPES[suffix])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{suffix}"
    return response
