"""Appraisal: how a year's targets ended, as the report prints it, stated and computed apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duheng.appraise import tally
from duheng.errors import AppraiseError
from duheng.plan import Nature
from duheng.report import table as word_table
from duheng.site.actions import confirming
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import download, sheet
from duheng.site.queries import completion, filtering, owners, pacing, wording
from duheng.site.queries.completion import Line, Year
from duheng.site.records.models import Indicator, Plan

_CHOICES: Mapping[str, Callable[[Line], object]] = {
    "verdict": lambda line: line.each.outcome.value,
    "nature": lambda line: line.each.promised.nature.value,
    "office": lambda line: line.offices,
}
_ORDERS: Mapping[str, Callable[[Line], Any]] = {
    "name": lambda line: line.name,
    "margin": lambda line: line.each.verdict.margin,
    "rank": lambda line: line.rank[0] if line.rank else None,
}
_ORDER = ("missed", "basically_met", "met", "not_yet_known")


def show(request: Request) -> HttpResponse:
    """A year's targets judged on a day: the sentence on top, then the table behind every number."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "empty.html")
    as_of = _day(request)
    known = completion.years_of(plan, as_of=as_of)
    if not known:
        return render(request, "appraise_completion.html", {"plan": plan, "as_of": as_of, "years": []})
    year = completion.of(plan, year=_year(request, known, as_of), as_of=as_of, role=request.by.role)
    whole = completion.lines(year, plan=plan, role=request.by.role)
    ask = filtering.asked(request.GET, _CHOICES)
    context = {
        "plan": plan,
        "as_of": as_of,
        "today": timezone.localdate(),
        "years": known,
        "year": year,
        "made": year.made,
        "tallies": _tallies(year),
        "lines": _narrow(whole, ask),
        "all": len(whole),
        "ask": ask,
        "verdicts": [name for name in _ORDER if any(line.each.outcome.value == name for line in whole)],
        "offices": owners.choices(year.plan or plan),
        "stated": {held.statement.kind: held for held in year.made.stated},
        "simulated": any(each.outturn and each.outturn.simulated for each in year.made.items),
        "estimated": sum(each.provisional for each in year.made.counted),
        "work": [(name, n) for name in _ORDER if (n := sum(each.outcome.value == name for each in year.tasks))],
        "settled": [one for task in year.tasks for one in task.promises if one.outturn is not None],
        "short": [line for line in whole if line.each.promised.listed and line.each.outcome.value == "missed"],
    }
    return render(request, "_appraise_completion_table.html" if wants_part(request) else "appraise_completion.html", context)


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Record what the superior says of a target that it assigned."""
    get_object_or_404(Indicator, pk=pk)
    year, met = request.POST.get("year", ""), _SAID.get(request.POST.get("said", ""))
    if not year.isdigit() or request.POST.get("said", "") not in _SAID:
        raise Http404
    try:
        confirming.confirm(
            by=request.by,
            at=timezone.now(),
            indicator_id=pk,
            year=int(year),
            met=met,
            reason=request.POST.get("reason", "")[:500],
        )
        messages.success(request, _("Stored."))
    except AppraiseError as error:
        messages.error(request, error.message(language()))
    return redirect(f"{reverse('appraise')}?year={year}")


_SAID: Mapping[str, bool | None] = {"met": True, "missed": False, "open": None}


def export(request: Request, form: str) -> HttpResponse:
    """What is on screen as .xlsx or .docx."""
    plan = get_object_or_404(Plan, pk=getattr(chosen_plan(request), "pk", 0))
    as_of = _day(request)
    known = completion.years_of(plan, as_of=as_of)
    year = completion.of(plan, year=_year(request, known, as_of) if known else plan.year, as_of=as_of, role=request.by.role)
    lines = _narrow(completion.lines(year, plan=plan, role=request.by.role), filtering.asked(request.GET, _CHOICES))
    name = _("Completion of targets {year}").format(year=year.made.year)
    rows = [cells(line) for line in lines]
    if form == "docx":
        content = word_table.document(title=f"{plan.area}{name}", note=_note(year), heads=_heads(), rows=rows)
        return download(content, name=name, suffix="docx")
    return sheet(name=name, note=_note(year), heads=_heads(), rows=rows)


def _tallies(year: Year) -> list[dict[str, Any]]:
    """How the targets ended, all and by nature, beside last year's."""
    told = []
    for name, nature in (("all", None), *((nature.value, nature) for nature in completion.NATURES)):
        count = year.made.tally(nature)
        if count.total:
            told.append({"name": name, "count": count, "last": year.last.tally(nature) if year.last else None})
    only_text = [each for each in year.made.items if each not in year.made.counted]
    if only_text:
        told.append({"name": Nature.UNSTATED.value, "count": tally(only_text), "last": None})
    return told


def _day(request: Request) -> date:
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return timezone.localdate()


def _year(request: Request, known: Sequence[int], as_of: date) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and int(asked) in known else completion.usual(list(known), as_of=as_of)


def _narrow(lines: Sequence[Line], ask: filtering.Asked) -> list[Line]:
    return filtering.narrow(
        lines, ask, text=lambda line: f"{line.name} {line.english} {line.each.promised.code}", choices=_CHOICES, orders=_ORDERS
    )


def _heads() -> list[str]:
    return [
        _("Indicator"), _("Unit"), _("Nature"), _("Target for the year"), _("Result"), _("Verdict"),
        _("Against target (+ better, − short)"),
        _("Why"), _("Source of the result"), _("Year before"), _("Rank among areas"), _("Lead office"),
    ]  # fmt: skip


def cells(line: Line) -> list[object]:
    """A row of the table as a sheet prints it."""
    now, each = language(), line.each
    side = 0 if now == "zh" else 1
    unit = each.promised.target.unit or each.promised.unit
    return [
        line.name if side == 0 else line.english or line.name,
        wording.unit_words(each.promised.unit, language=now),
        wording.of(wording.NATURES, each.promised.nature.value, language=now),
        wording.target(each.promised.target, unit=each.promised.unit, language=now),
        result_words(line),
        wording.of(wording.OUTCOMES, each.outcome.value, language=now),
        pacing.moved(float(each.verdict.margin)) + margin_unit(unit, now) if each.verdict.margin is not None else "",
        each.verdict.why[side],
        origin_words(line)[side],
        wording.of(wording.OUTCOMES, line.before.outcome.value, language=now) if line.before else "",
        f"{line.rank[0]}/{line.rank[1]}" if line.rank else "",
        "、".join(office.name for office in line.row.owner.lead) if line.row else "",
    ]


def result_words(line: Line) -> str:
    """What the year came to, or has come to so far, with its unit."""
    found = line.each.outturn or line.each.so_far
    if found is None:
        return ""
    mark = wording.COMPARATORS.get(found.comparator, "")
    return mark + wording.quantity(found.value, found.unit, language=language())


def margin_unit(unit: str, now: str) -> str:
    """The unit of a difference: that of two shares is points."""
    if unit == "%":
        return "个百分点" if now == "zh" else " points"
    words = wording.unit_words(unit, language=now)
    return words if now == "zh" or not words else f" {words}"


def origin_words(line: Line) -> tuple[str, str]:
    """Where the result is from."""
    found = line.each.outturn or line.each.so_far
    if found is None:
        return "", ""
    if found.origin.value == "report":
        return ("报告（全年预计）", "report (estimate)") if found.estimate else ("报告", "report")
    simulated_zh, simulated_en = ("（模拟）", " (simulated)") if found.simulated else ("", "")
    if not found.whole:
        return f"数据，至{found.known_to}{simulated_zh}", f"figures to {found.known_to}{simulated_en}"
    return f"数据{simulated_zh}", f"figures{simulated_en}"


def _note(year: Year) -> str:
    count = year.made.tally()
    side = 0 if language() == "zh" else 1
    told = [
        _("as known on {day}").format(day=year.made.as_of),
        _("computed here: {total} targets, {met} met, {missed} missed, {open} not yet known").format(
            total=count.total, met=count.met, missed=count.missed, open=count.open
        ),
    ]
    sentences = dict.fromkeys(held.statement.mention.sentence for held in year.made.stated)
    told += [_("the report states: {sentence}").format(sentence=sentence.rstrip("。")) for sentence in sentences]
    if any(each.outturn and each.outturn.simulated for each in year.made.items):
        told.append(_("holds simulated figures"))
    return ("；" if side == 0 else "; ").join(told)
