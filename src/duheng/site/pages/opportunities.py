"""The city opportunity list (城市机会清单): for anybody, without signing in."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duheng.report.book import guarded
from duheng.site.pages.frame import language
from duheng.site.pages.pool_columns import UNITS
from duheng.site.pages.sheet import sheet
from duheng.site.queries import filtering, opportunities, wording
from duheng.site.queries.opportunities import Opportunity

_CHOICES = ("sector", "place")


def table(request: HttpRequest) -> HttpResponse:
    """The list to look at and to print."""
    ask = filtering.asked(request.GET, _CHOICES)
    rows = opportunities.rows(ask)
    context = {
        "rows": rows,
        "ask": ask,
        "total": sum(row.total or 0 for row in rows),
        "simulated": any(row.simulated for row in rows),
        "offered": opportunities.offered(),
    }
    return render(request, "opportunities.html", context)


def export(request: HttpRequest, form: str) -> HttpResponse:
    """The list on screen as .xlsx or .csv."""
    rows = opportunities.rows(filtering.asked(request.GET, _CHOICES))
    name, cells = _("City opportunities"), [_cells(row) for row in rows]
    if form == "xlsx":
        return sheet(name=name, note=_note(rows), heads=_heads(), rows=cells)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_heads())
    writer.writerows([_plain(value) for value in row] for row in cells)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")  # the mark tells Excel what it is
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return response


def _heads() -> list[str]:
    unit = wording.unit_words(UNITS["yi"][0], language=language())
    total = f"{_('Total investment')}（{unit}）" if language() == "zh" else f"{_('Total investment')}, {unit}"
    words = [_("Project"), _("Sector"), _("Place"), _("What is built"), total, _("Stage"), _("Start"), _("Completed by")]
    return [*words, _("Whom to turn to"), _("Note")]


def _cells(row: Opportunity) -> list[object]:
    return [
        row.name,
        row.sector,
        row.place,
        row.content,
        None if row.total is None else Decimal(row.total) / UNITS["yi"][1],
        wording.of(wording.STAGES, row.stage, language=language()),
        row.begins,
        row.ends,
        row.office,
        _("simulated") if row.simulated else "",
    ]


def _plain(value: object) -> str:
    """A cell of a .csv; a text that a program would take for a formula is led by an apostrophe."""
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"'{text}" if guarded(text) and not isinstance(value, Decimal) else text


def _note(rows: list[Opportunity]) -> str:
    return _("holds simulated projects") if any(row.simulated for row in rows) else ""
