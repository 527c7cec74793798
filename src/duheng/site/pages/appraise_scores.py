"""Appraisal: composite scores with how sure their ranks are, each unit's stages, and the method told by the specification itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from duheng.site.pages.bars import rank_bands
from duheng.site.pages.frame import language
from duheng.site.pages.request import Request
from duheng.site.pages.sheet import sheet
from duheng.site.queries import appraisal
from duheng.site.records.models import Appraisal

_DRAWN = 60  # units on the chart
_CHANCES = 6  # indicators by what is to be gained
_WORTH = 0.05  # a choice's share in a rank's moves that is worth telling


def table(request: Request) -> HttpResponse:
    """The scores in force; with one alone, its ranks at once."""
    held = [each for each in appraisal.sheets("score") if each.state == "done"]
    if len(held) == 1:
        return show(request, held[0].pk)
    return render(request, "appraise_scores.html", {"room": "scores", "sheets": held})


def show(request: Request, pk: int) -> HttpResponse:
    """The ranking of one score, with the band that each rank may move in."""
    held = _held(pk)
    units = held.result["units"]
    ranked = [unit for unit in units if unit["rank"]]
    told = [(unit["name"], unit["rank"], unit["rank_p5"], unit["rank_p95"]) for unit in ranked[:_DRAWN]]
    aggregates = [code for code in (ranked[0]["scores"] if ranked else {}) if code in _names(held)]
    context = {
        "room": "scores",
        "held": held,
        "title": _title(held),
        "units": units,
        "ranked": len(ranked),
        "bands": rank_bands(told),
        "unsure": held.result.get("uncertainty"),
        "close": sum(1 for unit in ranked if (unit.get("ahead_of_next") or 1) < 0.95),
        "leaders": _leaders(ranked),
        "diagnosis": _diagnosis(held),
        "aggregates": [(code, _names(held)[code]) for code in aggregates[:_COLUMNS]],
        "drawn": min(len(ranked), _DRAWN),
    }
    return render(request, "appraise_score.html", context)


_COLUMNS = 8


def unit(request: Request, pk: int, code: str) -> HttpResponse:
    """One unit through the stages: from what was given to its score."""
    held = _held(pk)
    found = next((each for each in held.result["units"] if each["code"] == code), None)
    if found is None:
        raise Http404
    stages = list(found["stages"])
    names = _names(held)
    rows = [
        (names.get(part, (part, part)), [found["stages"][stage].get(part) for stage in stages], found["flags"].get(part, ""))
        for part in found["stages"][stages[0]]
    ]
    scores = [(names.get(part, (part, part)), value, found["ranks"].get(part)) for part, value in found["scores"].items()]
    context = {
        "room": "scores",
        "held": held,
        "title": _title(held),
        "unit": found,
        "stages": stages,
        "rows": rows,
        "scores": scores,
        "chances": _chances(held, code),
        "owed": [(factor, share) for factor, share in found.get("rank_owed_to", {}).items() if share >= _WORTH],
    }
    return render(request, "appraise_unit.html", context)


def method(request: Request, pk: int) -> HttpResponse:
    """How the score is made, in the words that its specification gives."""
    held = _held(pk)
    spec = next((file for file in held.files if file["suffix"] in (".yml", ".yaml")), None)
    text = settings.WORKSPACE.file(spec["digest"], spec["suffix"]).read_text("utf-8", "replace") if spec else ""
    context = {"room": "scores", "held": held, "title": _title(held), "parts": held.result["method"], "text": text}
    return render(request, "appraise_method.html", context)


def export(request: Request, pk: int) -> HttpResponse:
    """The ranking as .xlsx."""
    held = _held(pk)
    names, side = _names(held), 0 if language() == "zh" else 1
    codes = list(held.result["units"][0]["scores"]) if held.result["units"] else []
    heads = [
        _("Rank"),
        _("Code"),
        _("Name"),
        _("Score"),
        _("Rank, 5 %"),
        _("Rank, 95 %"),
        _("Better than the next"),
        *(names[code][side] for code in codes),
    ]
    rows = [
        [
            unit["rank"], unit["code"], unit["name"], _number(unit["score"]), _number(unit.get("rank_p5")),
            _number(unit.get("rank_p95")), _number(unit.get("ahead_of_next")), *(_number(unit["scores"].get(code)) for code in codes),
        ]
        for unit in held.result["units"]
    ]  # fmt: skip
    note = held.title + (f" · {_('holds simulated figures')}" if held.simulated else "")
    return sheet(name=_("Composite score"), note=note, heads=heads, rows=rows)


def _held(pk: int) -> Appraisal:
    return get_object_or_404(Appraisal, pk=pk, kind="score", state="done")


def _chances(held: Appraisal, code: str) -> list[dict[str, Any]]:
    """The indicators by what a unit would gain if it were as good as the best, the most first."""
    lines = held.result.get("profiles", {}).get(code, [])
    return sorted((line for line in lines if line["gain"] > 0), key=lambda line: -line["gain"])[:_CHANCES]


def _diagnosis(held: Appraisal) -> dict[str, Any]:
    """What each indicator counts for beside its weight, and what is worth a look."""
    told, names = held.result.get("diagnosis", {}), _names(held)
    rows = [(names.get(each["code"], (each["code"],) * 2), each) for each in told.get("components", [])]
    return {"rows": rows, "notes": told.get("notes", [])}


def _title(held: Appraisal) -> str:
    """The title given, or in English the one that the specification gives."""
    told = held.result["title"]
    return str(told["en"]) if language() != "zh" and held.title == told["zh"] else held.title


def _leaders(ranked: list[dict[str, Any]]) -> int:
    """How many might be the first: those whose band reaches rank one."""
    return sum(1 for unit in ranked if (unit.get("rank_p5") or unit["rank"]) <= 1)


def _names(held: Appraisal) -> dict[str, tuple[str, str]]:
    """What components and aggregates are called: as the method tells them, else by their codes."""
    found = {code: (code, code) for unit in held.result["units"][:1] for code in (*unit["scores"], *unit["stages"]["raw"])}
    return found | {code: tuple(pair) for code, pair in held.result.get("names", {}).items()}


def _number(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")
