"""A problem of allocation as JSON; every fault in it is told at once, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from duheng.allocate import money
from duheng.allocate.fault import Fault, refuse_any
from duheng.allocate.form import Form, Part, parsed
from duheng.allocate.fund import Fund
from duheng.allocate.pin import Pin
from duheng.allocate.problem import Problem
from duheng.allocate.project import Project

_KEYS = {
    "problem": ("years", "funds", "projects", "pins", "unit", "name"),
    "fund": ("code", "name", "amounts", "carry_over", "likelihood"),
    "project": (
        "code", "name", "priority", "mandatory", "committed", "earliest", "latest", "yearly", "requires", "excludes", "ceilings", "spent",
    ),
    "pin": ("project", "included", "start", "fund", "amount"),
}  # fmt: skip


def read_problem(text: str, *, name: str = "") -> Problem:
    """The problem that a JSON text states; `name` is what its file is called.

    Numbers are read as decimals, so that money is exact to the fen. Raises `ProblemUnusable` with every fault of form, or, where
    the form is right, with everything that contradicts itself.
    """
    form = Form()
    whole = form.part(parsed(text, name), ("文件", "file"))
    problem = _problem(form, whole)
    refuse_any(form.faults, name=name)
    return Problem(**problem, name=name)


def _problem(form: Form, whole: Part) -> dict[str, Any]:
    unit = _unit(whole)
    notes = list(_strange(whole, "problem"))
    years = tuple(year for each in whole.items("years", required=True) if (year := each.year()) is not None)
    parts = {key: [form.part(each.value, each.place) for each in whole.items(key, required=key != "pins")] for key in _PARTS}
    for key, kind in (("funds", "fund"), ("projects", "project"), ("pins", "pin")):
        notes.extend(note for part in parts[key] for note in _strange(part, kind))
    return {
        "years": years,
        "unit": unit,
        "funds": tuple(_fund(part, unit, years) for part in parts["funds"]),
        "projects": tuple(_project(part, unit, years) for part in parts["projects"]),
        "pins": tuple(_pin(part, unit) for part in parts["pins"]),
        "notes": tuple(notes),
    }


_NOTHING = Decimal(0)
_PARTS = ("funds", "projects", "pins")


def _unit(whole: Part) -> str:
    unit = whole.text("unit") or money.WAN
    if money.is_unit(unit):
        return unit
    whole.wrong(
        "unit", f"“{unit}”不是人民币单位。请写 元、万元 或 亿元。", f"“{unit}” is not a unit of yuan. Write 元, 万元 or 亿元."
    )
    return money.WAN


def _strange(part: Part, kind: str) -> Iterator[Fault]:
    """Keys that mean nothing here: perhaps mistyped, so they are told."""
    known = _KEYS[kind]
    for key in part.given:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            zh = f"不认识“{key}”，未采用。" + (f"是不是“{near[0]}”？" if near else "")
            en = f"“{key}” means nothing here and was left out." + (f" Is “{near[0]}” meant?" if near else "")
            yield Fault(code="allocate.key", place=part.place, message=(zh, en))


def _fund(part: Part, unit: str, years: tuple[int, ...]) -> Fund:
    return Fund(
        code=part.code("code", required=True),
        name=part.text("name"),
        amounts={year: value for year, each in part.by_year("amounts", required=True) if (value := each.money(unit)) is not None},
        carry_over=bool(part.flag("carry_over")),
        likelihood=_likelihood(part, years),
    )


def _likelihood(part: Part, years: tuple[int, ...]) -> dict[int, Decimal]:
    """One share for all years, or one for each."""
    if isinstance(part.given.get("likelihood"), Decimal):
        return dict.fromkeys(years, part.given["likelihood"])
    return {year: value for year, each in part.by_year("likelihood") if (value := each.number()) is not None}


def _project(part: Part, unit: str, years: tuple[int, ...]) -> Project:
    first, last = (years[0], years[-1]) if years else (0, 0)
    earliest, latest = part.year("earliest"), part.year("latest")
    mandatory = bool(part.flag("mandatory"))
    ceilings = {fund: most for fund, each in part.entries("ceilings") if (most := each.number()) is not None}
    return Project(
        code=part.code("code", required=True),
        name=part.text("name"),
        priority=part.number("priority", required=not mandatory) or _NOTHING,
        mandatory=mandatory,
        committed=bool(part.flag("committed")),
        earliest=first if earliest is None else earliest,
        latest=last if latest is None else latest,
        yearly=tuple(value for each in part.items("yearly", required=True) if (value := each.money(unit)) is not None),
        requires=_codes(part, "requires"),
        excludes=_codes(part, "excludes"),
        ceilings=ceilings,
        spent={fund: paid for fund, each in part.entries("spent") if (paid := each.money(unit)) is not None},
    )


def _codes(part: Part, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for each in part.items(key) if (code := each.code())))


def _pin(part: Part, unit: str) -> Pin:
    return Pin(
        project=part.code("project", required=True),
        included=part.flag("included"),
        start=part.year("start"),
        fund=part.code("fund") or None,
        amount=part.money("amount", unit),
    )
