"""The project pool: the table of all projects with their lights, and the same as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duheng.site import access
from duheng.site.actions import pool_standing
from duheng.site.pages import pool_columns, pool_rows
from duheng.site.pages.frame import chosen_plan, language
from duheng.site.pages.pool_columns import Column
from duheng.site.pages.pool_rows import Shown
from duheng.site.pages.request import Request, wants_part
from duheng.site.pages.sheet import sheet
from duheng.site.queries import filtering, pool, pool_kept, watching
from duheng.site.queries.filtering import Asked
from duheng.site.queries.pool import Totals, View

_FOLDED = ("place", "sector", "bank", "onset", "library", "problem")  # filters that stand behind a button
PAGE = 100
CARDS = 12  # of each batch on the board


def table(request: Request) -> HttpResponse:
    """The projects of a year that answer to the address, a page of them, and what all of them come to."""
    years = pool_kept.years()
    if not years:
        return render(request, "pool_empty.html", {"here": "table"})
    view, ask = looked_at(request, years), filtering.asked(request.GET, pool.CHOICES)
    columns, money = pool_columns.chosen(request.GET), pool_columns.unit(request.GET)
    page = Paginator(pool_kept.keys(view, ask), PAGE).get_page(request.GET.get("page"))
    found = pool.some(view, list(page))
    context = {
        **frame(view, years, ask),
        "page": page,
        "found": found,
        "rows": pool_rows.rows(found, _shown(request, view, columns, money)),
        "totals": pool_kept.totals(view, ask),
        "shown": {column.key for column in columns},
        "columns": columns,
        "every_column": pool_columns.COLUMNS,
        "money": money,
        "money_unit": pool_columns.UNITS[money][0],
    }
    if wants_part(request):
        return render(request, "_pool_table.html", context)
    return render(request, "pool.html", context | narrowing(view, ask))


def _shown(request: Request, view: View, columns: Sequence[Column], money: str) -> Shown:
    return Shown(
        columns=columns,
        money=money,
        rule=view.rule,
        tried=view.rule != view.usual,
        numbers=access.may(request.by.role, "watch.chance"),
        moves=access.may(request.by.role, "projects.edit"),
        back=request.get_full_path(),
    )


def board(request: Request) -> HttpResponse:
    """The four batches (四个一批) side by side, with a few cards of each."""
    years = pool_kept.years()
    if not years:
        return render(request, "pool_empty.html", {"here": "board"})
    view, ask = looked_at(request, years), filtering.asked(request.GET, pool.CHOICES)
    batches, unknown = pool_kept.board(view, ask, most=CARDS)
    context = {**frame(view, years, ask), "batches": batches, "unknown": unknown}
    if wants_part(request):
        return render(request, "_pool_board.html", context)
    return render(request, "pool_board.html", context | narrowing(view, ask))


def export(request: Request) -> HttpResponse:
    """The table on screen as .xlsx, all its pages; the code, below the name on screen, has a column."""
    view = looked_at(request, pool_kept.years())
    columns, money = pool_columns.with_code(pool_columns.chosen(request.GET)), pool_columns.unit(request.GET)
    found = pool.rows(view, filtering.asked(request.GET, pool.CHOICES))
    numbers = access.may(request.by.role, "watch.chance")
    return sheet(
        name=_("Project pool {year}").format(year=view.year),
        note=_note(view, pool.totals(found)),
        heads=pool_columns.heads(columns, money),
        rows=(pool_columns.cells(row, columns, money, rule=view.rule, numbers=numbers) for row in found.iterator()),
        digits=pool_columns.digits(columns, money),
    )


@require_POST
def refresh(request: Request) -> HttpResponse:
    """Work out again how every project stands, by what is known today."""
    done = pool_standing.refresh(by=request.by, at=timezone.now(), as_of=timezone.localdate())
    told = ngettext("{n} project was worked out anew.", "{n} projects were worked out anew.", done.projects)
    turned = ngettext("{n} light turned.", "{n} lights turned.", done.turned)
    messages.success(request, f"{told.format(n=done.projects)} {turned.format(n=done.turned)}")
    return redirect("pool")


def _note(view: View, totals: Totals) -> str:
    rule = watching.rule_sets()[view.rule]
    said = [rule.zh if language() == "zh" else rule.en]
    if totals.as_of:
        said.append(_("as known on {day}").format(day=totals.as_of))
    if totals.simulated:
        said.append(_("holds simulated projects"))
    if totals.foreign:
        said.append(_("amounts of {n} are not in yuan").format(n=totals.foreign))
    return ("；" if language() == "zh" else "; ").join(said)


def narrowing(view: View, ask: Asked) -> dict[str, Any]:
    """What stands above a table of the pool: what all of it comes to, and what its filters offer."""
    whole = pool_kept.totals(view, replace(ask, words="", choices={}))
    return {
        "whole": whole,
        "offered": _offered(view),
        "folded": sum(bool(ask.choices.get(name)) for name in _FOLDED),
        "stages": (*pool.BATCHES, "unknown"),
        "colours": pool.COLOURS,
        "onsets": pool.ONSETS,
    }


def _offered(view: View) -> list[tuple[str, str, list[str]]]:
    """The filters whose values are what there is, each with its name."""
    values = pool_kept.offered(view)
    labels = {
        "group": _("Group"),
        "office": _("Responsible office"),
        "place": _("Place"),
        "sector": _("Sector"),
        "bank": _("Bank"),
    }
    return [(name, label, values[name]) for name, label in labels.items()]


def looked_at(request: Request, years: Sequence[int]) -> View:
    """The year and rule set that an address asks for: the shown plan's year, else the newest that has begun."""
    usual = settings.WORKSPACE.project_rule
    rule, year = request.GET.get("rule", ""), request.GET.get("year", "")
    return View(
        year=int(year) if year.isdigit() and int(year) in years else _usual_year(request, years),
        rule=rule if rule in watching.rule_sets() else usual,
        usual=usual,
    )


def _usual_year(request: Request, years: Sequence[int]) -> int:
    plan = chosen_plan(request)
    today = timezone.localdate().year
    if plan and plan.year in years:
        return plan.year
    return next((year for year in years if year <= today), years[-1] if years else today)


def frame(view: View, years: Sequence[int], ask: Asked) -> dict[str, Any]:
    """What every page of the pool says: which year, under which rule."""
    rules = watching.rule_sets()
    return {
        "view": view,
        "ask": ask,
        "years": years,
        "rules": rules,
        "rule": rules[view.rule],
        "usual": rules.get(view.usual),
        "tried": view.rule != view.usual,
    }
