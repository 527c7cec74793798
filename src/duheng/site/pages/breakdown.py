"""The target breakdown (目标分解表) as .xlsx: made to be printed, signed off, filled in, and loaded again."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from duheng.report.book import guarded
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request
from duheng.site.pages.sheet import answer, owner_cells
from duheng.site.queries import breakdown
from duheng.site.queries.breakdown import Entry, Part
from duheng.site.records.models import Plan

_WIDTHS = (6, 34, 8, 14, 22, 18, 18, 24, 12, 14, 44, 8)
_QUARTERS, _LEAD = 5, 6  # columns
_NUMERALS = "一二三四五六七八九十"
_HEAD_ROW = 2
_A3 = 8


def export(request: Request) -> HttpResponse:
    """The sheet of the plan shown, or of one office in it."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    office = request.GET.get("office", "")[:80]
    return answer(workbook(plan, as_of=timezone.localdate(), office=office), name=f"{_('Target breakdown')} {plan.year}")


def workbook_in(plan_id: int, *, as_of: date, spoken: str) -> bytes:
    """The sheet for the command line, in the language spoken there."""
    with override("zh-hans" if spoken == "zh" else "en"):
        return workbook(Plan.objects.get(pk=plan_id), as_of=as_of)


def workbook(plan: Plan, *, as_of: date, office: str = "") -> bytes:
    """The sheet as the bytes of a workbook; the same plan on the same day gives the same cells."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(_("Target breakdown")[:31])
    style = _styles(book)
    made = breakdown.parts(plan, language=language(), office=office)
    last = len(_WIDTHS) - 1
    title = _("%(area)s: breakdown of the targets for %(year)s") % {"area": plan.area or plan.title, "year": plan.year}
    page.merge_range(0, 0, 0, last, title, style["title"])
    note = _("As of %(day)s; source: %(title)s") % {"day": as_of.isoformat(), "title": plan.title}
    page.merge_range(1, 0, 1, last, note, style["note"])
    for column, head in enumerate(_heads(plan)):
        page.write_string(_HEAD_ROW, column, head, style["head"])
        page.set_column(column, column, _WIDTHS[column])
    if not any(entry.quarters for part in made for entry in part.entries):
        page.set_column(_QUARTERS, _QUARTERS, 0, None, {"hidden": True})
    row = _HEAD_ROW + 1
    seen: list[str] = []
    for part in made:
        if part.noun not in seen:
            seen.append(part.noun)
            count = sum(len(other.entries) for other in made if other.noun == part.noun)
            page.merge_range(row, 0, row, last, _heading(part.noun, len(seen), count), style["part"])
            row += 1
            inside, number = 0, 0
        if part.heading:
            inside += 1
            page.merge_range(row, 0, row, last, _smaller(part, inside), style["group"])
            row += 1
        for entry in part.entries:
            number += 1
            _write(page, row, [number, *_cells(entry)], style)
            row += 1
    _print_setup(page, title=title, last_row=row)
    book.close()
    return buffer.getvalue()


def _heads(plan: Plan) -> list[str]:
    return [
        _("No."), _("Indicator, project or task"), _("Unit"), _("Reached last year"),
        _("Target for %(year)s") % {"year": plan.year}, _("By quarter"), _("Lead office"), _("Supporting offices"), _("Responsible leader"),
        _("Deadline"), _("Source sentence"), _("Code"),
    ]  # fmt: skip


def _cells(entry: Entry) -> list[object]:
    lead, *others = owner_cells(entry.owner)
    return [
        entry.name, entry.unit, entry.last, entry.target, entry.quarters, lead or _("to be named"), *others, entry.sentence, entry.code,
    ]  # fmt: skip


def _heading(noun: str, place: int, count: int) -> str:
    words = {"indicator": _("Indicators"), "project": _("Projects"), "task": _("Tasks")}[noun]
    return f"{_NUMERALS[place - 1]}、{words}（{count}）" if language() == "zh" else f"{place}. {words} ({count})"


def _smaller(part: Part, place: int) -> str:
    numeral = _NUMERALS[place - 1] if place <= len(_NUMERALS) else str(place)
    return f"（{numeral}）{part.heading}"


def _write(page: Any, row: int, cells: list[object], style: dict[str, Any]) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, int):
            page.write_number(row, column, value, style["number"])
            continue
        text = str(value or "")
        waiting = column == _LEAD and (text == _("to be named") or text.endswith(_("(suggested)")))
        page.write_string(row, column, text, style["waiting"] if waiting else style["quoted" if guarded(text) else "plain"])


def _print_setup(page: Any, *, title: str, last_row: int) -> None:
    page.freeze_panes(_HEAD_ROW + 1, 2)
    page.repeat_rows(_HEAD_ROW)
    page.set_landscape()
    page.set_paper(_A3)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.center_horizontally()
    page.print_area(0, 0, max(last_row - 1, _HEAD_ROW), len(_WIDTHS) - 1)
    page.set_footer("&L&8" + title.replace("&", "&&")[:120] + "&R&8&P / &N")
    page.set_row(0, 30)


def _styles(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}),
        "note": book.add_format({"font_size": 9, "font_color": "#555555", "align": "right"}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#E6EEF9"}),
        "part": book.add_format({**cell, "bold": True, "font_size": 11, "bg_color": "#F2F4F7"}),
        "group": book.add_format({**cell, "bold": True}),
        "plain": book.add_format(cell),
        "quoted": book.add_format({**cell, "quote_prefix": True}),
        "number": book.add_format({**cell, "align": "center"}),
        "waiting": book.add_format({**cell, "italic": True, "font_color": "#8A5A00"}),
    }
