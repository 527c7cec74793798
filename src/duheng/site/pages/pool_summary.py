"""A year and its quarters of the project pool: planned, new and continued, pushed; by group; starts, conversions, what stands still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duheng.report.book import Sheet
from duheng.site.pages import pool_columns
from duheng.site.pages.frame import language
from duheng.site.pages.pool import frame, looked_at, narrowing
from duheng.site.pages.request import Request
from duheng.site.pages.sheet import sheets
from duheng.site.queries import filtering, pool, pool_kept, pool_summary, watching, wording
from duheng.site.queries.pool import View
from duheng.site.queries.pool_kept import Span
from duheng.site.queries.pool_summary import Part
from duheng.watch.projects import Summary

_STALLED = 30
_DIMENSIONS = {"group": gettext_lazy("Group"), "office": gettext_lazy("Responsible office"), "sector": gettext_lazy("Sector")}


def table(request: Request) -> HttpResponse:
    """The summary to look at and to print."""
    years = pool_kept.years()
    if not years:
        return render(request, "pool_empty.html", {"here": "summary"})
    view = looked_at(request, years)
    ask = filtering.asked({}, pool.CHOICES)
    context = {**frame(view, years, ask), **narrowing(view, ask), **_summary(request, view)}
    return render(request, "pool_summary.html", context)


def export(request: Request) -> HttpResponse:
    """The summary as .xlsx, one sheet for each of its tables."""
    view = looked_at(request, pool_kept.years())
    told = _summary(request, view)
    return sheets(list(_tables(told, view)), name=_("Summary of projects {year}").format(year=view.year))


def _summary(request: Request, view: View) -> dict[str, Any]:
    begun = _begun(view.year)
    asked, by = request.GET.get("quarter", ""), request.GET.get("by", "")
    quarter = int(asked) if asked.isdigit() and int(asked) in begun else begun[-1]
    dimension = by if by in pool_summary.DIMENSIONS else "group"
    end = min(pool_summary.ends(view.year)[quarter - 1], timezone.localdate())
    told = pool_kept.summary(view, Span(quarter=quarter, begun=begun, by=dimension, end=end), most=_STALLED)
    return {
        "quarter": quarter,
        "begun": begun,
        "by_what": dimension,
        "year": told.year,
        "parts": told.parts,
        "apart": sum(part.money for part in told.parts) - told.year.money,  # of preliminary work
        "quarters": told.quarters,
        "starts": told.starts,
        "moved": told.moved,
        "end": end,
        "waiting": told.waiting,
        "stalled": pool.some(view, told.stalled),
        "stalled_count": told.stalled_count,
        "stated": pool_summary.stated(view.year),
        "groups_stated": _whole(told.parts) if dimension == "group" else None,
    }


def _whole(parts: Sequence[Part]) -> dict[str, int] | None:
    """What the list states of all its groups together; nothing where it states none."""
    told = [part.stated for part in parts if part.stated]
    whole = {"groups": len(told), "count": sum(each.count or 0 for each in told), "money": sum(each.money or 0 for each in told)}
    return whole if told else None


def _begun(year: int) -> tuple[int, ...]:
    """The quarters of a year that have begun; the first where none has."""
    today = timezone.localdate()
    return tuple(number for number in range(1, 5) if date(year, 3 * number - 2, 1) <= today) or (1,)


def _tables(told: dict[str, Any], view: View) -> Iterator[Sheet]:
    unit = wording.unit_words("亿元", language=language())
    money = [_("Planned this year"), _("Done so far"), _("Due by now")]
    heads = [
        str(_DIMENSIONS[told["by_what"]]), _("Planned"), *(wording.of(pool.ONSETS, onset, language=language()) for onset in pool.ONSETS),
        _("Pushed"), _("Completed"),
        *(f"{each}（{unit}）" if language() == "zh" else f"{each}, {unit}" for each in money),
    ]  # fmt: skip
    colours = [wording.of(watching.COLOURS, colour, language=language()) for colour in pool.COLOURS]
    parts: Sequence[Part] = told["parts"]
    rows = [
        [part.name or _("without"), *_row(part.summary), _yi(part.due), *(part.lights[colour] for colour in pool.COLOURS)]
        for part in parts
    ]
    lit = [sum(part.lights[colour] for part in parts) for colour in pool.COLOURS]
    rows.append([_("Total"), *_row(told["year"]), _yi(sum(part.due for part in parts)), *lit])
    yield Sheet(name=_("By group"), heads=[*heads, *colours], rows=rows, note=str(view.year), digits={7: 2, 8: 2, 9: 2})
    quarters = [
        [_("to the end of quarter {quarter} of {year}").format(quarter=number, year=view.year), *_row(each), begun, ended]
        for number, each, (_number, begun, ended) in zip(told["begun"], told["quarters"], told["starts"], strict=True)
    ]
    kept = [_("To the end of"), *heads[1:9], _("Started in it"), _("Completed in it")]
    yield Sheet(name=_("Quarters"), heads=kept, rows=quarters, digits={7: 2, 8: 2})
    words = [_("From"), _("To"), _("Could have moved"), _("Moved on"), _("Rate (%)")]
    moved = [[_stage(each.before), _stage(each.after), each.could, each.moved, _percent(each.rate)] for each in told["moved"]]
    yield Sheet(name=_("Conversion"), heads=words, rows=moved, note=str(told["end"]), digits={4: 1})
    still = [[row.project.name, row.project.office, _stage(row.stage), _yi(row.planned), _why(row)] for row in told["stalled"]]
    words = [_("Project"), _("Responsible office"), _("Stage"), heads[7], _("Why")]
    yield Sheet(name=_("Standing still"), heads=words, rows=still, digits={3: 2})


def _row(each: Summary) -> list[object]:
    counts = [each.planned, each.new, each.continued, each.preliminary, each.pushed, each.completed]
    return [*counts, _yi(each.money), _yi(each.done)]


def _yi(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / pool_columns.UNITS["yi"][1]


def _percent(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(f"{share * 100:.1f}")


def _stage(stage: str) -> str:
    return wording.of(wording.STAGES, str(stage), language=language())


def _why(row: Any) -> str:
    return str(row.stalled_zh if language() == "zh" else row.stalled_en)
