"""Appraisal: five-year targets at mid-term, by the class that reports use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from duheng.appraise import LongKind, Midterm, MidtermClass
from duheng.report import book
from duheng.report import table as word_table
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.pages.sheet import download, sheet
from duheng.site.queries import appraisal, wording
from duheng.site.records.models import Appraisal

KINDS = {
    "level": ("水平", "level"),
    "cumulative": ("累计", "cumulative"),
    "average_growth": ("年均增长", "average growth"),
    "reduction": ("累计降低", "cumulative fall"),
    "ceiling": ("上限", "ceiling"),
    "floor": ("下限", "floor"),
}
CLASSES = {each.value: each.words for each in MidtermClass}


def show(request: Request) -> HttpResponse:
    """Every target of the newest sheet at the end of a year."""
    held = appraisal.newest("midterm")
    context: dict[str, Any] = {"room": "midterm", "held": held}
    if held is not None:
        years = _years(held)
        by = _by(request, years)
        found = appraisal.midterm(held, by=by)
        count = Counter(each.result.value for each in found)
        asked = request.GET.get("class", "")
        context |= {
            "years": years,
            "by": by,
            "found": [_line(each) for each in found if not asked or each.result.value == asked],
            "all": len(found),
            "counts": [(name, count[name]) for name in CLASSES if count[name]],
            "asked": asked,
            "rule": appraisal.midterm_rule(),
        }
    return render(request, "appraise_midterm.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One target with its bar: how much of it is done, and where the time stands."""

    each: Midterm
    done: float
    time: float
    needed: tuple[str, str]


_BAR = 120  # the bar's length


def _line(each: Midterm) -> Line:
    done = min(1.0, max(0.0, each.progress or 0))
    return Line(each=each, done=round(done * _BAR, 1), time=round((each.elapsed or 0) * _BAR, 1), needed=needed_words(each))


def needed_words(each: Midterm) -> tuple[str, str]:
    """What each year that is left must bring, with its unit."""
    if each.needed is None:
        return "", ""
    shares = each.target.kind in (LongKind.AVERAGE_GROWTH, LongKind.REDUCTION)
    number, unit = Decimal(f"{each.needed:.2f}"), "%" if shares else each.target.unit
    if each.target.kind is LongKind.LEVEL and unit in ("%", "‰"):  # a share on its way to a level gains points
        shown = str(number).replace("-", "−")
        return f"{shown}个百分点", f"{shown} points"
    return wording.quantity(number, unit, language="zh"), wording.quantity(number, unit, language="en")


def export(request: Request, form: str) -> HttpResponse:
    """The targets on screen as .xlsx or .docx."""
    held = appraisal.newest("midterm")
    years = _years(held) if held else []
    by = _by(request, years)
    found = appraisal.midterm(held, by=by) if held else []
    asked = request.GET.get("class", "")
    rows = [_cells(each) for each in found if not asked or each.result.value == asked]
    name = _("Mid-term evaluation {year}").format(year=by)
    note = held.title if held else ""
    if held and held.simulated:
        note += f" · {_('holds simulated figures')}"
    heads = [
        _("Indicator"),
        _("Unit"),
        _("Kind"),
        _("Base year"),
        _("Base"),
        _("Target year"),
        _("Target"),
        _("Newest year"),
        _("Newest value"),
        _("Progress") + " %",
        _("Class"),
        _("Why"),
    ]
    if form == "docx":
        return download(word_table.document(title=name, note=note, heads=heads, rows=rows), name=name, suffix="docx")
    return sheet(name=name, note=note, heads=heads, rows=rows)


def _cells(each: Midterm) -> list[object]:
    side = 0 if language() == "zh" else 1
    target = each.target
    return [
        target.name,
        target.unit,
        KINDS[target.kind.value][side],
        target.base_year,
        book.Printed("" if target.base is None else target.base),
        target.end_year,
        book.Printed(target.target),
        each.year if each.year in target.values else "",
        book.Printed(target.values[each.year] if each.year is not None and each.year in target.values else ""),
        book.Printed(f"{each.progress * 100:.1f}" if each.progress is not None else ""),
        each.result.words[side],
        each.why[side],
    ]


def _years(held: Appraisal) -> list[int]:
    """The years of which the sheet has values, the newest first."""
    return sorted({int(year) for target in held.result["targets"] for year in target["values"]}, reverse=True)


def _by(request: Request, years: list[int]) -> int:
    asked = request.GET.get("by", "")
    if asked.isdigit() and int(asked) in years:
        return int(asked)
    return years[0] if years else timezone.localdate().year - 1
